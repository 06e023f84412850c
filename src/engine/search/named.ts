/**
 * Whether a text names a song, rather than resembling it: the whole title stands in the text, in order and in one
 * piece, and what is left of the text is found among the song's artists and notes. Words that are not exactly those
 * of the song are doubtful, and must be few beside the others.
 */
import { FIELD, type Sections } from './layout.ts';
import type { Likenesses } from './likenesses.ts';
import { ARTICLE, type Reading } from './query.ts';
import { misspelt, type Vocabulary } from './vocabulary.ts';
import type { Weights } from './weights.ts';

/** Typos in words of so few letters are not searched for, but seen. */
const SHORT = 2;
/** Letters of an artist's initials, at least: "jt" may be anybody. */
const INITIALS = 3;
/** Words of a name that its initials may leave out. */
const SMALL = [...ARTICLE, 'of', 'and', 'at', 'in', 'on', 'n'];
/** Letters of an unfinished word of an artist's name. */
const UNFINISHED = 3;

/** How far a text names a song. */
export interface Naming {
  /** The whole title stands in the text. */
  readonly title: boolean;
  /** Places of the reading's words that the song does not have. */
  readonly unread: readonly number[];
  /** The words that are not exactly the song's are few enough. */
  readonly firm: boolean;
}

const NOTHING: Naming = { title: false, unread: [], firm: false };

/** Compares the words of one reading with recordings. Between `begin` calls; not reentrant. */
export class NameReader {
  readonly #s: Sections;
  readonly #w: Weights;
  readonly #vocabulary: Vocabulary;
  readonly #likenesses: Likenesses;
  /** Words of the index that are articles. */
  readonly #article: Uint8Array;
  /** Words of the index that initials may leave out. */
  readonly #small: Uint8Array;
  #reading: Reading = [];
  /** For each word of the reading: its number in the index as it is written, or −1. */
  #exact: number[] = [];
  /** Letters of the title, and of the artists and notes, that the text has, and of those that it may have. */
  #firm = 0;
  #doubtful = 0;

  constructor(sections: Sections, vocabulary: Vocabulary, likenesses: Likenesses, weights: Weights) {
    this.#s = sections;
    this.#w = weights;
    this.#vocabulary = vocabulary;
    this.#likenesses = likenesses;
    this.#article = marked(vocabulary, ARTICLE);
    this.#small = marked(vocabulary, SMALL);
  }

  /** Starts on a reading. */
  begin(reading: Reading): void {
    this.#reading = reading;
    this.#exact = reading.map(({ text }) => this.#vocabulary.find(text));
  }

  /** How far the reading names a recording. */
  read(doc: number): Naming {
    const { docTokens, docTokenStart } = this.#s;
    const from = docTokenStart[doc]!;
    const to = docTokenStart[doc + 1]!;
    let best = NOTHING;
    // The name, and the name in other letters.
    for (let begin = from, form: number = FIELD.core; form <= FIELD.lastAlt; form++) {
      let end = begin;
      while (end < to && (docTokens[end]! & FIELD.mask) === form) end++;
      if (end > begin) best = better(best, this.#readAs(begin, end, to));
      begin = end;
      if (form === FIELD.core) form = FIELD.extra;
    }
    return best;
  }

  /** How far the reading names a recording whose name is docTokens[from … end). */
  #readAs(from: number, end: number, to: number): Naming {
    let best = NOTHING;
    for (let start = 0; start < this.#reading.length; start++) {
      this.#firm = 0;
      this.#doubtful = 0;
      const after = this.#title(start, from, end);
      if (after < 0) continue;
      const titleFirm = this.#firm >= this.#w.firmBoth * this.#doubtful;
      const { unread, alone } = this.#rest(start, after, end, to);
      const firm = titleFirm && this.#firm >= (alone ? this.#w.firmTitle : this.#w.firmBoth) * this.#doubtful;
      best = better(best, { title: true, unread, firm });
      if (best.unread.length === 0 && best.firm) break;
    }
    return best;
  }

