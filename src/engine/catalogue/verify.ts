/**
 * Checks a catalogue before any native library touches it: usearch and lmdb end the process on damaged files.
 *
 * Hashing half a gigabyte at every start would take seconds, so the identity of every file that was hashed and
 * found sound (device, inode, size, modification and change time) is kept in a stamp; a file whose identity is
 * unchanged is not hashed again. The change time cannot be set by hand.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CatalogueError } from '../../shared/errors.ts';
import { CATALOGUE_FORMAT, MANIFEST, type Manifest, manifestSchema, STAMP, sealOf } from './format.ts';

const REBUILD =
  'Build it again with `npx music2movie index` (or delete the folder: `npm start` makes the starter one).';

/** sha256 of a file, streamed. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

export function damaged(what: string, underlying?: unknown): CatalogueError {
  return new CatalogueError(`The catalogue is damaged: ${what}.`, {
    id: 'catalogue.damaged',
    hint: REBUILD,
    underlying,
  });
}

/**
 * Reads the manifest.
 * @throws CatalogueError when it is missing, unreadable or of another format
 */
export async function readManifest(dir: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(path.join(dir, MANIFEST), 'utf8');
  } catch (error) {
    throw new CatalogueError('There is no catalogue here yet.', {
      id: 'catalogue.missing',
      hint: `No ${MANIFEST} in ${dir}. \`npm start\` builds the starter catalogue; \`npx music2movie index\` builds one from data sets.`,
      underlying: error,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged('its manifest is not valid JSON', error);
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) {
    if (sealOf(value as object) !== parsed.data.seal) throw damaged('its manifest was changed');
    return parsed.data;
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > CATALOGUE_FORMAT) {
    throw new CatalogueError('The catalogue was built by a newer version of Music2Movie.', {
      id: 'catalogue.newer',
      hint: `Its format is ${format}, this program reads ${CATALOGUE_FORMAT}: update the program, or build the catalogue again.`,
    });
  }
  if (typeof format === 'number' && format < CATALOGUE_FORMAT) {
    throw new CatalogueError('The catalogue was built by an older version of Music2Movie.', {
      id: 'catalogue.older',
      hint: REBUILD,
    });
  }
  throw damaged(`its manifest is not as expected (${parsed.error.issues[0]?.path.join('.') || 'root'})`);
}

type Stamp = Record<string, string>;

/** Changes whenever the file or what is in it does. */
export async function identity(file: string): Promise<string> {
  const s = await stat(file, { bigint: true });
  return [s.dev, s.ino, s.size, s.mtimeNs, s.ctimeNs].join(':');
}

/** Records that the files now in `dir` are sound. Without write permission every start hashes again. */
export async function writeStamp(dir: string, manifest: Manifest): Promise<void> {
  const stamp: Stamp = {};
  try {
    for (const [name, entry] of Object.entries(manifest.files)) {
      stamp[name] = `${entry.sha256} ${await identity(path.join(dir, name))}`;
    }
    const temporary = path.join(dir, `${STAMP}.${process.pid}`);
    await writeFile(temporary, `${JSON.stringify(stamp, null, 1)}\n`);
    await rename(temporary, path.join(dir, STAMP));
  } catch {
    // A read-only folder is no fault of the catalogue.
  }
}

async function readStamp(dir: string): Promise<Stamp> {
  try {
    const value: unknown = JSON.parse(await readFile(path.join(dir, STAMP), 'utf8'));
    return value !== null && typeof value === 'object' ? (value as Stamp) : {};
  } catch {
    return {};
  }
}

/**
 * Checks every file against the manifest: size always, hash unless the stamp vouches for it.
 * @param expected names that must be listed
 * @returns what the files were when they were checked: see `areUnchanged`
 * @throws CatalogueError naming the first file that is missing or differs
 */
export async function verifyFiles(
  dir: string,
  manifest: Manifest,
  expected: readonly string[],
): Promise<CheckedFiles> {
  for (const name of expected) if (!manifest.files[name]) throw damaged(`its manifest does not list ${name}`);
  const stamp = await readStamp(dir);
  const checked = new Map<string, string>();
  let hashed = false;
  for (const [name, entry] of Object.entries(manifest.files)) {
    if (name.includes('..') || path.isAbsolute(name))
      throw damaged('its manifest names a file outside the folder');
    const file = path.join(dir, name);
    const info = await stat(file).catch((error) => {
      throw damaged(`${name} is missing`, error);
    });
    if (!info.isFile()) throw damaged(`${name} is not a file`);
    if (info.size !== entry.bytes)
      throw damaged(`${name} has ${info.size} bytes where ${entry.bytes} are expected`);
    const before = await identity(file);
    checked.set(file, before);
    if (stamp[name] === `${entry.sha256} ${before}`) continue;
    const hash = await hashFile(file).catch((error) => {
      throw damaged(`${name} can't be read`, error);
    });
    if (hash !== entry.sha256) throw damaged(`${name} does not match its recorded hash`);
    hashed = true;
  }
  if (hashed) await writeStamp(dir, manifest);
  return checked;
}

/** Paths of files, and what identified them when they were found sound. */
export type CheckedFiles = ReadonlyMap<string, string>;

/** Whether files are still what they were: then what was read meanwhile is what was checked. */
export async function areUnchanged(checked: CheckedFiles): Promise<boolean> {
  for (const [file, before] of checked) if ((await identity(file).catch(() => '')) !== before) return false;
  return true;
}
