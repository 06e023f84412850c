/**
 * Copies of the files that native code maps into memory. Whoever truncates or overwrites a mapped file ends the process
 * that mapped it; a server therefore maps copies that nobody else can reach: their names are taken away once they are open.
 */
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { identity } from './verify.ts';

/** Beginning of the names of such folders in a catalogue's folder. */
export const KEPT_PREFIX = '.serving-';

/** A folder of copies. */
export interface KeptFiles {
  readonly dir: string;
  /** Takes the names away, unless others open them; on systems where open files keep theirs it must be called again when they are closed. */
  forget(): Promise<void>;
}

/**
 * Copies files beside where they stand, which costs nothing where the file system shares blocks, or else into the
 * system's folder for such things.
 *
 * @param beside folder that the copies are to be made in
 * @param from folder that holds the files
 * @throws the last error of the system where they can be copied nowhere
 */
export async function keepFiles(beside: string, from: string, names: readonly string[]): Promise<KeptFiles> {
  let failed: unknown;
  for (const parent of [
    path.join(beside, `${KEPT_PREFIX}${process.pid}-`),
    path.join(os.tmpdir(), 'music2movie-'),
  ]) {
    let dir: string | null = null;
    try {
      dir = await mkdtemp(parent);
      for (const name of names) {
        await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
        await copyFile(path.join(from, name), path.join(dir, name), constants.COPYFILE_FICLONE);
      }
      const made = dir;
      return { dir: made, forget: () => rm(made, { recursive: true, force: true }).catch(() => {}) };
    } catch (error) {
      failed = error;
      if (dir !== null) await rm(dir, { recursive: true, force: true }).catch(() => {});
    }
  }
  throw failed;
}

/** Beginning of the names of folders of copies that all processes of this machine map. */
export const SHARED_PREFIX = `${KEPT_PREFIX}shared-`;
/** In such a folder, written last: what identifies each copy. */
const WHOLE = 'whole.json';

/**
 * The same for many processes of one machine: one folder of copies for all, so that the system holds each page once. It
 * stays until its build is removed; nothing of ours writes into it again.
 *
 * @param id of the build
 * @throws whatever the system says where it can't be made
 */
export async function shareFiles(
  beside: string,
  from: string,
  names: readonly string[],
  id: string,
): Promise<KeptFiles> {
  const dir = path.join(beside, `${SHARED_PREFIX}${id}`);
  const kept = { dir, forget: async () => {} };
  if (await isWhole(dir, names)) return kept;
  const made = await mkdtemp(path.join(beside, `${KEPT_PREFIX}${process.pid}-`));
  try {
    const whole: Record<string, string> = {};
    for (const name of names) {
      const copy = path.join(made, name);
      await mkdir(path.dirname(copy), { recursive: true });
      await copyFile(path.join(from, name), copy, constants.COPYFILE_FICLONE);
      await chmod(copy, 0o444);
      whole[name] = await identity(copy);
    }
    await writeFile(path.join(made, WHOLE), JSON.stringify(whole));
    // What is not whole goes; of two that come at once, one is used by both.
    if (!(await isWhole(dir, names))) await rm(dir, { recursive: true, force: true });
    await rename(made, dir).catch(() => {});
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  if (await isWhole(dir, names)) return kept;
  throw new Error(`${dir} is not whole`);
}

async function isWhole(dir: string, names: readonly string[]): Promise<boolean> {
  try {
    const whole = JSON.parse(await readFile(path.join(dir, WHOLE), 'utf8')) as Record<string, string>;
    for (const name of names) if (whole[name] !== (await identity(path.join(dir, name)))) return false;
    return true;
  } catch {
    return false;
  }
}
