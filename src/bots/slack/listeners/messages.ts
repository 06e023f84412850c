/** Messages that speak to the app: a mention, a direct one. Silence for bots, edits and the app itself. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { askText } from '../../../../commands/index.ts';
import { helpNotice } from '../../../../commands/movie-help.ts';
import type { Answer } from '../../../conversation/answer.ts';
import { responseMode } from '../../../conversation/delivery-policy.ts';
import { sorry } from '../../../conversation/notices.ts';
import { pastedSongs } from '../../../conversation/pasted-links.ts';
import { asksAboutThis, isChatter, songAskedFor } from '../../../conversation/small-talk.ts';
import { firstTimeBy } from '../../common/once.ts';
import type { Bot } from '../bot.ts';
import { type Asker, askerOf, contextFor, isDirect, remember, tooMany, viewFor } from '../context.ts';
import { readText } from '../escape.ts';
import { keyPart } from '../key-part.ts';
import { firstTold } from '../people.ts';
import { type DeliveryTarget, deliverAnswer } from '../respond.ts';

/** Kinds of messages that a person posts; every other subtype is an edit, a notice or a bot's. */
const PERSONS: ReadonlySet<string | undefined> = new Set([
  undefined,
  'file_share',
  'thread_broadcast',
  'me_message',
]);

const schema = z.object({
  subtype: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  app_id: z.string().nullish(),
  hidden: z.boolean().optional(),
  edited: z.unknown().optional(),
  text: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
});
type Message = z.infer<typeof schema> & { readonly user: string };

/** A message that a person has just posted, or null for anything else. */
function readMessage(event: unknown, botUser: string | undefined): Message | null {
  const message = schema.safeParse(event).data;
  if (!message || !PERSONS.has(message.subtype) || message.hidden || message.edited) return null;
  const { user } = message;
  if (message.bot_id || message.app_id || !user) return null;
  return user === botUser || user.startsWith('USLACK') ? null : { ...message, user };
}

/** Under what a message is known that spoke to the app. */
export const askedId = (team: string, channel: string, ts: string) =>
  `slack:message:${keyPart(`${team}:${channel}:${ts}`)}`;

/** Whether the message is new to us: Slack tells of one message in several events. */
function isNew(bot: Bot, { team, delivery }: Asker, { channel, ts }: Message): Promise<boolean> {
  return firstTimeBy(bot.shared.state, askedId(team, channel, ts), delivery);
}

/** Answers what somebody said to the app: in its thread for all to see, or to them alone. */
async function answerTo(bot: Bot, asker: Asker, message: Message, answer: Answer): Promise<void> {
  const { channel, ts, thread_ts: thread = null } = message;
  const direct = isDirect(channel);
  remember(bot, asker, answer);
  if (responseMode(answer, 'public', direct) === 'public') {
    const target: DeliveryTarget = { kind: 'post', channel, thread: direct ? thread : (thread ?? ts) };
    return deliverAnswer(bot, asker, target, answer, await viewFor(bot, asker, 'all'));
  }
  // To one person Slack shows nothing in a thread that does not exist yet.
  const target: DeliveryTarget = { kind: 'whisper', channel, thread };
  return deliverAnswer(bot, asker, target, answer, await viewFor(bot, asker, 'alone'));
}

/** What somebody says to the app. */
interface Said {
  readonly text: string;
  /** False where they may only speak of it. */
  readonly asks: boolean;
}

/** What a message with a mention asks; null where it only speaks of the app, as “cc @Music2Movie is broken” does. */
export function saidTo(text: string, botUser: string | undefined): Said | null {
  const at = botUser ? text.indexOf(`<@${botUser}`) : -1;
  if (at < 0) return { text: readText(text), asks: true };
  const before = readText(text.slice(0, at));
  const after = readText(text.slice(at));
  if (isChatter(before)) return { text: after, asks: true };
  if (pastedSongs(`${before} ${after}`).length > 0) return { text: `${before} ${after}`, asks: true };
  return isChatter(after) && !/^(?:cc|fyi|via|ping|from|by|with|thanks|thx)\b/iu.test(before)
    ? { text: before, asks: false }
    : null;
}

/** Somebody speaks to the app: any words are a question, but for greetings and thanks. */
async function onAddressed(bot: Bot, asker: Asker, message: Message, said: Said): Promise<void> {
  if (!(await isNew(bot, asker, message))) return bot.counters.count('message.duplicate');
  const { text, asks } = said;
  const context = contextFor(bot, asker, false);
  if (isChatter(text) && text !== '') {
    // They are told once how to ask.
    if (!(await firstTold(bot.shared.state, asker, 'help'))) return bot.counters.count('message.small-talk');
    const help = { ...helpNotice(context, false, bot.command), private: true };
    return answerTo(bot, asker, message, help);
  }
  const refused = await tooMany(bot, asker);
  if (refused) return answerTo(bot, asker, message, refused);
  if (asksAboutThis(text)) return answerTo(bot, asker, message, sorry(context, 'chat.noSong'));
  const answer = await askText(songAskedFor(text), context, { called: bot.command });
  if (!asks && answer.kind !== 'recommendations') return bot.counters.count('message.not-asked');
  // Nobody else needs the help.
  await answerTo(bot, asker, message, text === '' ? { ...answer, private: true } : answer);
}

export function registerMessages(app: App, bot: Bot): void {
  app.event('app_mention', async (args) => {
    const message = readMessage(args.event, args.context.botUserId);
    if (!message) return bot.counters.count('message.passed-over');
    const said = saidTo(message.text ?? '', args.context.botUserId);
    if (!said) return bot.counters.count('message.not-asked');
    await onAddressed(bot, await askerOf(bot, args, message.user, message.channel), message, said);
  });
  app.event('message', async (args) => {
    const message = readMessage(args.event, args.context.botUserId);
    if (!message) return bot.counters.count('message.passed-over');
    if (message.channel_type !== 'im') return bot.counters.count('message.passed-over');
    const said = readText(message.text ?? '');
    if (said === '') return bot.counters.count('message.passed-over');
    const asker = await askerOf(bot, args, message.user, message.channel);
    await onAddressed(bot, asker, message, { text: said, asks: true });
  });
}
