/** A typed array that grows, for streams whose length is not known before. */
type Numbers = Float32Array | Int8Array | Uint8Array;

export class Growable<T extends Numbers> {
  #data: T;
  #length = 0;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T, capacity = 1 << 16) {
    this.#make = make;
    this.#data = make(capacity);
  }

  push(values: ArrayLike<number>): void {
    if (this.#length + values.length > this.#data.length) {
      const larger = this.#make(Math.max(2 * this.#data.length, this.#length + values.length));
      larger.set(this.#data.subarray(0, this.#length) as never);
      this.#data = larger;
    }
    this.#data.set(values as never, this.#length);
    this.#length += values.length;
  }

  /** The numbers so far, a view. */
  view(): T {
    return this.#data.subarray(0, this.#length) as T;
  }
}
