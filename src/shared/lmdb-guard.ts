/** LMDB ends the process on a damaged file, where no `catch` helps: its headers are read before it is opened. */
import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs';

/** LMDB's marker, and where its two headers keep it, their page size, last page and transaction number (bytes). */
const HEADER = {
  magic: 0xbeefc0de,
  at: { magic: 24, pageSize: 48, lastPage: 144, transaction: 152 },
  bytes: 160,
};

/** Renames a damaged `data.mdb` to `data.mdb.damaged-<time>`, so that a new one can be begun in its place. */
export function setDamagedAside(file: string): void {
  if (looksDamaged(file)) renameSync(file, `${file}.damaged-${Date.now()}`);
}

/**
 * Whether the file is too short for what its headers promise, or has none. A missing or empty file is not damaged: LMDB
 * begins a new store in it.
 */
export function looksDamaged(file: string): boolean {
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
