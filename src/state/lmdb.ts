import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { KeyedStore } from './keyed-store.ts';
import type { Clock, StateBacking, StateRecord, StateStore } from './store.ts';

/** LMDB's marker, and where its two headers keep it, their page count and their transaction number (bytes). */
const HEADER = {
  magic: 0xbeefc0de,
  at: { magic: 24, pageSize: 48, lastPage: 144, transaction: 152 },
  bytes: 160,
};

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
  const file = join(dir, 'data.mdb');
  if (looksDamaged(file)) renameSync(file, `${file}.damaged-${Date.now()}`);
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

/** Whether the file is too short for what its headers promise, or has none. A missing file is not damaged. */
function looksDamaged(file: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (!size) return false;
  const descriptor = openSync(file, 'r');
  try {
    const first = readHeader(descriptor, 0);
    const second = first && readHeader(descriptor, first.pageSize);
    if (!first || !second) return true;
    const newest = first.transaction > second.transaction ? first : second;
    return size < (newest.lastPage + 1) * newest.pageSize;
  } finally {
    closeSync(descriptor);
  }
}

function readHeader(descriptor: number, position: number) {
  const header = Buffer.alloc(HEADER.bytes);
  if (readSync(descriptor, header, 0, HEADER.bytes, position) < HEADER.bytes) return null;
  if (header.readUInt32LE(HEADER.at.magic) !== HEADER.magic) return null;
  const pageSize = header.readUInt32LE(HEADER.at.pageSize);
  const lastPage = Number(header.readBigUInt64LE(HEADER.at.lastPage));
  return pageSize > 0
    ? { pageSize, lastPage, transaction: header.readBigUInt64LE(HEADER.at.transaction) }
    : null;
}
