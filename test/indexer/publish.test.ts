import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { buildCatalogue } from '../../src/indexer/build.ts';
import {
  buildFrom,
  copyOf,
  csv,
  filmRow,
  type Inputs,
  songRow,
  trackId,
  variedSongs,
  writeInputs,
} from '../support/catalogue.ts';
import { children } from '../support/children.ts';
import { tinyModel } from '../support/tiny.ts';

const held = children();

const made = await tinyModel();

const CHILD = fileURLToPath(new URL('./support/build-child.ts', import.meta.url));
const films = Array.from({ length: 30 }, (_, i) => filmRow(i + 1));
const songs = variedSongs(20);

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly said: string;
}

/** Builds in another process; `wrap` may put a shell's limits around it. */
function buildInChild(inputs: Inputs, out: string, trap = '-', wrap?: string): Promise<Ended> {
  const node = [
    process.execPath,
    '--import',
    'tsx',
    CHILD,
    inputs.songs,
    inputs.movies,
    out,
    trap,
    made.model,
    made.feel,
  ];
  const [command, ...args] = wrap ? ['bash', '-c', `${wrap}; exec "$@"`, 'bash', ...node] : node;
  return new Promise((resolve, reject) => {
    const child = held(spawn(command!, args, { stdio: ['ignore', 'ignore', 'pipe'] }));
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, said }));
  });
}

async function filmsIn(dir: string): Promise<number> {
  const engine = await Engine.open(dir);
  try {
    expect(engine.moviesFor(trackId(1)).matches.length).toBeGreaterThan(0);
    return engine.info.movies;
  } finally {
    await engine.close();
  }
}

/** What stands in a catalogue's folder besides its builds. */
const beside = async (dir: string) =>
  (await readdir(dir)).filter((name) => !/^\d{8}T\d{6}Z-[0-9a-f]{8}$/.test(name)).sort();

describe('a build that fails leaves the old catalogue and no trace', () => {
  it.each([
    ['a missing file', 'index.input-missing', undefined],
    ['a cut CSV', 'index.input-broken', `${csv(films)}31,"cut`],
    ['a file of another kind', 'index.header', 'a,b\n1,2\n'],
    ['an empty file', 'index.input-empty', ''],
  ])('%s', async (_, id, content) => {
    const { dir, inputs } = await buildFrom(films, songs);
    if (content === undefined) await rm(inputs.movies);
    else await writeFile(inputs.movies, content);
    const build = buildCatalogue({ ...inputs, out: dir, ...made });
    await expect(build).rejects.toMatchObject({ id, exitCode: 2 });
    expect(await filmsIn(dir)).toBe(30);
    expect(await beside(dir)).toEqual(['current']);
  });

  it('a full disk, at any file', { timeout: 60_000 }, async () => {
    const { dir, inputs } = await buildFrom(films, songs);
    // A limit on the size of files stands for the disk: 1 KB blocks, so at the model's weights.
    const ended = await buildInChild(inputs, dir, '-', "trap '' XFSZ; ulimit -f 100");
    expect(ended).toEqual({ code: 2, signal: null, said: 'index.out-unwritable\n' });
    expect(await filmsIn(dir)).toBe(30);
    expect(await beside(dir)).toEqual(['current']);
  });
});

describe('a place that is no place for a catalogue', () => {
  it('holds other things: they are not touched', async () => {
    const { dir, inputs } = await buildFrom(films, songs);
    const other = path.join(path.dirname(dir), 'photos');
    await mkdir(other);
    await writeFile(path.join(other, 'holiday.jpg'), 'x');
    const build = buildCatalogue({ ...inputs, out: other, ...made });
    await expect(build).rejects.toMatchObject({ id: 'index.out-occupied', exitCode: 2 });
    expect(await readdir(other)).toEqual(['holiday.jpg']);
  });

  it('lies below a file', async () => {
    const { inputs } = await buildFrom(films, songs);
    const build = buildCatalogue({ ...inputs, out: path.join(inputs.songs, 'out'), ...made });
    await expect(build).rejects.toMatchObject({ id: 'index.out-unwritable', exitCode: 2 });
  });

  it('but an empty folder, or one deep below missing ones, will do', async () => {
    const { dir, inputs } = await buildFrom(films, songs);
    const empty = path.join(path.dirname(dir), 'empty');
    await mkdir(empty);
    await buildCatalogue({ ...inputs, out: empty, ...made });
    expect(await filmsIn(empty)).toBe(30);
    const deep = path.join(path.dirname(dir), 'a', 'b', 'c');
    await buildCatalogue({ ...inputs, out: deep, ...made });
    expect(await filmsIn(deep)).toBe(30);
  });
});

