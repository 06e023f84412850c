import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { VISUAL } from '../../src/engine/catalogue/format.ts';
import { packVisual, VisualTable } from '../../src/engine/catalogue/visual.ts';
import { Engine } from '../../src/engine/engine.ts';
import { type BuildOptions, buildCatalogue } from '../../src/indexer/build.ts';
import { writeVisualTable } from '../../src/indexer/posters/table.ts';
import { ensureStarterCatalogue } from '../../src/indexer/starter.ts';
import { CatalogueError, UserError } from '../../src/shared/errors.ts';
import { filmRow, placeOf, songRow, temporaryFolder, writeInputs } from '../support/catalogue.ts';
import { tinyNetwork } from '../support/onnx.ts';
import { tinyModel } from '../support/tiny.ts';

const made = await tinyModel();

/** Films 1…8: like film 1, the less the higher their number; 6 has too few votes, 7 is unfit, 8 has no poster. */
const FILMS = [1, 2, 3, 4, 5, 6, 7, 8].map((id) =>
  filmRow(id, { vote_count: id === 6 ? 3 : 100 + id, keywords: id === 7 ? 'hentai' : 'friendship' }),
);
const angle = (degrees: number) =>
  Float32Array.from([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180), 0]);
const COLOURS = { brightness: 0.5, saturation: 0.5, warmth: 0, contrast: 0.5 };

async function visualTable(vectors: ReadonlyMap<number, Float32Array>): Promise<string> {
  const file = path.join(await temporaryFolder(), 'visual.json');
  await writeVisualTable(file, {
    provenance: {
      note: 'made up',
      network: { sha256: '', side: 224, width: 1280, scaling: 'symmetric' },
      projection: { dims: 3, whiten: false, posters: 2, sha256: '' },
      made: '2026-01-01',
      films: vectors.size,
      of: FILMS.length,
    },
    rows: new Map([...vectors].map(([id, vector]) => [id, { vector, colours: COLOURS }])),
  });
  return file;
}

async function build(posters?: BuildOptions['posters']) {
  const inputs = await writeInputs(FILMS, [songRow(1)]);
  const out = path.join(await temporaryFolder(), 'catalogue');
  const report = await buildCatalogue({ ...inputs, out, ...made, ...(posters && { posters }) });
  return { out, report };
}

const LIKE_ONE = new Map([1, 2, 3, 4, 5, 6, 7].map((id) => [id, angle(10 * (id - 1))]));

describe('the table of what posters look like', () => {
  it('finds the nearest by cosine whatever the length, and never the film itself', () => {
    const rows = [angle(0), angle(40), null, angle(-20).map((x) => x * 900), angle(180), angle(0)];
    const table = new VisualTable(packVisual(rows, 3), rows.length, 3);
    expect(table.nearest(0, rows.length, 10)).toEqual([5, 3, 1, 4]);
    expect(table.nearest(0, rows.length, 2)).toEqual([5, 3]);
    expect(table.nearest(0, 4, 10)).toEqual([3, 1]);
    expect(table.nearest(2, rows.length, 10)).toEqual([]);
    expect([0, -1, Number.NaN].map((limit) => table.nearest(0, rows.length, limit))).toEqual([[], [], []]);
  });

  it('keeps the first of equals, and takes no row without a direction', () => {
    const rows = [
      angle(0),
      angle(30),
      angle(-30),
      Float32Array.from([0, 0, 0]),
      Float32Array.from([Number.NaN, 0, 1]),
    ];
    const table = new VisualTable(packVisual(rows, 3), rows.length, 3);
    expect(table.nearest(0, rows.length, 10)).toEqual([1, 2]);
    expect([3, 4].map((row) => table.has(row))).toEqual([false, false]);
  });
});

describe('a catalogue with visual features', () => {
  it('names the films that look alike, without unfit and hardly known ones', async () => {
    const { out, report } = await build({ table: await visualTable(LIKE_ONE) });
    expect(report.visual).toEqual({ films: 7, dims: 3, note: null });
    const engine = await Engine.open(out);
    try {
      const like = (id: number, limit?: number) => engine.looksLike(id, limit).map((film) => film.id);
      expect(like(1)).toEqual([2, 3, 4, 5]);
      expect(like(5, 2)).toEqual([4, 3]);
      // What is not offered may still be asked about.
      expect(like(7, 1)).toEqual([5]);
      expect(like(8)).toEqual([]);
      expect(like(999)).toEqual([]);
    } finally {
      await engine.close();
    }
  });

  it('vouches for them: changed bytes are noticed', async () => {
    const { out } = await build({ table: await visualTable(LIKE_ONE) });
    const file = path.join(await placeOf(out), VISUAL);
    const bytes = await readFile(file);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(file, bytes);
    await expect(Engine.open(out)).rejects.toThrow(CatalogueError);
    await rm(file);
    await expect(Engine.open(out)).rejects.toThrow(/films\.visual is missing/);
  });

  it('the starter catalogue is one', async () => {
    const out = path.join(await temporaryFolder(), 'catalogue');
    await ensureStarterCatalogue(out);
    const engine = await Engine.open(out);
    try {
      const film = engine.findFilms('The Matrix')[0]!;
      expect(engine.looksLike(film.id).length).toBe(4);
    } finally {
      await engine.close();
    }
  });
});

describe('posters', () => {
  it('without a network are not looked at, and it is said', async () => {
    const dir = await temporaryFolder();
    const { out, report } = await build({
      dir,
      network: path.join(dir, 'none.onnx'),
      side: 224,
      workDir: await temporaryFolder(),
    });
    expect(report.visual!.films).toBe(0);
    expect(report.visual!.note).toMatch(/go without visual features/);
    expect(Object.keys(report.manifest.files)).not.toContain(VISUAL);
    const engine = await Engine.open(out);
    expect(engine.looksLike(1)).toEqual([]);
    await engine.close();
  });

  it('in a folder that is not there end the build before it begins', async () => {
    const source = { dir: '/nowhere/posters', network: 'x', side: 224, workDir: await temporaryFolder() };
    await expect(build(source)).rejects.toThrow(UserError);
  });

  it('are looked at: a red one is next to the other red one', async () => {
    const dir = await temporaryFolder();
    const network = path.join(dir, 'tiny.onnx');
    await writeFile(network, tinyNetwork({ width: 1280 }));
    const paint = async (id: number, r: number, g: number, b: number) =>
      sharp({ create: { width: 40, height: 60, channels: 3, background: { r, g, b } } })
        .jpeg()
        .toFile(path.join(dir, `${id}.jpg`));
    await paint(1, 250, 10, 10);
    await paint(2, 10, 10, 250);
    await paint(3, 240, 20, 15);
    await paint(4, 10, 240, 20);
    const { out, report } = await build({ dir, network, side: 32, workDir: await temporaryFolder() });
    expect(report.visual).toMatchObject({ films: 4, note: null });
    const engine = await Engine.open(out);
    expect(engine.looksLike(1, 1).map((film) => film.id)).toEqual([3]);
    await engine.close();
  });
});
