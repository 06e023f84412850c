/** Numbers as people write them → numbers as programs do. */
import type { CellReader, Note } from './names.ts';

/** Whether a comma stands before decimals in a table. */
export interface NumberStyle {
  readonly decimalComma: boolean;
}

const PLAIN = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const GROUPED = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const GROUPED_BY_DOTS = /^[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;
const GROUPED_BY_SPACES = /^[-+]?\d{1,3}(?:[ '\u00a0\u202f’]\d{3})+(?:[.,]\d+)?$/;
const WITH_COMMA = /^[-+]?\d*,\d+(?:e[-+]?\d+)?$/i;
/** Currencies before a number; units and powers behind it. */
const SIGNED = /^(?:[$€£¥]|USD|EUR|us\$)?\s*(.*?)\s*(?:dB|dBFS|bpm|ms|%|\$|€|£|USD|EUR|votes?)?$/i;
const POWERS: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  mio: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
};

/** How to read a comma between digits: before decimals, between thousands, or as its table does. */
export type Comma = 'decimal' | 'thousands' | 'table';

/**
 * A number in JavaScript's form, or null.
 * @param comma what a comma means in this column where a cell alone does not tell
 */
export function readNumber(cell: string, note: Note, comma: Comma, style: NumberStyle): string | null {
  if (PLAIN.test(cell)) {
    // "34.495" votes in a table with decimal commas are thousands.
    if (comma !== 'thousands' || !style.decimalComma || !GROUPED_BY_DOTS.test(cell)) return cell;
  }
  const bare = SIGNED.exec(cell)?.[1] ?? cell;
  const power = /^([-+\d.,]+)\s*(k|m|mio|million|b|bn|billion)$/i.exec(bare);
  if (power) {
    const number = readNumber(power[1]!, note, 'decimal', style);
    note('unit-sign');
    return number === null ? null : String(Number(number) * POWERS[power[2]!.toLowerCase()]!);
  }
  const number = ungrouped(bare.replace(/^[\u2212\u2013]/, '-'), note, comma, style);
  if (number !== null && bare !== cell) note('unit-sign');
  return number;
}

function ungrouped(text: string, note: Note, comma: Comma, style: NumberStyle): string | null {
  const decimal = comma === 'decimal' || (comma === 'table' && style.decimalComma);
  if (GROUPED_BY_SPACES.test(text)) {
    note('thousands');
    return text.replace(/[ '\u00a0\u202f’]/g, '').replace(',', '.');
  }
  const manyDots = /\..*\./.test(text);
  if (
    GROUPED_BY_DOTS.test(text) &&
    (manyDots || text.includes(',') || (comma === 'thousands' && style.decimalComma))
  ) {
    note('thousands');
    return text.replaceAll('.', '').replace(',', '.');
  }
  if (PLAIN.test(text)) return text;
  if (GROUPED.test(text) && (!decimal || /,.*,/.test(text) || text.includes('.'))) {
    note('thousands');
    return text.replaceAll(',', '');
  }
  if (WITH_COMMA.test(text)) {
    note('decimal-comma');
    return text.replace(',', '.');
  }
  return null;
}

/** Whether the cells of columns that hold small numbers have a comma before their decimals. */
export function styleOf(smallNumbers: Iterable<string>): NumberStyle {
  for (const cell of smallNumbers) if (/^[-+]?\d*,\d+$/.test(cell)) return { decimalComma: true };
  return { decimalComma: false };
}

/** Numbers of a sample, those that can be read. */
export function numbersOf(sample: readonly string[], read: (cell: string) => string | null): number[] {
  return sample.flatMap((cell) => {
    const number = read(cell);
    return number === null ? [] : [Number(number)];
  });
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** A number times a factor, without the digits that binary fractions add. */
export const scaled = (number: string, factor: number): string =>
  String(Number((Number(number) * factor).toPrecision(12)));

const CLOCK = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2}(?:\.\d+)?)$/;
const SPOKEN =
  /^(?:PT)?(?:(\d+)\s*(?:h|hr|hrs|hours?|std)\.?)?\s*(?:(\d+)\s*(?:m|min|mins|minutes?)\.?)?\s*(?:(\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?)\.?)?$/i;

/** Seconds of "3:45", "1:02:03", "2h 28m", "PT3M45S"; null for anything else. */
function clockSeconds(cell: string): number | null {
  const clock = CLOCK.exec(cell);
  if (clock) return 3600 * Number(clock[1] ?? 0) + 60 * Number(clock[2]) + Number(clock[3]);
  const spoken = SPOKEN.exec(cell);
  if (!spoken || cell === '' || /^PT$/i.test(cell)) return null;
  return 3600 * Number(spoken[1] ?? 0) + 60 * Number(spoken[2] ?? 0) + Number(spoken[3] ?? 0);
}

/** Shorter than this and the middle length of songs is none in milliseconds, or none in seconds. */
const LEAST_MEDIAN = { milliseconds: 10_000, seconds: 20 };

/** Lengths of songs as milliseconds; the unit is told by the middle one. */
export function millisecondsReader(sample: readonly string[], style: NumberStyle): CellReader {
  const silent = () => {};
  const middle = median(numbersOf(sample, (cell) => readNumber(cell, silent, 'thousands', style)));
  const [factor, form] =
    middle >= LEAST_MEDIAN.milliseconds || !(middle > 0)
      ? ([1, null] as const)
      : middle >= LEAST_MEDIAN.seconds
        ? ([1_000, 'seconds'] as const)
        : ([60_000, 'minutes'] as const);
  const comma = factor === 1 ? 'thousands' : 'decimal';
  return (cell, note) => {
    const number = readNumber(cell, note, comma, style);
    if (number !== null) {
      if (form) note(form);
      return factor === 1 ? number : scaled(number, factor);
    }
    const seconds = clockSeconds(cell);
    if (seconds === null) return null;
    note('clock');
    return scaled(String(seconds), 1_000);
  };
}

/** Lengths of films as minutes. */
export function minutesReader(style: NumberStyle): CellReader {
  return (cell, note) => {
    const number = readNumber(cell, note, 'decimal', style);
    if (number !== null) return number;
    // "2:28" is hours and minutes here.
    const clock = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(cell);
    const seconds = clock ? 3600 * Number(clock[1]) + 60 * Number(clock[2]) : clockSeconds(cell);
    if (seconds === null) return null;
    note(/^\d+ ?min/i.test(cell) ? 'unit-sign' : 'clock');
    return String(Math.round(seconds / 60));
  };
}

/** Ratings out of ten; the scale is told by the greatest ones of a sample. */
export function ratingReader(sample: readonly string[], style: NumberStyle): CellReader {
  const silent = () => {};
  const ratings = numbersOf(sample, (cell) => readNumber(cell, silent, 'decimal', style)).filter(
    (x) => x > 0,
  );
  const isHundred = ratings.filter((x) => x > 10 && x <= 100).length > ratings.length / 2;
  const isFive = ratings.length >= 50 && ratings.every((x) => x <= 5);
  const factor = isHundred ? 0.1 : isFive ? 2 : 1;
  return (cell, note) => {
    const [, value, of] = /^(.*?)\s*\/\s*(5|10|100)$/.exec(cell) ?? [null, cell, null];
    const number = readNumber(value!, note, 'decimal', style);
    if (number === null) return null;
    const own = of ? 10 / Number(of) : factor;
    if (own !== 1 || of) note('rating-scale');
    return own === 1 ? number : scaled(number, own);
  };
}
