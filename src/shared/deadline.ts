/** How long a question may still take, handed down to everything that waits for it. */
export interface Deadline {
  /** Fires when the time is over or the asker has gone. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never negative. */
  remaining(): number;
  /** A share of this deadline: at most `ms`, and never more than what is left. */
  child(ms: number): Deadline;
}

/**
 * Starts a deadline.
 *
 * @param ms milliseconds from now
 * @param signal ends it early, usually because nobody waits any more
 */
export function startDeadline(ms: number, signal?: AbortSignal): Deadline {
  const ends = performance.now() + ms;
  const timer = AbortSignal.timeout(Math.max(0, Math.ceil(ms)));
  const combined = signal ? AbortSignal.any([timer, signal]) : timer;
  const remaining = () => (combined.aborted ? 0 : Math.max(0, ends - performance.now()));
  return {
    signal: combined,
    remaining,
    child: (share) => startDeadline(Math.min(share, remaining()), combined),
  };
}

/** Resolves like the promise, or rejects the moment the deadline ends, whatever the promise still does. */
export function within<T>(promise: Promise<T>, deadline: Deadline): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(deadline.signal.reason);
    if (deadline.signal.aborted) end();
    deadline.signal.addEventListener('abort', end, { once: true });
    promise.then(resolve, reject).finally(() => deadline.signal.removeEventListener('abort', end));
  });
}
