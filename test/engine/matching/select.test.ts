import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilmRecord } from '../../../src/engine/catalogue/records.ts';
import { franchiseKeys } from '../../../src/engine/matching/franchise.ts';
import type { Ranked, Ranking } from '../../../src/engine/matching/rank.ts';
import { type SelectionRules, selectFilms } from '../../../src/engine/matching/select.ts';

/** A film of these strongest terms: what the rules look at, and no more. */
interface Made {
  readonly title?: string;
  readonly terms?: string;
  readonly passedOver?: boolean;
  readonly excluded?: boolean;
  readonly notFirst?: boolean;
}

/** Films in the order of their rank; the row is the place. */
function world(films: readonly Made[]) {
  const asked: number[] = [];
  const rank = (wanted: number): Ranking => {
    asked.push(wanted);
    return {
      films: films
        .slice(0, wanted)
        .map((_, row): Ranked => ({ row, logit: -row, pick: 0, relevance: 0, shift: 0 })),
      path: 'index',
      more: wanted < films.length,
    };
  };
  const load = (row: number) => {
    const title =
      films[row]!.title ?? `Title ${'abcdefghijklmnopqrstuvwxyz'[row % 26]}${'xyz'[row % 3]} ${row}q`;
    return {
      id: row,
      title,
      originalTitle: title,
      year: 2000,
      keywords: [],
      language: 'en',
    } as unknown as FilmRecord;
  };
  const rules: SelectionRules = {
    passedOver: (row) => films[row]!.passedOver === true,
    excluded: ({ id }) => films[id]!.excluded === true,
    notFirst: ({ id }) => films[id]!.notFirst === true,
    franchise: franchiseKeys,
    signature: (row) => films[row]!.terms ?? `own ${row}`,
  };
  const rows = (count: number) => selectFilms(count, rank, load, rules).films.map(({ row }) => row);
  return { rows, asked };
}

const plain = (count: number): Made[] => Array.from({ length: count }, () => ({}));

describe('the films of an answer', () => {
  it('are none of those passed over, not even where too few are left', () => {
    const films = plain(6).map((film, at) => (at % 2 === 0 ? { ...film, passedOver: true } : film));
    expect(world(films).rows(5)).toEqual([1, 3, 5]);
  });

  it('are the first in rank where nothing speaks against them', () => {
    expect(world(plain(9)).rows(5)).toEqual([0, 1, 2, 3, 4]);
    expect(world([]).rows(5)).toEqual([]);
  });

  it('are no two of one franchise; a second one only fills an empty place', () => {
    const films = [{ title: 'Toy Story' }, { title: 'Toy Story 2' }, {}, { title: 'Toy Story 3' }, {}];
    expect(world(films).rows(3)).toEqual([0, 2, 4]);
    expect(world(films).rows(5)).toEqual([0, 2, 4, 1, 3]);
  });

  it('are no more than two of the same strongest terms on a page; the third opens the next one', () => {
    const films = [...Array.from({ length: 4 }, () => ({ terms: 'same' })), ...plain(8)];
    expect(world(films).rows(5)).toEqual([0, 1, 4, 5, 6]);
    expect(world(films).rows(10)).toEqual([0, 1, 4, 5, 6, 2, 3, 7, 8, 9]);
    // Where there is nothing else, they stand there all the same.
    expect(world(films.slice(0, 4)).rows(5)).toEqual([0, 1, 2, 3]);
  });

  it('do not begin with one that may not stand first, as long as another can', () => {
    expect(world([{ notFirst: true }, { notFirst: true }, {}, {}]).rows(4)).toEqual([2, 0, 1, 3]);
    expect(world([{ notFirst: true }]).rows(5)).toEqual([0]);
  });

  it('hold the excluded ones last, and only when nothing else is left', () => {
    const films = [{ excluded: true }, {}, { excluded: true }, {}, {}];
    expect(world(films).rows(3)).toEqual([1, 3, 4]);
    expect(world(films).rows(5)).toEqual([1, 3, 4, 0, 2]);
  });

  it('are sought deeper only as far as needed', () => {
    const near = world(plain(3000));
    expect(near.rows(5)).toHaveLength(5);
    expect(near.asked).toEqual([64]);
    const far = world([...Array.from({ length: 300 }, () => ({ excluded: true })), ...plain(10)]);
    expect(far.rows(5)).toEqual([300, 301, 302, 303, 304]);
    expect(far.asked).toEqual([64, 256, 2048]);
  });

  it('of a longer answer begin with those of a shorter one, and none stands there twice', () => {
    const made = fc.record({
      title: fc.constantFrom('Toy Story', 'Toy Story 2', 'Rocky', 'Rocky II', undefined),
      terms: fc.constantFrom('a', 'b', 'c', undefined),
      excluded: fc.boolean(),
      notFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(made, { maxLength: 90 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 30 }),
        (films, short, more) => {
          const { rows } = world(films as Made[]);
          const long = rows(short + more);
          expect(long.slice(0, short)).toEqual(rows(short));
          expect(new Set(long).size).toBe(long.length);
          expect(long.length).toBe(Math.min(short + more, films.length));
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});
