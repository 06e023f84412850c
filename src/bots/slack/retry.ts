/** Calls of Slack's Web API: few retries, and none that could say something twice. */
import {
  WebAPIHTTPError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClientOptions,
} from '@slack/web-api';
import { doubling, withRetries } from '../../shared/retry.ts';

/** How often a call is tried altogether. */
export const ATTEMPTS = 3;
/** First pause between two tries, in milliseconds; it doubles. */
const FIRST_PAUSE_MS = 250;
/** Longest wait that Slack may ask for, in milliseconds; beyond it nobody waits for the answer any more. */
const LONGEST_WAIT_MS = 30_000;
/** How long a request to Slack may take, in milliseconds. */
export const TIMEOUT_MS = 10_000;

/**
 * What every client of ours is made with. The library's own retries (ten within half an hour, and after a 429
 * no other call of the workspace in the meantime) are switched off; {@link call} has better ones.
 */
export function clientOptions(slackApiUrl: string): WebClientOptions {
  return {
    slackApiUrl: `${slackApiUrl}/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    allowAbsoluteUrls: false,
  };
}

/** Whether the request never reached Slack, so that nothing can have been done. */
function neverArrived(error: unknown): boolean {
  if (!(error instanceof WebAPIRequestError)) return false;
  const cause = error.original.cause as { code?: string } | undefined;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(cause?.code ?? '');
}

/** The pause that Slack asks for after a 429, or null where nobody would wait so long. */
export const rateLimitPause = (ms: number) => (ms > LONGEST_WAIT_MS ? null : ms);

/**
 * Calls, and calls again after 429 (when Slack said) or where nothing arrived.
 *
 * @param repeatable whether doing it twice is the same as doing it once: then also after time-outs and 5xx
 * @throws the last attempt's error
 */
export function call<T>(request: () => Promise<T>, repeatable = false): Promise<T> {
  return withRetries(request, {
    attempts: ATTEMPTS,
    pause: (error, failed) => {
      if (error instanceof WebAPIRateLimitedError) return rateLimitPause(error.retryAfter * 1000);
      const unanswered =
        error instanceof WebAPIRequestError || (error instanceof WebAPIHTTPError && error.statusCode >= 500);
      return neverArrived(error) || (repeatable && unanswered) ? doubling(FIRST_PAUSE_MS, failed) : null;
    },
  });
}
