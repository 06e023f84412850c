/** Passing entries on their way to where they are kept: they stand here at once, and stay while that can't be written. */
import { Music2MovieError } from '../shared/errors.ts';
import { alive, outcomeOf } from './change.js';
import type { StateChange, StateRecord } from './store.ts';

/** Entries remembered while they can't be written; the oldest are forgotten beyond that. */
const MAX_UNWRITTEN = 20_000;

export interface UnwrittenOptions {
  /** Makes a change where others see it. @throws Music2MovieError `state.disk` when that fails */
  readonly write: (change: StateChange) => Promise<boolean>;
  readonly failing: () => boolean;
  /** What stands for certain, as far as that can be told without waiting. */
  readonly stands: (key: string) => StateRecord | undefined;
}

export class Unwritten {
  readonly #options: UnwrittenOptions;
  /** Null was removed. */
  readonly #records = new Map<string, StateRecord | null>();

  constructor(options: UnwrittenOptions) {
    this.#options = options;
  }

  /** What stands here; null for an entry removed here, undefined for one that is only elsewhere. */
  get(key: string): StateRecord | null | undefined {
    return this.#records.get(key);
  }

  /** What others can decide as well waits to be written; the rest stands at once, and stays where writing fails. */
  async change(change: StateChange): Promise<boolean> {
    const { key } = change;
    const { write, failing } = this.#options;
    if (failing() && this.#records.has(key)) return this.#decideHere(change);
    const written = write(change);
    if (change.do === 'put') {
      const { record } = change;
      this.#remember(key, record);
      void written.then(
        () => this.#forget(key, record),
        () => {},
      );
      return true;
    }
    try {
      return await written;
    } catch (error) {
      if (!(error instanceof Music2MovieError && error.id === 'state.disk')) throw error;
      return this.#decideHere(change);
    }
  }

  /** Puts what stands here over what was found elsewhere. */
  layOver(found: Map<string, StateRecord>, prefix: string): void {
    for (const [key, record] of this.#records) {
      if (record && key.startsWith(prefix)) found.set(key, record);
      else found.delete(key);
    }
  }

  /** Forgets what has expired. */
  sweep(now: number): void {
    for (const [key, record] of this.#records) {
      if (record && !alive(record, now)) this.#records.delete(key);
    }
  }

  /** Writes what could not be written, now that it can be. */
  flush(): void {
    const now = Date.now();
    for (const [key, record] of this.#records) {
      const change = record
        ? ({ do: 'put', key, record, now } as const)
        : ({ do: 'remove', key, now } as const);
      this.#options
        .write(change)
        .then(() => this.#forget(key, record))
        .catch(() => {});
    }
  }

  #decideHere(change: StateChange): boolean {
    const here = this.#records.get(change.key);
    const found = here === undefined ? this.#options.stands(change.key) : (here ?? undefined);
    const [made, record] = outcomeOf(change, found);
    if (record !== undefined) this.#remember(change.key, record);
    return made;
  }

  #remember(key: string, record: StateRecord | null): void {
    this.#records.delete(key);
    this.#records.set(key, record);
    if (this.#records.size > MAX_UNWRITTEN) this.#records.delete(this.#records.keys().next().value!);
  }

  #forget(key: string, record: StateRecord | null): void {
    if (this.#records.get(key) === record) this.#records.delete(key);
  }
}