describe('a build that is killed', () => {
  it.each(['owner.pid', 'records/data.mdb', 'films.columns', 'manifest.json'])(
    'once %s is there leaves nothing that a later one trips over',
    { timeout: 60_000 },
    async (trap) => {
      const { dir, inputs } = await buildFrom(films, songs);
      await writeFile(inputs.movies, csv([...films, filmRow(31)]));
      const ended = await buildInChild(inputs, dir, trap);
      expect(ended.signal).toBe('SIGKILL');
      // Killed between its last step and the trap's next look, it may just have published.
      expect([30, 31]).toContain(await filmsIn(dir));
      await buildCatalogue({ ...inputs, out: dir, ...made });
      expect(await filmsIn(dir)).toBe(31);
      expect(await beside(dir)).toEqual(['current']);
    },
  );

  it('of a version before builds stood beside each other: readers find the old catalogue, the next build files it', async () => {
    const { dir, inputs } = await buildFrom(films, songs);
    const flat = await copyOf(dir);
    await rename(flat, `${flat}.previous`);
    expect(await filmsIn(flat)).toBe(30);
    await buildCatalogue({ ...inputs, out: flat, ...made });
    expect(await filmsIn(flat)).toBe(30);
  });

  it('and whose number another process has now does not block the next one', async () => {
    const { dir, inputs } = await buildFrom(films, songs);
    await mkdir(path.join(dir, '.building'));
    // The parent is alive, but it did not start at this time.
    await writeFile(path.join(dir, '.building', 'owner.pid'), `${process.ppid} 12345`);
    await buildCatalogue({ ...inputs, out: dir, ...made });
    expect(await beside(dir)).toEqual(['current']);
  });
});

describe('two builds of one catalogue', () => {
  it('do not run at once in one process: the second is refused, the first completes', async () => {
    const { dir, inputs } = await buildFrom(films, songs);
    const builds = await Promise.allSettled(
      [1, 2, 3].map(() => buildCatalogue({ ...inputs, out: dir, ...made })),
    );
    const refused = builds.filter((build) => build.status === 'rejected');
    expect(refused.length).toBe(2);
    for (const { reason } of refused) expect(reason).toMatchObject({ id: 'index.busy', exitCode: 2 });
    expect(await filmsIn(dir)).toBe(30);
    expect(await beside(dir)).toEqual(['current']);
  });

  it('do not run at once in two processes', { timeout: 60_000 }, async () => {
    const { dir, inputs } = await buildFrom(films, songs);
    const many = await writeInputs(
      Array.from({ length: 4000 }, (_, i) => filmRow(i + 1)),
      [songRow(1)],
    );
    const first = buildInChild(many, dir);
    const owner = path.join(dir, '.building', 'owner.pid');
    await expect.poll(() => readFile(owner, 'utf8').catch(() => ''), { timeout: 30_000 }).not.toBe('');
    const second = buildCatalogue({ ...inputs, out: dir, ...made });
    await expect(second).rejects.toMatchObject({ id: 'index.busy' });
    expect(await first).toMatchObject({ code: 0 });
    expect(await filmsIn(dir)).toBe(4000);
  });
});

it('readers see the old or the new catalogue, whole, while others are published', {
  timeout: 60_000,
}, async () => {
  const { dir, inputs } = await buildFrom(films, songs);
  const larger = await writeInputs([...films, filmRow(31), filmRow(32)], songs);
  let publishing = true;
  const publisher = (async () => {
    for (let i = 0; i < 6; i++) await buildCatalogue({ ...(i % 2 ? inputs : larger), out: dir, ...made });
    publishing = false;
  })();
  const seen = new Map<number, number>();
  const open: Engine[] = [];
  while (publishing) {
    const engine = await Engine.open(dir);
    const { movies } = engine.info;
    seen.set(movies, (seen.get(movies) ?? 0) + 1);
    // Its record of each film, and none of the other catalogue's.
    expect([engine.film(30)?.id, engine.film(32)?.id]).toEqual([30, movies === 32 ? 32 : undefined]);
    expect(engine.moviesFor(trackId(1), { limit: 50 }).matches.length).toBe(movies);
    open.push(engine);
    // Older engines go on answering from what they opened.
    if (open.length > 3) await open.shift()!.close();
    for (const older of open) expect(older.moviesFor(trackId(2)).matches.length).toBe(5);
  }
  await publisher;
  for (const engine of open) await engine.close();
  expect([...seen.keys()].sort()).toEqual([30, 32]);
  expect((await readdir(dir)).length).toBe(3);
});
