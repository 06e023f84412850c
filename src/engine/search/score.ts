import { FIELD, type Sections } from './layout.ts';
import { Likenesses } from './likenesses.ts';
import { NameReader, type Naming } from './named.ts';
import { MAX_WORDS, type Reading } from './query.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Weights } from './weights.ts';

/** Letters of a typed word up to which popularity decides. */
const SHORT = 3;

/** The verdict on one recording. */
export interface Judged {
  readonly quality: number;
  /** Orders the answer; above 1 possible. */
  readonly score: number;
  readonly naming: Naming;
}

/** Scores recordings against the words of one reading. Between `begin` and `end`; not reentrant. */
export class Scorer {
  totalWeight = 0;
  readonly #s: Sections;
  readonly #vocabulary: Vocabulary;
  readonly #rarity: Float32Array;
  /** Weight of the words in a recording's name. */
  readonly #nameWeight: Float32Array;
  #reading: Reading = [];
  #popularity = 0;
  readonly #weights = new Float32Array(MAX_WORDS * 2);
  readonly #w: Weights;
  /** What the words of the reading may mean. */
  readonly likenesses: Likenesses;
  readonly #names: NameReader;
  /** For each word of the reading: position of the word it was matched with, or −1, and their likeness. */
  readonly #position = new Int32Array(MAX_WORDS * 2);
  readonly #matched = new Float32Array(MAX_WORDS * 2);
  /** For each word of the recording: whether it is taken. */
  readonly #used: Uint8Array;
  /** Per field of the recording: weight matched, weight in all. */
  readonly #covered = new Float32Array(FIELD.last + 1);
  readonly #whole = new Float32Array(FIELD.last + 1);

  constructor(sections: Sections, vocabulary: Vocabulary, weights: Weights) {
    this.#s = sections;
    this.#w = weights;
    this.#vocabulary = vocabulary;
    this.likenesses = new Likenesses(vocabulary.size);
    this.#names = new NameReader(sections, vocabulary, this.likenesses, weights);
    const docs = sections.docTitle.length;
    this.#rarity = new Float32Array(vocabulary.size);
    const scale = Math.log(docs + 1) || 1;
    for (let word = 0; word < vocabulary.size; word++) {
      this.#rarity[word] = 0.25 + (0.75 * Math.log((docs + 1) / vocabulary.frequency(word))) / scale;
    }
    this.#nameWeight = new Float32Array(docs);
    let longest = 0;
    for (let doc = 0; doc < docs; doc++) {
      longest = Math.max(longest, sections.docTokenStart[doc + 1]! - sections.docTokenStart[doc]!);
      for (let at = sections.docTokenStart[doc]!; at < sections.docTokenStart[doc + 1]!; at++) {
        const token = sections.docTokens[at]!;
        if ((token & FIELD.mask) === FIELD.core)
          this.#nameWeight[doc]! += this.#rarity[token >>> FIELD.bits]!;
      }
    }
    this.#used = new Uint8Array(longest);
  }

  /** How much a word of the index tells, 0.25 (in every recording) … 1 (in one). */
  rarity(word: number): number {
    return this.#rarity[word]!;
  }

  /** Weight of a word of the reading. */
  weight(index: number): number {
    return this.#weights[index]!;
  }

  /** Starts on a reading. */
  begin(reading: Reading): void {
    this.#reading = reading;
    this.likenesses.begin(reading.length);
    this.#names.begin(reading);
    this.totalWeight = 0;
    reading.forEach((word, index) => {
      const number = this.#vocabulary.find(word.text);
      const weight = number < 0 ? this.#w.unknown : this.#rarity[number]!;
      const little = number >= 0 && !word.unspaced && word.text.length <= 2;
      this.#weights[index] = little ? Math.min(weight, this.#w.little) : weight;
      if (!word.optional) this.totalWeight += this.#weights[index]!;
    });
    const short = reading.length === 1 && !reading[0]!.unspaced && reading[0]!.text.length <= SHORT;
    this.#popularity = short ? this.#w.popularityOfShort : this.#w.popularity;
  }

