// @ts-check
/**
 * The thread that writes to one file of the state: whole batches in one transaction, so that waiting for the disk
 * costs the event loop nothing. It alone writes; the main thread reads the same mapped file.
 *
 * Plain JavaScript, as what it imports: each start has two of them, and reading TypeScript would take most of their time.
 */
import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ensureRoom } from '../shared/lmdb-guard.js';
import { outcomeOf } from './change.js';
import { openFile, toRecord, toStored } from './file.js';

/** @import { Stored } from './file.js' */
/** @import { StateChange } from './store.ts' */
/** @import { WriterJob, WriterReply, WriterSetup } from './writer-job.ts' */

/** Entries removed in one transaction, so that writers of other processes are not held up for long. */
const SWEEP_BATCH = 500;

const { file, durable } = /** @type {WriterSetup} */ (workerData);
const db = openFile(file, durable);

/** The entry that the disk refused last, in bytes: until there is room for it, smaller ones are refused as well, so that health does not flap. */
let refused = 0;
/** Most of it that is remembered. */
const MOST_REFUSED = 2 ** 20;

/**
 * @template T
 * @param {readonly number[]} entries as `ensureRoom` takes them
 * @param {() => T} run
 * @returns {T}
 */
function transaction(entries, run) {
  return db.transactionSync(() => {
    try {
      ensureRoom(file, [...entries, refused]);
    } catch (error) {
      refused = Math.min(Math.max(refused, ...entries), MOST_REFUSED);
      throw error;
    }
    refused = 0;
    return run();
  });
}

/** @type {(change: StateChange) => number} */
function bytesOf(change) {
  const record = change.do === 'remove' ? null : change.record;
  return record ? Buffer.byteLength(JSON.stringify(toStored(record))) + Buffer.byteLength(change.key) : 0;
}

/** @type {(change: StateChange) => boolean} */
function apply(change) {
  const stored = db.get(change.key);
  const [made, record] = outcomeOf(change, stored && toRecord(stored));
  if (record === null) db.remove(change.key);
  else if (record) db.put(change.key, toStored(record));
  return made;
}

/** @type {(stored: Stored, now: number, grace: number) => boolean} */
const expired = ({ e }, now, grace) => e !== undefined && e + grace <= now;

/** @type {(job: Extract<WriterJob, { do: 'sweep' }>) => WriterReply} */
function sweep({ now, grace, most }) {
  /** @type {Record<string, number>} */
  const entries = {};
  /** @type {string[]} */
  const doomed = [];
  /** @type {Map<string, [number, string][]>} */
  const crowded = new Map();
  for (const { key, value } of db.getRange()) {
    if (expired(value, now, grace)) {
      doomed.push(key);
      continue;
    }
    if (key.startsWith('!')) continue;
    const kind = key.split(':', 1).join();
    entries[kind] = (entries[kind] ?? 0) + 1;
    if (most[kind] === undefined) continue;
    const all = crowded.get(kind) ?? [];
    crowded.set(kind, all);
    all.push([value.e ?? Number.MAX_SAFE_INTEGER, key]);
  }
  let removed = inBatches(doomed, (key) => {
    const stored = db.get(key);
    return stored !== undefined && expired(stored, now, grace);
  });
  for (const [kind, all] of crowded) {
    const over = all.length - (most[kind] ?? Infinity);
    if (over <= 0) continue;
    all.sort((a, b) => a[0] - b[0]);
    removed += inBatches(
      all.slice(0, over).map(([, key]) => key),
      () => true,
    );
    entries[kind] = (entries[kind] ?? 0) - over;
  }
  return { swept: { removed, entries, bytes: statSync(file).size } };
}

/** @type {(keys: readonly string[], still: (key: string) => boolean) => number} */
function inBatches(keys, still) {
  let removed = 0;
  for (let at = 0; at < keys.length; at += SWEEP_BATCH) {
    const batch = keys.slice(at, at + SWEEP_BATCH);
    transaction(
      batch.map(() => 0),
      () => {
        for (const key of batch) {
          if (!still(key)) continue;
          db.remove(key);
          removed += 1;
        }
      },
    );
  }
  return removed;
}

/** @type {(job: WriterJob) => WriterReply} */
function run(job) {
  if (job.do === 'sweep') return sweep(job);
  if (job.do === 'close') return {};
  return { made: transaction(job.changes.map(bytesOf), () => job.changes.map(apply)) };
}

parentPort?.on('message', async (/** @type {WriterJob} */ job) => {
  /** @type {WriterReply} */
  let reply;
  try {
    reply = run(job);
    if (job.do === 'close') await db.close();
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply);
  if (job.do === 'close') parentPort?.close();
});
