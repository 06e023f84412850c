import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EmbedOptions, type PosterFilm, posterKey } from '../../../src/indexer/posters/embed.ts';
import { type VisualOptions, visualFeatures } from '../../../src/indexer/posters/index.ts';
import { posterMatrix } from '../../../src/indexer/posters/matrix.ts';
import { PosterPool } from '../../../src/indexer/posters/pool.ts';
import { EmbeddingStore } from '../../../src/indexer/posters/store.ts';
import { seededRandom } from '../../../src/shared/random.ts';
import { children } from '../../support/children.ts';
import { tinyNetwork } from '../../support/onnx.ts';
import { type Behaviour, type ImageServer, startImageServer } from './image-server.ts';
import { jpeg, picture, posterPath } from './pictures.ts';

const held = children();

const WIDTH = 12;
const films: PosterFilm[] = Array.from({ length: 80 }, (_, n) => ({ id: 100 + n, poster: posterPath(n) }));

let shared: string;
let network: string;
let pictures: Buffer[];
let dir: string;
let server: ImageServer | undefined;

beforeAll(async () => {
  shared = mkdtempSync(path.join(tmpdir(), 'm2m-visual-'));
  network = path.join(shared, 'tiny.onnx');
  writeFileSync(network, tinyNetwork({ width: WIDTH }));
  pictures = await Promise.all(films.map((_, n) => jpeg(n)));
});
afterAll(() => rmSync(shared, { recursive: true, force: true }));
beforeEach(() => {
  dir = mkdtempSync(path.join(shared, 'run-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

function options(more: Partial<VisualOptions> = {}): VisualOptions {
  return {
    network,
    width: WIDTH,
    side: 32,
    dir: path.join(dir, 'posters'),
    workDir: path.join(dir, 'work'),
    workers: 1,
    fit: { dims: 4 },
    ...more,
  };
}

/** The posters as files `<film id>.jpg`, some replaced. */
function fillFolder(replaced: Record<number, Uint8Array> = {}): void {
  mkdirSync(path.join(dir, 'posters'), { recursive: true });
  for (const [n, film] of films.entries())
    writeFileSync(path.join(dir, 'posters', `${film.id}.jpg`), replaced[film.id] ?? pictures[n]!);
}

async function serve(
  replaced: Record<string, Behaviour> = {},
  delayMs = 0,
): Promise<EmbedOptions['download']> {
  const sound = films.map(
    ({ poster }, n) => [poster, { kind: 'image', bytes: pictures[n]!, delayMs }] as const,
  );
  server = await startImageServer(new Map<string, Behaviour>([...sound, ...Object.entries(replaced)]));
  return { baseUrl: server.url, retryDelayMs: 1, attempts: 2, connections: 4 };
}

const failures = () =>
  readFileSync(path.join(dir, 'work/poster-failures.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('visual features', () => {
  it('of a folder: every poster once, the odd and the bad counted', async () => {
    fillFolder({
      100: Buffer.from('<!doctype html>'),
      101: pictures[1]!.subarray(0, 300),
      102: await picture(2, 1, 1).jpeg().toBuffer(),
      103: await picture(3).toColourspace('cmyk').jpeg().toBuffer(),
      104: await picture(4).webp().toBuffer(),
    });
    rmSync(path.join(dir, 'posters', '105.jpg'));
    const seen: number[] = [];
    const first = await visualFeatures(films, options({ onProgress: (done) => seen.push(done) }));
    expect(first.note).toBe(null);
    expect(first.report).toMatchObject({
      films: 80,
      posters: 80,
      stored: 0,
      computed: 76,
      missing: 1,
      faults: { html: 1, truncated: 1, 'too-small': 1 },
      oddities: { cmyk: 1, 'not-jpeg': 1 },
      crashes: 0,
    });
    expect(seen.at(-1)).toBe(80);
    expect(
      failures()
        .map(({ poster, reason }) => [poster, reason])
        .sort(),
    ).toEqual(
      [
        [posterPath(0), 'html'],
        [posterPath(1), 'truncated'],
        [posterPath(2), 'too-small'],
      ].sort(),
    );
    expect(first.rows.size).toBe(76);
    for (const { vector } of first.rows.values()) expect(vector.length).toBe(4);
    // A file that has been mended is taken, and only that one is computed.
    writeFileSync(path.join(dir, 'posters', '101.jpg'), pictures[1]!);
    const second = await visualFeatures(films, options({ projection: first.projection! }));
    expect(second.report).toMatchObject({ stored: 76, computed: 1, missing: 1 });
    expect(second.rows.get(150)).toEqual(first.rows.get(150));
    expect(failures().length).toBe(2);
  });

  it('of a host: downloads, computes, and remembers what is no picture', async () => {
    const cut = pictures[6]!.subarray(0, 400);
    const download = await serve({
      [films[5]!.poster]: { kind: 'status', status: 404 },
      [films[6]!.poster]: { kind: 'image', bytes: cut },
    });
    const first = await visualFeatures(films, options({ download: download! }));
    expect(first.report).toMatchObject({ computed: 78, faults: { truncated: 1 }, missing: 1 });
    expect(first.report!.download).toMatchObject({
      requested: 80,
      downloaded: 79,
      failed: { 'not-found': 1 },
    });
    const asked = server!.requests.length;
    const second = await visualFeatures(films, options({ download: download! }));
    expect(server!.requests.length).toBe(asked);
    expect(second.report).toMatchObject({ stored: 78, computed: 0 });
    expect(second.report!.download).toMatchObject({ knownFailures: 2, downloaded: 0 });
    expect([...second.rows]).toEqual([...first.rows]);
  });

  it('come out the same within a budget that holds a fraction of the posters', async () => {
    const download = await serve();
    const whole = await visualFeatures(
      films,
      options({ download: download!, workDir: path.join(dir, 'other') }),
    );
    rmSync(path.join(dir, 'posters'), { recursive: true });
    const budgetBytes = 12 * Math.max(...pictures.map(({ length }) => length));
    const tight = await visualFeatures(films, options({ download: { ...download, budgetBytes } }));
    expect(tight.report).toMatchObject({ computed: 80, missing: 0 });
    expect(tight.report!.download!.overBudget).toEqual([]);
    expect([...tight.rows]).toEqual([...whole.rows]);
  });

  it('are done without where there is no network, and refused where it is another', async () => {
    fillFolder();
    const none = await visualFeatures(films, options({ network: path.join(dir, 'none.onnx') }));
    expect(none.rows.size).toBe(0);
    expect(none.note).toContain('without visual features');
    const { projection } = await visualFeatures(films, options());
    await expect(visualFeatures(films, options({ side: 24, projection: projection! }))).rejects.toMatchObject(
      {
        id: 'visual.mixed',
      },
    );
    await expect(visualFeatures(films, options({ width: 99 }))).rejects.toMatchObject({
      id: 'visual.model-unusable',
    });
  });

  it('stop on demand and keep what is done', async () => {
    fillFolder();
    const stop = new AbortController();
    const onProgress = (done: number) => {
      if (done >= 16) stop.abort(new Error('enough'));
    };
    await expect(visualFeatures(films, options({ signal: stop.signal, onProgress }))).rejects.toThrow(
      'enough',
    );
    const { report } = await visualFeatures(films, options());
    expect(report!.stored).toBeGreaterThanOrEqual(16);
    expect(report!.stored + report!.computed).toBe(80);
  });

  it('raw, at two sizes, for trying them in the fit', async () => {
    fillFolder({ 103: Buffer.from('no') });
    const { fit: _fit, side: _side, ...rest } = options();
    const matrix = await posterMatrix(films.slice(0, 10), [48, 32], rest);
    expect(matrix.ids).toEqual([100, 101, 102, 104, 105, 106, 107, 108, 109]);
    for (const side of [48, 32])
      expect(matrix.features.get(side)!.map(({ length }) => length)).toEqual(Array(9).fill(WIDTH));
    expect(matrix.colours.length).toBe(9);
  });
});

describe('the pool', () => {
  const jobs = () =>
    films.map((film) => ({ poster: film.poster, file: path.join(dir, 'posters', `${film.id}.jpg`) }));
  const setup = () => ({ file: network, side: 32, width: WIDTH, workers: 2 });

  it('replaces a worker that is killed, without losing a poster', async () => {
    fillFolder();
    const quiet = new PosterPool(setup());
    const reference = await quiet.embed(jobs());
    await quiet.close();
    const pool = new PosterPool(setup());
    await pool.embed(jobs().slice(0, 1));
    const work = [jobs().slice(0, 40), jobs().slice(40)].map((part) => pool.embed(part));
    for (const pid of pool.pids) process.kill(pid, 'SIGKILL');
    const outcomes = (await Promise.all(work)).flat();
    expect(pool.crashes).toBe(2);
    expect(outcomes).toEqual(reference);
    await pool.close();
    expect(pool.pids).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'gives up the poster that ends its worker twice, and only that one',
    async () => {
      fillFolder();
      // A pipe that nobody writes to: reading it never ends.
      const trap = path.join(dir, 'posters', '107.jpg');
      rmSync(trap);
      execFileSync('mkfifo', [trap]);
      const pool = new PosterPool({ ...setup(), timeoutMs: 1_500 });
      const outcomes = await pool.embed(jobs().slice(0, 12));
      await pool.close();
      expect(outcomes.map((outcome) => ('fault' in outcome ? outcome.fault : 'fine'))).toEqual(
        Array.from({ length: 12 }, (_, n) => (n === 7 ? 'crashed' : 'fine')),
      );
    },
  );
});

describe('the store', () => {
  const identity = { sha256: 'a'.repeat(64), side: 32, width: WIDTH, scaling: 'symmetric' } as const;
  const embedding = {
    features: Float32Array.from({ length: WIDTH }, (_, i) => i / 7),
    colours: { brightness: 0.5, saturation: 0.25, warmth: -0.5, contrast: 1 },
  };

  it('gives back what it was given, and nothing of another network or size', async () => {
    const store = EmbeddingStore.open(dir, identity);
    store.putAll([['/a.jpg', embedding]]);
    expect(store.get('/a.jpg')).toEqual(embedding);
    expect(store.get('/b.jpg')).toBe(undefined);
    await store.close();
    for (const other of [
      { ...identity, side: 224 },
      { ...identity, sha256: 'b'.repeat(64) },
      { ...identity, scaling: 'imagenet' as const },
    ]) {
      const wrong = EmbeddingStore.open(dir, other);
      expect(wrong.has('/a.jpg')).toBe(false);
      await wrong.close();
    }
  });

  it('starts afresh where its file is damaged', async () => {
    const store = EmbeddingStore.open(dir, identity);
    store.putAll(Array.from({ length: 500 }, (_, n) => [`/${n}.jpg`, embedding] as const));
    await store.close();
    truncateSync(path.join(dir, 'data.mdb'), 40_000);
    const again = EmbeddingStore.open(dir, identity);
    expect(again.has('/1.jpg')).toBe(false);
    again.putAll([['/a.jpg', embedding]]);
    expect(again.get('/a.jpg')).toEqual(embedding);
    await again.close();
    expect(readdirSync(dir).some((name) => name.startsWith('data.mdb.damaged-'))).toBe(true);
  });
});

it('keys posters by path, and films without a usable one by their id', () => {
  expect(posterKey({ id: 7, poster: '/abc.jpg' })).toBe('/abc.jpg');
  expect(posterKey({ id: 7, poster: '../../etc/passwd' })).toBe('#7');
});

describe('kill -9', () => {
  const tsx = ['--import', 'tsx', path.join(import.meta.dirname, 'run-visual.ts')];

  function start(run: VisualOptions, out: string) {
    const child = held(
      spawn(process.execPath, [...tsx, JSON.stringify({ ...run, films }), out], {
        stdio: 'ignore',
      }),
    );
    return { child, ended: new Promise<void>((resolve) => child.once('exit', () => resolve())) };
  }

  /** Worker processes of this test's network that are alive. */
  function workers(): string[] {
    if (!existsSync('/proc')) return [];
    return readdirSync('/proc').filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return /^\d+$/.test(pid) && command.includes('worker.ts') && command.includes(network);
      } catch {
        return false;
      }
    });
  }

  it('at any moment, then run again: the same result, and no process left behind', async () => {
    const broken = {
      [films[3]!.poster]: { kind: 'html' },
      [films[9]!.poster]: { kind: 'status', status: 404 },
    } as const;
    const download = (await serve(broken, 8))!;
    const calm = options({ download, dir: path.join(dir, 'calm'), workDir: path.join(dir, 'calm-work') });
    const calmOut = path.join(dir, 'calm.json');
    await start(calm, calmOut).ended;

    const harried = options({ download, workers: 2 });
    const out = path.join(dir, 'out.json');
    const random = seededRandom(5);
    for (const share of [0.2, 0.6, 1]) {
      const before = server!.requests.length;
      const left = films.filter(
        ({ poster }) => !existsSync(path.join(harried.dir, poster.slice(1, 3), poster.slice(1))),
      );
      const { child, ended } = start(harried, out);
      const goal = before + Math.floor(share * Math.max(1, left.length - 2));
      while (server!.requests.length < goal && child.exitCode === null) await sleep(2);
      await sleep(random() * 60);
      child.kill('SIGKILL');
      await ended;
    }
    await start(harried, out).ended;

    const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
    const { report: _calm, ...reference } = read(calmOut);
    const { report, ...result } = read(out);
    expect(reference.rows.length).toBe(78);
    expect(result).toEqual(reference);
    expect(report.stored + report.computed).toBe(78);
    for (let deferDelay = 0; workers().length > 0 && deferDelay < 100; deferDelay++) await sleep(50);
    expect(workers()).toEqual([]);
  }, 90_000);
});
