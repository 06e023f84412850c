/** Reads the starter catalogue's sources with the same readers and cleaners that index a full data set. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Song } from '../../src/engine/types.ts';
import type { DescribedWorks } from '../../src/explore/gather/described.ts';
import { type CleanFilm, FILM_COLUMNS, FilmCleaner, type FilmFunnel } from '../../src/indexer/clean-films.ts';
import { SONG_COLUMNS, SongCleaner, type SongFunnel } from '../../src/indexer/clean-songs.ts';
import { type FeelData, readFeelData } from '../../src/indexer/feel/data.ts';
import { SongFinder } from '../../src/indexer/feel/song-finder.ts';
import { readTable } from '../../src/indexer/tables.ts';

export const STARTER_DIR = fileURLToPath(new URL('../../data/starter/', import.meta.url));
export const FILMS_FILE = join(STARTER_DIR, 'movies.csv');
export const SONGS_FILE = join(STARTER_DIR, 'songs.csv');

/** The data sets that the facts were taken from; they lie beside the project and may be absent. */
const SHARED_DIR = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
export const SHARED = {
  dir: SHARED_DIR,
  films: join(SHARED_DIR, 'tmdb_movies.csv'),
  songs: [join(SHARED_DIR, 'spotify_tracks.csv'), join(SHARED_DIR, 'spotify_tracks_extra.csv')],
} as const;

/** One row of a table, as text by column name. */
export type Cells = Readonly<Record<string, string>>;

export interface Starter {
  readonly films: readonly CleanFilm[];
  readonly songs: readonly Song[];
  /** The films' cells as they stand in the file: the cleaner drops some columns. */
  readonly filmCells: readonly Cells[];
  readonly filmFunnel: FilmFunnel;
  readonly songFunnel: SongFunnel;
  /** What the cleaners said of rows that they would not take. */
  readonly rejects: readonly string[];
  readonly feel: FeelData;
  /** What of the starter is described: of the films those at hand, of the songs all, as every catalogue holds them. */
  readonly described: DescribedWorks;
  /** Described songs that the table lacks. */
  readonly unheard: number;
  /** Size of both tables and the feel data on disk. */
  readonly bytes: number;
}

/** @throws UserError when a file is missing or no table of its kind */
export async function loadStarter(): Promise<Starter> {
  const rejects: string[] = [];
  const filmCleaner = new FilmCleaner((line, reason) => rejects.push(`movies.csv:${line}: ${reason}`));
  const films: CleanFilm[] = [];
  const filmCells: Cells[] = [];
  for await (const row of readTable(FILMS_FILE, FILM_COLUMNS)) {
    filmCells.push(row.values);
    const film = filmCleaner.clean(row);
    if (film) films.push(film);
  }
  const songCleaner = new SongCleaner((line, reason) => rejects.push(`songs.csv:${line}: ${reason}`));
  for await (const row of readTable(SONGS_FILE, SONG_COLUMNS)) songCleaner.add(row);
  const songs = songCleaner.finish();
  const feel = await readFeelData();
  const sizes = await Promise.all([FILMS_FILE, SONGS_FILE].map((file) => stat(file)));
  const finder = new SongFinder(feel.songs);
  const heard = new Set(songs.flatMap((song) => finder.find(song)?.id ?? []));
  const ids = new Set(films.map(({ id }) => id));
  return {
    films,
    songs,
    filmCells,
    filmFunnel: filmCleaner.funnel,
    songFunnel: songCleaner.funnel,
    rejects,
    feel,
    described: {
      vocabulary: feel.vocabulary,
      songs: [...feel.songs.values()],
      films: [...feel.films.values()].filter(({ id }) => ids.has(id)),
    },
    unheard: [...feel.songs.keys()].filter((id) => !heard.has(id)).length,
    bytes: sizes.reduce((sum, file) => sum + file.size, 0),
  };
}
