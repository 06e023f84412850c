/** `music2movie index --check`: what stands in both tables, without building anything. */
import { FilmCleaner, type FilmFunnel } from './clean-films.ts';
import { SongCleaner, type SongFunnel } from './clean-songs.ts';
import { FILM_TABLE, SONG_TABLE } from './forms/columns.ts';
import { Profiler, type TableProfile } from './forms/profile.ts';
import { readFilmRows, readSongRows } from './forms/read.ts';
import { type Finding, judge } from './plausibility.ts';

/** A table, read and cleaned, and what speaks against it. */
export interface CheckedTable<Funnel> {
  readonly file: string;
  readonly profile: TableProfile;
  readonly funnel: Funnel;
  /** Empty where the table is plausible. */
  readonly findings: readonly Finding[];
}

/** @throws UserError when the file can't be read as a table of songs */
export async function checkSongs(file: string): Promise<CheckedTable<SongFunnel>> {
  const profiler = new Profiler(SONG_TABLE);
  const cleaner = new SongCleaner();
  for await (const row of readSongRows(file, { profiler })) cleaner.add(row);
  cleaner.finish();
  const profile = profiler.finish();
  return { file, profile, funnel: cleaner.funnel, findings: judge(profile, cleaner.cleaned) };
}

/** @throws UserError when the file can't be read as a table of films */
export async function checkFilms(file: string): Promise<CheckedTable<FilmFunnel>> {
  const profiler = new Profiler(FILM_TABLE);
  const cleaner = new FilmCleaner();
  for await (const row of readFilmRows(file, { profiler })) cleaner.clean(row);
  const profile = profiler.finish();
  return { file, profile, funnel: cleaner.funnel, findings: judge(profile, cleaner.cleaned) };
}
