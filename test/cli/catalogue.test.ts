import { cp, mkdir, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { FILES } from '../../src/engine/catalogue/format.ts';
import { Engine } from '../../src/engine/engine.ts';
import { buildFrom, copyOf, filmRow, placeOf, temporaryFolder, variedSongs } from '../support/catalogue.ts';
import { run } from './support.ts';

const songs = variedSongs(12);
const films = (count: number) => Array.from({ length: count }, (_, i) => filmRow(i + 1));

let two: string;
beforeAll(async () => {
  two = (await buildFrom(films(20), songs)).dir;
  // Ids are told apart by the second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await buildFrom(films(30), songs, two);
}, 60_000);

async function copy(): Promise<string> {
  const dir = path.join(await temporaryFolder(), 'catalogue');
  await cp(two, dir, { recursive: true });
  return dir;
}

async function filmsIn(dir: string): Promise<number> {
  const engine = await Engine.open(dir);
  await engine.close();
  return engine.info.movies;
}

const listed = async (dir: string) =>
  JSON.parse((await run(['catalogue', 'list', '--catalogue', dir, '--json'])).out).builds;

describe('catalogue', () => {
  it('lists builds, newest first, and what is wrong with one', async () => {
    const dir = await copy();
    const builds = await listed(dir);
    expect(builds).toMatchObject([
      { current: true, films: 30, songs: 12, fault: null },
      { current: false, films: 20, songs: 12, fault: null },
    ]);
    await truncate(path.join(dir, builds[1].id, FILES.vectors), 7);
    expect((await listed(dir))[1].fault).toBe(`${FILES.vectors} is not whole`);
    const { out } = await run(['catalogue', '--catalogue', dir]);
    expect(out).toMatch(new RegExp(`in use │ ${builds[0].id} │ +30 │`));
  });

  it('goes back to the build before, and to the newest again', async () => {
    const dir = await copy();
    expect(await filmsIn(dir)).toBe(30);
    const [newest] = await listed(dir);
    expect((await run(['catalogue', 'use', 'previous', '--catalogue', dir])).out).toMatch(
      /is in use: 20 films/,
    );
    expect(await filmsIn(dir)).toBe(20);
    expect((await run(['catalogue', 'use', newest.id, '--catalogue', dir])).code).toBe(0);
    expect(await filmsIn(dir)).toBe(30);
  });

  it('refuses a damaged build, and one that is none', async () => {
    const dir = await copy();
    const [, older] = await listed(dir);
    await truncate(path.join(dir, older.id, FILES.index), 7);
    expect((await run(['catalogue', 'use', 'previous', '--catalogue', dir])).code).toBe(4);
    expect(await filmsIn(dir)).toBe(30);
    const none = await run(['catalogue', 'use', '1999', '--catalogue', dir]);
    expect([none.code, none.err.split('\n')[0]]).toEqual([2, 'There is no build "1999".']);
  });

  it('prunes, but never the build in use', async () => {
    const dir = await copy();
    const [newest, older] = await listed(dir);
    await run(['catalogue', 'use', 'previous', '--catalogue', dir]);
    expect((await run(['catalogue', 'prune', '--keep', '1', '--catalogue', dir])).out).toBe(
      `Removed: ${newest.id}.\n`,
    );
    expect((await listed(dir)).map(({ id }: { id: string }) => id)).toEqual([older.id]);
  });
});

describe('a catalogue whose build in use is not whole', () => {
  it('is answered from the build before, and the doctor says so', async () => {
    const dir = await copy();
    const [newest] = await listed(dir);
    await rm(path.join(dir, newest.id, FILES.columns));
    expect(await filmsIn(dir)).toBe(20);
    const { out } = await run(['doctor'], { env: { MUSIC2MOVIE_CATALOGUE: dir } });
    expect(out).toMatch(/!! {2}Catalogue: .*films\.columns is missing.* The one before it is in use/);
  });

  it('is one that was copied without its pointer: the newest whole build is used', async () => {
    const dir = await copy();
    await rm(path.join(dir, 'current'));
    expect(await filmsIn(dir)).toBe(30);
    await writeFile(path.join(dir, 'current'), 'garbage');
    expect(await filmsIn(dir)).toBe(30);
  });
});

describe('the folder of a catalogue', () => {
  it('is published into, not replaced: it may be a mount point', async () => {
    const out = path.join(await temporaryFolder(), 'volume');
    await mkdir(path.join(out, 'lost+found'), { recursive: true });
    const { ino } = await stat(out);
    await buildFrom(films(10), songs, out);
    await buildFrom(films(11), songs, out);
    expect((await stat(out)).ino).toBe(ino);
    expect(await readdir(path.dirname(out))).toEqual(['volume']);
    expect(await filmsIn(out)).toBe(11);
  });

  it('may be a link to another disk', async () => {
    const folder = await temporaryFolder();
    const target = path.join(await temporaryFolder(), 'disk');
    await mkdir(target);
    await symlink(target, path.join(folder, 'catalogue'));
    await buildFrom(films(10), songs, path.join(folder, 'catalogue'));
    expect(await readdir(folder)).toEqual(['catalogue']);
    expect(await filmsIn(target)).toBe(10);
  });

  it('holds a flat catalogue of an older version: it becomes the build before', async () => {
    const dir = await copyOf(two);
    const { seal } = JSON.parse(await readFile(path.join(dir, 'manifest.json'), 'utf8'));
    await buildFrom(films(12), songs, dir);
    expect(await filmsIn(dir)).toBe(12);
    const builds = await listed(dir);
    expect(
      builds.map(({ films: count, fault }: { films: number; fault: unknown }) => [count, fault]),
    ).toEqual([
      [12, null],
      [30, null],
    ]);
    expect(builds[1].id.endsWith(seal.slice(0, 8))).toBe(true);
    expect((await readdir(dir)).length).toBe(3);
    await run(['catalogue', 'use', 'previous', '--catalogue', dir]);
    expect(await filmsIn(dir)).toBe(30);
  });

  it('that can’t be written is said before anything is read', async () => {
    const file = path.join(await temporaryFolder(), 'file');
    await writeFile(file, 'x');
    const inputs = path.join(await temporaryFolder(), 'x.csv');
    await writeFile(inputs, 'no table at all');
    for (const out of [file, path.join(file, 'below')]) {
      const { code, err } = await run(['index', '--songs', inputs, '--movies', inputs, '--out', out]);
      expect(code).toBe(2);
      expect(err).toMatch(/^The folder .* can't be written\.\nCheck its owner/);
    }
    expect(await readFile(file, 'utf8')).toBe('x');
  });

  it('is where readers find nothing of what they copied, once they are open', async () => {
    const dir = await copy();
    const engine = await Engine.open(dir, { keep: true });
    expect(engine.catalogue.kept).not.toBeNull();
    expect((await readdir(dir)).length).toBe(3);
    await rm(await placeOf(dir), { recursive: true });
    expect(engine.film(3)?.id).toBe(3);
    await engine.close();
  });
});
