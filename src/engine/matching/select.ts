/** The films of an answer: the best candidates with no two of one franchise. */
import type { FilmRecord } from '../catalogue/records.ts';
import type { Candidates } from './candidates.ts';
import { FranchiseFilter } from './franchise.ts';
import { RERANK_BLOCK } from './rerank.ts';

export interface RowFilm {
  readonly row: number;
  readonly film: FilmRecord;
}

export interface Selection {
  readonly films: readonly RowFilm[];
  readonly path: Candidates['path'];
}

/**
 * Candidates asked for until there are enough. The steps are the same whatever is asked, and a deeper one only
 * adds: the index finds a little more when it is asked for more, and a page must not repeat the one before.
 */
const DEPTHS = [RERANK_BLOCK, 4 * RERANK_BLOCK, 2048, Number.POSITIVE_INFINITY] as const;

/**
 * The first `count` films in the order of `rank`.
 *
 * @param rank the best rows, at most so many
 * @param load the film of a row
 * @param clashes films to come last, when nothing else passes
 */
export function selectFilms(
  count: number,
  rank: (wanted: number) => Candidates,
  load: (row: number) => FilmRecord,
  clashes: (film: FilmRecord) => boolean,
): Selection {
  const films: RowFilm[] = [];
  const spare: RowFilm[] = [];
  const last: RowFilm[] = [];
  const seen = new Set<number>();
  const franchises = new FranchiseFilter();
  let path: Candidates['path'] = 'index';
  for (const depth of DEPTHS) {
    const found = rank(depth);
    path = found.path;
    for (const row of found.rows) {
      if (seen.has(row)) continue;
      seen.add(row);
      const film = load(row);
      (clashes(film) ? last : franchises.admits(film) ? films : spare).push({ row, film });
      if (films.length === count) return { films, path };
    }
    if (!found.more) break;
  }
  // Fewer distinct films than asked for: better a second film of a series than an empty place.
  return { films: [...films, ...spare, ...last].slice(0, count), path };
}
