/** Ways to spoil a catalogue folder, each by name. */
import { cp, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FILES, MANIFEST, sealOf } from '../../../src/engine/catalogue/format.ts';

/** @param other a sound catalogue of other content */
export type Spoil = (dir: string, other: string) => Promise<void>;

/** Flips one bit in the middle of the byte that stands at this share of the file. */
export async function flipBit(file: string, share: number): Promise<void> {
  const before = await stat(file);
  const bytes = await readFile(file);
  bytes[Math.min(bytes.length - 1, Math.floor(share * bytes.length))]! ^= 0b1000;
  await writeFile(file, bytes);
  // Bit rot leaves no date behind.
  await utimes(file, before.atime, before.mtime);
}

type Json = Record<string, unknown>;

/** Changes the manifest; the seal is made anew, so that what is wrong must be found by itself. */
const manifest =
  (change: (value: Json) => unknown): Spoil =>
  async (dir) => {
    const file = path.join(dir, MANIFEST);
    const value = change(JSON.parse(await readFile(file, 'utf8')));
    const sealed = value !== null && typeof value === 'object' && !Array.isArray(value);
    await writeFile(file, JSON.stringify(sealed ? { ...value, seal: sealOf(value) } : value));
  };

const written =
  (name: string, content: string | Buffer): Spoil =>
  (dir) =>
    writeFile(path.join(dir, name), content);

const counts = (change: Json) =>
  manifest((value) => ({ ...value, counts: { ...(value.counts as Json), ...change } }));
const files = (change: (value: Json) => Json) =>
  manifest((value) => ({ ...value, files: change({ ...(value.files as Json) }) }));
const entry = { bytes: 3, sha256: '0'.repeat(64) };

function spoiledFile(name: string): [string, Spoil][] {
  const file = (dir: string) => path.join(dir, name);
  return [
    [`${name} missing`, (dir) => rm(file(dir))],
    [`${name} emptied`, (dir) => truncate(file(dir))],
    [`${name} cut in half`, async (dir) => truncate(file(dir), (await stat(file(dir))).size >> 1)],
    [`${name} short of a byte`, async (dir) => truncate(file(dir), (await stat(file(dir))).size - 1)],
    [`${name} longer`, async (dir) => writeFile(file(dir), 'x', { flag: 'a' })],
    ...[0, 0.1, 0.5, 0.999].map((share): [string, Spoil] => [
      `${name} with a bit flipped at ${share}`,
      (dir) => flipBit(file(dir), share),
    ]),
    ...(name.startsWith('model/')
      ? []
      : [[`${name} of another catalogue`, (dir, other) => cp(file(other), file(dir))] as [string, Spoil]]),
  ];
}

/** Every way in which opening must fail. */
export const SPOILS: ReadonlyMap<string, Spoil> = new Map([
  ...Object.values(FILES).flatMap(spoiledFile),
  ['manifest missing', (dir) => rm(path.join(dir, MANIFEST))],
  [
    'manifest a folder',
    async (dir) =>
      cp(path.join(dir, 'model'), path.join(dir, 'm'), { recursive: true })
        .then(() => rm(path.join(dir, MANIFEST)))
        .then(() => cp(path.join(dir, 'm'), path.join(dir, MANIFEST), { recursive: true })),
  ],
  ...['', '{', 'null', '[]', '7', '"x"', '{}', '\u0000\u0001'].map((text): [string, Spoil] => [
    `manifest ${JSON.stringify(text)}`,
    written(MANIFEST, text),
  ]),
  ...[0, 0.2, 0.4, 0.6, 0.8, 0.999].map((share): [string, Spoil] => [
    `manifest with a bit flipped at ${share}`,
    (dir) => flipBit(path.join(dir, MANIFEST), share),
  ]),
  ['manifest of another catalogue', (dir, other) => cp(path.join(other, MANIFEST), path.join(dir, MANIFEST))],
  [
    'manifest edited by hand',
    async (dir) => {
      const file = path.join(dir, MANIFEST);
      await writeFile(file, (await readFile(file, 'utf8')).replace('"voteFloor": 20', '"voteFloor": 30'));
    },
  ],
  ['manifest of an older format', manifest((value) => ({ ...value, format: 1 }))],
  ['manifest of a newer format', manifest((value) => ({ ...value, format: 99 }))],
  ['manifest of format "1"', manifest((value) => ({ ...value, format: '1' }))],
  ['manifest with counts as text', counts({ movies: '40' })],
  ['manifest with fewer films', counts({ movies: 3 })],
  ['manifest with negative films', counts({ movies: -1 })],
  ['manifest with endless films', counts({ movies: 1e15 })],
  ['manifest with more indexed than films', counts({ indexed: 1e6 })],
  ['manifest with other songs', counts({ songs: 7 })],
  ['manifest with other dimensions', manifest((value) => ({ ...value, dimensions: 3 }))],
  ['manifest with other feel profiles', manifest((value) => ({ ...value, feelBytes: 4 }))],
  ['manifest with other audio dimensions', manifest((value) => ({ ...value, audioDimensions: 2 }))],
  ['manifest of another model', manifest((value) => ({ ...value, model: '0'.repeat(64) }))],
  ['manifest without a file', files(({ [FILES.index]: _, ...rest }) => rest)],
  ['manifest without files', files(() => ({}))],
  ['manifest with a file above', files((value) => ({ ...value, '../movies.csv': entry }))],
  ['manifest with a file elsewhere', files((value) => ({ ...value, '/etc/hostname': entry }))],
  ['manifest with a folder for a file', files((value) => ({ ...value, model: entry }))],
  ['manifest with a name that is none', files((value) => ({ ...value, 'a\u0000b': entry }))],
  [
    'lock a folder',
    async (dir) => {
      const lock = path.join(dir, 'records/lock.mdb');
      await rm(lock, { force: true });
      await cp(path.join(dir, 'model'), lock, { recursive: true });
    },
  ],
  [
    'bit flipped, stamp of trust written by hand',
    async (dir) => {
      const stamp = await readFile(path.join(dir, 'verified.json'), 'utf8');
      await flipBit(path.join(dir, FILES.vectors), 0.5);
      await writeFile(path.join(dir, 'verified.json'), stamp);
    },
  ],
  [
    'bit flipped, stamp garbage',
    async (dir) => {
      await flipBit(path.join(dir, FILES.records), 0.5);
      await writeFile(path.join(dir, 'verified.json'), '\u0000{');
    },
  ],
] as [string, Spoil][]);

/** Nothing that opening should mind. */
export const HARMLESS: ReadonlyMap<string, Spoil> = new Map([
  ['untouched', async () => {}],
  ['stamp missing', (dir) => rm(path.join(dir, 'verified.json'))],
  ...['', 'null', '[]', '7', '{"films.vectors": 5}', '\u0000'].map((text): [string, Spoil] => [
    `stamp ${JSON.stringify(text)}`,
    written('verified.json', text),
  ]),
  [
    'stamp of another catalogue',
    (dir, other) => cp(path.join(other, 'verified.json'), path.join(dir, 'verified.json')),
  ],
  ['lock garbage', written('records/lock.mdb', Buffer.alloc(8192, 0xab))],
  ['lock empty', written('records/lock.mdb', '')],
  ['a stranger in the folder', written('notes.txt', 'mine')],
] as [string, Spoil][]);
