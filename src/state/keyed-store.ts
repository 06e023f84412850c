import { Music2MovieError } from '../shared/errors.ts';
import type { Clock, StateBacking, StateRecord, StateStore } from './store.ts';

/** Longest key in UTF-8 bytes. LMDB's own limit is 1,978 at its page size of 4,096. */
export const MAX_KEY_BYTES = 512;

/** Expired entries removed in one step by `sweep`, so that no step holds the event loop for long. */
const SWEEP_BATCH = 500;

/** Control characters and lone surrogates: two keys with them could be stored under one name. */
const UNSTORABLE = /[\p{Cc}\p{Cs}]/u;

/** Expiry, JSON and checks, once for every backing. */
export class KeyedStore implements StateStore {
  readonly #backing: StateBacking;
  readonly #now: Clock;
  #closed = false;

  constructor(backing: StateBacking, now: Clock = Date.now) {
    this.#backing = backing;
    this.#now = now;
  }

  async get<T>(key: string): Promise<T | undefined> {
    this.#check(key);
    const record = this.#live(key);
    return record && (JSON.parse(record.json) as T);
  }

  async set<T>(key: string, value: T, ttl?: number): Promise<void> {
    this.#check(key);
    const record = { json: toJson(value), expires: this.#expiry(ttl) };
    this.#backing.exclusively(() => this.#backing.write(key, record));
  }

  async setIfAbsent<T>(key: string, value: T, ttl?: number): Promise<boolean> {
    this.#check(key);
    const record = { json: toJson(value), expires: this.#expiry(ttl) };
    return this.#backing.exclusively(() => {
      if (this.#live(key)) return false;
      this.#backing.write(key, record);
      return true;
    });
  }

  async delete(key: string): Promise<boolean> {
    this.#check(key);
    return this.#backing.exclusively(() => {
      const stood = this.#live(key) !== undefined;
      this.#backing.remove(key);
      return stood;
    });
  }

  async update<T>(
    key: string,
    change: (current: T | undefined) => T | undefined,
    ttl?: number,
  ): Promise<T | undefined> {
    this.#check(key);
    return this.#backing.exclusively(() => {
      const record = this.#live(key);
      const next = change(record && (JSON.parse(record.json) as T));
      if (next === undefined) {
        this.#backing.remove(key);
        return undefined;
      }
      const expires = ttl === undefined ? (record?.expires ?? null) : this.#expiry(ttl);
      this.#backing.write(key, { json: toJson(next), expires });
      return next;
    });
  }

  async list<T>(prefix: string): Promise<{ key: string; value: T }[]> {
    this.#check(prefix || 'any');
    const now = this.#now();
    const found: { key: string; value: T }[] = [];
    for (const [key, record] of this.#backing.from(prefix)) {
      if (!key.startsWith(prefix)) break;
      if (alive(record, now)) found.push({ key, value: JSON.parse(record.json) as T });
    }
    return found;
  }

  async sweep(): Promise<number> {
    this.#check('any');
    const now = this.#now();
    const expired: string[] = [];
    for (const [key, record] of this.#backing.from('')) if (!alive(record, now)) expired.push(key);
    let removed = 0;
    for (let at = 0; at < expired.length; at += SWEEP_BATCH) {
      // Between two batches the store may have been closed, and an entry may have been written anew.
      if (this.#closed) break;
      removed += this.#backing.exclusively(() => this.#removeExpired(expired.slice(at, at + SWEEP_BATCH)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return removed;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#backing.close();
  }

  #removeExpired(keys: readonly string[]): number {
    const now = this.#now();
    let removed = 0;
    for (const key of keys) {
      const record = this.#backing.read(key);
      if (record && !alive(record, now)) {
        this.#backing.remove(key);
        removed += 1;
      }
    }
    return removed;
  }

  #live(key: string): StateRecord | undefined {
    const record = this.#backing.read(key);
    return record && alive(record, this.#now()) ? record : undefined;
  }

  #expiry(ttl: number | undefined): number | null {
    if (ttl === undefined) return null;
    if (!Number.isFinite(ttl) || ttl <= 0) {
      throw fault(
        'state.ttl',
        'A time to live in the state store must be a positive number of milliseconds.',
      );
    }
    return this.#now() + ttl;
  }

  #check(key: string): void {
    if (this.#closed) throw fault('state.closed', 'The state store has been closed already.');
    const bytes = Buffer.byteLength(key, 'utf8');
    if (bytes === 0 || bytes > MAX_KEY_BYTES) {
      throw fault(
        'state.key-length',
        `A key of the state store must have 1 to ${MAX_KEY_BYTES} bytes; this one has ${bytes}.`,
      );
    }
    if (UNSTORABLE.test(key)) {
      throw fault('state.key-characters', 'A key of the state store must not contain control characters.');
    }
  }
}

function alive(record: StateRecord, now: number): boolean {
  return record.expires === null || record.expires > now;
}

function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (json === undefined)
    throw fault('state.value', 'Only values that JSON can express go into the state store.');
  return json;
}

function fault(id: string, sentence: string): Music2MovieError {
  return new Music2MovieError('bug', sentence, { id });
}
