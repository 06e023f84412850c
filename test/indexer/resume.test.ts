import { execFile } from 'node:child_process';
import { cp, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { FILES, type Manifest } from '../../src/engine/catalogue/format.ts';
import { isBuildId } from '../../src/engine/catalogue/place.ts';
import { readManifest } from '../../src/engine/catalogue/verify.ts';
import { Engine } from '../../src/engine/engine.ts';
import { type BuildReport, buildCatalogue } from '../../src/indexer/build.ts';
import { isStorageError } from '../../src/indexer/storage-errors.ts';
import { UserError } from '../../src/shared/errors.ts';
import { silentProgress } from '../../src/shared/progress.ts';
import { seededRandom } from '../../src/shared/random.ts';
import {
  csv,
  filmRow,
  type Inputs,
  placeOf,
  temporaryFolder,
  variedSongs,
  writeInputs,
} from '../support/catalogue.ts';
import { children } from '../support/children.ts';
import { tinyModel } from '../support/tiny.ts';

const held = children();

const made = await tinyModel();

const BUILD = new URL('../../src/indexer/build.ts', import.meta.url).href;
const SEED = 9;
const KILLS = 4;

let inputs: Inputs;
/** An unbroken build. */
let whole: { dir: string; report: BuildReport; milliseconds: number };

async function newOut(): Promise<string> {
  return path.join(await temporaryFolder(), 'catalogue');
}

interface Child {
  readonly signal: string | null;
  readonly code: number | null;
  readonly output: string;
}

/**
 * Builds in a process of its own, which kills itself in `dieAt` (a stage of the progress, when it begins) or is killed
 * after `killAfter` milliseconds of building; `limitKb` is the size of the largest file that it may write.
 */
function buildInChild(
  out: string,
  how: { dieAt?: string; killAfter?: number; limitKb?: number } = {},
): Promise<Child> {
  const code = `
    import { buildCatalogue } from ${JSON.stringify(BUILD)};
    const stage = { update() {}, finish() {} };
    const progress = {
      stage(name) { if (name === ${JSON.stringify(how.dieAt ?? '')}) process.kill(process.pid, 'SIGKILL'); return stage; },
      note(text) { console.log(text); },
      stop() {},
    };
    if (${how.killAfter ?? -1} >= 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${how.killAfter ?? 0});
    try {
      const report = await buildCatalogue({ ...${JSON.stringify({ ...inputs, out, ...made })}, progress });
      console.log(JSON.stringify(report.resumed));
    } catch (error) {
      console.log(error.id, error.message);
      process.exitCode = 3;
    }`;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', code];
  const limit = how.limitKb === undefined ? 'unlimited' : how.limitKb;
  return new Promise((resolve) => {
    // The timer only begins when the imports are done, so that the kill falls into the build.
    const child = held(
      execFile('bash', ['-c', `ulimit -f ${limit}; exec "$@"`, 'bash', ...node], (_, stdout) => {
        resolve({ signal: child.signalCode, code: child.exitCode, output: stdout });
      }),
    );
  });
}

const killed = new Map<string, Promise<string>>();

/** A folder where a build killed itself when a stage began; each stage is built up to once, and copied. */
async function killedAt(dieAt: string): Promise<string> {
  const first =
    killed.get(dieAt) ??
    newOut().then(async (dir) => {
      expect((await buildInChild(dir, { dieAt })).signal).toBe('SIGKILL');
      return dir;
    });
  killed.set(dieAt, first);
  const to = await newOut();
  await cp(await first, to, { recursive: true, preserveTimestamps: true });
  return to;
}

/** What must be the same however often the build was stopped: everything but the time and LMDB's free bytes. */
async function expectSame(dir: string): Promise<void> {
  const strip = ({ builtAt: _b, seal: _s, files, ...rest }: Manifest) => ({
    ...rest,
    names: Object.keys(files),
  });
  const [place, otherPlace] = [await placeOf(dir), await placeOf(whole.dir)];
  const [mine, other] = [await readManifest(place), await readManifest(otherPlace)];
  expect(strip(mine)).toEqual(strip(other));
  for (const name of Object.values(FILES)) {
    if (name === FILES.records) continue;
    expect(
      (await readFile(path.join(place, name))).equals(await readFile(path.join(otherPlace, name))),
      name,
    ).toBe(true);
  }
  expect((await readdir(place)).sort()).toEqual((await readdir(otherPlace)).sort());
  // A build that was killed behind its last step stands beside the next one.
  const others = (await readdir(dir)).filter((name) => !isBuildId(name));
  expect(others.sort()).toEqual(['current', 'rejects.ndjson']);
  expect(await readdir(path.dirname(dir))).toEqual(await readdir(path.dirname(whole.dir)));
}

beforeAll(async () => {
  const films = Array.from({ length: 600 }, (_, n) => filmRow(n + 1, { vote_count: (n * 7) % 90 }));
  inputs = await writeInputs([...films, filmRow(601, { vote_average: 77 })], variedSongs(400));
  const dir = await newOut();
  const started = Date.now();
  const report = await buildCatalogue({ ...inputs, out: dir, ...made });
  whole = { dir, report, milliseconds: Date.now() - started };
});

describe('a build that is killed', () => {
  it.each([
    ['Songs', ['model']],
    ['Films', ['model', 'songs']],
    ['Index', ['model', 'songs', 'films']],
    ['Index (rest)', ['model', 'songs', 'films', 'index']],
  ])('in "%s" goes on behind the stages that were finished', async (dieAt, finished) => {
    const out = await killedAt(dieAt);
    const notes: string[] = [];
    const report = await buildCatalogue({
      ...inputs,
      out,
      ...made,
      progress: { stage: () => ({ update() {}, finish() {} }), note: (text) => notes.push(text), stop() {} },
    });
    expect(report.resumed).toEqual(finished);
    expect(notes.join()).toContain(finished.at(-1));
    expect({ ...report, manifest: 0, build: 0, rejects: 0, resumed: 0, seconds: 0 }).toEqual({
      ...whole.report,
      manifest: 0,
      build: 0,
      rejects: 0,
      resumed: 0,
      seconds: 0,
    });
    expect(await readFile(report.rejects!, 'utf8')).toBe(await readFile(whole.report.rejects!, 'utf8'));
    await expectSame(out);
  });

  it('at any moment, several times over, gives the same catalogue', { timeout: 120_000 }, async () => {
    const out = await newOut();
    const random = seededRandom(SEED);
    for (let i = 0; i < KILLS; i++) await buildInChild(out, { killAfter: random() * whole.milliseconds });
    expect((await buildInChild(out)).code).toBe(0);
    await expectSame(out);
  });

  it('leaves the catalogue that stood there in use, and is not gone on from with other inputs', async () => {
    const out = await newOut();
    await cp(whole.dir, out, { recursive: true });
    const old = await readFile(path.join(out, 'current'), 'utf8');
    await buildInChild(out, { dieAt: 'Index' });
    expect(await readFile(path.join(out, 'current'), 'utf8')).toBe(old);
    await (await Engine.open(out)).close();
    const notes: string[] = [];
    const progress = { ...silentProgress, note: (text: string) => void notes.push(text) };
    const report = await buildCatalogue({ ...inputs, out, ...made, voteFloor: 3, progress });
    expect(report.resumed).toEqual([]);
    expect(notes).toContainEqual(expect.stringMatching(/changed since the build that was stopped/));
    expect(report.manifest.voteFloor).toBe(3);
  });

  it('does a stage again whose file was changed since', async () => {
    const out = await killedAt('Index (rest)');
    await truncate(path.join(out, '.building', FILES.vectors), 100);
    const report = await buildCatalogue({ ...inputs, out, ...made });
    expect(report.resumed).toEqual(['model', 'songs']);
    await expectSame(out);
  });

  it('starts anew when its record of stages is damaged', async () => {
    const out = await killedAt('Index');
    await writeFile(path.join(out, '.building', 'stages.json'), '{"key": "');
    expect((await buildCatalogue({ ...inputs, out, ...made })).resumed).toEqual([]);
  });
});

describe('a build that fails', () => {
  /** The error of a build at a place where a catalogue stands, after checking that it still stands. */
  async function failure(changed: Partial<Inputs>): Promise<UserError> {
    const out = await newOut();
    await cp(whole.dir, out, { recursive: true });
    const old = await readFile(path.join(out, 'current'), 'utf8');
    const error = await buildCatalogue({ ...inputs, ...changed, out, ...made }).catch((e) => e);
    expect(error).toBeInstanceOf(UserError);
    expect(await readFile(path.join(out, 'current'), 'utf8')).toBe(old);
    expect((await readdir(out)).sort()).toEqual((await readdir(whole.dir)).sort());
    return error;
  }

  it('for want of space says so in one sentence, and leaves the old catalogue', async () => {
    const out = await newOut();
    await cp(whole.dir, out, { recursive: true });
    const old = await readFile(path.join(out, 'current'), 'utf8');
    const { size } = await stat(path.join(await placeOf(whole.dir), FILES.vectors));
    const { code, output } = await buildInChild(out, { limitKb: Math.floor(size / 1024 / 2) });
    expect(code).toBe(3);
    expect(output).toMatch(/^index\.out-unwritable The folder .* can't be written\.$/m);
    expect(await readFile(path.join(out, 'current'), 'utf8')).toBe(old);
    expect((await readdir(out)).sort()).toEqual((await readdir(whole.dir)).sort());
  });

  it.each([
    ['a full disk', Object.assign(new Error('write'), { code: 'ENOSPC' }), true],
    ['a full disk, by number', Object.assign(new Error('commit'), { code: 28 }), true],
    ['a full disk, in words', new Error('No space left on device'), true],
    ['a mistake of ours', new TypeError('x is not a function'), false],
    ['a sentence of ours', new UserError('No space left on device', { id: 'x' }), false],
  ])('tells %s', (_, error, expected) => {
    expect(isStorageError(error)).toBe(expected);
  });

  it('for a table that was cut off names the row', async () => {
    const text = csv(Array.from({ length: 40 }, (_, n) => filmRow(n + 1)));
    const inQuote = text.replace('A lonely man', '"A lonely man');
    for (const cut of [text.slice(0, -100), inQuote]) {
      const { movies } = await writeInputs(cut, 'x');
      const error = await failure({ movies });
      expect(error.id).toBe('index.input-broken');
      expect(error.message).toMatch(/row \d+/);
    }
  });

  it('for a table that is missing or no file names it', async () => {
    const folder = await temporaryFolder();
    for (const movies of [path.join(folder, 'none.csv'), folder]) {
      const error = await failure({ movies });
      expect(error.id).toBe('index.input-missing');
      expect(error.message).toContain(movies);
    }
  });
});
