/** Gradient descent with moments. */
/** Adam's moments of one block of parameters (Kingma & Ba 2015). */
export class Adam {
  readonly #m: Float32Array;
  readonly #v: Float32Array;

  constructor(length: number) {
    this.#m = new Float32Array(length);
    this.#v = new Float32Array(length);
  }

  /**
   * @param step counted from 1
   * @param from, to the part that a gradient is known of: what no example touched stays as it is, for the moments
   *   would make a step of full size of its decay alone
   */
  update(
    parameters: Float32Array,
    gradient: Float32Array,
    decay: number,
    rate: number,
    step: number,
    from = 0,
    to = parameters.length,
  ): void {
    const m = this.#m;
    const v = this.#v;
    const scale = rate / (1 - 0.9 ** step);
    const correction = 1 / (1 - 0.999 ** step);
    for (let i = from; i < to; i++) {
      const g = gradient[i]! + decay * parameters[i]!;
      m[i] = 0.9 * m[i]! + 0.1 * g;
      v[i] = 0.999 * v[i]! + 0.001 * g * g;
      parameters[i]! -= (scale * m[i]!) / (Math.sqrt(v[i]! * correction) + 1e-8);
    }
  }
}
