import { aliasIn } from './aliases.ts';
import { isUnspaced, words } from './normalise.ts';
import { digits, ordinals, type Respelt, spelt } from './numbers.ts';
import { parseTitle } from './title.ts';

/** A query is cut after this many graphemes; what follows is ignored. */
export const MAX_GRAPHEMES = 200;
/** … and after this many words (characters in Chinese and Japanese). */
export const MAX_WORDS = 32;
/** A grapheme can be arbitrarily long, so the text is first cut to this many UTF-16 units. */
const MAX_UNITS = 4000;
/** Readings of one query that are searched: the words as typed, and with misplaced spaces mended. */
const MAX_READINGS = 3;
/** A word in fewer recordings may well be two words. */
const RARE = 3;
/** Likeness of a word that came about by moving a space. */
const MENDED = 0.97;

/** Words that people add around a title: they count when they fit, hardly when they do not. */
const ORNAMENTS =
  'by feat ft featuring with and x vs from song music official video audio lyric lyrics remaster remastered';
/** Words that people leave out of a title, or put before it. */
const ARTICLES = 'the a an la le el los las les der die das de';
export const ARTICLE: ReadonlySet<string> = new Set(ARTICLES.split(' '));
/** Optional words that may well be part of a title. */
const PART: ReadonlySet<string> = new Set(`${ARTICLES} song music x and with from`.split(' '));
/** All words whose absence or presence says little. */
export const OPTIONAL: ReadonlySet<string> = new Set(`${ORNAMENTS} ${ARTICLES}`.split(' '));

/** One word of a query. */
export interface QueryWord {
  readonly text: string;
  /** The last word typed: it may be unfinished. */
  readonly last: boolean;
  /** One character of an unspaced script. */
  readonly unspaced: boolean;
  /** No typos in numbers: 1989 is not 1999. */
  readonly typos: boolean;
  readonly optional: boolean;
  /** Optional, but it may well be part of another title: "the", "song". */
  readonly part: boolean;
  /** Factor on the likeness: below 1 where a space was moved to get this word. */
  readonly factor: number;
}

/**
 * Takes a query apart into words. Never throws; a text without words gives [].
 * @param finished the text was submitted: its last word is a whole one
 */
export function parseQuery(text: string, finished: boolean): QueryWord[] {
  const cut = cutGraphemes(text);
  const found = words(cut).slice(0, MAX_WORDS);
  const editions = new Set(parseTitle(cut).editionNotes.flatMap((note) => words(note)));
  const named = found.filter((word) => !editions.has(word) && !OPTIONAL.has(word));
  return found.map((word, index) =>
    // A text of optional words only ("the the") is a name, not an ornament.
    queryWord(
      word,
      !finished && index === found.length - 1,
      named.length > 0 && (editions.has(word) || OPTIONAL.has(word)),
      !editions.has(word) && PART.has(word),
    ),
  );
}

/** The words that a text is taken to consist of. */
export type Reading = readonly QueryWord[];

/** What the readings need to know of the index. */
export interface Lexicon {
  /** Recordings that contain the word; 0 when it does not occur. */
  frequency(word: string): number;
  /** Whether some recording contains both words. */
  together(first: string, second: string): boolean;
}

/** The words with another name of an artist in place of the one that catalogues write; none without such a name. */
function withAlias(typed: Reading): Reading[] {
  const alias = aliasIn(typed.map(({ text }) => text));
  return alias === null ? [] : [replace(typed, alias.at, alias.count, alias.written, 1)];
}

/** A word of at least so many letters that no recording has may be a title without its spaces: "takeonme". */
const JOINED = 6;
/** Words that it may consist of, at most, and the letters of each. */
const PARTS = 8;
const LONGEST_PART = 14;
/** What a word costs beside its rarity, so that few words are preferred to many. */
const PER_WORD = 14;

/** A text whose only word is three known words or more without spaces, with them; none else. */
function withoutSpaces(typed: Reading, lexicon: Lexicon): Reading[] {
  const [word] = typed;
  if (typed.length !== 1 || !word || word.unspaced || word.text.length < JOINED) return [];
  const { text } = word;
  if (lexicon.frequency(text) > 0) return [];
  const best: { cost: number; parts: readonly string[] }[] = [{ cost: 0, parts: [] }];
  for (let end = 1; end <= text.length; end++) {
    best[end] = { cost: Number.POSITIVE_INFINITY, parts: [] };
    for (let start = Math.max(0, end - LONGEST_PART); start < end; start++) {
      const before = best[start]!;
      if (before.cost === Number.POSITIVE_INFINITY || before.parts.length >= PARTS) continue;
      const part = text.slice(start, end);
      const frequency = lexicon.frequency(part);
      if (frequency === 0) continue;
      const cost = before.cost + PER_WORD - Math.log(frequency);
      if (cost < best[end]!.cost) best[end] = { cost, parts: [...before.parts, part] };
    }
  }
  const { parts } = best[text.length]!;
  return parts.length < 3 ? [] : [mend(typed, 0, 1, parts)];
}

