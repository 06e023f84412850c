/** Whether a state file is sound, asked in a process of its own, and the snapshots that a damaged one is restored from. */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { looksDamaged } from '../shared/lmdb-guard.js';
import { KEPT } from './lmdb.ts';

const CHILD = fileURLToPath(new URL('./check-child.js', import.meta.url));
/** Longest that a file is read for, in milliseconds; a million votes take two seconds. */
const CHECK_MS = 60_000;
/** Snapshots that are kept, and how old the newest must be for another, in milliseconds. */
const SNAPSHOTS = 7;
export const SNAPSHOT_EVERY_MS = 24 * 3600_000;

export type Checked =
  /** `uncopied`: why there is no copy, where one was wanted. */
  | { readonly sound: true; readonly entries: number; readonly uncopied?: string }
  | { readonly sound: false; readonly reason: string };

interface Wanted {
  readonly file: string;
  /** Where a compacted, checked copy is written. */
  readonly copy?: string | undefined;
}

/** @param copy where a compacted, checked copy is written */
export function checkFile(file: string, copy?: string): Checked {
  return checkFiles([{ file, copy }])[0]!;
}

/** Checks all files in one process, as starting one takes longer than reading most files; one that is damaged may end it. */
function checkFiles(wanted: readonly Wanted[]): Checked[] {
  const outcomes = wanted.map(({ file }): Checked | null => {
    if (!existsSync(file)) return { sound: true, entries: 0 };
    return looksDamaged(file) ? { sound: false, reason: 'its headers promise another file' } : null;
  });
  const open = wanted.filter((_, i) => outcomes[i] === null);
  const checked = open.length === 0 ? [] : checkInChild(open);
  return outcomes.map((outcome) => outcome ?? checked.shift()!);
}

function checkInChild(wanted: readonly Wanted[]): Checked[] {
  const options = { timeout: CHECK_MS, encoding: 'utf8' } as const;
  const ran = spawnSync(process.execPath, [CHILD, JSON.stringify(wanted)], options);
  const checked = verdicts(ran);
  // Which one was damaged?
  if (checked === null && wanted.length > 1) return wanted.flatMap((one) => checkInChild([one]));
  return checked ?? [fault(ran)];
}

type Ran = Pick<SpawnSyncReturns<string>, 'status' | 'signal' | 'stdout' | 'stderr' | 'error'>;

/** Of each file; null where one is not sound, or the process failed. */
function verdicts({ status, stdout }: Ran): Checked[] | null {
  if (status !== 0) return null;
  const outcomes = JSON.parse(stdout) as { entries: number; uncopied?: string }[];
  return outcomes.map((outcome) => ({ sound: true, ...outcome }));
}

function fault({ status, signal, stderr, error }: Ran): Checked {
  // A check that could not even be run says nothing against the file.
  if (error && status === null && signal === null) return { sound: true, entries: Number.NaN };
  const reason = signal ? `reading it ended in ${signal}` : stderr.trim().split('\n').at(-1)!.slice(0, 200);
  return { sound: false, reason };
}

const folderOf = (dir: string) => join(dir, 'snapshots');

/** Paths of the snapshots, newest first. */
export function snapshotsOf(dir: string): string[] {
  if (!existsSync(folderOf(dir))) return [];
  return readdirSync(folderOf(dir))
    .filter((name) => /^kept-[\dTZ]+\.mdb$/.test(name))
    .sort()
    .reverse()
    .map((name) => join(folderOf(dir), name));
}

/** Whether it is time for another one. */
export function snapshotDue(dir: string, now = Date.now()): boolean {
  const [newest] = snapshotsOf(dir);
  // One from the future was made while the clock was wrong.
  const age = newest === undefined ? Infinity : Math.abs(now - statSync(newest).mtimeMs);
  return age >= SNAPSHOT_EVERY_MS;
}

function newSnapshot(dir: string): string {
  mkdirSync(folderOf(dir), { recursive: true, mode: 0o700 });
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  return join(folderOf(dir), `kept-${stamp}.mdb`);
}

function thin(dir: string): void {
  for (const old of snapshotsOf(dir).slice(SNAPSHOTS)) rmSync(old, { force: true });
}

/** Takes a snapshot of what is kept, in a process of its own while the program runs; a full disk leaves none (`uncopied`). */
export async function takeSnapshot(dir: string): Promise<Checked> {
  const target = newSnapshot(dir);
  const wanted: Wanted[] = [{ file: join(dir, KEPT), copy: `${target}.part` }];
  const child = spawn(process.execPath, [CHILD, JSON.stringify(wanted)], { timeout: CHECK_MS });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [status, signal, error] = await new Promise<[number | null, NodeJS.Signals | null, Error?]>(
    (resolve) => {
      child.once('error', (error) => resolve([null, null, error]));
      child.once('close', (code, signal) => resolve([code, signal]));
    },
  );
  const ran = { status, signal, stdout, stderr, ...(error && { error }) };
  const checked = verdicts(ran)?.[0] ?? fault(ran);
  if (checked.sound && existsSync(`${target}.part`)) renameSync(`${target}.part`, target);
  else rmSync(`${target}.part`, { force: true });
  thin(dir);
  return checked;
}

/** What was found and done when a folder was made ready. */
export interface Repair {
  readonly file: string;
  readonly reason: string;
  /** Where the damaged file stands now. */
  readonly aside: string;
  /** The snapshot that took its place; null where there is none, so that it begins empty. */
  readonly restored: string | null;
}

/**
 * Checks files before they are opened. A damaged one is set aside; what is kept is restored from the newest sound
 * snapshot. A sound one leaves a snapshot where the newest is a day old.
 *
 * @returns what had to be done
 */
export function makeReady(dir: string, names: readonly string[]): Repair[] {
  const wanted = names.map((name) => {
    const file = join(dir, name);
    const snapshot = name === KEPT && existsSync(file) && snapshotDue(dir) ? newSnapshot(dir) : null;
    // What is no snapshot is copied as well, and thrown away: that is how the list of free pages is read.
    return { name, file, snapshot, copy: `${snapshot ?? file}.part` };
  });
  const checked = checkFiles(wanted.map(({ file, copy }) => ({ file, copy })));
  return wanted.flatMap(({ name, file, snapshot, copy }, i) => {
    const outcome = checked[i]!;
    if (outcome.sound) {
      if (snapshot && existsSync(copy)) renameSync(copy, snapshot);
      else rmSync(copy, { force: true });
      thin(dir);
      return [];
    }
    rmSync(copy, { force: true });
    return [repair(dir, name, file, outcome.reason)];
  });
}

function repair(dir: string, name: string, file: string, reason: string): Repair {
  const aside = `${file}.damaged-${Date.now()}`;
  renameSync(file, aside);
  rmSync(`${file}-lock`, { force: true });
  const restored = name === KEPT ? snapshotsOf(dir).find((snapshot) => checkFile(snapshot).sound) : undefined;
  if (restored) copyFileSync(restored, file);
  return { file: name, reason, aside, restored: restored ?? null };
}
