import { MAX_PATTERN, TypoPattern } from './distance.ts';
import { gramsOf } from './grams.ts';
import type { Sections } from './layout.ts';
import { MAX_WORD } from './normalise.ts';

/** From this length on a word may have two typos. */
const TWO_TYPOS = 6;
/** A word in so many recordings is taken to be spelt right, or nearly. */
const FAMILIAR = 3;

/** A beginning that more words share finds its recordings in another way. */
const WIDE = 500;

/** How a typed word may differ from the word that is meant. */
export interface Tolerance {
  /** The word may be unfinished: it is the last one typed. */
  readonly last: boolean;
  /** Typos count; false for digits and for characters of unspaced scripts. */
  readonly typos: boolean;
}

/** Takes a word of the index that a typed word may mean, with the likeness 0…1 (1 = the very word). */
type Receive = (word: number, likeness: number) => void;

/** The words of an index: look-up by spelling, by beginning, and with typos. Not reentrant: it reuses its tables. */
export class Vocabulary {
  readonly size: number;
  readonly #s: Sections;
  /** Words of n code units are numbered #lengthStart[n] … #lengthStart[n + 1]. */
  readonly #lengthStart = new Uint32Array(MAX_WORD + 3);
  readonly #gramNumber = new Map<number, number>();
  readonly #shared: Uint8Array;
  readonly #touched: Uint32Array;
  readonly #pattern = new TypoPattern();

  constructor(sections: Sections) {
    this.#s = sections;
    this.size = sections.wordOrder.length;
    this.#shared = new Uint8Array(this.size);
    this.#touched = new Uint32Array(this.size);
    for (let word = 0; word < this.size; word++)
      this.#lengthStart[Math.min(this.lengthOf(word), MAX_WORD) + 1]!++;
    for (let length = 1; length < this.#lengthStart.length; length++) {
      this.#lengthStart[length]! += this.#lengthStart[length - 1]!;
    }
    sections.gramKeys.forEach((gram, number) => {
      this.#gramNumber.set(gram, number);
    });
  }

  /** Code units of a word. */
  lengthOf(word: number): number {
    return this.#s.wordStart[word + 1]! - this.#s.wordStart[word]!;
  }

  /** Recordings that contain a word. */
  frequency(word: number): number {
    return this.#s.postingStart[word + 1]! - this.#s.postingStart[word]!;
  }

