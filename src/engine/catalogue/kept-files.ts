/**
 * Copies of the files that native code maps into memory. Whoever truncates or overwrites a mapped file ends the process
 * that mapped it; a server therefore maps copies that nobody else can reach: their names are taken away once they are open.
 */
import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Beginning of the names of such folders in a catalogue's folder. */
export const KEPT_PREFIX = '.serving-';

/** A folder of copies. */
export interface KeptFiles {
  readonly dir: string;
  /** Takes the names away; on systems where open files keep theirs it must be called again when they are closed. */
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
