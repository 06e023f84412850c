/** Whether a state file is sound, asked in a process of its own, and the snapshots that a damaged one is restored from. */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { looksDamaged } from '../shared/lmdb-guard.ts';
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

/** @param copy where a compacted, checked copy is written */
export function checkFile(file: string, copy?: string): Checked {
  if (!existsSync(file)) return { sound: true, entries: 0 };
  if (looksDamaged(file)) return { sound: false, reason: 'its headers promise another file' };
  const options = { timeout: CHECK_MS, encoding: 'utf8' } as const;
  return verdict(spawnSync(process.execPath, [CHILD, file, ...(copy ? [copy] : [])], options));
}

function verdict({
  status,
  signal,
  stdout,
  stderr,
  error,
}: Pick<SpawnSyncReturns<string>, 'status' | 'signal' | 'stdout' | 'stderr' | 'error'>): Checked {
  // A check that could not even be run says nothing against the file.
  if (error && status === null && signal === null) return { sound: true, entries: Number.NaN };
  if (status === 0) return { sound: true, ...(JSON.parse(stdout) as { entries: number; uncopied?: string }) };
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
  const child = spawn(process.execPath, [CHILD, join(dir, KEPT), `${target}.part`], { timeout: CHECK_MS });
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
  const checked = verdict({ status, signal, stdout, stderr, ...(error && { error }) });
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
 * Checks a file before it is opened. A damaged one is set aside; what is kept is restored from the newest sound
 * snapshot. A sound one leaves a snapshot where the newest is a day old.
 *
 * @returns what had to be done, or null
 */
export function makeReady(dir: string, name: string): Repair | null {
  const file = join(dir, name);
  const copy = name === KEPT && existsSync(file) && snapshotDue(dir) ? newSnapshot(dir) : undefined;
  const checked = checkFile(file, copy && `${copy}.part`);
  if (checked.sound) {
    if (copy && existsSync(`${copy}.part`)) renameSync(`${copy}.part`, copy);
    thin(dir);
    return null;
  }
  if (copy) rmSync(`${copy}.part`, { force: true });
  const aside = `${file}.damaged-${Date.now()}`;
  renameSync(file, aside);
  rmSync(`${file}-lock`, { force: true });
  const restored = name === KEPT ? snapshotsOf(dir).find((snapshot) => checkFile(snapshot).sound) : undefined;
  if (restored) copyFileSync(restored, file);
  return { file: name, reason: checked.reason, aside, restored: restored ?? null };
}