  /** The number of a word spelt exactly so, or −1. */
  find(text: string): number {
    if (text.length > MAX_WORD) return -1;
    let low = this.#lengthStart[text.length]!;
    let high = this.#lengthStart[text.length + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, text) < 0) low = middle + 1;
      else high = middle;
    }
    return low < this.#lengthStart[text.length + 1]! && this.#compare(low, text) === 0 ? low : -1;
  }

  /** Calls `receive` with every word that `text` may mean; a word can come more than once. */
  expand(text: string, tolerance: Tolerance, receive: Receive): void {
    const exact = this.find(text);
    if (exact >= 0) receive(exact, 1);
    const known = exact >= 0 && this.frequency(exact) >= FAMILIAR;
    if (tolerance.last || (text.length >= 3 && !known)) this.#beginnings(text, tolerance.last, receive);
    if (tolerance.typos && text.length >= 3 && text.length <= MAX_PATTERN) {
      this.#misspellings(text, tolerance.last, known, receive);
    }
  }

  /** Whether so many words begin with an unfinished last word that `expand` leaves them out. */
  isWide(text: string): boolean {
    const order = this.#s.wordOrder;
    const far = this.#firstFrom(text) + WIDE;
    return text.length <= 3 && far < order.length && this.#beginsWith(order[far]!, text);
  }

  /** Likeness of an unfinished last word to a word of the index that begins with it; 0 when it does not. */
  beginning(word: number, text: string): number {
    return this.#beginsWith(word, text) ? unfinished(text.length / this.lengthOf(word)) : 0;
  }

  /** Whether a text of few letters is one typo away from a word of the index. */
  nearly(word: number, text: string): boolean {
    const from = this.#s.wordStart[word]!;
    const length = this.lengthOf(word);
    if (length > text.length + 1 || length < 2) return false;
    this.#pattern.prepare(text);
    return this.#pattern.distance(this.#s.wordUnits, from, from + length) === 1;
  }

  /** Whether a text begins with a word of the index. */
  begins(word: number, text: string): boolean {
    const from = this.#s.wordStart[word]!;
    const length = this.lengthOf(word);
    if (length > text.length) return false;
    for (let at = 0; at < length; at++)
      if (this.#s.wordUnits[from + at] !== text.charCodeAt(at)) return false;
    return true;
  }

  #beginnings(text: string, last: boolean, receive: Receive): void {
    if (last && this.isWide(text)) return;
    const order = this.#s.wordOrder;
    for (let at = this.#firstFrom(text); at < order.length && this.#beginsWith(order[at]!, text); at++) {
      const share = text.length / this.lengthOf(order[at]!);
      if (share < 1) receive(order[at]!, last ? unfinished(share) : 0.5 + 0.4 * share);
    }
  }

  /** Position in wordOrder of the first word that is not before a text. */
  #firstFrom(text: string): number {
    const order = this.#s.wordOrder;
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(order[middle]!, text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #misspellings(text: string, last: boolean, known: boolean, receive: Receive): void {
    const { wordStart, wordUnits } = this.#s;
    // A word that the catalogue knows is hardly two typos away from the one that was meant.
    const limit = text.length >= TWO_TYPOS && !known ? 2 : 1;
    const grams = gramsOf(text);
    const least = Math.max(1, grams.size - (limit === 1 ? 3 : 4));
    const asBeginning = last && text.length >= 4;
    const lowest = this.#lengthStart[text.length - limit]!;
    const highest = asBeginning ? this.size : this.#lengthStart[Math.min(MAX_WORD, text.length + limit) + 1]!;
    const touched = this.#countShared(grams, lowest, highest);
    this.#pattern.prepare(text);
    for (let index = 0; index < touched; index++) {
      const word = this.#touched[index]!;
      const shared = this.#shared[word]!;
      this.#shared[word] = 0;
      if (shared < least) continue;
      const from = wordStart[word]!;
      const to = wordStart[word + 1]!;
      if (to - from <= text.length + limit) {
        const steps = this.#pattern.distance(wordUnits, from, to);
        if (steps > 0 && steps <= limit) receive(word, misspelt(steps, Math.max(text.length, to - from)));
      }
      if (asBeginning && to - from > text.length && shared >= grams.size - 3) {
        const end = Math.min(to, from + text.length + 1);
        const steps = this.#pattern.distanceToBeginning(wordUnits, from, end);
        if (steps === 1) receive(word, unfinished(text.length / (to - from)) - 1 / text.length);
      }
    }
  }

  /** Counts, for words numbered lowest … highest − 1, the letter pairs shared with a set of pairs. */
  #countShared(grams: ReadonlySet<number>, lowest: number, highest: number): number {
    const { gramStart, gramWords } = this.#s;
    let touched = 0;
    for (const gram of grams) {
      const number = this.#gramNumber.get(gram);
      if (number === undefined) continue;
      const end = gramStart[number + 1]!;
      let at = gramStart[number]!;
      for (let high = end; at < high; ) {
        const middle = (at + high) >>> 1;
        if (gramWords[middle]! < lowest) at = middle + 1;
        else high = middle;
      }
      for (; at < end; at++) {
        const word = gramWords[at]!;
        if (word >= highest) break;
        if (this.#shared[word]!++ === 0) this.#touched[touched++] = word;
      }
    }
    return touched;
  }

  #compare(word: number, text: string): number {
    const from = this.#s.wordStart[word]!;
    const length = this.lengthOf(word);
    const common = Math.min(length, text.length);
    for (let at = 0; at < common; at++) {
      const difference = this.#s.wordUnits[from + at]! - text.charCodeAt(at);
      if (difference !== 0) return difference;
    }
    return length - text.length;
  }

  #beginsWith(word: number, text: string): boolean {
    if (this.lengthOf(word) < text.length) return false;
    const from = this.#s.wordStart[word]!;
    for (let at = 0; at < text.length; at++) {
      if (this.#s.wordUnits[from + at] !== text.charCodeAt(at)) return false;
    }
    return true;
  }
}

/** Likeness of an unfinished last word, by the share of it that is typed. */
function unfinished(share: number): number {
  return 0.82 + 0.16 * share;
}

/** Likeness of a word with so many typos: a second one counts more than the first. */
export function misspelt(steps: number, length: number): number {
  return 1 - (1.6 * steps - 0.5) / length;
}
