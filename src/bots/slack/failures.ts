/** Failures of Slack's API: their names, and which are expected, as a channel that was deleted. */
import { AuthorizationError } from '@slack/bolt';
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Bot } from './bot.ts';
import { ReplyError } from './response-url.ts';

/** Things that may be deleted while an answer is on its way (docs.slack.dev/reference/methods, errors of each). */
const USUAL: ReadonlySet<string> = new Set([
  'account_inactive',
  'cannot_reply_to_message',
  'channel_not_found',
  'expired_trigger_id',
  'expired_url',
  'is_archived',
  'message_not_found',
  'not-installed',
  'not_found',
  'not_in_channel',
  'restricted_action',
  'thread_not_found',
  'trigger_expired',
  'trigger_exchanged',
  'used_url',
  'user_not_found',
  'view_not_found',
]);

/** Slack's name for what went wrong, or one of ours: `rate-limited`, `unreachable`, `http-500`, `unexpected`. */
export function reasonOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  if (error instanceof WebAPIRateLimitedError) return 'rate-limited';
  if (error instanceof WebAPIHTTPError) return `http-${error.statusCode}`;
  if (error instanceof WebAPIRequestError) return 'unreachable';
  if (error instanceof ReplyError) return error.reason;
  if (error instanceof AuthorizationError) return 'not-installed';
  return 'unexpected';
}

/** Counts a failure and logs it with its reason. Never throws, never shows a token. */
export function noteFailure(
  bot: Pick<Bot, 'counters' | 'log' | 'shared'>,
  where: string,
  error: unknown,
): void {
  const reason = reasonOf(error);
  bot.counters.count(`failure.${reason}`);
  if (USUAL.has(reason)) {
    bot.log.info({ where, reason }, 'Slack: could not be done');
    return;
  }
  const stack = reason === 'unexpected' && error instanceof Error ? error.stack : undefined;
  bot.log.warn({ where, reason, ...(stack && { stack }) }, 'Slack: failed');
  if (reason === 'unexpected') bot.shared.report?.(error);
}
