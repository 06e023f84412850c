/** Keeps the items of largest value, of equals the lower ones, in a binary heap with the least on top. */
export class TopItems {
  readonly #limit: number;
  readonly #values: number[] = [];
  readonly #items: number[] = [];

  /** @param limit how many items are kept; may be infinite */
  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(item: number, value: number): void {
    if (this.#items.length < this.#limit) {
      this.#items.push(item);
      this.#values.push(value);
      this.#up(this.#items.length - 1);
    } else if (value > this.#values[0]! || (value === this.#values[0] && item < this.#items[0]!)) {
      this.#items[0] = item;
      this.#values[0] = value;
      this.#down(0);
    }
  }

  /** The items kept, in no order. */
  items(): readonly number[] {
    return this.#items;
  }

  /** The items kept, in descending order of their values. */
  sorted(): number[] {
    const order = [...this.#items.keys()].sort((i, j) => (this.#less(i, j) ? 1 : -1));
    return order.map((i) => this.#items[i]!);
  }

  #less(i: number, j: number): boolean {
    const difference = this.#values[i]! - this.#values[j]!;
    return difference < 0 || (difference === 0 && this.#items[i]! > this.#items[j]!);
  }

  #swap(i: number, j: number): void {
    const item = this.#items[i]!;
    const value = this.#values[i]!;
    this.#items[i] = this.#items[j]!;
    this.#values[i] = this.#values[j]!;
    this.#items[j] = item;
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
    const count = this.#items.length;
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
