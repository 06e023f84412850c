/** What people call the films' genres. */

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

const squash = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
const BY_NAME = new Map(FILM_GENRES.map((genre) => [squash(genre), genre]));

/** The genre that a word means: its name however spaced, a usual other name, or null. */
export function genreNamed(text: string): FilmGenre | null {
  const word = squash(text);
  if (Object.hasOwn(ALIASES, word)) return ALIASES[word]!;
  return BY_NAME.get(word) ?? BY_NAME.get(word.replace(/s$/, '')) ?? null;
}
