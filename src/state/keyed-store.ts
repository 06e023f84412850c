import { Music2MovieError } from '../shared/errors.ts';
import { alive } from './change.js';
import { hashedName, newKey, pseudonymOf } from './secret-key.ts';
import type { Clock, StateBacking, StateRecord, StateStore } from './store.ts';

/** Longest key in UTF-8 bytes. LMDB's own limit is 1,978 at its page size of 4,096. */
export const MAX_KEY_BYTES = 512;

/** Longest value as JSON, in UTF-16 units. A blend of fifty songs from elsewhere takes about 40,000. */
const MAX_VALUE = 200_000;

/** Other processes that may be faster before `update` gives up. */
const MAX_TRIES = 100;

/** Control characters and lone surrogates: two keys with them could be stored under one name. */
const UNSTORABLE = /[\p{Cc}\p{Cs}]/u;

/**
 * Wall-clock time as of the start, carried on by the steady clock: setting the clock while the program runs neither
 * makes seen messages new nor deletes a vote.
 */
function steadyClock(): Clock {
  const began = Date.now() - performance.now();
  return () => Math.round(began + performance.now());
}

export interface KeyedStoreOptions {
  readonly now?: Clock | undefined;
  /** Names what is stored; without it keys are stored as they are, and pseudonyms last as long as the process. */
  readonly key?: string | undefined;
}

/** Expiry, JSON, names and checks, once for every backing. */
export class KeyedStore implements StateStore {
  readonly #backing: StateBacking;
  readonly #now: Clock;
  readonly #key: string;
  readonly #hashed: boolean;
  /** The last change asked for of a key that is being updated here, so that updates wait for each other. */
  readonly #updating = new Map<string, Promise<unknown>>();
  #closed = false;

  constructor(backing: StateBacking, { now, key }: KeyedStoreOptions = {}) {
    this.#backing = backing;
    this.#now = now ?? steadyClock();
    this.#key = key ?? newKey();
    this.#hashed = key !== undefined;
  }

  get shared(): boolean {
    return this.#backing.shared ?? false;
  }

  async get<T>(key: string): Promise<T | undefined> {
    const record = await this.#live(this.#named(key));
    return record && (JSON.parse(record.json) as T);
  }

  async set<T>(key: string, value: T, ttl?: number): Promise<void> {
    await this.#backing.change({ do: 'put', key: this.#named(key), ...this.#timed(value, ttl) });
  }

  async setIfAbsent<T>(key: string, value: T, ttl?: number): Promise<boolean> {
    return this.#backing.change({ do: 'add', key: this.#named(key), ...this.#timed(value, ttl) });
  }

  async keep<T>(key: string, value: T, ttl: number): Promise<void> {
    const name = this.#named(key);
    const timed = this.#timed(value, ttl);
    const stands = await this.#live(name);
    if (stands?.json === timed.record.json && (stands.expires ?? Infinity) > timed.now + ttl / 2) return;
    await this.#backing.change({ do: 'put', key: name, ...timed });
  }

  async delete(key: string): Promise<boolean> {
    return this.#backing.change({ do: 'remove', key: this.#named(key), now: this.#now() });
  }

  async update<T>(
    key: string,
    change: (current: T | undefined) => T | undefined,
    ttl?: number,
  ): Promise<T | undefined> {
    const name = this.#named(key);
    const before = this.#updating.get(name) ?? Promise.resolve();
    const mine = before.catch(() => {}).then(() => this.#update(name, change, ttl));
    this.#updating.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#updating.get(name) === mine) this.#updating.delete(name);
    }
  }

  async #update<T>(
    name: string,
    change: (current: T | undefined) => T | undefined,
    ttl: number | undefined,
  ): Promise<T | undefined> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const before = (await this.#live(name)) ?? null;
      const next = change(before ? (JSON.parse(before.json) as T) : undefined);
      const now = this.#now();
      const expires = ttl === undefined ? (before?.expires ?? null) : this.#expiry(ttl, now);
      const record = next === undefined ? null : { json: toJson(next), expires };
      if (await this.#backing.change({ do: 'swap', key: name, before, record, now })) return next;
    }
    throw new Music2MovieError('bug', 'An entry of the state store is changed too often.', {
      id: 'state.contended',
    });
  }

  async list<T>(prefix: string): Promise<{ key: string; value: T }[]> {
    const start = prefix === '' ? this.#named('any') && '' : this.#named(prefix);
    const now = this.#now();
    const found: { key: string; value: T }[] = [];
    for (const [key, record] of await this.#backing.within(start)) {
      if (alive(record, now)) found.push({ key, value: JSON.parse(record.json) as T });
    }
    return found;
  }

  async sweep(): Promise<number> {
    this.#checkOpen();
    return this.#backing.sweep(this.#now());
  }

  pseudonym(text: string): string {
    return pseudonymOf(this.#key, text);
  }

  health() {
    return this.#backing.health();
  }

  size() {
    return this.#backing.size();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#backing.close();
  }

  async #live(name: string): Promise<StateRecord | undefined> {
    const record = await this.#backing.read(name);
    return record && alive(record, this.#now()) ? record : undefined;
  }

  #timed(value: unknown, ttl: number | undefined) {
    const now = this.#now();
    return {
      now,
      record: { json: toJson(value), expires: ttl === undefined ? null : this.#expiry(ttl, now) },
    };
  }

  #expiry(ttl: number, now: number): number {
    if (!Number.isFinite(ttl) || ttl <= 0) {
      throw fault(
        'state.ttl',
        'A time to live in the state store must be a positive number of milliseconds.',
      );
    }
    return now + ttl;
  }

  #checkOpen(): void {
    if (this.#closed) throw fault('state.closed', 'The state store has been closed already.');
  }

  /** The key as it is stored, once it has been checked. */
  #named(key: string): string {
    this.#checkOpen();
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
    return this.#hashed ? hashedName(this.#key, key) : key;
  }
}

/**
 * The store with a limit on new entries of `keep`, such as one address may cause.
 *
 * @param may asked before an entry is written that does not stand yet; false leaves it unwritten
 */
export function withBudget(state: StateStore, may: () => boolean | Promise<boolean>): StateStore {
  return new Proxy(state, {
    get(target, name) {
      if (name === 'keep') {
        return async (key: string, value: unknown, ttl: number) => {
          if ((await target.get(key)) !== undefined || (await may())) await target.keep(key, value, ttl);
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (json === undefined)
    throw fault('state.value', 'Only values that JSON can express go into the state store.');
  if (json.length > MAX_VALUE) throw fault('state.value-size', 'A value is too long for the state store.');
  return json;
}

function fault(id: string, sentence: string): Music2MovieError {
  return new Music2MovieError('bug', sentence, { id });
}
