/** Which words of the index each word of a reading may mean, and how like they are. Between `begin` and `end`. */
export class Likenesses {
  #width = 0;
  /** Word of the index → its row, 0 = none. */
  readonly #row: Uint32Array;
  readonly #words: number[] = [];
  #rows = new Float32Array(4096);

  /** @param words words of the index */
  constructor(words: number) {
    this.#row = new Uint32Array(words);
  }

  /** Starts on a reading of so many words. */
  begin(width: number): void {
    this.#width = width;
  }

  /** Notes that a word of the index may be meant by word `index` of the reading; the likest meaning counts. */
  allow(index: number, word: number, likeness: number): void {
    let row = this.#row[word]!;
    if (row === 0) {
      row = this.#words.push(word);
      this.#row[word] = row;
      if (row * this.#width > this.#rows.length) {
        const larger = new Float32Array(this.#rows.length * 2 + this.#width);
        larger.set(this.#rows);
        this.#rows = larger;
      }
    }
    const cell = (row - 1) * this.#width + index;
    if (likeness > this.#rows[cell]!) this.#rows[cell] = likeness;
  }

  /** Whether any word of the reading may mean a word of the index. */
  meets(word: number): boolean {
    return this.#row[word]! !== 0;
  }

  /** Likeness 0…1 of word `index` of the reading to a word of the index; 0 when it does not mean it. */
  of(index: number, word: number): number {
    const row = this.#row[word]!;
    return row === 0 ? 0 : this.#rows[(row - 1) * this.#width + index]!;
  }

  /** Forgets the reading. */
  end(): void {
    this.#rows.fill(0, 0, this.#words.length * this.#width);
    for (const word of this.#words) this.#row[word] = 0;
    this.#words.length = 0;
  }
}
