/** What a fit learns from: songs, films and pairs of them, read with the indexer's own cleaning. */
import type { Song } from '../engine/types.ts';
import { numberCell, textCell } from '../indexer/cells.ts';
import { type CleanFilm, FilmCleaner } from '../indexer/clean-films.ts';
import { SongCleaner } from '../indexer/clean-songs.ts';
import { readFilmRows, readSongRows } from '../indexer/forms/read.ts';
import { readTable } from '../indexer/tables.ts';

/** A song that stands on a film's soundtrack. */
export interface Pair {
  readonly trackId: string;
  readonly filmId: number;
  /** How the pair is known, as the file says. */
  readonly evidence: string;
}

export async function readSongs(file: string): Promise<Song[]> {
  const cleaner = new SongCleaner();
  for await (const row of readSongRows(file)) cleaner.add(row);
  return cleaner.finish();
}

export async function readFilms(file: string): Promise<CleanFilm[]> {
  const cleaner = new FilmCleaner();
  const films: CleanFilm[] = [];
  for await (const row of readFilmRows(file)) {
    const film = cleaner.clean(row);
    if (film) films.push(film);
  }
  return films.sort((a, b) => a.id - b.id);
}

/** Reads a pairs file: columns track_id, tmdb_id and, where known, evidence. */
export async function readPairs(file: string): Promise<Pair[]> {
  const pairs = new Map<string, Pair>();
  for await (const { values } of readTable(file, ['track_id', 'tmdb_id'])) {
    const filmId = numberCell(values.tmdb_id);
    const trackId = values.track_id?.trim() ?? '';
    if (filmId === null || trackId === '') continue;
    pairs.set(`${trackId} ${filmId}`, { trackId, filmId, evidence: textCell(values.evidence) });
  }
  return [...pairs.values()];
}
