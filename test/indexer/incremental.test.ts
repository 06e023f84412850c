import { cp, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '../../src/engine/catalogue/columns.ts';
import { FILES, MANIFEST, type Manifest, ROW_HASHES, sealOf } from '../../src/engine/catalogue/format.ts';
import { Engine } from '../../src/engine/engine.ts';
import { type BuildReport, buildCatalogue } from '../../src/indexer/build.ts';
import { describeFiles } from '../../src/indexer/publish.ts';
import {
  filmRow,
  type Inputs,
  placeOf,
  type Row,
  temporaryFolder,
  variedSongs,
  writeInputs,
} from '../support/catalogue.ts';
import { type TinyWorld, tinyFeelLines, tinyWorld, writeFeel } from '../support/tiny.ts';

const FILMS = 400;
const day = (n: number, changes: Row = {}) =>
  filmRow(n, {
    overview: `A detective in town ${n} hunts a murderer and finds love, war and friendship.`,
    ...changes,
  });
const before: Row[] = Array.from({ length: FILMS }, (_, n) => day(n + 1));
/** The next day: one film gone, four changed, one new, and all in another order. */
const after: Row[] = [
  day(900, { title: 'New' }),
  ...before
    .slice(1)
    .map((row) => {
      if (row.id === 10) return day(10, { overview: 'A happy family dances all summer.' });
      if (row.id === 20) return day(20, { vote_count: 12_345 });
      if (row.id === 30) return day(30, { keywords: 'murder, dance' });
      if (row.id === 40) return day(40, { status: 'Planned' });
      return row.id === 50 ? day(50, { release_date: '1850-01-01' }) : row;
    })
    .reverse(),
];
/** 400 − 1 gone − 5 touched, of which one no longer counts. */
const UNCHANGED = 394;

let world: TinyWorld;
let yesterday: string;
let today: Inputs;
let full: { dir: string; report: BuildReport };

const build = (inputs: Inputs, out: string, notes: string[] = [], feel = world.noFeel) =>
  buildCatalogue({
    ...inputs,
    out,
    model: world.model,
    feel,
    progress: { stage: () => ({ update() {}, finish() {} }), note: (text) => notes.push(text), stop() {} },
  });
const newOut = async () => path.join(await temporaryFolder(), 'catalogue');

async function copyOfYesterday(): Promise<string> {
  const out = await newOut();
  await cp(yesterday, out, { recursive: true });
  return out;
}

beforeAll(async () => {
  world = await tinyWorld();
  yesterday = await newOut();
  await build(await writeInputs(before, variedSongs(20)), yesterday);
  today = await writeInputs(after, variedSongs(20));
  const dir = await newOut();
  full = { dir, report: await build(today, dir) };
});

async function expectAsFull(out: string, report: BuildReport): Promise<void> {
  expect(report.manifest.entries).toBe(full.report.manifest.entries);
  expect(report.films).toEqual(full.report.films);
  const [place, other] = [await placeOf(out), await placeOf(full.dir)];
  for (const name of [...Object.values(FILES), ROW_HASHES]) {
    if (name === FILES.records) continue;
    expect(
      (await readFile(path.join(place, name))).equals(await readFile(path.join(other, name))),
      name,
    ).toBe(true);
  }
}

describe('a build over an earlier catalogue', () => {
  it('takes over what it knows of unchanged films, and gives the bytes of a full build', async () => {
    expect(full.report.unchanged).toBe(0);
    const out = await copyOfYesterday();
    const notes: string[] = [];
    const report = await build(today, out, notes);
    expect(report.unchanged).toBe(UNCHANGED);
    expect(notes).toContain('5 of 399 films are new or changed since the last build.');
    await expectAsFull(out, report);
  });

  it('takes what is stored: a changed vector of the old catalogue would show', async () => {
    const out = await copyOfYesterday();
    await change(out, async (manifest, place) => {
      const file = path.join(place, FILES.vectors);
      const bytes = await readFile(file);
      // Film 101, whose row is the same on both days.
      bytes.writeFloatLE(0.123, 100 * manifest.dimensions * 4);
      await writeFile(file, bytes);
      return { ...manifest, files: { ...manifest.files, ...(await describeFiles(place, [FILES.vectors])) } };
    });
    const report = await build(today, out);
    expect(report.unchanged).toBe(UNCHANGED);
    const vectors = await readFile(path.join(await placeOf(out), FILES.vectors));
    expect(vectors.equals(await readFile(path.join(await placeOf(full.dir), FILES.vectors)))).toBe(false);
  });

  it('takes profiles, too: a changed one of the old catalogue would show', async () => {
    const out = await copyOfYesterday();
    await change(out, async (manifest, place) => {
      const file = path.join(place, FILES.feel);
      const bytes = await readFile(file);
      bytes[100 * manifest.feelBytes] = 77;
      await writeFile(file, bytes);
      return { ...manifest, files: { ...manifest.files, ...(await describeFiles(place, [FILES.feel])) } };
    });
    const report = await build(today, out);
    expect(report.unchanged).toBe(UNCHANGED);
    const engine = await Engine.open(out);
    const row = rowOf(engine.catalogue.columns, 101);
    expect(engine.catalogue.filmFeel(row).terms[0]).toBeCloseTo(77 / 200, 6);
    await engine.close();
  });

  it('takes nothing once anything else is described', async () => {
    const out = await copyOfYesterday();
    const lines = tinyFeelLines();
    const feel = await writeFeel(await temporaryFolder(), {
      ...lines,
      'films.tsv': [[101, 'Film 101', 1999, 3, 'gothic:3', '']],
    });
    expect((await build(today, out, [], feel)).unchanged).toBe(0);
    const engine = await Engine.open(out);
    expect(engine.filmProfile(101)).toMatchObject({ basis: 'described' });
    expect(engine.filmProfile(101)!.terms.gothic).toBeGreaterThan(0.8);
    expect(engine.filmProfile(102)).toMatchObject({ basis: 'predicted' });
    await engine.close();
  });

  it('takes nothing from a damaged one, or from another program', async () => {
    const damaged = await copyOfYesterday();
    await truncate(path.join(await placeOf(damaged), FILES.feel), 50);
    const foreign = await copyOfYesterday();
    await change(foreign, async (manifest) => ({ ...manifest, program: 'f'.repeat(64) }));
    for (const [out, why] of [
      [damaged, 'is damaged'],
      [foreign, 'was built by another version of the program'],
    ] as const) {
      const notes: string[] = [];
      const report = await build(today, out, notes);
      expect(report.unchanged).toBe(0);
      expect(report.anew).toBe(why);
      expect(notes).toContain(`The catalogue in use ${why}: every film is worked out anew.`);
      await expectAsFull(out, report);
    }
  });
});

/** Changes a manifest and seals it anew. */
async function change(
  out: string,
  edit: (manifest: Manifest, place: string) => Promise<Manifest>,
): Promise<void> {
  const place = await placeOf(out);
  const file = path.join(place, MANIFEST);
  const manifest = await edit(JSON.parse(await readFile(file, 'utf8')), place);
  await writeFile(file, JSON.stringify({ ...manifest, seal: sealOf(manifest) }));
}
