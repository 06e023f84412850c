/** The Home tab and what is set there. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Bot } from '../bot.ts';
import { type Asker, askerOf, personOf } from '../context.ts';
import { mayManage, tellChannel } from '../managers.ts';
import { channelId, chosenChannel, HOME, homeView } from '../render/home.ts';
import { LAYOUTS } from '../render/view.ts';
import { call } from '../retry.ts';
import { LINK_CHOICES, managersOf, setLayout, setLinks, setManagers, settingsOf } from '../settings.ts';
import { isAdmin } from '../users.ts';
import { welcome } from './welcome.ts';

const opened = z.object({ user: z.string(), tab: z.string().optional(), channel: z.string().optional() });
const chosen = z.object({
  view: z.object({ private_metadata: z.string().optional() }).optional(),
  actions: z
    .array(
      z.object({
        selected_conversation: z.string().nullish(),
        selected_option: z.object({ value: z.string() }).nullish(),
        selected_users: z
          .array(z.string().regex(/^[UW][A-Z0-9]{2,30}$/))
          .max(20)
          .nullish(),
      }),
    )
    .min(1),
});

async function publish(bot: Bot, asker: Asker, channel: string | null): Promise<void> {
  const { state } = bot.shared;
  const shown = channel && {
    id: channel,
    settings: await settingsOf(state, asker.team, channel),
    manages: await mayManage(bot, asker),
    managers: (await isAdmin(bot, asker)) ? await managersOf(state, asker.team) : null,
  };
  const view = homeView(
    {
      command: bot.command,
      recent: bot.recent.of(personOf(asker)),
      channel: shown || null,
    },
    asker.locale,
  );
  await call(() => asker.client.views.publish({ user_id: asker.user, view }), true);
  bot.counters.count('home.published');
}

/** Keeps what was chosen. @returns false for what could not have been chosen */
async function keep(bot: Bot, asker: Asker, channel: string, what: string, value: string): Promise<boolean> {
  const { state } = bot.shared;
  const links = LINK_CHOICES.find((choice) => choice === value);
  if (what === HOME.links && links) {
    await setLinks(state, asker.team, channel, links);
    await tellChannel(bot, asker, channel, links);
    return true;
  }
  const layout = LAYOUTS.find((choice) => choice === value);
  if (what === HOME.layout && layout) {
    await setLayout(state, asker.team, channel, layout);
    return true;
  }
  return false;
}

export function registerHome(app: App, bot: Bot): void {
  app.event('app_home_opened', async (args) => {
    const event = opened.safeParse(args.event).data;
    if (!event) return bot.counters.count('event.unreadable');
    const asker = await askerOf(bot, args, event.user, null);
    if (event.tab !== 'messages') return publish(bot, asker, null);
    if (event.channel) await welcome(bot, asker, event.channel);
  });
  app.action({ type: 'block_actions', action_id: /^home:/ }, async (args) => {
    const body = chosen.safeParse(args.body).data;
    const action = body?.actions[0];
    if (!body || !action) return bot.counters.count('action.unreadable');
    const asker = await askerOf(bot, args, args.body.user.id, null);
    const what = args.action.action_id;
    if (what === HOME.channel) return publish(bot, asker, channelId(action.selected_conversation));
    const channel = chosenChannel(body.view?.private_metadata);
    if (what === HOME.managers) {
      if (!(await isAdmin(bot, asker))) return bot.counters.count('settings.refused');
      await setManagers(bot.shared.state, asker.team, action.selected_users ?? []);
      return publish(bot, asker, channel);
    }
    if (!(await mayManage(bot, asker))) {
      bot.counters.count('settings.refused');
      return publish(bot, asker, channel);
    }
    const kept = channel && (await keep(bot, asker, channel, what, action.selected_option?.value ?? ''));
    if (kept) await publish(bot, asker, channel);
  });
}
