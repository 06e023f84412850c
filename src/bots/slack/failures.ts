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

/** What a failure means to whoever waits (docs.slack.dev/reference/methods, errors of each). */
export type FailureKind =
  /** The installation, or its token, is no more. */
  | 'gone'
  /** Nothing may be written there: archived, for announcements only, a locked thread, not a member. */
  | 'closed'
  /** The window or message that was pressed in was closed or deleted: whoever did so waits for nothing. */
  | 'left'
  /** The press is too old for a window. */
  | 'late'
  | 'broken';

const KINDS: readonly (readonly [FailureKind, RegExp])[] = [
  [
    'gone',
    /^(?:account_inactive|app_uninstalled|invalid_auth|not-installed|not_authed|token_(?:expired|revoked))$/,
  ],
  [
    'closed',
    /^(?:restricted_action\w*|is_archived|thread_locked|cannot_reply_to_message|not_in_channel|channel_not_found|user_not_in_channel|user_not_found|ekm_access_denied|messages_tab_disabled)$/,
  ],
  ['left', /^(?:hash_conflict|message_not_found|not_found|view_not_found)$/],
  ['late', /^trigger_|_trigger_id$/],
];

export const kindOf = (error: unknown): FailureKind => {
  const reason = reasonOf(error);
  return KINDS.find(([, named]) => named.test(reason))?.[0] ?? 'broken';
};

/** What happens while an answer is on its way, as a channel that is deleted, and is no fault of anybody's. */
const isUsual = (error: unknown) =>
  ['closed', 'left', 'late'].includes(kindOf(error)) ||
  /^(?:account_inactive|not-installed|expired_url|used_url|thread_not_found)$/.test(reasonOf(error));

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
  if (isUsual(error)) {
    bot.log.info({ where, reason }, 'Slack: could not be done');
    return;
  }
  const stack = reason === 'unexpected' && error instanceof Error ? error.stack : undefined;
  bot.log.warn({ where, reason, ...(stack && { stack }) }, 'Slack: failed');
  if (reason === 'unexpected') bot.shared.report?.(error);
}