/** The words with numbers in digits for numbers in words, or the other way, all of them or one; none without numbers. */
function withNumbers(typed: Reading): Reading[] {
  const text = typed.map((word) => word.text);
  // From the end on, so that places stay what they were.
  const write = (found: readonly Respelt[]) =>
    found.reduceRight<Reading>(
      (reading, { at, count, instead }) => replace(reading, at, count, instead, 1),
      typed,
    );
  return [spelt(text), digits(text), ordinals(text)].flatMap((found) => {
    if (found.length < 2) return found.length === 0 ? [] : [write(found)];
    return [write(found), ...found.slice(0, MAX_READINGS).map((one) => write([one]))];
  });
}

/**
 * The words as typed, then variants in which one space is taken out, put in (perhaps for a wrong letter) or moved,
 * as far as the index knows the words that result: "stay in alive", "nothing elsematters", "nothinge lse matters".
 */
export function readingsOf(typed: readonly QueryWord[], lexicon: Lexicon): Reading[] {
  const respelt = [typed, ...withAlias(typed), ...withNumbers(typed)];
  const readings: Reading[] = [];
  const known = (...words: readonly string[]) =>
    words.every((word) => word !== '' && lexicon.frequency(word) > 0);
  typed.forEach((word, at) => {
    if (word.unspaced) return;
    if (lexicon.frequency(word.text) < RARE) {
      for (const [head, tail] of splits(word.text)) {
        if (known(head, tail) && lexicon.together(head, tail))
          readings.push(mend(typed, at, 1, [head, tail]));
      }
    }
    const next = typed[at + 1];
    if (next === undefined || next.unspaced) return;
    const joined = word.text + next.text;
    if (known(joined)) readings.push(mend(typed, at, 2, [joined]));
    if (known(word.text, next.text) && lexicon.together(word.text, next.text)) return;
    for (const border of [word.text.length - 1, word.text.length + 1]) {
      const [head, tail] = [joined.slice(0, border), joined.slice(border)];
      if (known(head, tail) && lexicon.together(head, tail)) readings.push(mend(typed, at, 2, [head, tail]));
    }
  });
  return [
    ...respelt,
    ...readings.slice(0, Math.max(1, MAX_READINGS - respelt.length)),
    ...withoutSpaces(typed, lexicon),
  ];
}

/**
 * Readings for a text that led nowhere: a long unknown word is split where one part is a known word, whatever the
 * other part is ("aliveksewella" for "alive krewella"). Longer known parts first.
 */
export function lastReadingsOf(typed: readonly QueryWord[], lexicon: Lexicon): Reading[] {
  const found: { reading: Reading; length: number }[] = [];
  typed.forEach((word, at) => {
    if (word.unspaced || lexicon.frequency(word.text) > 0) return;
    for (const [head, tail] of splits(word.text)) {
      if (head.length < 3 || tail.length < 3) continue;
      const known = [head, tail].filter((part) => part.length >= 4 && lexicon.frequency(part) > 0);
      const length = Math.max(0, ...known.map((part) => part.length));
      if (length > 0) found.push({ reading: mend(typed, at, 1, [head, tail]), length });
    }
  });
  return found
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_READINGS)
    .map(({ reading }) => reading);
}

/** The reading with `count` words from `at` on replaced, because a space was misplaced. */
function mend(typed: Reading, at: number, count: number, replacement: readonly string[]): Reading {
  return replace(typed, at, count, replacement, MENDED);
}

function replace(
  typed: Reading,
  at: number,
  count: number,
  replacement: readonly string[],
  factor: number,
): Reading {
  const last = typed[at + count - 1]!.last;
  const instead = replacement.map((text, index) => ({
    ...queryWord(text, last && index === replacement.length - 1, false, false),
    factor,
  }));
  return [...typed.slice(0, at), ...instead, ...typed.slice(at + count)];
}

function queryWord(text: string, last: boolean, optional: boolean, part: boolean): QueryWord {
  const unspaced = isUnspaced(text);
  return { text, last, unspaced, typos: !unspaced && !/\p{N}/u.test(text), optional, part, factor: 1 };
}

/** Two words out of one: all that a missing space, or a letter typed for it, can have been. */
function splits(word: string): [string, string][] {
  if (word.length < 4) return [];
  const missing = Array.from({ length: word.length - 1 }, (_, at) => [
    word.slice(0, at + 1),
    word.slice(at + 1),
  ]);
  const replaced = Array.from({ length: word.length - 2 }, (_, at) => [
    word.slice(0, at + 1),
    word.slice(at + 2),
  ]);
  return [...missing, ...replaced] as [string, string][];
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

function cutGraphemes(text: string): string {
  const units = text.slice(0, MAX_UNITS);
  if (units.length <= MAX_GRAPHEMES) return units;
  let count = 0;
  for (const { index } of graphemes.segment(units))
    if (count++ === MAX_GRAPHEMES) return units.slice(0, index);
  return units;
}
