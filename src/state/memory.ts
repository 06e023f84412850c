import { KeyedStore } from './keyed-store.ts';
import type { Clock, StateBacking, StateRecord, StateStore } from './store.ts';

/** A store that lasts as long as the process: for tests, and where no folder can be written. */
export function openMemoryState(clock?: Clock): StateStore {
  return new KeyedStore(new MemoryBacking(), clock);
}

class MemoryBacking implements StateBacking {
  readonly #records = new Map<string, StateRecord>();

  read(key: string): StateRecord | undefined {
    return this.#records.get(key);
  }

  write(key: string, record: StateRecord): void {
    this.#records.set(key, record);
  }

  remove(key: string): void {
    this.#records.delete(key);
  }

  from(start: string): Iterable<readonly [string, StateRecord]> {
    const first = Buffer.from(start);
    return [...this.#records]
      .map(([key, record]) => ({ key, record, bytes: Buffer.from(key) }))
      .filter(({ bytes }) => Buffer.compare(bytes, first) >= 0)
      .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
      .map(({ key, record }) => [key, record] as const);
  }

  // One thread and synchronous actions: nothing can come between.
  exclusively<R>(action: () => R): R {
    return action();
  }

  async close(): Promise<void> {
    this.#records.clear();
  }
}
