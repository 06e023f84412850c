import { alive, inOrder, outcomeOf } from './change.js';
import { KeyedStore, type KeyedStoreOptions } from './keyed-store.ts';
import { kindOf, ruleOf } from './kinds.ts';
import type { Clock, StateBacking, StateChange, StateHealth, StateRecord, StateStore } from './store.ts';

/** A store that lasts as long as the process: for tests, and where no folder can be written. */
export function openMemoryState(clock?: Clock, options: KeyedStoreOptions = {}): StateStore {
  return new KeyedStore(new MemoryBacking(), { ...options, now: clock });
}

class MemoryBacking implements StateBacking {
  readonly #records = new Map<string, StateRecord>();

  read(key: string): StateRecord | undefined {
    return this.#records.get(key);
  }

  within(prefix: string): Iterable<readonly [string, StateRecord]> {
    return inOrder([...this.#records].filter(([key]) => key.startsWith(prefix)));
  }

  async change(change: StateChange): Promise<boolean> {
    const stands = this.#records.get(change.key);
    const [made, record] = outcomeOf(change, stands);
    if (record === null) this.#records.delete(change.key);
    else if (record) this.#records.set(change.key, record);
    return made;
  }

  async sweep(now: number): Promise<number> {
    const before = this.#records.size;
    for (const [key, record] of this.#records) if (!alive(record, now)) this.#records.delete(key);
    const counts = this.#counts();
    const byExpiry = [...this.#records].sort(
      (a, b) => (a[1].expires ?? Infinity) - (b[1].expires ?? Infinity),
    );
    for (const [key] of byExpiry) {
      const { passing, most } = ruleOf(key);
      if (!passing || counts[kindOf(key)]! <= most) continue;
      counts[kindOf(key)]! -= 1;
      this.#records.delete(key);
    }
    return before - this.#records.size;
  }

  health(): StateHealth {
    return 'memory';
  }

  size() {
    return { entries: this.#counts(), bytes: 0 };
  }

  async close(): Promise<void> {
    this.#records.clear();
  }

  #counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const key of this.#records.keys()) counts[kindOf(key)] = (counts[kindOf(key)] ?? 0) + 1;
    return counts;
  }
}
