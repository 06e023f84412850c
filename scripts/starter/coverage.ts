/** What the starter covers, what it must cover, and where it falls short. Pure: files are read elsewhere. */
import type { Film, Song } from '../../src/engine/types.ts';
import type { DescribedWorks } from '../../src/explore/gather/described.ts';
import { usesOf } from '../../src/explore/sections/feel-use.ts';
import { GENRE_LANGUAGE, SCRIPT_LANGUAGE } from './languages.ts';

/** TMDb's film genres; a label that TMDb has retired is none of them. */
export const TMDB_GENRES: readonly string[] = (
  'Action|Adventure|Animation|Comedy|Crime|Documentary|Drama|Family|Fantasy|History|Horror|Music|Mystery|Romance|' +
  'Science Fiction|TV Movie|Thriller|War|Western'
).split('|');

/** What the starter promises. */
export const REQUIRED = {
  films: 6000,
  filmsPerGenre: 20,
  firstDecade: 1930,
  lastDecade: 2020,
  /** Enough of a decade that a filter by years still finds five films that differ. */
  filmsPerDecade: 25,
  languages: 25,
  /** Songs of the table and described ones that it lacks. */
  songs: [10_000, 20_000],
  songGenres: 114,
  songsPerGenre: 8,
  /** Films and songs that carry each feeling, and each world. */
  filmsPerTerm: 200,
  songsPerTerm: 60,
  filmsPerWorld: 60,
  songsPerWorld: 30,
  /** Of the two tables. */
  bytes: 12 * 1024 * 1024,
} as const;

type CoverageFilm = Pick<Film, 'genres' | 'year' | 'language'>;
type CoverageSong = Pick<Song, 'title' | 'genres'>;

export type Counts = ReadonlyMap<string, number>;

/** How many films and songs carry each name of a vocabulary. */
export type Carried = ReadonlyMap<string, { readonly films: number; readonly songs: number }>;

export interface Coverage {
  readonly films: number;
  readonly describedFilms: number;
  readonly genres: Counts;
  /** Decade, as `1930`, to its films. */
  readonly decades: Counts;
  /** Genre to decade to films. */
  readonly genreByDecade: ReadonlyMap<string, Counts>;
  readonly languages: Counts;
  /** Of the table. */
  readonly songs: number;
  readonly describedSongs: number;
  /** Described songs that the table lacks: they stand in the catalogue without a sound. */
  readonly unheard: number;
  readonly songGenres: Counts;
  readonly songsWithoutGenre: number;
  readonly songLanguages: Counts;
  readonly terms: Carried;
  readonly worlds: Carried;
  /** Of the two tables; the feel data stand apart. */
  readonly bytes: number;
}

/** @param described what of the starter is described, all described songs included; @param unheard how many of these the table lacks */
export function measure(
  films: readonly CoverageFilm[],
  songs: readonly CoverageSong[],
  described: DescribedWorks,
  unheard: number,
  bytes: number,
): Coverage {
  const genreByDecade = new Map<string, Counts>();
  for (const genre of new Set(films.flatMap((film) => film.genres))) {
    genreByDecade.set(genre, count(films.filter((film) => film.genres.includes(genre)).map(decadeOf)));
  }
  const carried = (side: 'terms' | 'worlds'): Carried =>
    new Map(
      usesOf(
        described.vocabulary[side],
        described.songs.map((song) => song[side]),
        described.films.map((film) => film[side]),
      ).map((use) => [use.name, { films: use.films.count, songs: use.songs.count }]),
    );
  return {
    films: films.length,
    describedFilms: described.films.length,
    genres: count(films.flatMap((film) => film.genres)),
    decades: count(films.map(decadeOf)),
    genreByDecade,
    languages: count(films.map((film) => film.language)),
    songs: songs.length,
    describedSongs: described.songs.length,
    unheard,
    songGenres: count(songs.flatMap((song) => song.genres)),
    songsWithoutGenre: songs.filter((song) => song.genres.length === 0).length,
    songLanguages: count(songs.map(songLanguage)),
    terms: carried('terms'),
    worlds: carried('worlds'),
    bytes,
  };
}

/** One sentence for each promise that is not kept; empty where all are. */
export function shortfalls(coverage: Coverage): string[] {
  const found: string[] = [];
  const atLeast = (what: string, have: number | undefined, need: number) => {
    if ((have ?? 0) < need) found.push(`${what}: ${have ?? 0}, needs ${need}`);
  };
  atLeast('films', coverage.films, REQUIRED.films);
  for (const genre of TMDB_GENRES)
    atLeast(`films of ${genre}`, coverage.genres.get(genre), REQUIRED.filmsPerGenre);
  for (const genre of coverage.genres.keys())
    if (!TMDB_GENRES.includes(genre)) found.push(`${genre} is no genre of TMDb's`);
  for (let decade: number = REQUIRED.firstDecade; decade <= REQUIRED.lastDecade; decade += 10)
    atLeast(`films of the ${decade}s`, coverage.decades.get(String(decade)), REQUIRED.filmsPerDecade);
  atLeast('original languages', coverage.languages.size, REQUIRED.languages);
  const sides = [
    [coverage.terms, REQUIRED.filmsPerTerm, REQUIRED.songsPerTerm],
    [coverage.worlds, REQUIRED.filmsPerWorld, REQUIRED.songsPerWorld],
  ] as const;
  for (const [carried, films, songs] of sides) {
    for (const [name, have] of carried) {
      atLeast(`films that carry ${name}`, have.films, films);
      atLeast(`songs that carry ${name}`, have.songs, songs);
    }
  }
  const songs = coverage.songs + coverage.unheard;
  const [fewest, most] = REQUIRED.songs;
  if (songs < fewest || songs > most) found.push(`songs: ${songs}, needs ${fewest} to ${most}`);
  if (coverage.songGenres.size !== REQUIRED.songGenres)
    found.push(`song genres: ${coverage.songGenres.size}, needs ${REQUIRED.songGenres}`);
  for (const [genre, labelled] of coverage.songGenres)
    atLeast(`songs of ${genre}`, labelled, REQUIRED.songsPerGenre);
  if (coverage.bytes >= REQUIRED.bytes) found.push(`size: ${coverage.bytes} bytes, limit ${REQUIRED.bytes}`);
  return found;
}

/** The language that a title's letters or a genre give away, or `not told`. */
export function songLanguage(song: Pick<Song, 'title' | 'genres'>): string {
  const script = SCRIPT_LANGUAGE.find(([letters]) => letters.test(song.title));
  if (script) return script[1];
  const languages = new Set(song.genres.flatMap((genre) => GENRE_LANGUAGE[genre] ?? []));
  return languages.size === 1 ? [...languages][0]! : 'not told';
}

const decadeOf = (film: CoverageFilm) =>
  film.year === null ? 'unknown' : String(Math.floor(film.year / 10) * 10);

/** How often each value stands, most frequent first, then by name. */
function count(values: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}
