/** Readers of cells, one for each kind of column. */
import type { Column, TableSpec } from './columns.ts';
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
import type { CellReader } from './names.ts';
import {
  millisecondsReader,
  minutesReader,
  type NumberStyle,
  numbersOf,
  ratingReader,
  readNumber,
  scaled,
} from './numbers.ts';
import type { Counter } from './profile.ts';

/** Which columns of features hold 0…100 where 0…1 is meant. */
export function hundredths(
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

/** What reads the cells of a column. */
export function readerOf(
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
