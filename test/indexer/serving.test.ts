import { type ChildProcess, spawn } from 'node:child_process';
import {
  copyFile,
  cp,
  mkdir,
  open,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildsIn, readCurrent } from '../../src/engine/catalogue/place.ts';
import {
  buildFrom,
  copyOf,
  filmRow,
  placeOf,
  temporaryFolder,
  trackId,
  variedSongs,
} from '../support/catalogue.ts';
import { children } from '../support/children.ts';

const held = children();

const CHILD = fileURLToPath(new URL('./support/serve-child.ts', import.meta.url));
const songs = variedSongs(20);
const films = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    filmRow(i + 1, { overview: `Film ${i} of ${count}: ${'a friend is lost. '.repeat(20)}` }),
  );

let child: ChildProcess | undefined;
let said: Record<string, unknown>[] = [];
let ended: string | null = null;

async function serve(dir: string): Promise<void> {
  said = [];
  ended = null;
  child = held(
    spawn(process.execPath, ['--import', 'tsx', CHILD, dir, trackId(1)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  let rest = '';
  child.stdout!.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    said.push(...lines.map((line) => JSON.parse(line)));
  });
  child.once('exit', (code, signal) => {
    ended = signal ?? String(code);
  });
  await expect.poll(() => said.some((line) => 'serving' in line) || ended, { timeout: 60_000 }).toBe(true);
}

/** Waits until the server has given so many more answers, all of them right, and lives. */
async function answersOn(): Promise<void> {
  const count = () => Math.max(0, ...said.map(({ answers }) => Number(answers ?? 0)));
  const before = count();
  await expect.poll(() => ended ?? count() > before + 10, { timeout: 60_000 }).toBe(true);
  expect(said.filter((line) => 'wrong' in line)).toEqual([]);
}

const swapped = () => said.filter((line) => 'swapped' in line).map((line) => line.swapped);
const warned = () => said.filter((line) => 'warned' in line).map((line) => String(line.warned));

async function filesOf(place: string): Promise<string[]> {
  const names = await readdir(place, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile() && entry.name !== 'lock.mdb')
    .map((entry) => path.relative(place, path.join(entry.parentPath, entry.name)));
}

/** Overwrites a file in place, block by block, as rsync --inplace and cp do. */
async function overwrite(from: string, to: string, share = 1): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  const bytes = await readFile(from);
  const handle = await open(to, 'w');
  await handle.write(bytes.subarray(0, Math.ceil(share * bytes.length)));
  await handle.close();
}

let small: string;
let large: string;
beforeAll(async () => {
  small = await placeOf((await buildFrom(films(40), songs)).dir);
  large = await placeOf((await buildFrom(films(60), songs)).dir);
}, 120_000);

/** A catalogue as it is published now, with one build. */
async function published(): Promise<string> {
  const dir = path.join(await temporaryFolder(), 'catalogue');
  await cp(path.dirname(small), dir, { recursive: true });
  return dir;
}

describe('a server goes on while its catalogue’s files', { timeout: 180_000 }, () => {
  it('are truncated, one after another, and follows once they are whole again', async () => {
    const dir = await published();
    const place = await placeOf(dir);
    await serve(dir);
    for (const name of await filesOf(place)) {
      await truncate(path.join(place, name), Math.floor((await stat(path.join(place, name))).size / 3));
      await answersOn();
    }
    expect(warned().length).toBeGreaterThan(0);
    expect(swapped()).toEqual([]);
    // Another build is published beside the damaged one.
    await cp(large, path.join(dir, path.basename(large)), { recursive: true });
    await writeFile(path.join(dir, 'current'), `${path.basename(large)}\n`);
    await expect.poll(swapped, { timeout: 60_000 }).toEqual([60]);
    await answersOn();
  });

  it('are overwritten in place by those of another, one after another', async () => {
    const dir = await published();
    const place = await placeOf(dir);
    await serve(dir);
    for (const name of await filesOf(large)) {
      await overwrite(path.join(large, name), path.join(place, name), 0.5);
      await answersOn();
      await overwrite(path.join(large, name), path.join(place, name));
    }
    await expect.poll(swapped, { timeout: 60_000 }).toEqual([60]);
    await answersOn();
  });

  it('are taken away altogether', async () => {
    const dir = await published();
    await serve(dir);
    await rm(dir, { recursive: true });
    await answersOn();
    await answersOn();
    expect(swapped()).toEqual([]);
  });

  it('are copied from elsewhere in any order, the pointer first: the new one is used when it is whole', async () => {
    const dir = await published();
    await serve(dir);
    const id = path.basename(large);
    await writeFile(path.join(dir, 'current'), `${id}\n`);
    await answersOn();
    for (const name of (await filesOf(large)).reverse()) {
      expect(swapped()).toEqual([]);
      await overwrite(path.join(large, name), path.join(dir, id, name), 0.9);
      await answersOn();
      await overwrite(path.join(large, name), path.join(dir, id, name));
    }
    await expect.poll(swapped, { timeout: 10_000 }).toEqual([60]);
    await answersOn();
  });

  it('are those of a flat catalogue of an older version, and a newer one is copied over it', async () => {
    const dir = await copyOf(path.dirname(small));
    await serve(dir);
    for (const name of await filesOf(large)) await copyFile(path.join(large, name), path.join(dir, name));
    await expect.poll(swapped, { timeout: 60_000 }).toEqual([60]);
    await answersOn();
  });

  it('are published by a build, time and again; the last two builds stay', async () => {
    const dir = await published();
    await serve(dir);
    for (const count of [50, 41, 55]) {
      await buildFrom(films(count), songs, dir);
      await expect.poll(() => swapped().at(-1), { timeout: 60_000 }).toBe(count);
    }
    await answersOn();
    const builds = await buildsIn(dir);
    expect(builds.length).toBe(2);
    // Two builds of one second have no order by name.
    expect(builds).toContain(await readCurrent(dir));
    // Nothing of the server's is left in the folder.
    expect((await readdir(dir)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
