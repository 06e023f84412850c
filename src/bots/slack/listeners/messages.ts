/** Messages: a mention, a direct one, a pasted link. Silence for bots, edits and the app itself. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { askText } from '../../../../commands/index.ts';
import { isSecret } from '../../../conversation/delivery-policy.ts';
import { pastedSongs } from '../../../conversation/pasted-links.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { firstTime } from '../../common/once.ts';
import { reactToLinks } from '../../common/pasted-link.ts';
import type { Bot } from '../bot.ts';
import { type Asker, askerOf, contextFor, isDirect, remember, tooMany, viewFor } from '../context.ts';
import { keyPart } from '../deliveries.ts';
import { readText } from '../escape.ts';
import { drawOffer } from '../render/index.ts';
import { type DeliveryTarget, deliver, deliverAnswer } from '../respond.ts';
import { channelKey, settingsOf } from '../settings.ts';

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
  return user === botUser || user === 'USLACKBOT' ? null : { ...message, user };
}

/** Whether the message is new to us: Slack tells of one message in several events. */
function isNew(bot: Bot, { team }: Asker, { channel, ts }: Message): Promise<boolean> {
  return firstTime(bot.shared.state, `slack:message:${keyPart(`${team}:${channel}:${ts}`)}`);
}

/** Somebody speaks to the app: any words are a question. @param thread where the answer goes */
async function onAddressed(bot: Bot, asker: Asker, message: Message, thread: string | null): Promise<void> {
  const { channel, text = '' } = message;
  if (!(await isNew(bot, asker, message))) return bot.counters.count('message.duplicate');
  const whisper: DeliveryTarget = { kind: 'whisper', channel, thread };
  const refused = await tooMany(bot, asker);
  if (refused) return deliverAnswer(bot, asker, whisper, refused, await viewFor(bot, asker, 'alone'));
  const answer = await askText(readText(text), contextFor(bot, asker, false), { called: bot.command });
  remember(bot, asker, answer);
  const secret = isSecret(answer, isDirect(channel));
  const target: DeliveryTarget = secret ? whisper : { kind: 'post', channel, thread };
  await deliverAnswer(bot, asker, target, answer, await viewFor(bot, asker, secret ? 'alone' : 'all'));
}

/** Somebody pasted a link in a channel without speaking to the app. */
async function onPasted(bot: Bot, asker: Asker, message: Message, songs: readonly string[]): Promise<void> {
  const { channel } = message;
  const { links } = await settingsOf(bot.shared.state, asker.team, channel);
  // Previews are made when Slack tells of the link itself.
  if (links === 'off' || links === 'unfurl') return bot.counters.count(`link.${links}`);
  if (!(await isNew(bot, asker, message))) return bot.counters.count('message.duplicate');
  const target: DeliveryTarget = { kind: 'post', channel, thread: message.thread_ts ?? message.ts };
  await reactToLinks(bot, {
    channel: channelKey(asker.team, channel),
    songs,
    mode: links,
    context: () => contextFor(bot, asker, false),
    offer: async (question, { locale }) => {
      const offer = drawOffer(question, wordsFor(locale).t('chat.offer'));
      if (offer) await deliver(bot, asker, target, offer);
      return offer !== null;
    },
    post: async (answer) => deliverAnswer(bot, asker, target, answer, await viewFor(bot, asker, 'all')),
  });
}

export function registerMessages(app: App, bot: Bot): void {
  app.event('app_mention', async (args) => {
    const message = readMessage(args.event, args.context.botUserId);
    if (!message) return bot.counters.count('message.passed-over');
    const asker = await askerOf(bot, args, message.user, message.channel);
    await onAddressed(bot, asker, message, message.thread_ts ?? message.ts);
  });
  app.event('message', async (args) => {
    const message = readMessage(args.event, args.context.botUserId);
    if (!message) return bot.counters.count('message.passed-over');
    const text = message.text ?? '';
    const asker = () => askerOf(bot, args, message.user, message.channel);
    if (message.channel_type === 'im') {
      if (readText(text) === '') return;
      return onAddressed(bot, await asker(), message, message.thread_ts ?? null);
    }
    // A mention comes as an event of its own.
    const { botUserId } = args.context;
    if (botUserId && text.includes(`<@${botUserId}`)) return;
    const songs = pastedSongs(readText(text));
    if (songs.length > 0) await onPasted(bot, await asker(), message, songs);
  });
}
