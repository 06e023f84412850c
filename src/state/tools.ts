/** What whoever runs the program does with its state by hand. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { type Checked, checkFile, snapshotsOf } from './check.ts';
import { openFile } from './file.js';
import { KEPT, PASSING } from './lmdb.ts';
import type { StateStore } from './store.ts';

export interface FileReport {
  readonly file: string;
  readonly bytes: number;
  readonly checked: Checked;
}

/** Reads every file of a state folder, and every snapshot, to its end. */
export function checkState(dir: string): { files: FileReport[]; snapshots: FileReport[] } {
  const report = (file: string): FileReport => ({
    file,
    bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    checked: checkFile(file),
  });
  const files = [KEPT, PASSING].map((name) => join(dir, name)).filter((file) => existsSync(file));
  return { files: files.map(report), snapshots: snapshotsOf(dir).map(report) };
}

/**
 * Writes a compacted, checked copy of what is kept, also while the program runs.
 *
 * @returns entries copied
 * @throws UserError when there is nothing to copy, it is damaged, or the target exists
 */
export function backupState(dir: string, target: string): number {
  const file = join(dir, KEPT);
  if (!existsSync(file)) throw nothingIn(dir);
  if (existsSync(target)) {
    throw new UserError('A backup never overwrites a file.', {
      id: 'state.target-exists',
      hint: `${target} exists: remove it, or name another file with --out.`,
    });
  }
  mkdirSync(dirname(target), { recursive: true });
  const part = `${target}.part`;
  const checked = checkFile(file, part);
  if (!checked.sound) {
    rmSync(part, { force: true });
    throw damagedState(checked.reason);
  }
  if (checked.uncopied !== undefined) {
    throw new UserError('The backup could not be written.', {
      id: 'state.backup-unwritten',
      hint: `Check the disk and the folder of ${target} (${checked.uncopied}).`,
    });
  }
  renameSync(part, target);
  return checked.entries;
}

/** Processes that have the file open now. */
function usersOf(file: string): number[] {
  // The table of readers stands in a file beside it, so nothing is opened that may be damaged.
  if (!existsSync(`${file}-lock`) || !checkFile(file).sound) return [];
  const db = openFile(file, true);
  try {
    db.readerCheck();
    const pids = [...db.readerList().matchAll(/^\s*(\d+)\s/gm)].map(([, pid]) => Number(pid));
    return [...new Set(pids)].filter((pid) => pid !== process.pid);
  } finally {
    void db.close();
  }
}

/**
 * Puts a backup in the place of what is kept; what stood there is set aside.
 *
 * @returns entries restored, and where the earlier file stands (null where there was none)
 * @throws UserError when the backup is missing or damaged, or the program runs
 */
export function restoreState(dir: string, backup: string): { entries: number; aside: string | null } {
  if (!existsSync(backup)) {
    throw new UserError('There is no such backup.', {
      id: 'state.no-backup',
      hint: `${backup} does not exist; snapshots stand in ${join(dir, 'snapshots')}.`,
    });
  }
  const checked = checkFile(backup);
  if (!checked.sound) {
    throw new UserError('The backup is damaged; nothing was changed.', {
      id: 'state.backup-damaged',
      hint: `${checked.reason}. Try an older one.`,
    });
  }
  const file = join(dir, KEPT);
  const users = existsSync(file) ? usersOf(file) : [];
  if (users.length > 0) {
    throw new UserError('The program is running with this state.', {
      id: 'state.in-use',
      hint: `Stop it first (process ${users.join(', ')}), then restore.`,
    });
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  copyFileSync(backup, `${file}.part`);
  const aside = existsSync(file) ? `${file}.replaced-${Date.now()}` : null;
  if (aside) renameSync(file, aside);
  rmSync(`${file}-lock`, { force: true });
  renameSync(`${file}.part`, file);
  return { entries: checked.entries, aside };
}

/**
 * Copies what stands in a state folder to another store that was opened with the same key; what stands there already
 * stays.
 *
 * @returns entries copied, and those that stood there
 * @throws UserError when there is nothing to copy, or it is damaged
 */
export async function sendState(dir: string, to: StateStore): Promise<{ copied: number; stood: number }> {
  const files = [KEPT, PASSING].map((name) => join(dir, name)).filter((file) => existsSync(file));
  if (files.length === 0) throw nothingIn(dir);
  let copied = 0;
  let stood = 0;
  for (const file of files) {
    const checked = checkFile(file);
    if (!checked.sound) throw damagedState(checked.reason);
    const db = openFile(file, false);
    try {
      const now = Date.now();
      for (const { key, value } of db.getRange()) {
        const left = value.e === undefined ? undefined : value.e - now;
        // The file's own notes, and what is over.
        if (key.startsWith('!') || (left !== undefined && left <= 0)) continue;
        if (await to.setIfAbsent(key, JSON.parse(value.v), left)) copied += 1;
        else stood += 1;
      }
    } finally {
      await db.close();
    }
  }
  return { copied, stood };
}

function nothingIn(dir: string): UserError {
  return new UserError('There is no state here yet.', {
    id: 'state.none',
    hint: `Nothing stands in ${dir}; MUSIC2MOVIE_STATE names another folder.`,
  });
}

function damagedState(reason: string): UserError {
  return new UserError('The state is damaged; nothing was copied.', {
    id: 'state.damaged',
    hint: `${reason}. The next start restores the newest snapshot by itself.`,
  });
}
