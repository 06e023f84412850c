/**
 * Publishing a catalogue whole. A build is made in `<out>/.building`, synced, and renamed to `<out>/<build id>`; then the
 * small file `<out>/current` is replaced by one that names it. The folder itself is never replaced: it may be a mount
 * point, or a link to another disk.
 */
import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST, type Manifest, STAMP } from '../engine/catalogue/format.ts';
import { KEPT_PREFIX, SHARED_PREFIX } from '../engine/catalogue/kept-files.ts';
import {
  buildId,
  buildsIn,
  CURRENT,
  hasManifest,
  isBuildId,
  readCurrent,
} from '../engine/catalogue/place.ts';
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

/** Name of the folder that a build works in, inside the catalogue's. */
export const BUILDING = '.building';

/** Beginning of the names of folders that are made to see whether that is possible. */
const TRIAL_PREFIX = '.trying-';

/** Rows that could not be read, beside the builds. */
export const REJECTS_FILE = 'rejects.ndjson';

/** Builds that are kept: the one in use, and the one before. */
export const KEPT_BUILDS = 2;

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
  const dir = await makeFolder(out);
  const building = path.join(dir, BUILDING);
  if (atWork.has(building)) throw busy(out, String(process.pid));
  atWork.add(building);
  try {
    await refuseStrangers(dir, out);
    await claim(building, out, isWorthKeeping);
    await clearUp(dir);
  } catch (error) {
    atWork.delete(building);
    throw error instanceof UserError ? error : unwritable(out, error);
  }
  return building;
}

/**
 * Tries all that publishing will ask of a folder, before hours are spent: making it, writing, renaming a folder.
 * @throws UserError when one of them fails, or other things than a catalogue stand there
 */
export async function tryFolder(out: string): Promise<void> {
  const dir = await makeFolder(out);
  await refuseStrangers(dir, out);
  try {
    const trial = await mkdtemp(path.join(dir, `${TRIAL_PREFIX}${process.pid}-`));
    await writeFile(path.join(trial, OWNER), '');
    await rename(trial, `${trial}x`);
    await rm(`${trial}x`, { recursive: true });
  } catch (error) {
    throw unwritable(out, error);
  }
}

/** The catalogue's folder with all links resolved, made where there is none. */
async function makeFolder(out: string): Promise<string> {
  try {
    await mkdir(path.resolve(out), { recursive: true });
    return await realpath(out);
  } catch (error) {
    throw unwritable(out, error);
  }
}

/** What may stand in a folder for catalogues besides builds: marks of disks, of file managers and of git. */
const HARMLESS = new Set(['lost+found', '.DS_Store', '.gitkeep', '.gitignore', '.keep', 'records']);

const isOurs = (name: string) =>
  isBuildId(name) ||
  name.startsWith(BUILDING) ||
  name.startsWith(KEPT_PREFIX) ||
  name.startsWith(TRIAL_PREFIX) ||
  name.startsWith(CURRENT) ||
  name === REJECTS_FILE ||
  HARMLESS.has(name);

