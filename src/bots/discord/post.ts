/** Posting under somebody's message: where it is allowed, quietly, and once however often it has to be tried. */
import { HTTPError, type Message, MessageFlags, type PermissionsBitField } from 'discord.js';
import { doubling, withRetries } from '../../shared/retry.ts';
import type { Bot } from './bot.ts';
import { noteFailure } from './failures.ts';
import { missingForReply, type NeededPermission } from './permissions.ts';
import { notePosted } from './posted.ts';
import type { DiscordMessage } from './render/index.ts';
import { payload } from './respond.ts';

/** After Discord refused a reply in a channel, it is left alone for this long. */
const REFUSED_TTL_MS = 10 * 60_000;

/** Rounds of attempts while Discord fails, and the first pause between them in milliseconds. */
const ROUNDS = 3;
const FIRST_PAUSE_MS = 500;

/** Permissions without which nothing can be posted. */
const VITAL: ReadonlySet<NeededPermission> = new Set([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
]);

const refusedKey = (channel: string) => `discord:refused:${channel}`;

/** What the bot may do in the message's channel; null where it needs no permission or they are not known. */
export function mayIn(message: Message): Readonly<PermissionsBitField> | null {
  const { channel, client, guild } = message;
  if (!guild || channel.isDMBased()) return null;
  return channel.permissionsFor(guild.members.me ?? client.user.id);
}

function missingIn(message: Message): NeededPermission[] {
  const may = mayIn(message);
  return may ? missingForReply(may, message.channel.isThread()) : [];
}

/** Whether the bot can post here at all; if not, that is counted and logged, as it can't be said here. */
export async function canPost(bot: Bot, message: Message): Promise<boolean> {
  const missing = missingIn(message).filter((name) => VITAL.has(name));
  if (missing.length > 0) {
    bot.counters.count('message.no-permission');
    const explained = await bot.cooldowns.explanation.take(message.channelId);
    if (explained.ok) bot.log.info({ channel: message.channelId, missing }, 'Discord: may not answer here');
    return false;
  }
  return (await bot.shared.state.get(refusedKey(message.channelId))) === undefined;
}

/** Whether Discord failed rather than refused: the message may have been posted all the same. */
const isFailure = (error: unknown) => error instanceof HTTPError && error.status >= 500;

async function send(message: Message, drawn: DiscordMessage): Promise<string | null> {
  // Discord gives back the message that it has already, where it is sent again under one nonce.
  const once = { nonce: `m${message.id}`.slice(0, 25), enforceNonce: true };
  const quiet = { ...payload(drawn, MessageFlags.SuppressNotifications as const), ...once };
  const { channel } = message;
  const posted = await withRetries(
    async () => {
      if (!missingIn(message).includes('ReadMessageHistory')) {
        // A message that is gone by now gets no answer.
        return message.reply({ ...quiet, failIfNotExists: true });
      }
      return channel.isSendable() ? channel.send(quiet) : null;
    },
    {
      attempts: ROUNDS,
      pause: (error, failed) => (isFailure(error) ? doubling(FIRST_PAUSE_MS, failed) : null),
    },
  );
  return posted?.id ?? null;
}

/** Posts under the message. Never throws. @returns whether it was posted */
export async function post(bot: Bot, message: Message, drawn: DiscordMessage): Promise<boolean> {
  try {
    const answer = await send(message, drawn);
    if (answer === null) return false;
    bot.counters.count('message.answered');
    await notePosted(bot, message.id, { channel: message.channelId, answer });
    return true;
  } catch (error) {
    const reason = noteFailure(bot, 'message', error);
    if (reason === 'lost-permission' || reason === 'no-access') {
      await bot.shared.state.set(refusedKey(message.channelId), 1, REFUSED_TTL_MS);
    }
    return false;
  }
}
