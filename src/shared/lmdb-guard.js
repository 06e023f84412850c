// @ts-check
/**
 * LMDB ends the process on a damaged file and on a full disk, where no `catch` helps: its headers are read before it is
 * opened, and room is made before it writes. Plain JavaScript for the thread that writes the state.
 */
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';

/** LMDB's marker, and where its two headers keep it, their page size, last page and transaction number (bytes). */
const HEADER = {
  magic: 0xbeefc0de,
  at: { magic: 24, pageSize: 48, lastPage: 144, transaction: 152 },
  bytes: 160,
};

/**
 * Renames a damaged `data.mdb` to `data.mdb.damaged-<time>`, so that a new one can be begun in its place.
 *
 * @param {string} file
 */
export function setDamagedAside(file) {
  if (looksDamaged(file)) renameSync(file, `${file}.damaged-${Date.now()}`);
}

/**
 * Whether the file is too short for what its headers promise, or has none. A missing or empty file is not damaged: LMDB
 * begins a new store in it.
 *
 * @param {string} file
 */
export function looksDamaged(file) {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (!size) return false;
  const descriptor = openSync(file, 'r');
  try {
    const newest = newestHeader(descriptor);
    return !newest || size < (newest.lastPage + 1) * newest.pageSize;
  } finally {
    closeSync(descriptor);
  }
}

/** Pages that a transaction writes besides its entries: the roots, and the list of free pages. */
const PAGES_AROUND = 16;
/** Pages on the way to an entry, which are written anew. */
const DEPTH = 4;
/** What stands before an entry in its page, in bytes, and then some. */
const ENTRY_BYTES = 64;

/**
 * Most pages that a transaction writes: long values have pages of their own, and one that was split is half empty.
 *
 * @type {(entries: readonly number[], stand: number, pageSize: number) => number}
 */
function pagesOf(entries, stand, pageSize) {
  let own = 0;
  let shared = 0;
  for (const bytes of entries) {
    if (bytes > pageSize / 4) own += 1 + Math.ceil((bytes + ENTRY_BYTES) / pageSize);
    else shared += bytes + ENTRY_BYTES;
  }
  return PAGES_AROUND + Math.min(DEPTH * entries.length, stand) + own + Math.ceil((2 * shared) / pageSize);
}

/**
 * Lengthens a store's file with zeros until what is going to be written fits behind its last page. Where the system
 * refuses LMDB (lmdb 3.5.6) a page, it writes past the end of a buffer of its own (`last_error` in `mdb_page_flush`),
 * and the process dies of that sooner or later. To be called inside the transaction: nobody else writes the file then.
 *
 * @param {string} file
 * @param {readonly number[]} entries of each that is put or removed, the bytes of key and value; 0 where it is removed
 * @throws what the system says: ENOSPC, EDQUOT, EFBIG…
 */
export function ensureRoom(file, entries) {
  const descriptor = openSync(file, 'r+');
  try {
    const newest = newestHeader(descriptor);
    if (!newest) return;
    const stand = newest.lastPage + 1;
    let size = fstatSync(descriptor).size;
    const wanted = (stand + pagesOf(entries, stand, newest.pageSize)) * newest.pageSize;
    while (size < wanted) {
      size += writeSync(descriptor, ZEROS, 0, Math.min(ZEROS.length, wanted - size), size);
    }
  } finally {
    closeSync(descriptor);
  }
}

const ZEROS = Buffer.alloc(64 * 1024);

/** @param {number} descriptor */
function newestHeader(descriptor) {
  const first = readHeader(descriptor, 0);
  const second = first && readHeader(descriptor, first.pageSize);
  if (!first || !second) return null;
  return first.transaction > second.transaction ? first : second;
}

/** @type {(descriptor: number, position: number) => { pageSize: number, lastPage: number, transaction: bigint } | null} */
function readHeader(descriptor, position) {
  const header = Buffer.alloc(HEADER.bytes);
  if (readSync(descriptor, header, 0, HEADER.bytes, position) < HEADER.bytes) return null;
  if (header.readUInt32LE(HEADER.at.magic) !== HEADER.magic) return null;
  const pageSize = header.readUInt32LE(HEADER.at.pageSize);
  const lastPage = Number(header.readBigUInt64LE(HEADER.at.lastPage));
  return pageSize > 0
    ? { pageSize, lastPage, transaction: header.readBigUInt64LE(HEADER.at.transaction) }
    : null;
}
