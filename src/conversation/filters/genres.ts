/** What people call the films' genres. */

import { namesOf } from '../../i18n/index.ts';
import { FILM_GENRES, type FilmGenre } from '../../shared/film-genres.ts';

const ALIASES: Readonly<Record<string, FilmGenre>> = {
  scifi: 'Science Fiction',
  sf: 'Science Fiction',
  sciencefictions: 'Science Fiction',
  animated: 'Animation',
  cartoon: 'Animation',
  anime: 'Animation',
  comedies: 'Comedy',
  funny: 'Comedy',
  doc: 'Documentary',
  docs: 'Documentary',
  documentaries: 'Documentary',
  dramas: 'Drama',
  families: 'Family',
  kids: 'Family',
  children: 'Family',
  fantasies: 'Fantasy',
  historical: 'History',
  scary: 'Horror',
  musical: 'Music',
  musicals: 'Music',
  mysteries: 'Mystery',
  romantic: 'Romance',
  romances: 'Romance',
  love: 'Romance',
  tv: 'TV Movie',
  thrillers: 'Thriller',
  westerns: 'Western',
  wars: 'War',
};

/** A word without case, accents, spaces and hyphens, in any script. */
const squash = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Every genre by the name that it has in each language; the English one wins. */
const BY_NAME: ReadonlyMap<string, FilmGenre> = new Map([
  ...FILM_GENRES.flatMap((genre) => namesOf(`genre.${genre}`).map((name) => [squash(name), genre] as const)),
  ...FILM_GENRES.map((genre) => [squash(genre), genre] as const),
]);

/** The genre that a word means: its name in any language however spaced, a usual other name, or null. */
export function genreNamed(text: string): FilmGenre | null {
  const word = squash(text);
  if (Object.hasOwn(ALIASES, word)) return ALIASES[word]!;
  return BY_NAME.get(word) ?? BY_NAME.get(word.replace(/s$/, '')) ?? null;
}
