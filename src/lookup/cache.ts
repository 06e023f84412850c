import { type Deadline, startDeadline, within } from '../shared/deadline.ts';
import { UpstreamError } from '../shared/errors.ts';
import { hashOf } from '../shared/hash.ts';
import type { StateStore } from '../state/store.ts';

/** How long an answer is kept: what a service knows of a recording hardly ever changes. Milliseconds. */
export const HIT_TTL = 90 * 24 * 3_600_000;
/** How long "nobody knows it" is kept: new songs become known within days. Milliseconds. */
export const MISS_TTL = 3_600_000;

/** Raised when the form of the cached values changes, so that old ones are not misread. */
const FORM = 2;

/** How long a value is kept, in milliseconds; null: not at all. */
export type Keep<T> = (value: T | null) => number | null;

const byPresence: Keep<unknown> = (value) => (value === null ? MISS_TTL : HIT_TTL);

/** Remembers what services said, misses for a shorter time; errors are never remembered. */
export class LookupCache {
  readonly #state: StateStore;
  readonly #askMs: number;
  /** Questions under way by key: whoever asks the same meanwhile waits for the one answer. */
  readonly #running = new Map<string, Promise<unknown>>();

  /** @param askMs milliseconds that a question to a service may take, whoever waits for it */
  constructor(state: StateStore, askMs: number) {
    this.#state = state;
    this.#askMs = askMs;
  }

  /**
   * The remembered answer, or the one that `ask` gives. A question goes on when its asker stops waiting, so that
   * others who wait get the answer, and the next one finds it remembered.
   *
   * @param id anything: it is kept as a hash, as it may be what a person wrote
   * @param ask resolves to null where the service does not know
   * @throws UpstreamError also when the deadline ends first
   */
  async remember<T>(
    source: string,
    id: string,
    deadline: Deadline,
    ask: (deadline: Deadline) => Promise<T | null>,
    keep: Keep<T> = byPresence,
  ): Promise<T | null> {
    const key = `lookup:${FORM}:${source}:${hashOf(id, 22)}`;
    // A store out of order costs a second question, never the answer.
    const kept = await this.#state.get<{ value: T | null }>(key).catch(() => undefined);
    if (kept) return kept.value;
    const running = (this.#running.get(key) as Promise<T | null> | undefined) ?? this.#start(key, ask, keep);
    try {
      return await within(running, deadline);
    } catch (error) {
      if (error instanceof UpstreamError || !deadline.signal.aborted) throw error;
      throw new UpstreamError('The answer did not come in time.', { id: 'upstream.late', underlying: error });
    }
  }

  #start<T>(key: string, ask: (deadline: Deadline) => Promise<T | null>, keep: Keep<T>): Promise<T | null> {
    const work = async () => {
      const value = await ask(startDeadline(this.#askMs));
      const ttl = keep(value);
      if (ttl !== null) await this.#state.set(key, { value }, ttl).catch(() => undefined);
      return value;
    };
    const running = work().finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    // Its askers may all have stopped waiting: then nobody needs its error.
    running.catch(() => undefined);
    return running;
  }
}
