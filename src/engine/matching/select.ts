/** The films of an answer: the best candidates, no two of one franchise, no page of one feeling. */
import type { FilmRecord } from '../catalogue/records.ts';
import type { Candidates } from './candidates.ts';
import { FranchiseFilter } from './franchise.ts';
import type { Ranked, Ranking } from './rank.ts';

export interface RankedFilm<F> extends Ranked {
  readonly film: F;
}

export interface Selection<F> {
  readonly films: readonly RankedFilm<F>[];
  readonly path: Candidates['path'];
}

/** What a selection asks about films, in whatever form they are loaded. */
export interface SelectionRules<F = FilmRecord> {
  /** Films that don't come at all. */
  readonly passedOver: (row: number) => boolean;
  /** Films to come last, when nothing else passes. */
  readonly excluded: (film: F) => boolean;
  /** Films that may not stand first, as long as another one can. */
  readonly notFirst: (film: F) => boolean;
  /** The film's `franchiseKeys`. */
  readonly franchise: (film: F) => readonly string[];
  /** Names the film's strongest terms: films of one name are alike. */
  readonly signature: (row: number) => string;
}

/**
 * Candidates asked for until there are enough. The steps are the same whatever is asked, and a deeper one only
 * adds: the index finds a little more when it is asked for more, and a page must not repeat the one before.
 */
const DEPTHS = [64, 256, 2048, Number.POSITIVE_INFINITY] as const;

/** Films with the same strongest terms in one page of five. */
const MOST_ALIKE = 2;
const PAGE = 5;

/**
 * The first `count` films in the order of `rank`.
 *
 * @param rank the best candidates, at least so many
 * @param load the film of a row
 */
export function selectFilms<F>(
  count: number,
  rank: (wanted: number) => Ranking,
  load: (row: number) => F,
  rules: SelectionRules<F>,
): Selection<F> {
  const films: RankedFilm<F>[] = [];
  const spare: RankedFilm<F>[] = [];
  const last: RankedFilm<F>[] = [];
  const seen = new Set<number>();
  const franchises = new FranchiseFilter();
  // Films that were alike on one page open the next.
  const waiting: { readonly film: RankedFilm<F>; readonly signature: string }[] = [];
  let signatures = new Map<string, number>();
  let path: Candidates['path'] = 'index';
  const offer = ({ film, signature }: (typeof waiting)[number]): boolean => {
    const alike = signatures.get(signature) ?? 0;
    if (alike >= MOST_ALIKE) return false;
    if (films.length === 0 && rules.notFirst(film.film)) return false;
    films.push(film);
    if (films.length % PAGE === 0) signatures = new Map();
    else signatures.set(signature, alike + 1);
    return true;
  };
  for (const depth of DEPTHS) {
    const found = rank(depth);
    path = found.path;
    for (const candidate of found.films) {
      if (seen.has(candidate.row) || rules.passedOver(candidate.row)) continue;
      seen.add(candidate.row);
      for (let i = 0; i < waiting.length && films.length < count; ) {
        if (offer(waiting[i]!)) waiting.splice(i, 1);
        else i++;
      }
      if (films.length === count) return { films, path };
      const film = { ...candidate, film: load(candidate.row) };
      if (rules.excluded(film.film)) last.push(film);
      else if (!franchises.admits(rules.franchise(film.film))) spare.push(film);
      else {
        const offered = { film, signature: rules.signature(film.row) };
        if (!offer(offered)) waiting.push(offered);
      }
      if (films.length === count) return { films, path };
    }
    if (!found.more) break;
  }
  // Fewer distinct films than asked for: better a second film of a series than an empty place.
  const waited = waiting.map(({ film }) => film);
  return { films: [...films, ...waited, ...spare, ...last].slice(0, count), path };
}
