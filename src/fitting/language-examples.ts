/**
 * Examples made by rule: for song genres that are unambiguous about a language and rare on the soundtracks at
 * hand, its best-known songs are paired with the best-known films of that language, in order of valence, so that
 * the pairs say "this cinema" and nothing else. Without them K-pop finds Brazilian films (docs/MATCHING.md).
 */
import type { Song } from '../engine/types.ts';
import type { CleanFilm } from '../indexer/clean-films.ts';

/**
 * Song genre → original language. Latin, latino and reggaeton are left out: they made reggae and pop worse; so are
 * French, German and Swedish: Daft Punk, Hans Zimmer and ABBA stand there, and sing English or nothing.
 */
export const GENRE_LANGUAGES: Readonly<Record<string, string>> = {
  'k-pop': 'ko',
  anime: 'ja',
  'j-dance': 'ja',
  'j-idol': 'ja',
  'j-pop': 'ja',
  'j-rock': 'ja',
  mandopop: 'zh',
  cantopop: 'cn',
  turkish: 'tr',
  indian: 'hi',
  brazil: 'pt',
  forro: 'pt',
  mpb: 'pt',
  pagode: 'pt',
  samba: 'pt',
  sertanejo: 'pt',
  spanish: 'es',
  salsa: 'es',
  tango: 'es',
};

/**
 * Labels that tell where a song comes from, not how it sounds: never imputed from tracks that merely sound alike
 * ("My Way" is no samba).
 */
export const BOUND_GENRES: readonly string[] = [
  ...Object.keys(GENRE_LANGUAGES),
  'british',
  'french',
  'german',
  'iranian',
  'latin',
  'latino',
  'malay',
  'pop-film',
  'reggaeton',
  'swedish',
  'world-music',
];

/** Pairs made for each genre. */
export const PAIRS_PER_GENRE = 40;

export interface MadePair {
  readonly song: Song;
  readonly film: CleanFilm;
}

/**
 * @param valence of a film, any unit: only its order counts
 */
export function languageExamples(
  songs: readonly Song[],
  films: readonly CleanFilm[],
  valence: (film: CleanFilm) => number,
): MadePair[] {
  return Object.entries(GENRE_LANGUAGES).flatMap(([genre, language]) => {
    const known = songs
      .filter((song) => song.genres.includes(genre))
      .sort((a, b) => (b.popularity ?? 0) - (a.popularity ?? 0) || (a.id < b.id ? -1 : 1))
      .slice(0, PAIRS_PER_GENRE)
      .sort((a, b) => a.features.valence - b.features.valence);
    const cinema = films
      .filter((film) => film.language === language)
      .sort((a, b) => b.votes - a.votes || a.id - b.id)
      .slice(0, known.length)
      .sort((a, b) => valence(a) - valence(b));
    return cinema.map((film, i) => ({ song: known[i]!, film }));
  });
}
