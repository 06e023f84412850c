/** The form of a state file: LMDB, JSON values. */
import { isMainThread } from 'node:worker_threads';
import { open, type RootDatabase } from 'lmdb';
import type { StateRecord } from './store.ts';

/** How a record is stored: one letter each, as there may be a hundred thousand of them. */
export interface Stored {
  readonly v: string;
  readonly e?: number;
}

export type StateFile = RootDatabase<Stored, string>;

/** Opens a file, made readable for its owner alone. @param durable whether commits wait for the disk */
export function openFile(file: string, durable: boolean): StateFile {
  // Threads share the main one's umask and cannot change it; the main thread opens every file first.
  const before = isMainThread ? process.umask(0o077) : null;
  try {
    return open<Stored, string>({
      path: file,
      encoding: 'json',
      noSubdir: true,
      // A commit that has been confirmed stands on the disk.
      overlappingSync: false,
      noSync: !durable,
    });
  } finally {
    if (before !== null) process.umask(before);
  }
}

export const toRecord = ({ v, e }: Stored): StateRecord => ({ json: v, expires: e ?? null });

export const toStored = ({ json, expires }: StateRecord): Stored =>
  expires === null ? { v: json } : { v: json, e: expires };
