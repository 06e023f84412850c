/** Pasted links: Slack tells of those to Spotify, wherever the app is a member. It reads no other message for them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { LinkUnfurls } from '@slack/types';
import { z } from 'zod';
import { runCommand } from '../../../../commands/command.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import { pastedSongs } from '../../../conversation/pasted-links.ts';
import { firstTime, wasSeen } from '../../common/once.ts';
import { reactToLinks } from '../../common/pasted-link.ts';
import type { Bot } from '../bot.ts';
import { type Asker, askerOf, contextFor, isDirect, viewFor } from '../context.ts';
import { keyPart } from '../key-part.ts';
import { drawOffer } from '../render/index.ts';
import { unfurlBlocks } from '../render/unfurl.ts';
import { type DeliveryTarget, deliver, deliverAnswer } from '../respond.ts';
import { call } from '../retry.ts';
import { type LinkChoice, settingsOf } from '../settings.ts';
import { userOf } from '../users.ts';
import { askedId } from './messages.ts';

/** Links of one message that get a preview. */
const MAX_LINKS = 3;
/** A link that is told of so long after its message was posted came with an edit. Seconds. */
const EDITED_AFTER_S = 60;
/** Milliseconds between two looks whether a message is a question. */
const LOOK_MS = 50;
/** How long a message that was reacted to is remembered, in milliseconds. */
const REACTED_TTL_MS = 24 * 3600_000;

const schema = z.object({
  channel: z.string(),
  user: z.string().optional(),
  /** In the composer this is an id of no message. */
  message_ts: z.string(),
  thread_ts: z.string().optional(),
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

type Shared = z.infer<typeof schema>;

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

async function preview(bot: Bot, asker: Asker, { channel, message_ts: ts, links }: Shared): Promise<void> {
  const taken = await bot.cooldowns.channel.take(`slack:${asker.team}:${channel}`);
  if (!taken.ok) return bot.counters.count('link.cooldown');
  const urls = links.map(({ url }) => url);
  const unfurls = await unfurlsFor(bot, asker, urls);
  if (Object.keys(unfurls).length === 0) return bot.counters.count('link.no-films');
  await call(() => asker.client.chat.unfurl({ channel, ts, unfurls }), true);
  bot.counters.count('link.unfurled');
}

/** Whether the message also mentions the app, and so is answered as a question: that may be told of a little later. */
async function becomesQuestion({ shared: { state }, mentionMs }: Bot, id: string): Promise<boolean> {
  const end = Date.now() + mentionMs;
  for (;;) {
    if (await wasSeen(state, id)) return true;
    if (Date.now() >= end) return false;
    await sleep(LOOK_MS);
  }
}

/** Where a reaction goes: to the poster alone, or into the link's thread. */
function targetOf({ channel, message_ts: ts, thread_ts: thread }: Shared, links: LinkChoice): DeliveryTarget {
  // To one person Slack shows nothing in a thread that does not exist yet.
  return links === 'private'
    ? { kind: 'whisper', channel, thread: thread ?? null, unasked: true }
    : { kind: 'post', channel, thread: thread ?? ts };
}

async function react(
  bot: Bot,
  asker: Asker,
  shared: Shared,
  songs: readonly string[],
  links: 'private' | 'offer' | 'answer',
): Promise<void> {
  const target = targetOf(shared, links);
  await reactToLinks(bot, {
    channel: `slack:${asker.team}:${shared.channel}`,
    songs,
    mode: links === 'answer' ? 'answer' : 'offer',
    context: () => contextFor(bot, asker, links === 'private'),
    offer: async (question, { locale }, offered) => {
      const offer = drawOffer(question, offered, { locale, alone: links === 'private' });
      if (offer) await deliver(bot, asker, target, offer);
      return offer !== null;
    },
    post: async (answer) => deliverAnswer(bot, asker, target, answer, await viewFor(bot, asker, 'all')),
  });
}

/** Whether the link was posted just now where the app is, and not only typed or edited in. */
function passedOver(shared: Shared | undefined, eventTime: unknown): string | null {
  const posted = Number(shared?.message_ts);
  // Being written, in a place where the app is not, or of no message at all.
  if (!shared || shared.source === 'composer' || !(posted > 0) || shared.is_bot_user_member === false) {
    return 'link.passed-over';
  }
  // There every message is a question.
  if (isDirect(shared.channel)) return 'link.direct';
  return Number(eventTime) - posted > EDITED_AFTER_S ? 'link.edited' : null;
}

export function registerLinks(app: App, bot: Bot): void {
  const { counters } = bot;
  app.event('link_shared', async (args) => {
    const { data: shared } = schema.safeParse(args.event);
    const reason = passedOver(shared, (args.body as { event_time?: unknown }).event_time);
    if (!shared || reason) return counters.count(reason ?? 'link.passed-over');
    const songs = pastedSongs(shared.links.map(({ url }) => url).join(' '));
    if (songs.length === 0) return counters.count('link.no-films');
    const { channel, message_ts: ts, user } = shared;
    const { state } = bot.shared;
    const asker = await askerOf(bot, args, user ?? '', channel);
    const { links } = await settingsOf(state, asker.team, channel);
    if (links === 'off') return counters.count('link.off');
    if (!(await isPerson(bot, asker))) return counters.count('link.bot');
    const key = `slack:links:${keyPart(`${asker.team}:${channel}:${ts}`)}`;
    if (!(await firstTime(state, key, REACTED_TTL_MS))) return counters.count('message.duplicate');
    if (await becomesQuestion(bot, askedId(asker.team, channel, ts))) return counters.count('link.asked');
    if (links === 'preview') return preview(bot, asker, shared);
    await react(bot, asker, shared, songs, links);
  });
}
