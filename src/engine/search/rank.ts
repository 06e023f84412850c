import { TopItems } from '../../shared/top-items.ts';
import { FIELD, type Sections, WHERE } from './layout.ts';
import {
  type Lexicon,
  lastReadingsOf,
  MAX_GRAPHEMES,
  parseQuery,
  type QueryWord,
  type Reading,
  readingsOf,
} from './query.ts';
import { isForeign, isHan, romanised } from './romanise.ts';
import { type Judged, Scorer } from './score.ts';
import { Vocabulary } from './vocabulary.ts';
import { WEIGHTS, type Weights } from './weights.ts';

/** A recording with how well the text supports it, 0…1. */
export interface Found {
  readonly doc: number;
  readonly quality: number;
  /** The text names the recording: its whole title, and nothing that it does not have. */
  readonly named: boolean;
  /** Words of a text that names the title which the recording does not have. */
  readonly unread: readonly string[];
}

/** Numbers kept per recording. */
const CELL = 4;
/** Recordings that are looked at closely, of all that share a word with the text. */
const CANDIDATES = 160;
/** Share of the text's weight that a recording must cover to become a candidate. */
const LEAST_COVER = 0.33;
/**
 * In a text of so many words, other meanings of a frequent or very short word find no recordings: they would be
 * many, and the other words find the one that is meant. They still count when it is scored.
 */
const SPARING = 3;
/** A word is frequent when more than one recording in so many contains it. */
const COMMON = 300;
/** Postings compared to learn whether two words occur together; beyond, they are taken to. */
const MAX_TOGETHER = 4000;

/** From this quality on the text is taken as typed: no other reading is tried. */
const CERTAIN = 0.9;
/** When a recording is supported so well, those that only have their title named in the text are left out. */
const WELL_SUPPORTED = 0.8;

/** Likeness of a word that came about by writing it in Latin letters. */
const LATIN = 0.97;
/** From this quality on a recording is named to the letter. */
const EXACT = 0.995;

/** What the readings of a text have found. */
interface Best {
  readonly byDoc: Map<number, Found & Judged>;
  /** The highest quality found. */
  certainty: number;
}

/** Words of the index with their likeness to a typed word. */
interface Meanings {
  readonly matches: number[];
  readonly likenesses: number[];
}

/**
 * Finds the recordings that a text means. First every recording that shares a word, its beginning or a
 * misspelling of it is weighed by sums over the postings; the best of them are then scored word by word.
 * Not reentrant: it reuses its tables.
 */
export class Ranker implements Lexicon {
  readonly #s: Sections;
  readonly #vocabulary: Vocabulary;
  readonly #common: number;
  readonly #weights: Weights;
  readonly #scorer: Scorer;
  /**
   * CELL numbers per recording, side by side because they are used together: the weight of the reading covered,
   * the weight of its name covered, the best likeness to the word at hand, and `place of that word << 2 | where`.
   */
  readonly #cells: Float32Array;
  readonly #touched: Uint32Array;
  readonly #meanings = new Map<string, Meanings>();

  constructor(sections: Sections, weights: Weights = WEIGHTS) {
    const docs = sections.docTitle.length;
    this.#s = sections;
    this.#common = docs / COMMON;
    this.#vocabulary = new Vocabulary(sections);
    this.#scorer = new Scorer(sections, this.#vocabulary, weights);
    this.#weights = weights;
    this.#cells = new Float32Array(docs * CELL);
    this.#touched = new Uint32Array(docs);
  }

  /**
   * The recordings that the text supports, best first.
   * @param finished the text was submitted: words are whole, and recordings that it names come first
   */
  find(text: string, limit: number, finished: boolean): Found[] {
    const typed = parseQuery(text, finished);
    if (typed.length === 0) return [];
    this.#meanings.clear();
    const best: Best = { byDoc: new Map(), certainty: 0 };
    this.#read(readingsOf(typed, this), best, true);
    const cut = text.slice(0, MAX_GRAPHEMES);
    // A catalogue may write in Latin letters what it also writes in others. Chinese says too little by its sound.
    if (isForeign(cut) && !typed.some(({ text: word }) => isHan(word))) {
      for (const form of romanised(cut, null)) {
        const reading = parseQuery(form.join(' '), finished).map((word) => ({ ...word, factor: LATIN }));
        this.#read([reading], best, true);
      }
    }
    if (best.certainty < this.#weights.supported) this.#read(lastReadingsOf(typed, this), best, false);
    const least = best.certainty >= WELL_SUPPORTED ? this.#weights.supported : 0;
    return [...best.byDoc.values()]
      .filter(({ quality, named }) => quality >= least || (finished && named))
      .sort((a, b) => (finished ? tier(b) - tier(a) : 0) || b.score - a.score || a.doc - b.doc)
      .slice(0, limit);
  }

  /**
   * Adds what the readings find, until one of them leaves no doubt.
   * @param sound the readings consist of known words, so that they can name something
   */
  #read(readings: readonly Reading[], best: Best, sound: boolean): void {
    for (const reading of readings) {
      this.#scorer.begin(reading);
      for (const doc of this.#candidates(reading)) {
        const judged = this.#scorer.judge(doc);
        if (judged === null) continue;
        best.certainty = Math.max(best.certainty, judged.quality);
        const { title, unread, firm } = judged.naming;
        const named = sound && title && firm && unread.length === 0;
        const known = best.byDoc.get(doc);
        if (known !== undefined && (known.named === named ? judged.score <= known.score : known.named))
          continue;
        best.byDoc.set(doc, { doc, ...judged, named, unread: unread.map((index) => reading[index]!.text) });
      }
      this.#scorer.end();
      if (best.certainty >= CERTAIN) return;
    }
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
  #candidates(reading: Reading): Iterable<number> {
    let touched = 0;
    reading.forEach((word, index) => {
      const weight = this.#scorer.weight(index);
      const { matches, likenesses } = this.#meaningsOf(word);
      const exact = this.#vocabulary.find(word.text);
      const common = exact >= 0 && this.#vocabulary.frequency(exact) > this.#common;
      const sparing = reading.length >= SPARING && (common || word.text.length <= 2) && !word.unspaced;
      for (let at = 0; at < matches.length; at++) {
        const likeness = likenesses[at]! * word.factor;
        this.#scorer.likenesses.allow(index, matches[at]!, likeness);
        if (matches[at] !== exact && sparing) continue;
        touched = this.#add(matches[at]!, index + 1, likeness, weight, touched);
      }
    });
    const chosen = this.#choose(touched);
    for (let index = 0; index < touched; index++) {
      const cell = this.#touched[index]! * CELL;
      this.#cells[cell] = 0;
      this.#cells[cell + 1] = 0;
      this.#cells[cell + 2] = 0;
      this.#cells[cell + 3] = 0;
    }
    return this.#withWideBeginning(reading, chosen);
  }

