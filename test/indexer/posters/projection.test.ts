import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dot } from '../../../src/engine/model/numbers.ts';
import { NeighbourTable, nearestFilms } from '../../../src/indexer/posters/neighbours.ts';
import {
  applyProjection,
  fitProjection,
  loadProjection,
  saveProjection,
} from '../../../src/indexer/posters/projection.ts';
import { readVisualTable, writeVisualTable } from '../../../src/indexer/posters/table.ts';
import { seededRandom } from '../../../src/shared/random.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'm2m-projection-'));
afterAll(() => rmSync(dir, { recursive: true }));

const WIDTH = 40;
const network = { sha256: 'f'.repeat(64), side: 224, width: WIDTH, scaling: 'symmetric' } as const;

/** Rows that vary along three hidden directions, strongly, less and little, around a common mean. */
function hiddenRows(count: number, seed = 1): Float32Array[] {
  const random = seededRandom(seed);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const directions = Array.from({ length: 3 }, () => Array.from({ length: WIDTH }, gauss));
  return Array.from({ length: count }, () => {
    const strengths = [3 * gauss(), 1.5 * gauss(), 0.5 * gauss()];
    return Float32Array.from(
      { length: WIDTH },
      (_, j) => 30 + directions.reduce((sum, d, k) => sum + strengths[k]! * d[j]!, 0) + 0.01 * gauss(),
    );
  });
}

describe('the projection', () => {
  const rows = hiddenRows(300);

  it('finds the directions in which the features vary, strongest first', () => {
    const { explained, components, dims } = fitProjection(rows, network, { dims: 5 });
    expect([...explained]).toEqual([...explained].sort((a, b) => b - a));
    expect(explained[0]! + explained[1]! + explained[2]!).toBeGreaterThan(0.99);
    for (let a = 0; a < dims; a++)
      for (let b = 0; b <= a; b++) {
        const [u, v] = [a, b].map((d) => components.subarray(d * WIDTH, (d + 1) * WIDTH));
        expect(dot(u!, v!)).toBeCloseTo(a === b ? 1 : 0, 4);
      }
  });

  it('gives uncorrelated numbers of mean 0, of variance 1 when whitened', () => {
    const projection = fitProjection(rows, network, { dims: 3, whiten: true });
    const projected = rows.map((row) => applyProjection(projection, row));
    for (let a = 0; a < 3; a++) {
      expect(projected.reduce((sum, v) => sum + v[a]!, 0) / rows.length).toBeCloseTo(0, 3);
      for (let b = 0; b <= a; b++) {
        const moment = projected.reduce((sum, v) => sum + v[a]! * v[b]!, 0) / (rows.length - 1);
        expect(moment).toBeCloseTo(a === b ? 1 : 0, 2);
      }
    }
    const plain = fitProjection(rows, network, { dims: 3, whiten: false });
    expect([...plain.scale]).toEqual([1, 1, 1]);
  });

  it('is the same for the same rows, and does not care how bright a poster is', () => {
    const once = fitProjection(rows, network, { dims: 4 });
    expect(fitProjection(rows, network, { dims: 4 })).toEqual(once);
    const [first] = rows;
    const brighter = applyProjection(
      once,
      first!.map((x) => 2 * x),
    );
    for (const [d, value] of applyProjection(once, first!).entries())
      expect(brighter[d]).toBeCloseTo(value, 3);
  });

  it('stays finite where there are fewer rows or directions than dimensions', () => {
    const few = fitProjection(rows.slice(0, 3), network, { dims: 8 });
    for (const row of rows.slice(0, 10)) expect(applyProjection(few, row).every(Number.isFinite)).toBe(true);
    expect(() => fitProjection(rows.slice(0, 1), network)).toThrow(RangeError);
    expect(() => applyProjection(few, new Float32Array(3))).toThrow(RangeError);
  });

  it('is read as it was written, and refused when damaged', async () => {
    const projection = fitProjection(rows, network, { dims: 4 });
    expect(await loadProjection(dir)).toBe(null);
    await saveProjection(dir, projection);
    expect(await loadProjection(dir)).toEqual(projection);
    const file = path.join(dir, 'visual.bin');
    const bytes = readFileSync(file);
    for (const damage of [bytes.subarray(0, 50), Buffer.from(bytes).fill(1, 100, 104), Buffer.alloc(0)]) {
      writeFileSync(file, damage);
      await expect(loadProjection(dir)).rejects.toMatchObject({ id: 'visual.damaged', exitCode: 4 });
    }
    writeFileSync(path.join(dir, 'visual.json'), '{"format":2}');
    await expect(loadProjection(dir)).rejects.toMatchObject({ id: 'visual.damaged' });
  });
});

