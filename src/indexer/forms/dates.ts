/** Dates as people write them → ISO days, or a year alone. */
import type { CellReader } from './names.ts';

const ISO = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}/;
const YEAR_FIRST = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH_FIRST = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i;
const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?[ ,-]*(\d{4}|\d{2})$/i;
/** Seconds, milliseconds or nanoseconds since 1970: no date has so many digits, and none is negative. */
const EPOCH = /^(?:-\d{1,19}|\d{9,19})(?:\.0)?$/;
/** Beside many such, shorter numbers are days near 1970. */
const SHORT_EPOCH = /^-?\d{1,19}(?:\.0)?$/;

/** Year of two digits: at most next year's in this century, else in the last one. */
function fullYear(text: string, today: Date): number {
  if (text.length === 4) return Number(text);
  const century = Math.floor(today.getUTCFullYear() / 100) * 100;
  const year = century + Number(text);
  return year > today.getUTCFullYear() + 1 ? year - 100 : year;
}

/** An ISO day, or null where the calendar has none such. */
function isoDay(year: number, month: number, day: number): string | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}

/** Whether the day stands before the month: told by numbers above twelve, else by the sign (1.2. is European). */
function dayFirst(sample: readonly string[]): (sign: string) => boolean {
  let first = 0;
  let second = 0;
  for (const cell of sample) {
    const parts = YEAR_LAST.exec(cell.split(' ')[0]!);
    if (parts && Number(parts[1]) > 12) first++;
    if (parts && Number(parts[3]) > 12) second++;
  }
  return (sign) => (first === second ? sign === '.' : first > second);
}

/**
 * A reader of dates: ISO days, or years of four digits where no day is known.
 * @param sample cells of the column, by which 3/4 is told from 4/3
 */
export function dateReader(sample: readonly string[], today = new Date()): CellReader {
  const isDayFirst = dayFirst(sample);
  const epoch = sample.filter((cell) => EPOCH.test(cell)).length > sample.length / 2 ? SHORT_EPOCH : EPOCH;
  return (cell, note) => {
    if (ISO.test(cell)) return cell;
    if (epoch.test(cell)) {
      note('timestamp');
      return epochDay(Number(cell));
    }
    const stamp = TIMESTAMP.exec(cell);
    if (stamp) {
      note('timestamp');
      return stamp[1]!;
    }
    if (/^\d{4}(?:\.0)?$/.test(cell) || /^\d{4}-\d{2}$/.test(cell)) {
      note('year-alone');
      return cell.slice(0, 4);
    }
    // A time behind a day says nothing here.
    const text = cell.replace(/,? \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?$/i, '');
    const day = ordered(text, isDayFirst, today);
    if (day !== null) {
      note('date-order');
      return day;
    }
    return null;
  };
}

/** The day of a number of seconds, milliseconds or nanoseconds since 1970; null for one that no calendar has. */
function epochDay(number: number): string | null {
  const size = Math.abs(number);
  const time = new Date(size > 1e16 ? number / 1e6 : size > 1e11 ? number : number * 1e3);
  return Number.isNaN(time.getTime()) ? null : time.toISOString().slice(0, 10);
}

function ordered(text: string, isDayFirst: (sign: string) => boolean, today: Date): string | null {
  const yearFirst = YEAR_FIRST.exec(text) ?? COMPACT.exec(text);
  if (yearFirst) return isoDay(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast) {
    const [, a, sign, b, year] = yearLast;
    const [day, month] = isDayFirst(sign!) ? [a, b] : [b, a];
    return isoDay(fullYear(year!, today), Number(month), Number(day));
  }
  const words = MONTH_FIRST.exec(text);
  const [month, day, year] = words
    ? [words[1], words[2], words[3]]
    : [2, 1, 3].map((i) => DAY_FIRST.exec(text)?.[i]);
  const number = MONTHS.indexOf(month?.slice(0, 3).toLowerCase() ?? '') + 1;
  return number > 0 ? isoDay(fullYear(year!, today), number, Number(day)) : null;
}
