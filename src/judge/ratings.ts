/** Ratings as they are kept: one CSV line a film, appended as they come, and merged into the feel data on request. */
import { appendFile, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { JUDGED_COLUMNS } from '../fitting/judgements.ts';
import { readTsv } from '../indexer/feel/tsv.ts';
import { UserError } from '../shared/errors.ts';

/** Fits, half fits, doesn't fit. */
export const FITS = [1, 0.5, 0] as const;
export type Fits = (typeof FITS)[number];

export interface Rating {
  /** ISO time. */
  readonly time: string;
  readonly rater: string;
  /** Spotify track id, or one of ours. */
  readonly song: string;
  /** TMDB id. */
  readonly film: number;
  /** Who made the list in which the film stood. */
  readonly system: string;
  /** Null for "don't know". */
  readonly fits: Fits | null;
}

export const RATING_COLUMNS = ['time', 'rater', 'song', 'film', 'system', 'fits'] as const;
const HEADER = `${RATING_COLUMNS.join(',')}\n`;

/** Names of raters and systems: they stand in tables that others open in a spreadsheet. */
export const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u;
const SONG = /^[0-9A-Za-z]{22}$/;

/** @throws UserError with what is wrong, where the name may not stand in a table */
export function checkName(name: string, what: string): string {
  const clean = name.trim();
  if (NAME.test(clean)) return clean;
  throw new UserError(`"${clean.slice(0, 60)}" is no name for a ${what}.`, {
    id: 'judge.name',
    hint: 'Use up to 40 letters, digits, spaces, dots, hyphens and underscores, a letter or digit first.',
  });
}

/** Ratings as a table: what {@link readRatings} reads. */
export const ratingsText = (ratings: readonly Rating[]): string => HEADER + ratings.map(lineOf).join('');

const lineOf = ({ time, rater, song, film, system, fits }: Rating): string =>
  `${[time, rater, song, film, system, fits ?? ''].join()}\n`;

/** Whether a name is the id of a song, as ratings need it: not a blend's or a mood's. */
export const isSongId = (name: string): boolean => SONG.test(name);

function faulty(file: string, line: number, what: string): never {
  throw new UserError(`${path.basename(file)}, line ${line}: ${what}.`, {
    id: 'judge.ratings',
    hint: `Ratings have the columns ${RATING_COLUMNS.join(', ')}; fits is 1, 0.5, 0 or empty.`,
  });
}

function ratingOf(file: string, line: number, cells: readonly string[]): Rating {
  if (cells.length !== RATING_COLUMNS.length)
    faulty(file, line, `${cells.length} cells instead of ${RATING_COLUMNS.length}`);
  const [time, rater, song, film, system, cell] = cells as [string, string, string, string, string, string];
  if (Number.isNaN(Date.parse(time))) faulty(file, line, `"${time}" is not a time`);
  if (!NAME.test(rater)) faulty(file, line, `"${rater}" is no name for a rater`);
  if (!SONG.test(song)) faulty(file, line, `"${song}" is not the id of a song`);
  if (!/^\d{1,9}$/.test(film)) faulty(file, line, `"${film}" is not a TMDB id`);
  if (!NAME.test(system)) faulty(file, line, `"${system}" is no name for a system`);
  const fits = cell === '' ? null : FITS.find((value) => String(value) === cell);
  if (fits === undefined) faulty(file, line, `"${cell}" is not 1, 0.5, 0 or empty`);
  return { time, rater, song, film: Number(film), system, fits };
}

async function endsWithNewline(file: string): Promise<boolean> {
  const { size } = await stat(file);
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    return size > 0 && buffer[0] === 0x0a;
  } finally {
    await handle.close();
  }
}

/**
 * Reads ratings.
 * @throws UserError naming file, line and what is wrong
 */