  /** Where the text goes on after the title's words from place `start` on; −1 when they do not stand there. */
  #title(start: number, from: number, end: number): number {
    const { docTokens } = this.#s;
    const reading = this.#reading;
    let index = start;
    for (let at = from; at < end; at++) {
      const word = docTokens[at]! >>> FIELD.bits;
      if (index < reading.length && this.#takes(index, word)) {
        index++;
      } else if (
        index > start &&
        index + 1 < reading.length &&
        reading[index]!.optional &&
        this.#takes(index + 1, word)
      ) {
        this.#doubtful += reading[index]!.text.length;
        index += 2;
      } else if (this.#article[word] === 1) {
        this.#doubtful += this.#vocabulary.lengthOf(word);
      } else return -1;
    }
    return index === start ? -1 : index;
  }

  /** Whether a word of the reading stands for a word of the title; notes how many of its letters are doubtful. */
  #takes(index: number, word: number): boolean {
    const { text } = this.#reading[index]!;
    const doubt = this.#doubt(index, word);
    if (doubt > text.length) return false;
    this.#firm += text.length - doubt;
    this.#doubtful += doubt;
    return true;
  }

  /** Places of the words before and after the title that the song does not have, and whether there are none at all. */
  #rest(start: number, after: number, from: number, to: number): { unread: number[]; alone: boolean } {
    const { docTokens } = this.#s;
    const unread: number[] = [];
    const known: number[] = [];
    let alone = true;
    let articles = 0;
    for (let index = 0; index < this.#reading.length; index++) {
      if (index === start) index = after;
      if (index >= this.#reading.length) break;
      const { text, optional, part, last } = this.#reading[index]!;
      let least = text.length + 1;
      for (let at = from; at < to && least > 0; at++) {
        const word = docTokens[at]! >>> FIELD.bits;
        const inName = (docTokens[at]! & FIELD.mask) >= FIELD.artist;
        let doubt = this.#doubt(index, word);
        if (doubt > 0 && !inName) continue;
        if (inName && (last || text.length >= UNFINISHED) && this.#vocabulary.beginning(word, text) > 0)
          doubt = Math.min(doubt, this.#w.perTypo);
        least = Math.min(least, doubt);
      }
      if (optional && part) articles += text.length;
      else if (least > text.length && this.#isInitials(text, from, to)) {
        alone = false;
        this.#firm += text.length;
      } else if (least > text.length) {
        if (!optional) unread.push(index);
      } else if (least === text.length) known.push(index);
      else {
        if (text.length >= UNFINISHED || this.#reading[index]!.unspaced || this.#isName(index, from, to))
          alone = false;
        this.#firm += text.length - least;
        this.#doubtful += least;
      }
    }
    // A name that only resembles another known word counts beside another part of the name.
    if (alone) unread.push(...known);
    else for (const index of known) this.#doubtful += this.#reading[index]!.text.length;
    // An article or a “song” that the title does not have makes it another title.
    if (alone && articles > 0) this.#doubtful += this.#firm;
    return { unread: unread.sort((a, b) => a - b), alone };
  }

  /** Whether a short word ends an artist's name of which the text has every word, as "ha" does in "a-ha". */
  #isName(index: number, from: number, to: number): boolean {
    const { docTokens } = this.#s;
    let at = to - 1;
    while (at >= from && docTokens[at]! >>> FIELD.bits !== this.#exact[index]) at--;
    const field = docTokens[at]! & FIELD.mask;
    if (at < from || field < FIELD.artist) return false;
    for (let word = index; at >= from && (docTokens[at]! & FIELD.mask) === field; at--, word--) {
      if (word < 0 || docTokens[at]! >>> FIELD.bits !== this.#exact[word]) return false;
    }
    return true;
  }

  /** Whether a word is the initials of an artist's name: "rhcp", "bep". Small words of the name may be left out. */
  #isInitials(text: string, from: number, to: number): boolean {
    if (text.length < INITIALS || !/^[a-z]+$/.test(text)) return false;
    const { docTokens, wordStart, wordUnits } = this.#s;
    let taken = 0;
    let field = -1;
    for (let at = from; at < to; at++) {
      const token = docTokens[at]!;
      if ((token & FIELD.mask) < FIELD.first) continue;
      if ((token & FIELD.mask) !== field) {
        if (taken === text.length) return true;
        field = token & FIELD.mask;
        taken = 0;
      }
      const word = token >>> FIELD.bits;
      if (taken >= 0 && wordUnits[wordStart[word]!] === text.charCodeAt(taken)) taken++;
      else if (this.#small[word] !== 1) taken = -1;
    }
    return taken === text.length;
  }

  /** How many letters of a word of the reading are doubtful if it stands for a word of the index: 0 to all, or more where it does not. */
  #doubt(index: number, word: number): number {
    const { text, factor, typos } = this.#reading[index]!;
    if (this.#exact[index] === word) return 0;
    if (text.length <= SHORT)
      return typos && this.#vocabulary.nearly(word, text) ? text.length : text.length + 1;
    const likeness = this.#likenesses.of(index, word) / factor;
    const length = this.#vocabulary.lengthOf(word);
    const longer = Math.max(length, text.length);
    if (likeness === 0 || length > text.length + 2) return text.length + 1;
    // A known word is meant as it is written, and a longer one is another form of the shorter.
    if (this.#exact[index]! >= 0 || this.#vocabulary.begins(word, text)) return text.length;
    if (this.#vocabulary.beginning(word, text) > 0) return this.#w.perTypo * (length - text.length);
    if (likeness >= misspelt(1, longer) - 0.001) return this.#w.perTypo;
    return likeness >= misspelt(2, longer) - 0.001 ? 2 * this.#w.perTypo : text.length + 1;
  }
}

/** 1 for each of some words of the index. */
function marked(vocabulary: Vocabulary, words: Iterable<string>): Uint8Array {
  const marks = new Uint8Array(vocabulary.size);
  for (const word of words) {
    const number = vocabulary.find(word);
    if (number >= 0) marks[number] = 1;
  }
  return marks;
}

/** The naming that leaves fewer words unread, and is firm. */
function better(a: Naming, b: Naming): Naming {
  if (a.title !== b.title) return a.title ? a : b;
  if (a.unread.length !== b.unread.length) return a.unread.length < b.unread.length ? a : b;
  return a.firm || !b.firm ? a : b;
}
