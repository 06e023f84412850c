import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { setDamagedAside } from '../shared/lmdb-guard.ts';
import { KeyedStore } from './keyed-store.ts';
import type { Clock, StateBacking, StateRecord, StateStore } from './store.ts';

/** How a record is stored: one letter each, as there may be a hundred thousand of them. */
interface Stored {
  readonly v: string;
  readonly e?: number;
}

/**
 * Opens the store that survives restarts and may be shared by several processes on one machine.
 *
 * A damaged file would end the process inside LMDB, where no `catch` helps. So its headers are checked
 * first, and a damaged file is renamed to `data.mdb.damaged-<time>` and replaced by an empty one.
 *
 * @throws whatever the file system says when the folder cannot be made or written
 */
export function openLmdbState(dir: string, clock?: Clock): StateStore {
  mkdirSync(dir, { recursive: true });
  setDamagedAside(join(dir, 'data.mdb'));
  return new KeyedStore(new LmdbBacking(open<Stored, string>({ path: dir, encoding: 'json' })), clock);
}

class LmdbBacking implements StateBacking {
  readonly #db: RootDatabase<Stored, string>;

  constructor(db: RootDatabase<Stored, string>) {
    this.#db = db;
  }

  read(key: string): StateRecord | undefined {
    const stored = this.#db.get(key);
    return stored && toRecord(stored);
  }

  write(key: string, record: StateRecord): void {
    const { json, expires } = record;
    this.#db.putSync(key, expires === null ? { v: json } : { v: json, e: expires });
  }

  remove(key: string): void {
    this.#db.removeSync(key);
  }

  *from(start: string): Iterable<readonly [string, StateRecord]> {
    for (const { key, value } of this.#db.getRange({ start })) yield [key, toRecord(value)];
  }

  // Synchronous (about half a millisecond): lmdb 3.5.6's asynchronous transaction() never calls back on Node 20.
  exclusively<R>(action: () => R): R {
    return this.#db.transactionSync(action);
  }

  async close(): Promise<void> {
    await this.#db.close();
  }
}

function toRecord(stored: Stored): StateRecord {
  return { json: stored.v, expires: stored.e ?? null };
}
