import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { compileFilters } from '../../../src/engine/matching/filters.ts';
import type { Filters } from '../../../src/engine/types.ts';
import { passes } from '../support/oracle.ts';
import { syntheticCatalogue } from '../support/synthetic.ts';

describe('the list of rows that pass', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open(await syntheticCatalogue());
  });
  afterAll(() => engine.close());

  it('holds every film that passes, and the test of a single row agrees', () => {
    const { columns, manifest, records } = engine.catalogue;
    const films = Array.from(columns.ids, (id) => records.films.get(id)!);
    const { genres, languages } = engine.facets;
    const range = (low: number, high: number) =>
      fc
        .tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high }))
        .map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]));
    const anyFilters: fc.Arbitrary<Filters> = fc.record(
      {
        genres: fc.subarray([...genres], { minLength: 1, maxLength: 4 }),
        notGenres: fc.subarray([...genres], { maxLength: 4 }),
        languages: fc.subarray([...languages], { minLength: 1, maxLength: 5 }),
        years: range(1920, 2026),
        runtime: range(0, 240),
        minRating: fc.integer({ min: 0, max: 90 }).map((x) => x / 10),
        minVotes: fc.constantFrom(0, 1, 20, 21, 1000),
        unfit: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    // One room for all, as the engine has.
    const room = new Uint32Array(columns.count);
    fc.assert(
      fc.property(anyFilters, (filters) => {
        const filter = compileFilters(filters, columns, manifest);
        const listed = [...room.subarray(0, filter.list(room))];
        const expected = films.flatMap((film, row) =>
          passes(film, filters, manifest.voteFloor) ? [row] : [],
        );
        expect(listed).toEqual(expected);
        const tested = films.flatMap((_, row) =>
          row >= filter.from && row < filter.to && filter.test(row) ? [row] : [],
        );
        expect(tested).toEqual(expected);
      }),
      { numRuns: 200, seed: 12 },
    );
  });
});
