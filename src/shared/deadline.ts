/** How long a question may still take, handed down to everything that waits for it. */
export interface Budget {
  /** Fires when the time is over or the asker has gone. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never negative. */
  remaining(): number;
  /** A share of this budget: at most `ms`, and never more than what is left. */
  slice(ms: number): Budget;
}

/**
 * Starts a budget.
 *
 * @param ms milliseconds from now
 * @param signal ends it early, usually because nobody waits any more
 */
export function startBudget(ms: number, signal?: AbortSignal): Budget {
  const ends = performance.now() + ms;
  const timer = AbortSignal.timeout(Math.max(0, Math.ceil(ms)));
  const combined = signal ? AbortSignal.any([timer, signal]) : timer;
  const remaining = () => (combined.aborted ? 0 : Math.max(0, ends - performance.now()));
  return {
    signal: combined,
    remaining,
    slice: (share) => startBudget(Math.min(share, remaining()), combined),
  };
}

/** Resolves like the promise, or rejects the moment the budget ends, whatever the promise still does. */
export function within<T>(promise: Promise<T>, budget: Budget): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(budget.signal.reason);
    if (budget.signal.aborted) end();
    budget.signal.addEventListener('abort', end, { once: true });
    promise.then(resolve, reject).finally(() => budget.signal.removeEventListener('abort', end));
  });
}
