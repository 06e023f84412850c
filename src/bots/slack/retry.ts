/** Calls of Slack's Web API: few retries, and none that could say something twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  WebAPIHTTPError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClientOptions,
} from '@slack/web-api';

/** How often a call is tried altogether. */
export const TRIES = 3;
/** First pause between two tries, in milliseconds; it doubles. */
const FIRST_PAUSE_MS = 250;
/** Longest wait that Slack may ask for, in seconds; beyond it nobody waits for the answer any more. */
export const LONGEST_WAIT_S = 30;
const TIMEOUT_MS = 10_000;

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

function pauseBefore(error: unknown, attempt: number, repeatable: boolean): number | null {
  if (error instanceof WebAPIRateLimitedError) {
    return error.retryAfter > LONGEST_WAIT_S ? null : error.retryAfter * 1000;
  }
  const passing =
    neverArrived(error) ||
    (repeatable &&
      (error instanceof WebAPIRequestError || (error instanceof WebAPIHTTPError && error.statusCode >= 500)));
  return passing ? FIRST_PAUSE_MS * 2 ** attempt : null;
}

/**
 * Calls, and calls again after 429 (when Slack said) or where nothing arrived.
 *
 * @param repeatable whether doing it twice is the same as doing it once: then also after time-outs and 5xx
 * @throws the last try's error
 */
export async function call<T>(request: () => Promise<T>, repeatable = false): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      const pause = attempt + 1 < TRIES ? pauseBefore(error, attempt, repeatable) : null;
      if (pause === null) throw error;
      await sleep(pause);
    }
  }
}
