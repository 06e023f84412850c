/** Tables of songs and films in any recognised form → rows as the two data sets have them. */
import { UserError } from '../../shared/errors.ts';
import { lacksColumns, openTable, type ReadProgress, type TableRow } from '../tables.ts';
import { type Column, FILM_TABLE, findColumns, type Header, SONG_TABLE, type TableSpec } from './columns.ts';
import type { CellReader, Note } from './names.ts';
import { styleOf } from './numbers.ts';
import { type Counter, Profiler } from './profile.ts';
import { hundredths, readerOf } from './readers.ts';

/** Rows at the beginning by which scales, separators of numbers and the order of dates are told. */
const SAMPLE_ROWS = 10_000;

/** Words for no value in columns that hold no texts. */
const NO_VALUE = /^(?:nan|null|none|n\/?a|#n\/a|nil|undefined|\\n|-+|\?)$/i;
/** What The Movies Dataset writes for no overview. */
const NO_OVERVIEW = /^no overview(?: found| yet)?\.?$/i;

interface ReadOptions {
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Counts what is met. */
  readonly profiler?: Profiler;
}

/**
 * Rows of a table of songs, with the columns and cells of the Spotify Tracks Dataset; absent columns are absent.
 * @throws UserError when the file is missing, no table, or lacks a column that nothing can stand in for
 */
export function readSongRows(file: string, options: ReadOptions = {}): AsyncGenerator<TableRow> {
  return readRows(file, SONG_TABLE, FILM_TABLE, options);
}

/**
 * Rows of a table of films, with the columns and cells of the TMDb Movies Dataset; absent columns are absent. Where
 * only the year of a release is known, it stands in `year`, and `release_date` is empty.
 * @throws UserError when the file is missing, no table, or lacks a column that nothing can stand in for
 */
export function readFilmRows(file: string, options: ReadOptions = {}): AsyncGenerator<TableRow> {
  return readRows(file, FILM_TABLE, SONG_TABLE, options);
}

async function* readRows(
  file: string,
  spec: TableSpec,
  other: TableSpec,
  { onProgress = () => {}, profiler = new Profiler(spec) }: ReadOptions,
): AsyncGenerator<TableRow> {
  const table = await openTable(file);
  const header = findColumns(spec, table.columns);
  if (header.missing.length > 0) {
    table.close();
    throw wrongColumns(file, header, spec, other, table.columns);
  }
  profiler.begin(header, table.forms);
  const rows = table.rows(onProgress);
  const sample: TableRow[] = [];
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    sample.push(next.value);
    if (sample.length === SAMPLE_ROWS) break;
  }
  const reader = new RowReader(header, spec, sample, profiler);
  for (const row of sample) yield reader.read(row);
  sample.length = 0;
  for await (const row of rows) yield reader.read(row);
}

function wrongColumns(
  file: string,
  header: Header,
  spec: TableSpec,
  other: TableSpec,
  names: readonly string[],
): UserError {
  if (findColumns(other, names).missing.length === 0) {
    return new UserError(`${file} is a table of ${other.of}, not of ${spec.of}.`, {
      id: 'index.header',
      hint: 'Were --songs and --movies mixed up?',
    });
  }
  const found = names.slice(0, 8).map((name) => `"${name.slice(0, 30)}"`);
  return lacksColumns(
    file,
    header.missing.map(({ name }) => name),
    `Its first line names ${found.join(', ')}${names.length > 8 ? ', …' : ''}; data/README.md lists what a column may be called.`,
  );
}

/** One column of the file, ready to be read. */
interface Cell {
  readonly name: string;
  readonly from: string;
  readonly isText: boolean;
  readonly counts: boolean;
  readonly read: CellReader;
  readonly counter: Counter;
}

/** Kinds whose values are few enough to be counted one by one. */
const UNCOUNTED = new Set([
  'track-id',
  'film-id',
  'artists',
  'text',
  'names',
  'poster',
  'imdb-id',
  'song-genres',
  'film-genres',
]);

class RowReader {
  readonly #cells: readonly Cell[];
  readonly #profiler: Profiler;
  readonly #note: Note;

  constructor(header: Header, spec: TableSpec, sample: readonly TableRow[], profiler: Profiler) {
    this.#profiler = profiler;
    this.#note = (form) => profiler.note(form);
    const sampleOf = ({ name }: Column): string[] => {
      const from = header.from.get(name);
      if (from === undefined) return [];
      return sample
        .map(({ values }) => values[from]!.trim())
        .filter((cell) => cell !== '' && !NO_VALUE.test(cell));
    };
    const small = spec.columns.filter(
      ({ kind }) => kind === 'unit' || kind === 'decibels' || kind === 'rating',
    );
    const style = styleOf(small.flatMap(sampleOf));
    const isHundredths = hundredths(spec, sampleOf, style);
    this.#cells = spec.columns.flatMap((column) => {
      const from = header.from.get(column.name);
      if (from === undefined) return [];
      const counter = profiler.counter(column.name);
      return {
        name: column.name,
        from,
        isText: column.kind === 'text' || column.kind === 'artists',
        counts: !UNCOUNTED.has(column.kind),
        read: readerOf(column, sampleOf(column), style, isHundredths, counter),
        counter,
      };
    });
  }

  read(row: TableRow): TableRow {
    this.#profiler.rows++;
    const values: Record<string, string> = {};
    for (const cell of this.#cells) values[cell.name] = this.#cell(cell, row.values[cell.from] ?? '');
    const { release_date: date } = values;
    if (date?.length === 4) {
      values.release_date = '';
      values.year = date;
    }
    return { ...row, values };
  }

  #cell({ name, isText, counts, read, counter }: Cell, raw: string): string {
    const cell = raw.trim();
    if (cell === '' || (!isText && NO_VALUE.test(cell)) || (name === 'overview' && NO_OVERVIEW.test(cell))) {
      if (cell !== '') this.#note('no-value-word');
      counter.empty();
      return '';
    }
    const value = read(cell, this.#note);
    if (value === null) {
      counter.unreadable(cell);
      // What is no known word for "not adult" may be one for "adult".
      return name === 'adult' ? 'True' : raw;
    }
    counter.value(value, counts);
    return value;
  }
}
