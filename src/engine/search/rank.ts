import { type Sections, WHERE } from './layout.ts';
import { type Lexicon, parseQuery, type QueryWord, readingsOf } from './query.ts';
import { Scorer } from './score.ts';
import { Vocabulary } from './vocabulary.ts';

/** A recording with how well the text supports it, 0…1. */
export interface Found {
  readonly doc: number;
  readonly quality: number;
}

/** Recordings that are looked at closely, of all that share a word with the text. */
const CANDIDATES = 160;
/** Share of the text's weight that a recording must cover to become a candidate. */
const LEAST_COVER = 0.33;
/** Postings compared to learn whether two words occur together; beyond, they are taken to. */
const MAX_TOGETHER = 4000;

/**
 * Finds the recordings that a text means. First every recording that shares a word, its beginning or a
 * misspelling of it is weighed by sums over the postings; the best of them are then scored word by word.
 * Not reentrant: it reuses its tables.
 */
export class Ranker implements Lexicon {
  readonly #s: Sections;
  readonly #vocabulary: Vocabulary;
  readonly #scorer: Scorer;
  /** Per recording, for the reading at hand: weight covered, weight of its name covered, where it was met. */
  readonly #cover: Float32Array;
  readonly #named: Float32Array;
  readonly #where: Uint8Array;
  /** Per recording, for the word at hand: the number of the word, its best likeness so far. */
  readonly #seenBy: Uint8Array;
  readonly #likeness: Float32Array;
  readonly #touched: Uint32Array;

  constructor(sections: Sections) {
    const docs = sections.docTitle.length;
    this.#s = sections;
    this.#vocabulary = new Vocabulary(sections);
    this.#scorer = new Scorer(sections, this.#vocabulary);
    this.#cover = new Float32Array(docs);
    this.#named = new Float32Array(docs);
    this.#where = new Uint8Array(docs);
    this.#seenBy = new Uint8Array(docs);
    this.#likeness = new Float32Array(docs);
    this.#touched = new Uint32Array(docs);
  }

  /** The recordings that the text supports, best first. */
  find(text: string, limit: number): Found[] {
    const typed = parseQuery(text);
    if (typed.length === 0) return [];
    const best = new Map<number, { doc: number; quality: number; score: number }>();
    for (const reading of readingsOf(typed, this)) {
      this.#scorer.begin(reading);
      for (const doc of this.#candidates(reading)) {
        const judged = this.#scorer.judge(doc);
        if (judged === null) continue;
        const known = best.get(doc);
        if (known === undefined || judged.score > known.score) best.set(doc, { doc, ...judged });
      }
      this.#scorer.end();
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, limit);
  }

  frequency(word: string): number {
    const number = this.#vocabulary.find(word);
    return number < 0 ? 0 : this.#vocabulary.frequency(number);
  }

  together(first: string, second: string): boolean {
    const { postings, postingStart } = this.#s;
    const [a, b] = [this.#vocabulary.find(first), this.#vocabulary.find(second)];
    if (a < 0 || b < 0) return false;
    let [i, j] = [postingStart[a]!, postingStart[b]!];
    for (
      let steps = 0;
      steps < MAX_TOGETHER && i < postingStart[a + 1]! && j < postingStart[b + 1]!;
      steps++
    ) {
      const difference = (postings[i]! >>> 2) - (postings[j]! >>> 2);
      if (difference === 0) return true;
      if (difference < 0) i++;
      else j++;
    }
    return i < postingStart[a + 1]! && j < postingStart[b + 1]!;
  }

  /** The most promising recordings for a reading. */
  #candidates(reading: readonly QueryWord[]): number[] {
    let touched = 0;
    reading.forEach((word, index) => {
      const weight = this.#scorer.weight(index);
      this.#vocabulary.expand(word.text, word, (match, likeness) => {
        this.#scorer.allow(index, match, likeness * word.factor);
        touched = this.#add(match, index + 1, likeness * word.factor, weight, touched);
      });
    });
    const chosen = this.#choose(touched);
    for (let index = 0; index < touched; index++) {
      const doc = this.#touched[index]!;
      this.#cover[doc] = 0;
      this.#named[doc] = 0;
      this.#where[doc] = 0;
      this.#seenBy[doc] = 0;
    }
    return chosen;
  }

  /** Adds the postings of one word; of several words for one place in the text, the likest counts. */
  #add(match: number, place: number, likeness: number, weight: number, touched: number): number {
    const { postings, postingStart } = this.#s;
    const rarity = this.#scorer.rarity(match);
    let count = touched;
    for (let at = postingStart[match]!, end = postingStart[match + 1]!; at < end; at++) {
      const posting = postings[at]!;
      const doc = posting >>> 2;
      if (this.#seenBy[doc] === 0) this.#touched[count++] = doc;
      let gain = likeness;
      if (this.#seenBy[doc] === place) {
        if (likeness <= this.#likeness[doc]!) continue;
        gain -= this.#likeness[doc]!;
      }
      this.#seenBy[doc] = place;
      this.#likeness[doc] = likeness;
      this.#cover[doc]! += gain * weight;
      this.#where[doc]! |= posting & 3;
      if ((posting & WHERE.core) !== 0) this.#named[doc]! += gain * rarity;
    }
    return count;
  }

  /** The CANDIDATES touched recordings with the best estimate of their final score. */
  #choose(touched: number): number[] {
    const heap = new LowestFirst(CANDIDATES);
    const total = this.#scorer.totalWeight;
    const least = LEAST_COVER * total;
    for (let index = 0; index < touched; index++) {
      const doc = this.#touched[index]!;
      const cover = this.#cover[doc]!;
      if (cover < least) continue;
      const byArtist = (this.#where[doc]! & WHERE.artist) !== 0;
      heap.offer(
        doc,
        this.#scorer.estimate(doc, Math.min(1, cover / total), byArtist ? 1 : this.#named[doc]!),
      );
    }
    return heap.items();
  }
}

/** Keeps the items of highest value, at most `capacity`; of equal ones the lower item. */
class LowestFirst {
  readonly #capacity: number;
  readonly #items: number[] = [];
  readonly #values: number[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  offer(item: number, value: number): void {
    const size = this.#items.length;
    if (size < this.#capacity) {
      this.#items.push(item);
      this.#values.push(value);
      this.#rise(size);
    } else if (value > this.#values[0]! || (value === this.#values[0] && item < this.#items[0]!)) {
      this.#items[0] = item;
      this.#values[0] = value;
      this.#sink(0);
    }
  }

  items(): number[] {
    return this.#items;
  }

  #lower(a: number, b: number): boolean {
    const difference = this.#values[a]! - this.#values[b]!;
    return difference < 0 || (difference === 0 && this.#items[a]! > this.#items[b]!);
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#lower(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    let at = from;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#items.length && this.#lower(child, least)) least = child;
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    [this.#items[a], this.#items[b]] = [this.#items[b]!, this.#items[a]!];
    [this.#values[a], this.#values[b]] = [this.#values[b]!, this.#values[a]!];
  }
}
