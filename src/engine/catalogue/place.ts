/**
 * Where the builds of a catalogue stand: each in a folder of its own, `<catalogue>/<build id>`, and a small file,
 * `<catalogue>/current`, names the one in use. A catalogue of an older version is one build without all that, flat.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST, type Manifest, STAMP } from './format.ts';
import { identity } from './verify.ts';

/** The file that names the build in use. */
export const CURRENT = 'current';

const BUILD_ID = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

/** A build's id: when it was made, and the beginning of its seal. Ids sort by time. */
export function buildId({ builtAt, seal }: Pick<Manifest, 'builtAt' | 'seal'>): string {
  return `${builtAt.slice(0, 19).replace(/[-:]/g, '')}Z-${seal.slice(0, 8)}`;
}

export const isBuildId = (name: string): boolean => BUILD_ID.test(name);

/** The id that `current` holds; null where there is no such file, or it holds something else. */
export async function readCurrent(dir: string): Promise<string | null> {
  const text = await readFile(path.join(dir, CURRENT), 'utf8').catch(() => '');
  return isBuildId(text.trim()) ? text.trim() : null;
}

/** Ids of the builds in a catalogue folder, whole or not, newest first. */
export async function buildsIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((): string[] => []);
  return names.filter(isBuildId).sort().reverse();
}

/**
 * Folders to look for a catalogue in, the one in use first. The others are for when that one is not whole: a build that
 * is still being copied, or was damaged.
 */
export async function placesOf(dir: string): Promise<string[]> {
  const current = await readCurrent(dir);
  const others = (await buildsIn(dir)).filter((id) => id !== current);
  const ofBuilds = [...(current ? [current] : []), ...others].map((id) => path.join(dir, id));
  const flat = (await hasManifest(dir)) ? [dir] : [];
  // A program of before builds stood beside each other left the old catalogue here when it was killed in between.
  const left = (await hasManifest(`${dir}.previous`)) ? [`${dir}.previous`] : [];
  return current ? [...ofBuilds, ...flat, ...left] : [...flat, ...ofBuilds, ...left];
}

export const hasManifest = (place: string): Promise<boolean> =>
  stat(path.join(place, MANIFEST)).then(
    () => true,
    () => false,
  );

/** Changes whenever the pointer, or a file of the first two builds, does. */
export async function fingerprint(dir: string): Promise<string> {
  const parts = [await identity(path.join(dir, CURRENT)).catch(() => '')];
  for (const place of (await placesOf(dir)).slice(0, 2)) parts.push(place, await placeFingerprint(place));
  return parts.join('\n');
}

/** Changes whenever a file of a build does. */
export async function placeFingerprint(place: string): Promise<string> {
  const names = await readdir(place, { recursive: true }).catch((): string[] => []);
  const own = names.filter((name) => !isBookkeeping(name)).sort();
  const parts = await Promise.all(
    own.map(async (name) => {
      const info = await stat(path.join(place, name), { bigint: true }).catch(() => null);
      return info?.isFile() ? `${name} ${info.ino}:${info.size}:${info.mtimeNs}:${info.ctimeNs}` : '';
    }),
  );
  return parts.filter((part) => part !== '').join('\n');
}

/** Files that readers write: the stamp, and LMDB's lock. Builds inside a flat catalogue are none of its files. */
const isBookkeeping = (name: string) =>
  path.basename(name).startsWith(STAMP) ||
  path.basename(name) === 'lock.mdb' ||
  name.startsWith('.') ||
  isBuildId(name.split(path.sep)[0]!);
