/** Longest word that is compared, in UTF-16 units: one bit each. */
export const MAX_PATTERN = 31;

/**
 * Damerau–Levenshtein distances (optimal string alignment: a swap of neighbours is one step) from one word to
 * many. Bit-parallel after Hyyrö (2003): a column of the table is a handful of operations on one integer.
 */
export class TypoPattern {
  /** Code unit → bits of the places where the pattern has it. */
  readonly #places = new Int32Array(65536);
  #text = '';

  /** Sets the word that the following calls compare with; 1 … MAX_PATTERN code units. */
  prepare(text: string): void {
    for (let at = 0; at < this.#text.length; at++) this.#places[this.#text.charCodeAt(at)] = 0;
    this.#text = text;
    for (let at = 0; at < text.length; at++) this.#places[text.charCodeAt(at)]! |= 1 << at;
  }

  /** Steps between the pattern and pool[from … to). */
  distance(pool: Uint16Array, from: number, to: number): number {
    return this.#run(pool, from, to, false);
  }

  /** Steps between the pattern and the beginning of pool[from … to) that is nearest to it. */
  distanceToBeginning(pool: Uint16Array, from: number, to: number): number {
    return this.#run(pool, from, to, true);
  }

  #run(pool: Uint16Array, from: number, to: number, beginning: boolean): number {
    const lowest = 1 << (this.#text.length - 1);
    // Differences down the column (rise, fall), diagonal matches, places of the previous letter.
    let rise = -1;
    let fall = 0;
    let diagonal = 0;
    let before = 0;
    let steps = this.#text.length;
    let best = steps;
    for (let at = from; at < to; at++) {
      const places = this.#places[pool[at]!]!;
      const swap = ((~diagonal & places) << 1) & before;
      diagonal = (((places & rise) + rise) ^ rise) | places | fall | swap;
      let across = fall | ~(diagonal | rise);
      let down = diagonal & rise;
      if ((across & lowest) !== 0) steps++;
      else if ((down & lowest) !== 0) steps--;
      if (steps < best) best = steps;
      across = (across << 1) | 1;
      down <<= 1;
      rise = down | ~(diagonal | across);
      fall = across & diagonal;
      before = places;
    }
    return beginning ? best : steps;
  }
}

const pattern = new TypoPattern();

/** Typos between two words; infinitely many where one has more than MAX_PATTERN code units. */
export function typosBetween(one: string, other: string): number {
  if (one === other) return 0;
  if (one === '' || Math.max(one.length, other.length) > MAX_PATTERN) return Number.POSITIVE_INFINITY;
  pattern.prepare(one);
  const pool = Uint16Array.from(other, (letter) => letter.charCodeAt(0));
  return pattern.distance(pool, 0, pool.length);
}
