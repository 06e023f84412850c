import type { StateStore } from '../state/store.ts';

/** How long an answer is kept: what a service knows of a recording hardly ever changes. Milliseconds. */
const HIT_TTL = 90 * 24 * 3_600_000;
/** How long "nobody knows it" is kept: new songs become known within days. Milliseconds. */
const MISS_TTL = 3_600_000;

/** Raised when the form of the cached values changes, so that old ones are not misread. */
const FORM = 1;

/** Remembers what services said, misses for a shorter time; errors are never remembered. */
export class LookupCache {
  readonly #state: StateStore;

  constructor(state: StateStore) {
    this.#state = state;
  }

  /**
   * The remembered answer, or the one that `ask` gives.
   *
   * @param ask resolves to null where the service does not know
   */
  async remember<T>(source: string, id: string, ask: () => Promise<T | null>): Promise<T | null> {
    const key = `lookup:${FORM}:${source}:${id}`;
    // A store out of order costs a second question, never the answer.
    const kept = await this.#state.get<{ value: T | null }>(key).catch(() => undefined);
    if (kept) return kept.value;
    const value = await ask();
    await this.#state.set(key, { value }, value === null ? MISS_TTL : HIT_TTL).catch(() => undefined);
    return value;
  }
}