export async function readRatings(file: string): Promise<Rating[]> {
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    const options = { bom: true, info: true, relax_column_count: true };
    // With `info`, rows come with where they stand; the package's types don't say so.
    rows = parse(await readFile(file), options) as unknown as typeof rows;
  } catch (error) {
    throw new UserError(`The ratings in ${file} can't be read.`, {
      id: 'judge.ratings-unreadable',
      hint: 'Check the path; `npx music2movie judge --songs FILE --out ratings.csv` collects ratings.',
      underlying: error,
    });
  }
  const header = rows.shift();
  if (!header) faulty(file, 1, 'the file is empty');
  if (header.record.join() !== RATING_COLUMNS.join())
    faulty(file, 1, `the header must be "${RATING_COLUMNS.join(',')}"`);
  return rows.map(({ record, info }) => ratingOf(file, info.lines, record));
}

/** The file that ratings are appended to. */
export class RatingsFile {
  readonly #file: string;
  readonly #done = new Map<string, Set<string>>();
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, ratings: readonly Rating[]) {
    this.#file = file;
    for (const rating of ratings) this.#remember(rating);
  }

  /**
   * Opens ratings to go on with, or begins them.
   * @throws UserError when the file holds something else, or can't be written
   */
  static async open(file: string): Promise<RatingsFile> {
    const there = await stat(file).then(
      () => true,
      () => false,
    );
    if (!there) {
      await writeFile(file, HEADER).catch((error) => {
        throw new UserError(`Ratings can't be written to ${file}.`, {
          id: 'judge.ratings-unwritable',
          hint: 'Name a file in a folder that exists and may be written to, with --out.',
          underlying: error,
        });
      });
      return new RatingsFile(file, []);
    }
    const ratings = await readRatings(file);
    // What is appended to half a line would be lost with it.
    if (!(await endsWithNewline(file))) faulty(file, ratings.length + 1, 'the file ends within a line');
    return new RatingsFile(file, ratings);
  }

  #remember({ rater, song }: Rating): void {
    this.#done.set(rater, (this.#done.get(rater) ?? new Set()).add(song));
  }

  hasRated(rater: string, song: string): boolean {
    return this.#done.get(rater)?.has(song) ?? false;
  }

  /** Writes at once, one call after the other. A song counts as rated from now on, unless writing fails. */
  append(ratings: readonly Rating[]): Promise<void> {
    for (const rating of ratings) this.#remember(rating);
    const text = ratings.map(lineOf).join('');
    const written = this.#writing.then(() => appendFile(this.#file, text, { flush: true }));
    this.#writing = written.catch(() => {
      for (const { rater, song } of ratings) this.#done.get(rater)?.delete(song);
    });
    return written;
  }
}

/** Of each pair and rater the last rating; "don't know" says nothing. */
export function lastRatings(ratings: readonly Rating[]): Rating[] {
  const last = new Map<string, Rating>();
  for (const rating of ratings)
    if (rating.fits !== null) last.set(`${rating.song}\t${rating.film}\t${rating.rater}`, rating);
  return [...last.values()];
}

/**
 * Merges ratings into a table of judged pairs: a rater's newer judgement of a pair takes the older one's place.
 *
 * @param file a `judged.tsv`; begun where there is none
 * @returns how many pairs are new and how many have changed
 * @throws UserError when the table is malformed or can't be written
 */
export async function exportRatings(
  ratings: readonly Rating[],
  file: string,
): Promise<{ added: number; changed: number }> {
  const lines = await readTsv(path.dirname(file), path.basename(file), JUDGED_COLUMNS, true);
  const table = new Map(
    lines.map(({ values }) => {
      const { song, film, fits, rater } = values as Record<(typeof JUDGED_COLUMNS)[number], string>;
      return [`${song}\t${film}\t${rater}`, [song, film, fits, rater]];
    }),
  );
  let added = 0;
  let changed = 0;
  for (const { song, film, fits, rater } of lastRatings(ratings)) {
    const key = `${song}\t${film}\t${rater}`;
    const earlier = table.get(key);
    if (!earlier) added++;
    else if (earlier[2] !== String(fits)) changed++;
    table.set(key, [song, String(film), String(fits), rater]);
  }
  const text = [JUDGED_COLUMNS, ...table.values()].map((cells) => `${cells.join('\t')}\n`).join('');
  try {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  } catch (error) {
    throw new UserError(`Judged pairs can't be written to ${file}.`, {
      id: 'judge.export',
      hint: 'Name a table in a folder that exists and may be written to, with --to.',
      underlying: error,
    });
  }
  return { added, changed };
}
