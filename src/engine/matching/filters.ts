/** Filters as a test on a row's columns. */

import { UserError } from '../../shared/errors.ts';
import type { FilmColumns } from '../catalogue/columns.ts';
import { FLAG_UNFIT, UNKNOWN } from '../catalogue/columns.ts';
import type { Manifest } from '../catalogue/format.ts';
import type { Filters } from '../types.ts';
import {
  genresAmong,
  languageAmong,
  numberWithin,
  type Pass,
  ratingFrom,
  votesFrom,
  withoutFlags,
} from './column-filters.ts';

export interface RowFilter {
  /** Whether a row of [from, to) passes. */
  test(row: number): boolean;
  /** Writes every row that passes, in ascending order, to the beginning of `rows`, which must hold `to`. Returns how many. */
  list(rows: Uint32Array): number;
  /** Rows that may pass lie in [from, to). */
  readonly from: number;
  readonly to: number;
  /** Whether only rows of the main index can pass. */
  readonly mainOnly: boolean;
  /** Whether some of the rows searched may not pass. */
  readonly narrow: boolean;
}

function checkRange(
  name: string,
  range: readonly [number, number] | undefined,
  low: number,
  high: number,
): void {
  if (!range) return;
  const [from, to] = range;
  if (!(from >= low && to <= high && from <= to)) {
    throw new UserError(`The ${name} range ${from}–${to} is not possible.`, {
      id: 'filter.range',
      hint: `Give the smaller number first, both from ${low} to ${high}.`,
    });
  }
}

/** Bits of the genres asked for; a name that no film has can match nothing. */
function genreMask(names: readonly string[] | undefined, all: readonly string[]): number {
  let mask = 0;
  for (const name of names ?? []) {
    const bit = all.findIndex((genre) => genre.toLowerCase() === name.toLowerCase());
    if (bit < 0 || bit >= 32) {
      throw new UserError(`No film here has the genre "${name.slice(0, 40)}".`, {
        id: 'filter.genre',
        hint: `Genres: ${all.join(', ')}.`,
      });
    }
    mask |= 1 << bit;
  }
  return mask >>> 0;
}

/**
 * Compiles filters for a catalogue.
 * @throws UserError for impossible ranges, unknown genres and languages
 */
export function compileFilters(filters: Filters, columns: FilmColumns, manifest: Manifest): RowFilter {
  checkRange('year', filters.years, 0, 9999);
  checkRange('runtime', filters.runtime, 0, 100_000);
  const wanted = genreMask(filters.genres, manifest.facets.genres);
  const unwanted = genreMask(filters.notGenres, manifest.facets.genres);
  const languages = languageSet(filters.languages, manifest.facets.languages);
  const minVotes = filters.minVotes ?? manifest.voteFloor;
  // The column holds single precision: 8.4 stands there as 8.3999996.
  const minRating = Math.fround(filters.minRating ?? 0);
  if (!(minVotes >= 0) || !(minRating >= 0 && minRating <= 10)) {
    throw new UserError('Votes must be 0 or more, and a rating lies between 0 and 10.', {
      id: 'filter.range',
    });
  }
  const { years, runtime } = filters;
  const mainOnly = minVotes >= manifest.voteFloor && filters.unfit !== true;
  const narrow =
    wanted !== 0 ||
    unwanted !== 0 ||
    languages !== null ||
    !!years ||
    !!runtime ||
    minRating > 0 ||
    minVotes > manifest.voteFloor ||
    !mainOnly;
  const to = mainOnly ? rowsWithVotes(columns.votes, manifest.counts.indexed, minVotes) : columns.count;
  // Those that drop most come first.
  const passes: Pass[] = [];
  if (languages) passes.push(languageAmong(columns.language, languages, manifest.facets.languages.length));
  if (wanted !== 0 || unwanted !== 0) passes.push(genresAmong(columns.genres, wanted, unwanted));
  if (years) passes.push(numberWithin(columns.year, ...years));
  if (runtime) passes.push(numberWithin(columns.runtime, ...runtime));
  if (minRating > 0) passes.push(ratingFrom(columns.rating, minRating));
  // The rows of the main index up to `to` have the votes, and none is unfit.
  if (!mainOnly && minVotes > 0) passes.push(votesFrom(columns.votes, minVotes));
  if (!mainOnly && filters.unfit !== true) passes.push(withoutFlags(columns.flags, FLAG_UNFIT));
  return {
    from: 0,
    to,
    mainOnly,
    narrow,
    list: (rows) => {
      for (let row = 0; row < to; row++) rows[row] = row;
      return passes.reduce((count, pass) => pass(rows, count), to);
    },
    test: (row) => {
      if (columns.votes[row]! < minVotes) return false;
      if (filters.unfit !== true && (columns.flags[row]! & FLAG_UNFIT) !== 0) return false;
      const genres = columns.genres[row]!;
      if (wanted !== 0 && (genres & wanted) === 0) return false;
      if ((genres & unwanted) !== 0) return false;
      if (languages && !languages.has(columns.language[row]!)) return false;
      if (columns.rating[row]! < minRating) return false;
      if (years && !within(columns.year[row]!, years)) return false;
      return !runtime || within(columns.runtime[row]!, runtime);
    },
  };
}

/** How many of the first `count` rows, which stand by votes, have at least so many. */
function rowsWithVotes(votes: Uint32Array, count: number, least: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (votes[middle]! >= least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function within(value: number, [from, to]: readonly [number, number]): boolean {
  return value !== UNKNOWN && value >= from && value <= to;
}

function languageSet(
  codes: readonly string[] | undefined,
  all: readonly string[],
): ReadonlySet<number> | null {
  if (!codes || codes.length === 0) return null;
  const indices = codes.map((code) => all.indexOf(code.toLowerCase())).filter((index) => index >= 0);
  if (indices.length === 0) {
    throw new UserError(`No film here was shot in the language "${codes.join(', ').slice(0, 40)}".`, {
      id: 'filter.language',
      hint: 'Languages are two-letter codes, such as en, fr, ja, hi.',
    });
  }
  return new Set(indices);
}
