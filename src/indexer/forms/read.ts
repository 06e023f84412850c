/** Tables of songs and films in any recognised form → rows as the two data sets have them. */
import { UserError } from '../../shared/errors.ts';
import { lacksColumns, openTable, type ReadProgress, type TableRow } from '../tables.ts';
import { type Column, FILM_TABLE, findColumns, type Header, SONG_TABLE, type TableSpec } from './columns.ts';
import { dateReader } from './dates.ts';
import { filmGenre, songGenre } from './genres.ts';
import {
  beatsReader,
  booleanReader,
  countryName,
  filmIdReader,
  imdbReader,
  keyReader,
  languageReader,
  modeReader,
  posterReader,
  statusReader,
  trackIdReader,
} from './labels.ts';
import { joined, namesIn } from './lists.ts';
import type { CellReader, Note } from './names.ts';
import {
  millisecondsReader,
  minutesReader,
  type NumberStyle,
  numbersOf,
  ratingReader,
  readNumber,
  scaled,
  styleOf,
} from './numbers.ts';
import { type Counter, Profiler } from './profile.ts';

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

/** Which columns of features hold 0…100 where 0…1 is meant. */
function hundredths(
  spec: TableSpec,
  sampleOf: (column: Column) => string[],
  style: NumberStyle,
): (name: string) => boolean {
  const columns = spec.columns.filter(({ kind }) => kind === 'unit');
  const numbers = new Map(
    columns.map((column) => [
      column.name,
      numbersOf(sampleOf(column), (cell) =>
        readNumber(cell.replace(/\s*%$/, ''), () => {}, 'decimal', style),
      ),
    ]),
  );
  const isOwn = (name: string) => {
    const all = numbers.get(name) ?? [];
    return all.filter((x) => x > 1 && x <= 100).length > 0.2 * all.length;
  };
  const own = columns.filter(({ name }) => isOwn(name)).map(({ name }) => name);
  const most = own.length >= 4;
  // Where most columns are, one whose values are all small is as well, unless it fills 0…1.
  return (name) => {
    const all = numbers.get(name) ?? [];
    return isOwn(name) || (most && (all.some((x) => x > 1) || !all.some((x) => x > 0.05 && x % 1 !== 0)));
  };
}

function readerOf(
  { name, kind }: Column,
  sample: readonly string[],
  style: NumberStyle,
  isHundredths: (name: string) => boolean,
  counter: Counter,
): CellReader {
  const number =
    (comma: 'decimal' | 'thousands' | 'table'): CellReader =>
    (cell, note) =>
      readNumber(cell, note, comma, style);
  switch (kind) {
    case 'track-id':
      return trackIdReader;
    case 'film-id':
      return filmIdReader;
    case 'text':
      return (cell) => cell;
    case 'artists':
      return artistsReader(sample);
    case 'song-genres':
    case 'film-genres':
      return genresReader(kind, counter);
    case 'names':
      return namesReader(name, sample);
    case 'number':
      return number(name === 'tempo' ? 'decimal' : 'table');
    case 'whole':
      return number('thousands');
    case 'decibels':
      return number('decimal');
    case 'unit':
      return unitReader(isHundredths(name), style);
    case 'percent':
      return percentReader(sample, style);
    case 'milliseconds':
      return millisecondsReader(sample, style);
    case 'minutes':
      return minutesReader(style);
    case 'rating':
      return ratingReader(sample, style);
    case 'key':
      return keyReader;
    case 'mode':
      return modeReader;
    case 'beats':
      return beatsReader;
    case 'boolean':
      return booleanReader;
    case 'date':
    case 'year':
      return dateReader(sample);
    case 'status':
      return statusReader;
    case 'language':
      return languageReader;
    case 'poster':
      return posterReader;
    case 'imdb-id':
      return imdbReader;
  }
}

function genresReader(kind: 'song-genres' | 'film-genres', counter: Counter): CellReader {
  const isFilm = kind === 'film-genres';
  const read = isFilm ? filmGenre : songGenre;
  return (cell, note) => {
    const usual = isFilm ? ',' : ';';
    // "R&B/Soul" of songs, "Action/Adventure" of films; the usual separator goes first.
    const others = cell.includes(usual) ? [] : ['|', isFilm ? ';' : ',', '/'];
    const names = namesIn(cell, note, others, usual);
    if (names === null) return null;
    const labels = names.flatMap((name) => {
      if (name.trim() === '') return [];
      const { label, known } = read(name, note);
      counter.name(label, known);
      return label;
    });
    return joined(labels, isFilm ? ', ' : ';');
  };
}

/** Share of cells in which a sign must stand before it counts as a separator: a few names hold it. */
const LEAST_SEPARATED = 0.02;

const separatesIn = (sample: readonly string[]) => (sign: string) =>
  sample.filter((cell) => cell.includes(sign)).length > LEAST_SEPARATED * sample.length;

function artistsReader(sample: readonly string[]): CellReader {
  const separators = ['|'].filter(separatesIn(sample));
  return (cell, note) => {
    const names = namesIn(cell, note, separators, ';');
    return names && joined(names, ';');
  };
}

function namesReader(column: string, sample: readonly string[]): CellReader {
  const isCountries = column === 'production_countries';
  const separators = ['|', ';'].filter(separatesIn(sample));
  return (cell, note) => {
    const names = namesIn(cell, note, separators, ',');
    if (names === null) return null;
    if (!isCountries) return joined(names, ', ');
    return joined(
      names.map((name) => {
        const country = countryName(name.trim());
        if (country !== null) note('country-code');
        return country ?? name;
      }),
      ', ',
    );
  };
}

function unitReader(isHundredths: boolean, style: NumberStyle): CellReader {
  return (cell, note) => {
    const bare = cell.replace(/\s*%$/, '');
    const number = readNumber(bare, note, 'decimal', style);
    if (number === null) return null;
    if (!isHundredths && bare === cell) return number;
    note('hundredths');
    return scaled(number, 0.01);
  };
}

/** Popularity of 0…100; that of 0…1 is told by its sample. */
function percentReader(sample: readonly string[], style: NumberStyle): CellReader {
  const numbers = numbersOf(sample, (cell) => readNumber(cell, () => {}, 'decimal', style));
  const isFraction = numbers.length >= 20 && numbers.every((x) => x <= 1) && numbers.some((x) => x % 1 !== 0);
  return (cell, note) => {
    const number = readNumber(cell, note, 'decimal', style);
    if (number === null || !isFraction) return number;
    note('fractions');
    return scaled(number, 100);
  };
}
