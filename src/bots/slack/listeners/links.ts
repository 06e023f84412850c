/** Previews under pasted links, where a channel has chosen them. */
import type { App } from '@slack/bolt';
import type { LinkUnfurls } from '@slack/types';
import { z } from 'zod';
import { runCommand } from '../../../../commands/command.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import { pastedSongs } from '../../../conversation/pasted-links.ts';
import { firstTime } from '../../common/once.ts';
import type { Bot } from '../bot.ts';
import { type Asker, askerOf, contextFor } from '../context.ts';
import { keyPart } from '../key-part.ts';
import { unfurlBlocks } from '../render/unfurl.ts';
import { call } from '../retry.ts';
import { settingsOf } from '../settings.ts';
import { userOf } from '../users.ts';

/** Links of one message that get a preview. */
const MAX_LINKS = 3;
/** A link that is told of so long after its message was posted came with an edit. Seconds. */
const EDITED_AFTER_S = 60;
/** How long a message that has a preview is remembered, in milliseconds. */
const UNFURLED_TTL_MS = 24 * 3600_000;

const schema = z.object({
  channel: z.string(),
  user: z.string().optional(),
  /** In the composer this is an id of no message. */
  message_ts: z.string(),
  source: z.string().optional(),
  is_bot_user_member: z.boolean().optional(),
  links: z.array(z.object({ url: z.string().max(3000) })).max(100),
});

/** Whether a person posted it; false where Slack does not tell, as nobody answers bots. */
async function isPerson(bot: Bot, asker: Asker): Promise<boolean> {
  const { user, botUser } = asker;
  if (user === '' || user === botUser || user.startsWith('USLACK')) return false;
  return (await userOf(bot, asker)).kind === 'person';
}

async function unfurlsFor(bot: Bot, asker: Asker, urls: readonly string[]): Promise<LinkUnfurls> {
  const unfurls: LinkUnfurls = {};
  for (const url of urls.slice(0, MAX_LINKS)) {
    const [question] = pastedSongs(url);
    if (!question) continue;
    const answer = await runCommand(movieFor, { song: question }, contextFor(bot, asker, false));
    if (answer.kind === 'recommendations') unfurls[url] = { blocks: unfurlBlocks(answer, asker.locale) };
  }
  return unfurls;
}

export function registerLinks(app: App, bot: Bot): void {
  app.event('link_shared', async (args) => {
    const shared = schema.safeParse(args.event).data;
    const posted = Number(shared?.message_ts);
    // Being written, in a place where the app is not, or of no message at all.
    if (!shared || shared.source === 'composer' || !(posted > 0) || shared.is_bot_user_member === false) {
      return bot.counters.count('link.passed-over');
    }
    const told = Number((args.body as { event_time?: unknown }).event_time);
    if (told - posted > EDITED_AFTER_S) return bot.counters.count('link.edited');
    const { channel, message_ts: ts, user } = shared;
    const asker = await askerOf(bot, args, user ?? '', channel);
    const { state } = bot.shared;
    const { links } = await settingsOf(state, asker.team, channel);
    if (links !== 'unfurl') return bot.counters.count('link.not-unfurled');
    if (!(await isPerson(bot, asker))) return bot.counters.count('link.bot');
    const key = `slack:unfurl:${keyPart(`${asker.team}:${channel}:${ts}`)}`;
    if (!(await firstTime(state, key, UNFURLED_TTL_MS))) return bot.counters.count('message.duplicate');
    const taken = await bot.cooldowns.channel.take(`${asker.team}:${channel}`);
    if (!taken.ok) return bot.counters.count('link.cooldown');
    const unfurls = await unfurlsFor(
      bot,
      asker,
      shared.links.map(({ url }) => url),
    );
    if (Object.keys(unfurls).length === 0) return bot.counters.count('link.no-films');
    await call(() => asker.client.chat.unfurl({ channel, ts, unfurls }), true);
    bot.counters.count('link.unfurled');
  });
}
