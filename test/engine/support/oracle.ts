/** What answers should hold, worked out from the films themselves. */
import type { Engine } from '../../../src/engine/engine.ts';
import type { Film, Filters } from '../../../src/engine/types.ts';

/** Every film of an engine. */
export function filmsOf(engine: Engine): Film[] {
  return [...engine.catalogue.records.films.getRange({})].map(({ value }) => value);
}

/** Whether a film passes filters, as their documentation words it. */
export function passes(film: Film, filters: Filters, voteFloor: number): boolean {
  const { genres = [], notGenres = [], languages = [], years, runtime } = filters;
  const within = (value: number | null, range: readonly [number, number] | undefined) =>
    !range || (value !== null && value >= range[0] && value <= range[1]);
  return (
    (genres.length === 0 || genres.some((genre) => film.genres.includes(genre))) &&
    !notGenres.some((genre) => film.genres.includes(genre)) &&
    (languages.length === 0 || languages.includes(film.language)) &&
    within(film.year, years) &&
    within(film.runtime, runtime) &&
    film.rating >= (filters.minRating ?? 0) &&
    film.votes >= (filters.minVotes ?? voteFloor) &&
    (filters.unfit === true || !film.unfit)
  );
}
