/** The k rows of largest value seen, of equals the first ones, in a binary heap with the least on top. */
export class TopRows {
  readonly #limit: number;
  readonly #values: number[] = [];
  readonly #rows: number[] = [];

  /** @param limit how many rows are kept; may be infinite */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Rows must come in ascending order. */
  offer(row: number, value: number): void {
    if (this.#rows.length < this.#limit) {
      this.#rows.push(row);
      this.#values.push(value);
      this.#up(this.#rows.length - 1);
    } else if (value > this.#values[0]!) {
      this.#rows[0] = row;
      this.#values[0] = value;
      this.#down(0);
    }
  }

  /** The rows kept, in descending order of their values. */
  rows(): number[] {
    const order = [...this.#rows.keys()].sort((i, j) => (this.#less(i, j) ? 1 : -1));
    return order.map((i) => this.#rows[i]!);
  }

  #less(i: number, j: number): boolean {
    const difference = this.#values[i]! - this.#values[j]!;
    return difference < 0 || (difference === 0 && this.#rows[i]! > this.#rows[j]!);
  }

  #swap(i: number, j: number): void {
    const row = this.#rows[i]!;
    const value = this.#values[i]!;
    this.#rows[i] = this.#rows[j]!;
    this.#values[i] = this.#values[j]!;
    this.#rows[j] = row;
    this.#values[j] = value;
  }

  #up(from: number): void {
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#less(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #down(from: number): void {
    const count = this.#rows.length;
    let i = from;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= count) return;
      const right = left + 1;
      const least = right < count && this.#less(right, left) ? right : left;
      if (!this.#less(least, i)) return;
      this.#swap(i, least);
      i = least;
    }
  }
}
