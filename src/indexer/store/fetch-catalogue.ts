/**
 * Catalogues from a store: any web server or bucket that holds what a catalogue's folder holds, `current` and
 * `<build id>/…`. Files that an earlier build here has already are not fetched; what is fetched is resumed where it
 * broke off, checked, and published here like a build of one's own.
 */
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FILES, MANIFEST, type Manifest, manifestSchema, sealOf } from '../../engine/catalogue/format.ts';
import { buildId, buildsIn, CURRENT, isBuildId, readCurrent } from '../../engine/catalogue/place.ts';
import { hashFile, readManifest } from '../../engine/catalogue/verify.ts';
import { CatalogueError, UpstreamError } from '../../shared/errors.ts';
import { request } from '../../shared/http.ts';
import { download } from '../download.ts';
import { beginBuild, endBuild, leaveBuild, publish } from '../publish.ts';
import { authorization, type Store } from './sign.ts';

/** Name of the store in sentences. */
const SOURCE = 'The store of catalogues';
/** What a manifest may take, in bytes, and how long it may take, in milliseconds. */
const MAX_MANIFEST = 5_000_000;
const ASK_MS = 20_000;
/** In the building folder: which build it is for. */
const FETCHING = 'fetching';

/** The id of the build that the store has in use. @throws UpstreamError when it can't be told */
export async function currentInStore(store: Store): Promise<string> {
  const id = (await read(store, CURRENT)).trim();
  if (isBuildId(id)) return id;
  throw new UpstreamError(`${SOURCE} names no build.`, {
    id: 'store.no-build',
    hint: `Check CATALOGUE_URL: ${CURRENT} there must hold what \`music2movie catalogue publish\` wrote.`,
  });
}

async function read(store: Store, name: string): Promise<string> {
  const url = `${store.url}/${name}`;
  const headers = { ...(await authorization(store, 'GET', url)), 'cache-control': 'no-cache', accept: '*/*' };
  const call = { source: SOURCE, url, headers, timeoutMs: ASK_MS };
  const { status, text } = await request({ ...call, maxBytes: MAX_MANIFEST });
  if (status === 200) return text;
  throw new UpstreamError(`${SOURCE} does not hand out ${name} (status ${status}).`, {
    id: 'store.refused',
    hint: 'Check CATALOGUE_URL and CATALOGUE_TOKEN (of a bucket: the AWS_ settings), and whether a catalogue was published there.',
  });
}

export interface Fetched {
  readonly id: string;
  /** Bytes that came over the network; the rest was here. */
  readonly bytes: number;
}

/**
 * Brings the folder to the build that the store has in use.
 *
 * @returns null where it has it already
 * @throws UpstreamError when the store does not deliver; CatalogueError when what it holds is no catalogue that this
 *   program reads; UserError `index.busy` when another process is at it, or the disk is too small
 */
export async function fetchCatalogue(store: Store, dir: string): Promise<Fetched | null> {
  const id = await currentInStore(store);
  if ((await readCurrent(dir)) === id) return null;
  const manifest = await manifestOf(store, id);
  const isSame = async (left: string) =>
    (await readFile(path.join(left, FETCHING), 'utf8').catch(() => '')) === id;
  const building = await beginBuild(dir, isSame);
  let done = false;
  try {
    await writeFile(path.join(building, FETCHING), id);
    const here = await filesHere(path.dirname(building));
    let bytes = 0;
    for (const [name, { sha256, bytes: size }] of Object.entries(manifest.files)) {
      const file = path.join(building, name);
      await mkdir(path.dirname(file), { recursive: true });
      if (await isWhole(file, sha256, size)) continue;
      if (await copied(here.get(sha256), file, sha256)) continue;
      await fetchFile(store, `${id}/${name}`, file, sha256);
      bytes += size;
    }
    await publish(building, manifest, () => rm(path.join(building, FETCHING), { force: true }));
    done = true;
    return { id, bytes };
  } finally {
    // What broke off on the way is gone on with later.
    await (done ? endBuild(building) : leaveBuild(building));
  }
}

/** @throws CatalogueError when it is no manifest that this program reads, or that of another build */
async function manifestOf(store: Store, id: string): Promise<Manifest> {
  const text = await read(store, `${id}/${MANIFEST}`);
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Told below.
  }
  const parsed = manifestSchema.safeParse(value);
  const sound =
    parsed.success &&
    sealOf(value as object) === parsed.data.seal &&
    buildId(parsed.data) === id &&
    Object.values(FILES).every((name) => parsed.data.files[name]) &&
    Object.keys(parsed.data.files).every(isInside);
  // As it stands there, so that its seal fits.
  if (sound) return value as Manifest;
  throw new CatalogueError(`${SOURCE} holds a catalogue that this program does not read.`, {
    id: 'store.manifest',
    hint: 'Publish one that was built by the same version of Music2Movie, or update this one.',
  });
}

/** No file of a catalogue stands elsewhere. */
const isInside = (name: string) =>
  /^[\w.-]+(?:\/[\w.-]+)*$/.test(name) && !name.split('/').some((part) => /^\.+$/.test(part));

/** Files of the builds in the folder, by their hash. */
async function filesHere(dir: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const id of await buildsIn(dir)) {
    const place = path.join(dir, id);
    const manifest = await readManifest(place).catch(() => null);
    for (const [name, { sha256 }] of Object.entries(manifest?.files ?? {})) {
      found.set(sha256, path.join(place, name));
    }
  }
  return found;
}

async function isWhole(file: string, sha256: string, bytes: number): Promise<boolean> {
  const info = await stat(file).catch(() => null);
  return info?.size === bytes && (await hashFile(file)) === sha256;
}

/** Copies a file that an earlier build has. @returns false where there is none, or it is no longer what it was */
async function copied(from: string | undefined, to: string, sha256: string): Promise<boolean> {
  if (from === undefined) return false;
  const done = await copyFile(from, to).then(
    () => true,
    () => false,
  );
  if (done && (await hashFile(to)) === sha256) return true;
  await rm(to, { force: true });
  return false;
}

async function fetchFile(store: Store, name: string, file: string, sha256: string): Promise<void> {
  const url = `${store.url}/${name}`;
  try {
    await download({
      source: SOURCE,
      url,
      headers: () => authorization(store, 'GET', url),
      file,
      onProgress: () => {},
    });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    throw new UpstreamError(error.message, {
      id: error.id,
      hint: 'It is tried again; what has arrived so far is kept.',
      underlying: error,
    });
  }
  if ((await hashFile(file)) === sha256) return;
  await rm(file, { force: true });
  throw new UpstreamError(`${SOURCE} sent a damaged ${name}.`, {
    id: 'store.damaged',
    hint: 'It was removed and is fetched again.',
  });
}
