// @ts-check
/** The form of a state file: LMDB, JSON values. Plain JavaScript for the writer's thread. */
import { accessSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { open } from 'lmdb';

/** @import { RootDatabase } from 'lmdb' */
/** @import { StateRecord } from './store.ts' */

/**
 * How a record is stored: one letter each, as there may be a hundred thousand of them.
 *
 * @typedef {{ readonly v: string, readonly e?: number }} Stored
 */

/** @typedef {RootDatabase<Stored, string>} StateFile */

/** What a new file and its table of readers take, and then some, in bytes. */
const NEW_BYTES = 64 * 1024;

/**
 * A file that LMDB cannot open ends the process (lmdb 3.5.6 frees the same memory twice): the system is asked first.
 * Nothing is opened that stands there already, as closing it would give up LMDB's locks.
 *
 * @param {string} file
 * @throws what the system says: ENOSPC, EACCES…
 */
function checkPlace(file) {
  const both = [file, `${file}-lock`].map((name) => ({
    name,
    size: statSync(name, { throwIfNoEntry: false })?.size,
  }));
  for (const { name, size } of both) {
    if (size !== undefined) accessSync(name, constants.R_OK | constants.W_OK);
  }
  if (both.every(({ size }) => size)) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const probe = `${file}.probe-${process.pid}`;
  try {
    writeFileSync(probe, Buffer.alloc(NEW_BYTES));
  } finally {
    rmSync(probe, { force: true });
  }
}

/**
 * Opens a file, made readable for its owner alone.
 *
 * @param {string} file
 * @param {boolean} durable whether commits wait for the disk
 * @returns {StateFile}
 * @throws what the system says of a place that can't be written: ENOSPC, EACCES…
 */
export function openFile(file, durable) {
  // Threads share the main one's umask and cannot change it; the main thread opens every file first.
  const before = isMainThread ? process.umask(0o077) : null;
  try {
    if (isMainThread) checkPlace(file);
    return open({
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

/** @type {(stored: Stored) => StateRecord} */
export const toRecord = ({ v, e }) => ({ json: v, expires: e ?? null });

/** @type {(record: StateRecord) => Stored} */
export const toStored = ({ json, expires }) => (expires === null ? { v: json } : { v: json, e: expires });
