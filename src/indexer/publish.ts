/**
 * Publishing a catalogue folder whole. It is built in `<out>.building`, synced, and renamed into place; the old
 * one stands in `<out>.previous` for the instant between two renames, where a reader still finds it.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST, type Manifest } from '../engine/catalogue/format.ts';
import { hashFile, writeStamp } from '../engine/catalogue/verify.ts';
import { UserError } from '../engine/errors.ts';

const OWNER = 'owner.pid';

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The folder that a build of `out` works in. */
export function buildingDir(out: string): string {
  return `${path.resolve(out)}.building`;
}

/**
 * Takes hold of the building folder and clears what a killed build left there.
 * @throws UserError when another build is at work, or the place can't be written
 */
export async function beginBuild(out: string): Promise<string> {
  const resolved = path.resolve(out);
  const building = buildingDir(out);
  try {
    if (
      (await exists(resolved)) &&
      !(await exists(path.join(resolved, MANIFEST))) &&
      (await readdir(resolved)).length > 0
    ) {
      throw new UserError(`${out} holds other things than a catalogue.`, {
        id: 'index.out-occupied',
        hint: 'Name a new folder with --out, so that nothing of yours is replaced.',
      });
    }
    const owner = Number(await readFile(path.join(building, OWNER), 'utf8').catch(() => ''));
    if (owner > 0 && owner !== process.pid && isAlive(owner)) {
      throw new UserError(`Another build of ${out} is running (process ${owner}).`, {
        id: 'index.busy',
        hint: 'Wait for it, or stop it and start again.',
      });
    }
    // A build killed between its two renames left the old catalogue aside: put it back first.
    const previous = `${resolved}.previous`;
    if ((await exists(previous)) && !(await exists(resolved))) await rename(previous, resolved);
    await rm(building, { recursive: true, force: true });
    await mkdir(building, { recursive: true });
    await writeFile(path.join(building, OWNER), String(process.pid));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`The folder ${out} can't be written.`, {
      id: 'index.out-unwritable',
      hint: 'Check its owner and the space left, or name another with --out.',
      underlying: error,
    });
  }
  return building;
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Size and hash of each file, after syncing it to the disk. */
export async function describeFiles(dir: string, names: readonly string[]): Promise<Manifest['files']> {
  const files: Manifest['files'] = {};
  for (const name of names) {
    const file = path.join(dir, name);
    await sync(file);
    files[name] = { bytes: (await stat(file)).size, sha256: await hashFile(file) };
  }
  return files;
}

/** Writes the manifest, then puts the built folder in the place of the old one. */
export async function publish(building: string, out: string, manifest: Manifest): Promise<void> {
  const resolved = path.resolve(out);
  const previous = `${resolved}.previous`;
  await rm(path.join(building, OWNER), { force: true });
  await writeFile(path.join(building, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  await sync(path.join(building, MANIFEST));
  await writeStamp(building, manifest);
  await sync(building);
  await rm(previous, { recursive: true, force: true });
  if (await exists(resolved)) await rename(resolved, previous);
  await rename(building, resolved);
  await sync(path.dirname(resolved));
  await rm(previous, { recursive: true, force: true });
}