describe('a table of visual features', () => {
  const file = path.join(dir, 'table.json');
  const provenance = {
    note: 'made up',
    network,
    projection: { dims: 3, whiten: false, posters: 2, sha256: 'e'.repeat(64) },
    made: '2026-11-23',
    films: 2,
    of: 5,
  };
  const rows = new Map(
    [11, 7].map((id) => [
      id,
      {
        vector: Float32Array.from([0.5, -0.25, id / 100]),
        colours: { brightness: 0.3, saturation: 1, warmth: -0.6, contrast: 0 },
      },
    ]),
  );

  it('is read as it was written, to a 127th', async () => {
    expect(await readVisualTable(file)).toBe(null);
    await writeVisualTable(file, { provenance, rows });
    const table = await readVisualTable(file);
    expect(table!.provenance).toEqual(provenance);
    expect([...table!.rows.keys()]).toEqual([7, 11]);
    for (const [id, { vector, colours }] of rows) {
      const read = table!.rows.get(id)!;
      for (const [d, value] of vector.entries())
        expect(Math.abs(read.vector[d]! - value)).toBeLessThan(0.5 / 127);
      expect(Math.abs(read.colours.warmth - colours.warmth)).toBeLessThan(0.5 / 127);
    }
  });

  it('is refused when damaged', async () => {
    const text = readFileSync(file, 'utf8');
    for (const damage of [text.slice(0, 300), text.replace('"7": "', '"7": "AAAA'), '{}']) {
      writeFileSync(file, damage);
      await expect(readVisualTable(file)).rejects.toMatchObject({ id: 'visual.damaged' });
    }
  });

  it('stands in the starter catalogue, made with the projection that stands with the model', async () => {
    const data = path.resolve(import.meta.dirname, '../../../data');
    const table = (await readVisualTable(path.join(data, 'starter/visual.json')))!;
    const weights = readFileSync(path.join(data, 'model/visual.bin'));
    expect(createHash('sha256').update(weights).digest('hex')).toBe(table.provenance.projection.sha256);
    const projection = (await loadProjection(path.join(data, 'model')))!;
    expect(table.provenance.network).toEqual(projection.network);
    expect(table.rows.size).toBe(table.provenance.films);
    expect(table.rows.size).toBeGreaterThan(500);
    const alike = nearestFilms(new Map([...table.rows].map(([id, { vector }]) => [id, vector])), 5);
    for (const id of table.rows.keys()) expect(alike.of(id).length).toBe(5);
  });
});

describe('films that look alike', () => {
  const random = seededRandom(3);
  const vectors = new Map(
    Array.from(
      { length: 400 },
      (_, n) => [n + 1, Float32Array.from({ length: 6 }, () => random() - 0.5)] as const,
    ),
  );
  const cosine = (a: Float32Array, b: Float32Array) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

  it('are the nearest by cosine, nearest first, never the film itself', () => {
    const table = nearestFilms(vectors, 5);
    for (const [id, vector] of vectors) {
      const sorted = [...vectors]
        .filter(([other]) => other !== id)
        .map(([other, v]) => [cosine(vector, v), other] as const);
      sorted.sort((a, b) => b[0] - a[0]);
      expect(table.of(id)).toEqual(sorted.slice(0, 5).map(([, other]) => other));
    }
  });

  it('are found through an index too, the same in every build', () => {
    const exact = nearestFilms(vectors, 5, true);
    const indexed = nearestFilms(vectors, 5, false);
    let shared = 0;
    for (const id of vectors.keys())
      shared += indexed.of(id).filter((other) => exact.of(id).includes(other)).length;
    expect(shared / (5 * vectors.size)).toBeGreaterThan(0.97);
    expect(nearestFilms(vectors, 5, false).places).toEqual(indexed.places);
  });

  it('are fewer where there are fewer, and none for a film without features', () => {
    const few = nearestFilms(
      new Map([
        [1, Float32Array.from([1, 0])],
        [2, Float32Array.from([1, 0.1])],
        [3, Float32Array.from([0, 0])],
        [4, Float32Array.from([Number.NaN, 1])],
      ]),
      3,
    );
    expect(few.of(1)).toEqual([2]);
    expect(few.of(3)).toEqual([]);
    expect(few.of(99)).toEqual([]);
    expect(nearestFilms(new Map(), 3)).toBeInstanceOf(NeighbourTable);
    expect(() => nearestFilms(vectors, 0)).toThrow(RangeError);
  });
});
