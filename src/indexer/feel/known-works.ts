/** What the tables of films and songs know of the works that the feel data names. */
import type { Film, Song } from '../../engine/types.ts';
import { numberCell } from '../cells.ts';
import { FilmCleaner } from '../clean-films.ts';
import { SongCleaner } from '../clean-songs.ts';
import { readFilmRows, readSongRows } from '../forms/read.ts';

export type KnownFilm = Pick<Film, 'id' | 'title' | 'language' | 'genres'>;
export type KnownSong = Pick<Song, 'id' | 'artists' | 'genres'>;

/** Films that survive the cleaning of any of the tables; only those named are looked at. */
export async function readKnownFilms(
  files: readonly string[],
  named: ReadonlySet<number>,
): Promise<Map<number, KnownFilm>> {
  const films = new Map<number, KnownFilm>();
  for (const file of files) {
    const cleaner = new FilmCleaner();
    for await (const row of readFilmRows(file)) {
      const id = numberCell(row.values.id);
      if (id === null || !named.has(id)) continue;
      const film = cleaner.clean(row);
      if (film) films.set(id, film);
    }
  }
  return films;
}

/** Songs of all tables. */
export async function readKnownSongs(files: readonly string[]): Promise<Map<string, KnownSong>> {
  const songs = new Map<string, KnownSong>();
  for (const file of files) {
    const cleaner = new SongCleaner();
    for await (const row of readSongRows(file)) cleaner.add(row);
    for (const { id, artists, genres } of cleaner.finish()) songs.set(id, { id, artists, genres });
  }
  return songs;
}
