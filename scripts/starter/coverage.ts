/** What the starter covers, what it must cover, and where it falls short. Pure: files are read elsewhere. */
import type { Film, Song } from '../../src/engine/types.ts';
import { GENRE_ENERGY, GENRE_LANGUAGE, MOOD_CORNERS, type MoodCorner, SCRIPT_LANGUAGE } from './corners.ts';

/** TMDb's film genres; a label that TMDb has retired is none of them. */
export const TMDB_GENRES: readonly string[] = Object.keys(GENRE_ENERGY).sort();

export const QUADRANTS = ['bright, intense', 'bright, calm', 'dark, intense', 'dark, calm'] as const;
export type Quadrant = (typeof QUADRANTS)[number];

/** What the starter promises. */
export const REQUIRED = {
  films: 700,
  filmsPerGenre: 15,
  firstDecade: 1930,
  lastDecade: 2020,
  /** Enough of a decade that a filter by years still finds five films that differ. */
  filmsPerDecade: 15,
  languages: 15,
  filmsPerCorner: 40,
  filmsPerQuadrant: 60,
  songs: [1900, 2100],
  songGenres: 114,
  songsPerGenre: 8,
  songsPerQuadrant: 150,
  bytes: 3 * 1024 * 1024,
} as const;

type CoverageFilm = Pick<Film, 'genres' | 'year' | 'language' | 'overview' | 'sentiment'>;
type CoverageSong = Pick<Song, 'title' | 'genres'> & {
  readonly features: Pick<Song['features'], 'valence' | 'energy'>;
};

export type Counts = ReadonlyMap<string, number>;

export interface Coverage {
  readonly films: number;
  readonly genres: Counts;
  /** Decade, as `1930`, to its films. */
  readonly decades: Counts;
  /** Genre to decade to films. */
  readonly genreByDecade: ReadonlyMap<string, Counts>;
  readonly languages: Counts;
  readonly corners: Counts;
  readonly filmQuadrants: Counts;
  readonly songs: number;
  readonly songGenres: Counts;
  readonly songsWithoutGenre: number;
  readonly songLanguages: Counts;
  readonly songQuadrants: Counts;
  readonly bytes: number;
}

export function measure(
  films: readonly CoverageFilm[],
  songs: readonly CoverageSong[],
  bytes: number,
): Coverage {
  const genreByDecade = new Map<string, Counts>();
  for (const genre of new Set(films.flatMap((film) => film.genres))) {
    genreByDecade.set(genre, count(films.filter((film) => film.genres.includes(genre)).map(decadeOf)));
  }
  return {
    films: films.length,
    genres: count(films.flatMap((film) => film.genres)),
    decades: count(films.map(decadeOf)),
    genreByDecade,
    languages: count(films.map((film) => film.language)),
    corners: count(films.flatMap((film) => cornersOf(film).map((corner) => corner.name))),
    filmQuadrants: count(films.map(filmQuadrant)),
    songs: songs.length,
    songGenres: count(songs.flatMap((song) => song.genres)),
    songsWithoutGenre: songs.filter((song) => song.genres.length === 0).length,
    songLanguages: count(songs.map(songLanguage)),
    songQuadrants: count(songs.map(songQuadrant)),
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
  for (const { name } of MOOD_CORNERS)
    atLeast(`${name} films`, coverage.corners.get(name), REQUIRED.filmsPerCorner);
  for (const quadrant of QUADRANTS) {
    atLeast(`films in "${quadrant}"`, coverage.filmQuadrants.get(quadrant), REQUIRED.filmsPerQuadrant);
    atLeast(`songs in "${quadrant}"`, coverage.songQuadrants.get(quadrant), REQUIRED.songsPerQuadrant);
  }
  const [fewest, most] = REQUIRED.songs;
  if (coverage.songs < fewest || coverage.songs > most)
    found.push(`songs: ${coverage.songs}, needs ${fewest} to ${most}`);
  if (coverage.songGenres.size !== REQUIRED.songGenres)
    found.push(`song genres: ${coverage.songGenres.size}, needs ${REQUIRED.songGenres}`);
  for (const [genre, songs] of coverage.songGenres)
    atLeast(`songs of ${genre}`, songs, REQUIRED.songsPerGenre);
  if (coverage.bytes >= REQUIRED.bytes) found.push(`size: ${coverage.bytes} bytes, limit ${REQUIRED.bytes}`);
  return found;
}

/** The corners of mood that a film's genres or the words of its overview put it in. */
export function cornersOf(film: Pick<Film, 'genres' | 'overview'>): MoodCorner[] {
  const words = film.overview.toLowerCase().match(/\p{L}+/gu) ?? [];
  return MOOD_CORNERS.filter(
    ({ genres, stems }) =>
      genres.some((genre) => film.genres.includes(genre)) ||
      words.some((word) => stems.some((stem) => word.startsWith(stem))),
  );
}

/** Bright where the overview's words are at least neutral, intense by the mean of the genres. */
export function filmQuadrant(film: Pick<Film, 'genres' | 'sentiment'>): Quadrant {
  const energy = film.genres.reduce((sum, genre) => sum + (GENRE_ENERGY[genre] ?? 0), 0);
  return quadrant(film.sentiment >= 0, energy > 0);
}

export function songQuadrant(song: CoverageSong): Quadrant {
  return quadrant(song.features.valence >= 0.5, song.features.energy >= 0.6);
}

/** The language that a title's letters or a genre give away, or `not told`. */
export function songLanguage(song: Pick<Song, 'title' | 'genres'>): string {
  const script = SCRIPT_LANGUAGE.find(([letters]) => letters.test(song.title));
  if (script) return script[1];
  const languages = new Set(song.genres.flatMap((genre) => GENRE_LANGUAGE[genre] ?? []));
  return languages.size === 1 ? [...languages][0]! : 'not told';
}

function quadrant(bright: boolean, intense: boolean): Quadrant {
  return `${bright ? 'bright' : 'dark'}, ${intense ? 'intense' : 'calm'}`;
}

const decadeOf = (film: CoverageFilm) =>
  film.year === null ? 'unknown' : String(Math.floor(film.year / 10) * 10);

/** How often each value stands, most frequent first, then by name. */
function count(values: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}
