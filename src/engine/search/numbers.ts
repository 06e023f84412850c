/** Numbers that people write in words, and words that they write as numbers: "song two", "7 nation army". */

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A run of words that can be written otherwise: from which place on, how many words, and the words instead. */
export interface Respelt {
  readonly at: number;
  readonly count: number;
  readonly instead: readonly string[];
}

/** Where English words spell a number of 0 to 99, or a year in two such halves. */
export function spelt(text: readonly string[]): Respelt[] {
  const found: Respelt[] = [];
  for (let at = 0; at < text.length; ) {
    const first = below100(text, at);
    if (first === null) {
      at++;
      continue;
    }
    const next = at + first.count;
    const second = first.value >= 10 ? below100(text, next) : null;
    const year = second !== null && second.value >= 10;
    const value = year ? 100 * first.value + second.value : first.value;
    const count = first.count + (year ? second.count : 0);
    found.push({ at, count, instead: [String(value)] });
    at += count;
  }
  return found;
}

/** Where digits stand for a number of 0 to 99, or for a year. */
export function digits(text: readonly string[]): Respelt[] {
  return text.flatMap((word, at) => {
    if (!/^(?:\d|[1-9]\d|1[1-9][1-9]\d|20[1-9]\d)$/.test(word)) return [];
    const value = Number(word);
    const instead =
      value < 100 ? inWords(value) : [...inWords(Math.floor(value / 100)), ...inWords(value % 100)];
    return [{ at, count: 1, instead }];
  });
}

const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(
  ' ',
);

/** Where a work's number is said as people do: "5th symphony", "ninth symphony" for "Symphony No. 9". */
export function ordinals(text: readonly string[]): Respelt[] {
  return text.flatMap((word, at) => {
    const number = Number(/^(\d{1,2})(?:st|nd|rd|th)$/.exec(word)?.[1] ?? ORDINALS.indexOf(word) + 1);
    const work = text[at + 1] ?? '';
    if (number === 0 || !WORK.test(work)) return [];
    return [{ at, count: 2, instead: [work, 'no', String(number)] }];
  });
}

/** Forms whose works are numbered. */
const WORK = /^(?:symphony|sonata|concerto|waltz|nocturne|prelude|etude|rhapsody|suite|ballade|quartet)$/;

function below100(text: readonly string[], at: number): { value: number; count: number } | null {
  const unit = UNITS.indexOf(text[at] ?? '');
  if (unit >= 0) return { value: unit, count: 1 };
  const tens = TENS.indexOf(text[at] ?? '');
  if (tens < 2) return null;
  const after = UNITS.indexOf(text[at + 1] ?? '');
  return after > 0 && after < 10 ? { value: 10 * tens + after, count: 2 } : { value: 10 * tens, count: 1 };
}

function inWords(value: number): string[] {
  if (value < 20) return [UNITS[value]!];
  const tens = TENS[Math.floor(value / 10)]!;
  return value % 10 === 0 ? [tens] : [tens, UNITS[value % 10]!];
}
