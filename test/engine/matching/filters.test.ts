import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import type { Film, Filters } from '../../../src/engine/types.ts';
import { starterCatalogue } from '../../support/catalogue.ts';
import { filmsOf, passes } from '../support/oracle.ts';
import { RARE, syntheticCatalogue } from '../support/synthetic.ts';

const CATALOGUES = { starter: starterCatalogue, synthetic: syntheticCatalogue } as const;

describe.each(['starter', 'synthetic'] as const)('filters on the %s catalogue', (name) => {
  let engine: Engine;
  let films: Film[];
  let ids: string[];
  let floor: number;

  beforeAll(async () => {
    engine = await Engine.open(await CATALOGUES[name]());
    films = filmsOf(engine);
    ids = [...engine.catalogue.records.songs.getKeys()];
    floor = engine.catalogue.manifest.voteFloor;
  });
  afterAll(() => engine.close());

  const range = (low: number, high: number) =>
    fc
      .tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high }))
      .map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]));
  /** Each filter is there half the time, so that loose and impossible ones both come up. */
  const anyFilters = (): fc.Arbitrary<Filters> => {
    const { genres, languages } = engine.facets;
    return fc.record(
      {
        genres: fc.subarray([...genres], { minLength: 1, maxLength: 4 }),
        notGenres: fc.subarray([...genres], { maxLength: 6 }),
        languages: fc.subarray([...languages], { minLength: 1, maxLength: 5 }),
        years: range(1920, 2026),
        runtime: range(0, 240),
        minRating: fc.integer({ min: 0, max: 90 }).map((x) => x / 10),
        minVotes: fc.constantFrom(0, 1, 20, 21, 100, 1000, 20_000),
        unfit: fc.boolean(),
      },
      { requiredKeys: [] },
    );
  };

  it('five films whenever five pass, every one of them passing', () => {
    const song = fc.nat().map((n) => ids[n % ids.length]!);
    fc.assert(
      fc.property(song, anyFilters(), fc.constantFrom(0, 0.5, 1), (id, filters, mainstream) => {
        const { matches, more } = engine.moviesFor(id, { filters, mainstream });
        const passing = films.filter((film) => passes(film, filters, floor));
        expect(matches.length).toBe(Math.min(5, passing.length));
        expect(more).toBe(passing.length > 5);
        for (const { film } of matches)
          expect([film.title, passes(film, filters, floor)]).toEqual([film.title, true]);
        expect(new Set(matches.map(({ film }) => film.id)).size).toBe(matches.length);
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  it('every film that passes, where few do', () => {
    const years: [number, number] = [1925, 1931];
    const filters: Filters = { years, minVotes: 0, genres: ['Drama'] };
    const passing = films.filter((film) => passes(film, filters, floor)).map((film) => film.id);
    expect(passing.length).toBeGreaterThan(0);
    expect(passing.length).toBeLessThan(50);
    const { matches, more } = engine.moviesFor(ids[0]!, { filters, limit: 50 });
    expect(matches.map(({ film }) => film.id).sort((a, b) => a - b)).toEqual(passing.sort((a, b) => a - b));
    expect(more).toBe(false);
  });

  it('take genres and languages in any case', () => {
    const [genre] = engine.facets.genres;
    const { matches } = engine.moviesFor(ids[1]!, {
      filters: { genres: [genre!.toUpperCase()], languages: ['EN'] },
    });
    expect(matches.length).toBe(5);
    for (const { film } of matches)
      expect(film).toMatchObject({ language: 'en', genres: expect.arrayContaining([genre]) });
  });

  it('take empty lists for no filter', () => {
    const plain = engine.moviesFor(ids[2]!).matches.map(({ film }) => film.id);
    const { matches } = engine.moviesFor(ids[2]!, { filters: { genres: [], notGenres: [], languages: [] } });
    expect(matches.map(({ film }) => film.id)).toEqual(plain);
  });

  it.each([
    ['filter.genre', { genres: ['Polka'] }],
    ['filter.genre', { notGenres: ['Polka'] }],
    ['filter.genre', { genres: ['x'.repeat(1_000_000)] }],
    ['filter.language', { languages: ['qq'] }],
    ['filter.range', { years: [2000, 1990] }],
    ['filter.range', { years: [Number.NaN, 2000] }],
    ['filter.range', { runtime: [-5, 100] }],
    ['filter.range', { minRating: 11 }],
    ['filter.range', { minRating: Number.NaN }],
    ['filter.range', { minVotes: -1 }],
    ['filter.range', { minVotes: Number.NaN }],
  ] as [string, Filters][])('say %s for an impossible filter: %#', (id, filters) => {
    expect(() => engine.moviesFor(ids[0]!, { filters })).toThrow(
      expect.objectContaining({ name: 'UserError', id, exitCode: 2 }),
    );
    try {
      engine.moviesFor(ids[0]!, { filters });
    } catch (error) {
      expect((error as Error).message.length).toBeLessThan(120);
    }
  });
});

describe('languages with five to seven films', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open(await syntheticCatalogue());
  });
  afterAll(() => engine.close());

  it.each(RARE.map((language, i) => [language, [6, 5, 7][i]!] as const))(
    '%s: all of %d in five and the rest',
    (language, count) => {
      const filters: Filters = { languages: [language] };
      const found = new Set<number>();
      for (let n = 0; n < 20; n++) {
        const id = `T${String(n).padStart(21, '0')}`;
        const first = engine.moviesFor(id, { filters });
        const rest = engine.moviesFor(id, { filters, offset: 5 });
        expect([first.matches.length, rest.matches.length]).toEqual([5, count - 5]);
        expect([first.more, rest.more]).toEqual([count > 5, false]);
        for (const { film } of [...first.matches, ...rest.matches]) found.add(film.id);
      }
      expect(found.size).toBe(count);
    },
  );
});