/** @throws UserError where other things than a catalogue stand: a mistyped path */
async function refuseStrangers(dir: string, out: string): Promise<void> {
  const names = await readdir(dir);
  if (names.every(isOurs) || (await hasManifest(dir)) || (await readCurrent(dir)) !== null) return;
  throw new UserError(`${out} holds other things than a catalogue.`, {
    id: 'index.out-occupied',
    hint: 'Name a new folder with --out, so that nothing of yours is among the builds.',
  });
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

/** Removes what killed builds and readers left in the catalogue's folder. */
async function clearUp(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const pid = /^(?:\.building\.|\.serving-|\.trying-|current\.)(\d+)(?:\.left|-\w+)?$/.exec(name)?.[1];
    if (!pid) continue;
    // Other builds and readers of this process may be at work.
    if (Number(pid) === process.pid && !name.startsWith(`${BUILDING}.`)) continue;
    if (Number(pid) === process.pid || !(await isAlive(Number(pid), await startOf(Number(pid)))))
      await rm(path.join(dir, name), { recursive: true, force: true });
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

/** Gives the folder up, but leaves what is in it for the next one that finds it worth keeping. */
export async function leaveBuild(building: string): Promise<void> {
  try {
    const [pid] = (await ownerIn(building)).split(' ');
    if (Number(pid) === process.pid) await rm(path.join(building, OWNER), { force: true });
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
 * Writes the manifest, puts the build among the others, and points to it. Builds before the last two are removed.
 *
 * @param tidy removes what is no part of the catalogue, at the last moment
 * @returns the folder of the build
 */
export async function publish(
  building: string,
  manifest: Manifest,
  tidy: () => Promise<void>,
): Promise<string> {
  const dir = path.dirname(building);
  const id = buildId(manifest);
  const place = path.join(dir, id);
  await writeFile(path.join(building, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  await sync(path.join(building, MANIFEST));
  await writeStamp(building, manifest);
  await tidy();
  await sync(building);
  // The same build, made twice within a second.
  await rm(place, { recursive: true, force: true });
  await rename(building, place);
  // Until here it kept other builds out.
  await rm(path.join(place, OWNER), { force: true });
  await pointTo(dir, id);
  await fileFlat(dir);
  await prune(dir, KEPT_BUILDS);
  return place;
}

/** Makes a build the one in use, at once: a reader finds the old name or the new one. */
export async function pointTo(dir: string, id: string): Promise<void> {
  const temporary = path.join(dir, `${CURRENT}.${process.pid}`);
  await writeFile(temporary, `${id}\n`);
  await sync(temporary);
  await rename(temporary, path.join(dir, CURRENT));
  await sync(dir);
}

/**
 * Removes the oldest builds; the one in use always stays.
 * @returns ids of those removed
 */
export async function prune(dir: string, keep: number): Promise<string[]> {
  const current = await readCurrent(dir);
  const others = (await buildsIn(dir)).filter((id) => id !== current);
  const removed = others.slice(Math.max(0, keep - (current ? 1 : 0)));
  for (const id of removed) {
    await rm(path.join(dir, id), { recursive: true, force: true });
    // Whoever maps them goes on with what is open.
    await rm(path.join(dir, `${SHARED_PREFIX}${id}`), { recursive: true, force: true });
  }
  return removed;
}

/** A catalogue of an older version, flat in the folder, becomes a build among the others. */
async function fileFlat(dir: string): Promise<void> {
  const text = await readFile(path.join(dir, MANIFEST), 'utf8').catch(() => null);
  if (text === null) return;
  const manifest = parseFlat(text);
  const files = [...(manifest ? Object.keys(manifest.files) : []), STAMP, MANIFEST];
  const place = manifest && path.join(dir, buildId(manifest));
  for (const name of files.filter((file) => !file.includes('..') && !path.isAbsolute(file))) {
    const from = path.join(dir, name);
    if (place) {
      await mkdir(path.dirname(path.join(place, name)), { recursive: true });
      await rename(from, path.join(place, name)).catch(() => {});
    } else await rm(from, { force: true });
  }
  for (const name of new Set(files.map((file) => file.split('/')[0]!)))
    if (!files.includes(name)) await rm(path.join(dir, name), { recursive: true, force: true });
}

/** What a flat catalogue's manifest says, or null for one that says nothing sensible. */
function parseFlat(text: string): Pick<Manifest, 'builtAt' | 'seal' | 'files'> | null {
  try {
    const { builtAt, seal, files } = JSON.parse(text) as Partial<Manifest>;
    if (typeof builtAt !== 'string' || typeof seal !== 'string' || !files) return null;
    return isBuildId(buildId({ builtAt, seal })) ? { builtAt, seal, files } : null;
  } catch {
    return null;
  }
}
