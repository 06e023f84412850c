/** Keeps the items of highest value, at most `capacity`; of equal ones the lower item. */
export class TopItems {
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