  /**
   * Completes the candidates of a reading whose last word is one or two letters that thousands of words begin
   * with. Alone, it gives the best known recordings that have such a word; otherwise the other words chose.
   */
  #withWideBeginning(reading: Reading, chosen: readonly number[]): Iterable<number> {
    const { docTokens, docTokenStart } = this.#s;
    const place = reading.length - 1;
    const word = reading[place]!;
    if (!word.last || word.unspaced || !this.#vocabulary.isWide(word.text)) return chosen;
    const admit = (doc: number): boolean => {
      let fits = false;
      for (let at = docTokenStart[doc]!; at < docTokenStart[doc + 1]!; at++) {
        const likeness = this.#vocabulary.beginning(docTokens[at]! >>> FIELD.bits, word.text);
        if (likeness === 0) continue;
        fits = true;
        this.#scorer.likenesses.allow(place, docTokens[at]! >>> FIELD.bits, likeness);
      }
      return fits;
    };
    const candidates = new Set(chosen);
    for (const doc of chosen) admit(doc);
    // Recordings are numbered best known first.
    if (place === 0) {
      for (let doc = 0, found = 0; doc < this.#s.docTitle.length && found < CANDIDATES; doc++) {
        if (!admit(doc)) continue;
        found++;
        candidates.add(doc);
      }
    }
    return candidates;
  }

  /** The words that a typed word may mean; the readings of one text share most of them. */
  #meaningsOf(word: QueryWord): Meanings {
    const key = word.last ? `${word.text} ` : word.text;
    let meanings = this.#meanings.get(key);
    if (meanings === undefined) {
      const found: Meanings = { matches: [], likenesses: [] };
      this.#vocabulary.expand(word.text, word, (match, likeness) => {
        found.matches.push(match);
        found.likenesses.push(likeness);
      });
      meanings = found;
      this.#meanings.set(key, meanings);
    }
    return meanings;
  }

  /** Adds the postings of one word; of several words for one place in the text, the likest counts. */
  #add(match: number, place: number, likeness: number, weight: number, touched: number): number {
    const { postings, postingStart } = this.#s;
    const cells = this.#cells;
    const rarity = this.#scorer.rarity(match);
    let count = touched;
    for (let at = postingStart[match]!, end = postingStart[match + 1]!; at < end; at++) {
      const posting = postings[at]!;
      const cell = (posting >>> 2) * CELL;
      const mark = cells[cell + 3]!;
      if (mark === 0) this.#touched[count++] = posting >>> 2;
      let gain = likeness;
      if (mark >> 2 === place) {
        if (likeness <= cells[cell + 2]!) continue;
        gain -= cells[cell + 2]!;
      }
      cells[cell]! += gain * weight;
      if ((posting & WHERE.core) !== 0) cells[cell + 1]! += gain * rarity;
      cells[cell + 2] = likeness;
      cells[cell + 3] = (place << 2) | (mark & 3) | (posting & 3);
    }
    return count;
  }

  /** The CANDIDATES touched recordings with the best estimate of their final score. */
  #choose(touched: number): readonly number[] {
    const heap = new TopItems(CANDIDATES);
    const total = this.#scorer.totalWeight;
    const least = LEAST_COVER * total;
    for (let index = 0; index < touched; index++) {
      const doc = this.#touched[index]!;
      const cover = this.#cells[doc * CELL]!;
      if (cover < least) continue;
      const byArtist = (this.#cells[doc * CELL + 3]! & WHERE.artist) !== 0;
      const named = byArtist ? 1 : this.#scorer.nameShare(doc, this.#cells[doc * CELL + 1]!);
      heap.offer(doc, this.#scorer.estimate(doc, Math.min(1, cover / total), named));
    }
    return heap.items();
  }
}

/** Recordings named to the letter come first, then those that are named. */
function tier({ named, quality }: Found): number {
  return named ? (quality >= EXACT ? 2 : 1) : 0;
}
