/**
 * Publishing a catalogue folder whole. It is built in `<out>.building`, synced, and renamed into place; the old
 * one stands in `<out>.previous` for the instant between two renames, where a reader still finds it.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST, type Manifest } from '../engine/catalogue/format.ts';
import { hashFile, writeStamp } from '../engine/catalogue/verify.ts';
import { UserError } from '../shared/errors.ts';

const OWNER = 'owner.pid';

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** When a process started, where the system tells: a number can return after a restart, with another process. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command's name, in parentheses, may hold anything; the start time is the twentieth number behind it.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

async function isAlive(pid: number, start: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return start === (await startOf(pid));
}

/** Folders that builds of this process work in. */
const atWork = new Set<string>();

/** The folder that a build of `out` works in. */
export function buildingDir(out: string): string {
  return `${path.resolve(out)}.building`;
}

function busy(out: string, owner: string): UserError {
  return new UserError(`Another build of ${out} is running (process ${owner}).`, {
    id: 'index.busy',
    hint: 'Wait for it, or stop it and start again.',
  });
}

/** That the place of a catalogue can't be written, for whatever reason underneath. */
export function unwritable(out: string, underlying: unknown): UserError {
  return new UserError(`The folder ${out} can't be written.`, {
    id: 'index.out-unwritable',
    hint: 'Check its owner and the space left, or name another with --out.',
    underlying,
  });
}

/**
 * Takes hold of the building folder and clears what a killed build left there. Give it up with `endBuild`.
 *
 * @param isWorthKeeping whether the folder that a killed build left holds what this one can go on from
 * @throws UserError when another build is at work, or the place can't be written
 */
export async function beginBuild(
  out: string,
  isWorthKeeping: (dir: string) => Promise<boolean> = async () => false,
): Promise<string> {
  const resolved = path.resolve(out);
  const building = buildingDir(out);
  if (atWork.has(building)) throw busy(out, String(process.pid));
  atWork.add(building);
  try {
    if (
      (await exists(resolved)) &&
      !(await exists(path.join(resolved, MANIFEST))) &&
      !(await isHusk(resolved))
    ) {
      throw new UserError(`${out} holds other things than a catalogue.`, {
        id: 'index.out-occupied',
        hint: 'Name a new folder with --out, so that nothing of yours is replaced.',
      });
    }
    await claim(building, out, isWorthKeeping);
    await clearUp(resolved, building);
  } catch (error) {
    atWork.delete(building);
    throw error instanceof UserError ? error : unwritable(out, error);
  }
  return building;
}

const ownerIn = (dir: string) => readFile(path.join(dir, OWNER), 'utf8').catch(() => '');

/** Puts a folder with our name in it in the place: of two builds that start at once, one gets it. */
async function claim(
  building: string,
  out: string,
  isWorthKeeping: (dir: string) => Promise<boolean>,
): Promise<void> {
  const mine = `${building}.${process.pid}`;
  const left = `${mine}.left`;
  const owner = await ownerIn(building);
  const [pid = '', start = ''] = owner.split(' ');
  if (Number(pid) > 0 && Number(pid) !== process.pid && (await isAlive(Number(pid), start))) {
    throw busy(out, pid);
  }
  try {
    await rm(mine, { recursive: true, force: true });
    await mkdir(mine, { recursive: true });
    await writeFile(path.join(mine, OWNER), `${process.pid} ${await startOf(process.pid)}`);
    if (await exists(building)) {
      await rename(building, left);
      // Somebody else cleared it and began, between our look and this.
      if ((await ownerIn(left)) !== owner) {
        await rename(left, building);
        throw busy(out, 'just started');
      }
      if (await isWorthKeeping(left)) {
        await rename(path.join(mine, OWNER), path.join(left, OWNER));
        await rename(left, building);
        return;
      }
    }
    await rename(mine, building);
  } catch (error) {
    const taken = ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
    throw taken ? busy(out, 'just started') : error;
  } finally {
    await rm(mine, { recursive: true, force: true }).catch(() => {});
    await rm(left, { recursive: true, force: true }).catch(() => {});
  }
}

/**
 * Whether a folder is what LMDB leaves where a reader opens a catalogue in the instant between the renames: it
 * makes the folders of a path that is gone.
 */
async function isHusk(dir: string): Promise<boolean> {
  const entries = await readdir(dir, { recursive: true }).catch(() => null);
  return entries?.every((name) => name === 'records' || name === path.join('records', 'lock.mdb')) ?? false;
}

/** Renames a folder, over a husk if one is in the way. */
async function moveTo(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (attempt === 10 || !(await isHusk(to))) throw error;
      await rm(to, { recursive: true, force: true });
    }
  }
}

/** Removes what killed builds left beside the catalogue. */
async function clearUp(resolved: string, building: string): Promise<void> {
  const previous = `${resolved}.previous`;
  // Killed between its two renames: the old catalogue goes back first. After them: it is in the way.
  if ((await exists(previous)) && (!(await exists(resolved)) || (await isHusk(resolved))))
    await moveTo(previous, resolved);
  await rm(previous, { recursive: true, force: true });
  const parent = path.dirname(building);
  const prefix = `${path.basename(building)}.`;
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(prefix)
      ? /^(\d+)(?:\.left)?$/.exec(name.slice(prefix.length))?.[1]
      : undefined;
    if (!pid) continue;
    if (Number(pid) === process.pid || !(await isAlive(Number(pid), await startOf(Number(pid)))))
      await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

/** Gives the folder up; what is in it goes unless it was published, and another build may have begun since. */
export async function endBuild(building: string): Promise<void> {
  try {
    const [pid] = (await ownerIn(building)).split(' ');
    if (Number(pid) === process.pid) await rm(building, { recursive: true, force: true });
  } finally {
    atWork.delete(building);
  }
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

/**
 * Writes the manifest, then puts the built folder in the place of the old one.
 * @param tidy removes what is no part of the catalogue, at the last moment
 */
export async function publish(
  building: string,
  out: string,
  manifest: Manifest,
  tidy: () => Promise<void>,
): Promise<void> {
  const resolved = path.resolve(out);
  const previous = `${resolved}.previous`;
  await writeFile(path.join(building, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  await sync(path.join(building, MANIFEST));
  await writeStamp(building, manifest);
  await tidy();
  await sync(building);
  await rm(previous, { recursive: true, force: true });
  const replaces = await exists(resolved);
  if (replaces) await rename(resolved, previous);
  try {
    await moveTo(building, resolved);
  } catch (error) {
    if (replaces) await moveTo(previous, resolved);
    throw error;
  }
  // Until here it kept other builds out.
  await rm(path.join(resolved, OWNER), { force: true });
  await sync(path.dirname(resolved));
  await rm(previous, { recursive: true, force: true });
}
