/** The film search: titles as people type them, misspelt or in another script, with or without the year. */
import type { Film } from '../types.ts';
import { buildSongIndex, SongIndex } from './index.ts';

/** What the search needs to know of a film. */
export type SearchFilm = Pick<Film, 'id' | 'title' | 'originalTitle' | 'year' | 'votes'>;

/** Votes of the best known film, about: popularity is on a scale of logarithms. */
const MOST_VOTES = 40_000;

/** A search over films: the song search with a film's years in the place of artists. */
export class FilmSearch {
  readonly #index: SongIndex;

  constructor(films: Iterable<SearchFilm>) {
    const entries = [];
    for (const { id, title, originalTitle, year, votes } of films) {
      const popularity = Math.round((100 * Math.log1p(votes)) / Math.log1p(MOST_VOTES));
      const shared = { album: '', durationMs: null, popularity: Math.min(100, popularity) };
      const artists = year === null ? [] : [String(year)];
      entries.push({ ...shared, id: String(id), title, artists });
      if (originalTitle !== title) entries.push({ ...shared, id: `${id}:o`, title: originalTitle, artists });
    }
    this.#index = SongIndex.load(buildSongIndex(entries));
  }

  /** Films that a text may mean, best first, each once. @returns TMDB ids, and how well the text supports each: 0…1 */
  find(text: string, limit: number): { readonly id: number; readonly quality: number }[] {
    const found = new Map<number, number>();
    for (const { id, quality } of this.#index.search(text, 2 * limit + 4)) {
      const film = Number.parseInt(id, 10);
      if (!found.has(film)) found.set(film, quality);
    }
    return [...found].slice(0, limit).map(([id, quality]) => ({ id, quality }));
  }
}
