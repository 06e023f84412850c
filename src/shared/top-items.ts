/** The items of largest value, the lower number first among equals: a bounded binary heap with the least on top. */
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
    // Heapsort: the least goes to the end, again and again.
    for (let end = this.#items.length - 1; end > 0; end--) {
      this.#swap(0, end);
      this.#down(0, end);
    }
    const sorted = this.#items.slice();
    // Turned round, it is a heap again.
    this.#items.reverse();
    this.#values.reverse();
    return sorted;
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

  /** @param count items that the heap has left */
  #down(from: number, count = this.#items.length): void {
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
