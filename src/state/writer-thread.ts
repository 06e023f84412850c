/**
 * The thread that writes to one file of the state: whole batches in one transaction, so that waiting for the disk
 * costs the event loop nothing. It alone writes; the main thread reads the same mapped file.
 */
import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ensureRoom } from '../shared/lmdb-guard.ts';
import { outcomeOf } from './change.ts';
import { openFile, type Stored, toRecord, toStored } from './file.ts';
import type { StateChange } from './store.ts';

export interface WriterSetup {
  readonly file: string;
  /** Whether commits wait for the disk. */
  readonly durable: boolean;
}

export type WriterJob =
  | { readonly do: 'changes'; readonly changes: readonly StateChange[] }
  | {
      readonly do: 'sweep';
      readonly now: number;
      /** Entries expired for less than this stay, in milliseconds. */
      readonly grace: number;
      /** Most entries by kind; none for kinds that must not give way. */
      readonly most: Readonly<Record<string, number>>;
    }
  | { readonly do: 'close' };

export interface WriterReply {
  /** Of changes: whether each was made. */
  readonly made?: readonly boolean[];
  /** Of a sweep. */
  readonly swept?: {
    readonly removed: number;
    readonly entries: Record<string, number>;
    readonly bytes: number;
  };
  /** Why the whole job failed: nothing of it was done. */
  readonly error?: string;
}

/** Entries removed in one transaction, so that writers of other processes are not held up for long. */
const SWEEP_BATCH = 500;

const { file, durable } = workerData as WriterSetup;
const db = openFile(file, durable);

/** The entry that the disk refused last, in bytes: until there is room for it, smaller ones are refused as well, so that health does not flap. */
let refused = 0;
/** Most of it that is remembered. */
const MOST_REFUSED = 2 ** 20;

/** @param entries as `ensureRoom` takes them */
function transaction<T>(entries: readonly number[], run: () => T): T {
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

function bytesOf(change: StateChange): number {
  const record = change.do === 'remove' ? null : change.record;
  return record ? Buffer.byteLength(JSON.stringify(toStored(record))) + Buffer.byteLength(change.key) : 0;
}

function apply(change: StateChange): boolean {
  const stored = db.get(change.key);
  const [made, record] = outcomeOf(change, stored && toRecord(stored));
  if (record === null) db.remove(change.key);
  else if (record) db.put(change.key, toStored(record));
  return made;
}

const expired = ({ e }: Stored, now: number, grace: number) => e !== undefined && e + grace <= now;

function sweep({ now, grace, most }: Extract<WriterJob, { do: 'sweep' }>): WriterReply {
  const entries: Record<string, number> = {};
  const doomed: string[] = [];
  const crowded = new Map<string, [number, string][]>();
  for (const { key, value } of db.getRange()) {
    if (expired(value, now, grace)) {
      doomed.push(key);
      continue;
    }
    if (key.startsWith('!')) continue;
    const kind = key.split(':', 1)[0]!;
    entries[kind] = (entries[kind] ?? 0) + 1;
    if (most[kind] === undefined) continue;
    const all = crowded.get(kind) ?? crowded.set(kind, []).get(kind)!;
    all.push([value.e ?? Number.MAX_SAFE_INTEGER, key]);
  }
  let removed = inBatches(doomed, (key) => {
    const stored = db.get(key);
    return stored !== undefined && expired(stored, now, grace);
  });
  for (const [kind, all] of crowded) {
    const over = all.length - most[kind]!;
    if (over <= 0) continue;
    all.sort((a, b) => a[0] - b[0]);
    removed += inBatches(
      all.slice(0, over).map(([, key]) => key),
      () => true,
    );
    entries[kind]! -= over;
  }
  return { swept: { removed, entries, bytes: statSync(file).size } };
}

function inBatches(keys: readonly string[], still: (key: string) => boolean): number {
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

function run(job: WriterJob): WriterReply {
  if (job.do === 'sweep') return sweep(job);
  if (job.do === 'close') return {};
  return { made: transaction(job.changes.map(bytesOf), () => job.changes.map(apply)) };
}

parentPort!.on('message', async (job: WriterJob) => {
  let reply: WriterReply;
  try {
    reply = run(job);
    if (job.do === 'close') await db.close();
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort!.postMessage(reply);
  if (job.do === 'close') parentPort!.close();
});
