/** Writes a table of films as large as the real one, multiplied from the rows of a smaller one. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { FILM_COLUMNS, FilmCleaner } from '../../src/indexer/clean-films.ts';
import { readTable } from '../../src/indexer/tables.ts';
import { type Random, seeded } from '../../test/engine/search/typos.ts';

/** The TMDb Movies Dataset of the paper: rows, and films left by its cleaning. */
export const REAL = { rows: 1_100_000, films: 436_591 } as const;

const SEED = 20261123;
/** Source rows held in memory. */
const MOST_SOURCES = 40_000;
/** A step without a common divisor with any size below it: ids come in no order, none twice. */
const ID_STEP = 1_299_709;
/** Characters of a buffer before it is written. */
const CHUNK = 1 << 20;

type Row = Readonly<Record<string, string>>;

/** How the rows that cleaning removes are spoiled, as often as in the real table (most lack texts). */
const SPOILS: readonly ((row: Row) => Row)[] = [
  (row) => ({ ...row, genres: '', overview: '' }),
  (row) => ({ ...row, poster_path: '', tagline: '', keywords: '' }),
  (row) => ({ ...row, genres: '', keywords: '', poster_path: '' }),
  (row) => ({ ...row, overview: '' }),
  (row) => ({ ...row, status: 'In Production' }),
  (row) => ({ ...row, adult: 'True', genres: '' }),
];

/** How many films of a table with so many rows survive the cleaning. */
export function survivors(rows: number): number {
  return Math.floor((rows * REAL.films) / REAL.rows);
}

/**
 * Writes `rows` rows to `file`, of which `survivors(rows)` survive the cleaning. The same source gives the same file.
 * @param source a real table; its clean rows are taken, with words, numbers and ids changed
 */
export async function makeFilms(source: string, file: string, rows: number): Promise<void> {
  const films = await cleanRows(source);
  const columns = Object.keys(films[0]!);
  const random = seeded(SEED);
  const out = createWriteStream(file);
  let text = `${columns.join(',')}\n`;
  for (let i = 0; i < rows; i++) {
    const film = vary(films, i, rows, random);
    const survives = survivors(i + 1) > survivors(i);
    const row = survives ? film : SPOILS[Math.floor(random() * SPOILS.length)]!(film);
    text += `${columns.map((column) => cell(row[column] ?? '')).join(',')}\n`;
    if (text.length < CHUNK) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await once(out, 'finish');
}

async function cleanRows(source: string): Promise<Row[]> {
  const cleaner = new FilmCleaner();
  const films: Row[] = [];
  for await (const row of readTable(source, FILM_COLUMNS)) {
    if (cleaner.clean(row)) films.push(row.values);
    if (films.length === MOST_SOURCES) break;
  }
  return films;
}

/** The i-th film: one of the sources with the words of another mixed in, and an id of its own. */
function vary(films: readonly Row[], i: number, rows: number, random: Random): Row {
  const base = films[i % films.length]!;
  const other = films[Math.floor(random() * films.length)]!;
  const words = (text = '') => text.split(' ');
  const mine = words(base.overview);
  const theirs = words(other.overview);
  const title = `${words(base.title).slice(0, 4).join(' ')} ${words(other.title).at(-1)}`;
  const factor = Math.exp(random() - 0.5);
  const scaled = (text = '', digits = 0) => (Number(text) * factor).toFixed(digits);
  return {
    ...base,
    id: String(1 + ((i * ID_STEP) % rows)),
    title,
    original_title: base.original_title === base.title ? title : (base.original_title ?? ''),
    overview: [...mine.slice(0, mine.length / 2), ...theirs.slice(theirs.length / 2)].join(' '),
    keywords: random() < 0.5 ? (base.keywords ?? '') : (other.keywords ?? ''),
    vote_count: scaled(base.vote_count),
    popularity: scaled(base.popularity, 3),
    revenue: scaled(base.revenue),
  };
}

function cell(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
