/** Hello, said once: to whoever opens a conversation with the app, and to whoever invites it to a channel. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { withExamples } from '../../../conversation/examples.ts';
import { notice } from '../../../conversation/notices.ts';
import { type MessageKey, wordsFor } from '../../../i18n/index.ts';
import type { Bot } from '../bot.ts';
import { type Asker, askerOf, contextFor, viewFor } from '../context.ts';
import { firstTold } from '../people.ts';
import { deliverAnswer } from '../respond.ts';
import { settingsOf } from '../settings.ts';

const joined = z.object({ user: z.string(), channel: z.string(), inviter: z.string().optional() });

/** Says in the conversation with the app what can be asked there, with songs to press. */
export async function welcome(bot: Bot, asker: Asker, channel: string): Promise<void> {
  if (!(await firstTold(bot.shared.state, asker, 'welcome'))) return bot.counters.count('welcome.again');
  const { t } = wordsFor(asker.locale);
  const context = contextFor(bot, asker, true);
  const said = notice(context, 'info', t('page.title'), [t('slack.welcome.direct')]);
  const answer = await withExamples(said, context);
  const view = await viewFor(bot, asker, 'all');
  await deliverAnswer(bot, asker, { kind: 'post', channel, thread: null }, answer, view);
  bot.counters.count('welcome.direct');
}

export function registerWelcome(app: App, bot: Bot): void {
  app.event('member_joined_channel', async (args) => {
    const event = joined.safeParse(args.event).data;
    // Other people's coming is none of our business; whom nobody invited has nobody to thank.
    if (!event?.inviter || event.user !== args.context.botUserId) return bot.counters.count('welcome.none');
    const { channel, inviter } = event;
    const asker = await askerOf(bot, args, inviter, channel);
    const { t } = wordsFor(asker.locale);
    const { links } = await settingsOf(bot.shared.state, asker.team, channel);
    const mode = t(`slack.mode.${links}` as MessageKey);
    const answer = notice(contextFor(bot, asker, true), 'info', t('page.title'), [
      t('slack.welcome.channel', { mode }),
      t('slack.welcome.ask', { command: bot.command }),
    ]);
    const target = { kind: 'whisper', channel, thread: null, unasked: true } as const;
    await deliverAnswer(bot, asker, target, answer, await viewFor(bot, asker, 'alone'));
    bot.counters.count('welcome.channel');
  });
}
