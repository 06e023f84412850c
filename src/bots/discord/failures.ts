/** Failures of Discord's API: which are expected, as a message that was deleted, and which somebody should look at. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Bot } from './bot.ts';

/** Things that may be deleted while an answer is on its way (discord.com/developers/docs/topics/opcodes-and-status-codes#json). */
const USUAL: Readonly<Record<number, string>> = {
  10003: 'unknown-channel',
  10004: 'unknown-guild',
  10008: 'unknown-message',
  10013: 'unknown-user',
  10015: 'unknown-webhook',
  10062: 'expired-interaction',
  40060: 'already-answered',
  50001: 'no-access',
  50007: 'closed-to-messages',
  50013: 'lost-permission',
  50027: 'expired-token',
  50083: 'archived-thread',
  160002: 'no-reply',
};

/** A reply to a message that was deleted meanwhile comes back as a faulty form. */
const DELETED_REFERENCE = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';

/** A reason for counting and logging; `usual` ones need nobody's attention. */
export function reasonOf(error: unknown): { reason: string; usual: boolean } {
  if (error instanceof DiscordAPIError) {
    const usual = USUAL[Number(error.code)];
    if (usual) return { reason: usual, usual: true };
    if (JSON.stringify(error.rawError).includes(DELETED_REFERENCE)) {
      return { reason: 'unknown-message', usual: true };
    }
    return { reason: error.status === 401 ? 'unauthorised' : `refused-${error.code}`, usual: false };
  }
  if (error instanceof HTTPError) return { reason: `http-${error.status}`, usual: false };
  if (error instanceof RateLimitError) return { reason: 'rate-limited', usual: false };
  return { reason: 'unexpected', usual: false };
}

/** Counts a failure and logs it with its reason. Never throws, never shows a token. */
export function noteFailure(bot: Bot, where: string, error: unknown): string {
  const { reason, usual } = reasonOf(error);
  bot.counters.count(`failure.${reason}`);
  const message = error instanceof Error ? error.message : String(error);
  if (usual) bot.log.info({ where, reason }, `Discord: ${message}`);
  else
    bot.log.warn(
      { where, reason, stack: error instanceof Error ? error.stack : undefined },
      `Discord: ${message}`,
    );
  return reason;
}
