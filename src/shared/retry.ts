/** The one way to try again: what is worth it, and after which pause, says the caller. */
import { DelegateBackoff, handleWhen, retry } from 'cockatiel';

export interface RetryOptions {
  /** Attempts altogether; may be infinite. */
  readonly attempts: number;
  /**
   * Milliseconds until another attempt, or null where another one is of no use.
   *
   * @param failed attempts that have failed so far, 1 after the first
   */
  readonly pause: (error: unknown, failed: number) => number | null;
  /** Ends the waiting at once. */
  readonly signal?: AbortSignal;
  /** Pauses that do not keep the process alive. */
  readonly background?: boolean;
}

/**
 * Makes a request, and makes it again.
 *
 * @param request gets the number of attempts that have failed so far
 * @throws the last attempt's error, or the signal's reason
 */
export function withRetries<T>(
  request: (failed: number) => Promise<T>,
  { attempts, pause, signal, background }: RetryOptions,
): Promise<T> {
  let failed = 0;
  let wait: number | null = 0;
  const worthwhile = (error: unknown) => {
    failed += 1;
    wait = failed < attempts ? pause(error, failed) : null;
    return wait !== null;
  };
  const policy = retry(handleWhen(worthwhile), {
    maxAttempts: attempts,
    backoff: new DelegateBackoff(() => wait ?? 0),
  });
  const running = (background ? policy.dangerouslyUnref() : policy).execute(() => {
    signal?.throwIfAborted();
    return request(failed);
  });
  return signal ? unlessAborted(running, signal) : running;
}

/** cockatiel waits a pause out even when the signal has fired: this leaves at once. */
function unlessAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** A pause that doubles with each failed attempt. */
export function doubling(firstMs: number, failed: number, mostMs = Number.POSITIVE_INFINITY): number {
  return Math.min(mostMs, firstMs * 2 ** (failed - 1));
}

/** The same with full jitter, the mean kept: many who failed together do not come back together. */
export function jittered(meanMs: number, failed: number, mostMs = Number.POSITIVE_INFINITY): number {
  return Math.min(mostMs, Math.random() * 2 * doubling(meanMs, failed));
}

/** A Retry-After header in milliseconds (RFC 9110, 10.2.3: seconds or a date), or null where it says nothing. */
export function retryAfterMs(header: string | null, now = Date.now()): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // Date.parse takes far more than dates: "-5" is a year to it.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
