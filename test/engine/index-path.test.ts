import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { candidates } from '../../src/engine/matching/candidates.ts';
import { compileFilters, type RowFilter } from '../../src/engine/matching/filters.ts';
import { songQuery } from '../../src/engine/matching/query.ts';
import type { Filters } from '../../src/engine/types.ts';
import { syntheticCatalogue } from './support/synthetic.ts';

/** More rows than are scanned at once, so that the index has to answer. */
describe('the index beside an exact scan', () => {
  let engine: Engine;
  let ids: string[];
  beforeAll(async () => {
    engine = await Engine.open(await syntheticCatalogue());
    ids = [...engine.catalogue.records.songs.getKeys()] as string[];
  });
  afterAll(() => engine.close());

  function query(id: string, mainstream = 0.5): Float32Array {
    return engine.catalogue.model.query(
      songQuery(engine.catalogue, [engine.song(id)!]).placed.vector,
      mainstream,
    );
  }

  /** The best rows by every row's cosine. */
  function exact(
    vector: Float32Array,
    filter: RowFilter,
    count: number,
  ): { rows: number[]; cosines: number[] } {
    const { vectors } = engine.catalogue;
    const scored: [number, number][] = [];
    for (let row = filter.from; row < filter.to; row++) {
      if (!filter.test(row)) continue;
      let sum = 0;
      for (let d = 0; d < vector.length; d++) sum += vector[d]! * vectors[row * vector.length + d]!;
      scored.push([row, sum]);
    }
    scored.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const best = scored.slice(0, count);
    return { rows: best.map(([row]) => row), cosines: best.map(([, cosine]) => cosine) };
  }

  const compile = (filters: Filters) =>
    compileFilters(filters, engine.catalogue.columns, engine.catalogue.manifest);

  it('finds nearly every film that a scan finds', () => {
    const filter = compile({ minVotes: 0 });
    let hits = 0;
    for (const id of ids) {
      const vector = query(id);
      const found = candidates(engine.catalogue, vector, filter, 20);
      expect(found.path).toBe('index');
      const best = new Set(exact(vector, filter, 20).rows);
      hits += found.rows.filter((row) => best.has(row)).length;
    }
    expect(hits / (20 * ids.length)).toBeGreaterThan(0.98);
  });

  it('ranks in the same order as exact cosines, but for the rounding of the index', () => {
    const { vectors } = engine.catalogue;
    for (const id of ids.slice(0, 50)) {
      const vector = query(id);
      const { rows } = candidates(engine.catalogue, vector, compile({ minVotes: 0 }), 20);
      const cosines = rows.map((row) =>
        vector.reduce((sum, value, d) => sum + value * vectors[row * vector.length + d]!, 0),
      );
      for (const [i, cosine] of cosines.entries())
        if (i > 0) expect(cosines[i - 1]! - cosine).toBeGreaterThan(-2e-3);
    }
  });

  it('holds only films that pass, and falls back on the scan where too few of the nearest do', () => {
    const paths = new Set<string>();
    for (const filters of [
      { minVotes: 0, minRating: 3 },
      { minVotes: 0, notGenres: ['Drama'] },
      { minVotes: 0, genres: ['Western'] },
      { minVotes: 0, languages: ['ja'], years: [1950, 1970] },
      { minVotes: 0, minRating: 9.9 },
    ] as Filters[]) {
      const filter = compile(filters);
      for (const id of ids.slice(0, 30)) {
        const vector = query(id);
        const found = candidates(engine.catalogue, vector, filter, 20);
        paths.add(found.path);
        expect(found.rows.every((row) => filter.test(row))).toBe(true);
        const best = exact(vector, filter, 20);
        expect(found.rows.length).toBe(best.rows.length);
        if (found.path === 'scan') expect(found.rows).toEqual(best.rows);
      }
    }
    expect([...paths].sort()).toEqual(['index', 'scan']);
  });

  it('cuts the rows at a vote floor without losing one', () => {
    const { votes } = engine.catalogue.columns;
    const { indexed } = engine.catalogue.manifest.counts;
    for (const minVotes of [20, 21, 100, 1000, 5000, 19_999, 1e9]) {
      const filter = compile({ minVotes });
      const passing = Array.from({ length: indexed }, (_, row) => row).filter(
        (row) => votes[row]! >= minVotes,
      );
      expect(filter.to - filter.from).toBe(passing.length);
      expect(passing.every((row) => filter.test(row))).toBe(true);
    }
  });

  it('gives as many as there are, however many are wanted', () => {
    const filter = compile({ languages: ['et'] });
    expect(candidates(engine.catalogue, query(ids[0]!), filter, Number.POSITIVE_INFINITY)).toMatchObject({
      rows: { length: 5 },
      more: false,
    });
    expect(candidates(engine.catalogue, query(ids[0]!), filter, 4)).toMatchObject({
      rows: { length: 4 },
      more: true,
    });
  });
});