  /** Forgets the reading. */
  end(): void {
    this.likenesses.end();
  }

  /** Share of a recording's name that a covered weight makes up, 0…1. */
  nameShare(doc: number, covered: number): number {
    return Math.min(1, covered / (this.#nameWeight[doc]! || 1));
  }

  /**
   * The score as far as sums over words tell: hardly ever below the final one.
   * @param cover share of the text covered, 0…1
   * @param complete share of the recording's name covered, 0…1
   */
  estimate(doc: number, cover: number, complete: number): number {
    return this.#mix(doc, cover * (1 - this.#w.incomplete + this.#w.incomplete * complete));
  }

  /** The verdict on a recording, or null when the text does not support it. */
  judge(doc: number): Judged | null {
    this.#match(doc);
    const { cover, unfit } = this.#coverage();
    const { complete, titleNamed, onlyGuest } = this.#completeness(doc);
    const quality = Math.min(1, cover * (1 - this.#w.incomplete + this.#w.incomplete * complete));
    if (quality < (titleNamed ? this.#w.titleNamed : this.#w.supported)) return null;
    let score = this.#mix(doc, quality) + this.#w.order * this.#inOrder() - this.#w.optional * unfit;
    if (this.#s.docVersion[doc]! !== 0 && !this.#extraMatched(doc)) score -= this.#w.unaskedVersion;
    if (onlyGuest) score -= this.#w.guest;
    return { quality, score, naming: this.#names.read(doc) };
  }

  #mix(doc: number, quality: number): number {
    return quality + (this.#popularity * this.#s.docPopularity[doc]!) / 100;
  }

  /** Gives every word of the reading the likest free word of the recording; exact matches choose first. */
  #match(doc: number): void {
    const { docTokens, docTokenStart } = this.#s;
    const from = docTokenStart[doc]!;
    const to = docTokenStart[doc + 1]!;
    const width = this.#reading.length;
    this.#position.fill(-1, 0, width);
    this.#matched.fill(0, 0, width);
    const used = this.#used;
    used.fill(0, 0, to - from);
    for (const exactOnly of [true, false]) {
      for (let index = 0; index < width; index++) {
        if (this.#position[index]! >= 0) continue;
        const previous = index === 0 ? -2 : this.#position[index - 1]!;
        let best = 0;
        let bestAt = -1;
        for (let at = from; at < to; at++) {
          const likeness = this.likenesses.of(index, docTokens[at]! >>> FIELD.bits);
          if (likeness === 0 || (exactOnly && likeness < 1) || used[at - from] === 1) continue;
          // Among equals: the word that follows the previous match, then an artist's, then the name's.
          const field = docTokens[at]! & FIELD.mask;
          const preferred =
            likeness +
            (at === previous + 1 ? 0.02 : 0) +
            (field >= FIELD.artist ? 0.01 : field === FIELD.core ? 0.005 : 0);
          if (preferred > best) {
            best = preferred;
            bestAt = at;
            this.#matched[index] = likeness;
          }
        }
        if (bestAt >= 0) {
          this.#position[index] = bestAt;
          used[bestAt - from] = 1;
        }
      }
    }
  }

  /**
   * `cover`: share of the reading's weight that is matched; characters out of their neighbourhood count less,
   * optional words that do not fit do not count. `unfit`: share of the weight in those optional words.
   */
  #coverage(): { cover: number; unfit: number } {
    let sum = 0;
    let total = 0;
    let unfit = 0;
    this.#reading.forEach((word, index) => {
      const weight = this.#weights[index]!;
      if (this.#position[index]! < 0 && word.optional) {
        unfit += weight;
        return;
      }
      if (word.unspaced && this.#scattered(index)) this.#matched[index]! *= this.#w.scattered;
      total += weight;
      sum += weight * this.#matched[index]!;
    });
    return total === 0 ? { cover: 0, unfit: 1 } : { cover: sum / total, unfit: unfit / (total + unfit) };
  }

  #scattered(index: number): boolean {
    const before = index > 0 && this.#reading[index - 1]!.unspaced;
    const after = this.#reading[index + 1]?.unspaced === true;
    const position = this.#position[index]!;
    if (!before && !after) return false;
    if (before && this.#position[index - 1] === position - 1) return false;
    return !(after && this.#position[index + 1] === position + 1);
  }

  /** How much of the name the text gives: of the title or, when only artists match, of one artist. */
  #completeness(doc: number): {
    complete: number;
    titleNamed: boolean;
    onlyGuest: boolean;
  } {
    const { docTokens, docTokenStart } = this.#s;
    const from = docTokenStart[doc]!;
    const covered = this.#covered.fill(0);
    let inTitle = false;
    let onlyGuest = true;
    for (let index = 0; index < this.#reading.length; index++) {
      const at = this.#position[index]!;
      if (at < 0) continue;
      const field = docTokens[at]! & FIELD.mask;
      covered[field]! += this.#rarity[docTokens[at]! >>> FIELD.bits]! * this.#matched[index]!;
      if (field < FIELD.artist) inTitle = true;
      if (field <= FIELD.first) onlyGuest = false;
    }
    const name = this.#nameWeight[doc]!;
    const title = name === 0 ? 0 : Math.min(1, Math.max(covered[FIELD.core]! / name, this.#otherForms(doc)));
    if (inTitle) return { complete: title, titleNamed: title > 0.95, onlyGuest: false };
    const whole = this.#whole.fill(0);
    for (let at = from; at < docTokenStart[doc + 1]!; at++) {
      whole[docTokens[at]! & FIELD.mask]! += this.#rarity[docTokens[at]! >>> FIELD.bits]!;
    }
    let complete = 0;
    for (let field: number = FIELD.artist; field <= FIELD.last; field++) {
      if (whole[field]! > 0) complete = Math.max(complete, covered[field]! / whole[field]!);
    }
    return { complete: Math.min(1, complete), titleNamed: false, onlyGuest };
  }

  /** How much of the name in other letters is covered, of the form that is covered best. */
  #otherForms(doc: number): number {
    const covered = this.#covered;
    let best = 0;
    for (let form: number = FIELD.alt; form <= FIELD.lastAlt; form++) {
      if (covered[form] === 0) continue;
      let whole = 0;
      for (let at = this.#s.docTokenStart[doc]!; at < this.#s.docTokenStart[doc + 1]!; at++) {
        const token = this.#s.docTokens[at]!;
        if ((token & FIELD.mask) === form) whole += this.#rarity[token >>> FIELD.bits]!;
      }
      best = Math.max(best, covered[form]! / whole);
    }
    return best;
  }

  /** Share of neighbouring words of the reading that stand side by side, or in different fields. */
  #inOrder(): number {
    const { docTokens } = this.#s;
    if (this.#reading.length < 2) return 1;
    let good = 0;
    for (let index = 1; index < this.#reading.length; index++) {
      const [a, b] = [this.#position[index - 1]!, this.#position[index]!];
      if (a < 0 || b < 0) continue;
      if (b === a + 1 || (docTokens[a]! & FIELD.mask) !== (docTokens[b]! & FIELD.mask)) good++;
    }
    return good / (this.#reading.length - 1);
  }

  #extraMatched(doc: number): boolean {
    const { docTokens, docTokenStart } = this.#s;
    const from = docTokenStart[doc]!;
    for (let index = 0; index < this.#reading.length; index++) {
      const at = this.#position[index]!;
      if (at >= from && (docTokens[at]! & FIELD.mask) === FIELD.extra) return true;
    }
    return false;
  }
}
