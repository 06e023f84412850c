/** Gradient descent with moments. */
/** Adam's moments of one block of parameters (Kingma & Ba 2015). */
export class Adam {
  readonly #m: Float32Array;
  readonly #v: Float32Array;

  constructor(length: number) {
    this.#m = new Float32Array(length);
    this.#v = new Float32Array(length);
  }

  /** @param step counted from 1 */
  update(parameters: Float32Array, gradient: Float32Array, decay: number, rate: number, step: number): void {
    const m = this.#m;
    const v = this.#v;
    const scale = rate / (1 - 0.9 ** step);
    const correction = 1 / (1 - 0.999 ** step);
    for (let i = 0; i < parameters.length; i++) {
      const g = gradient[i]! + decay * parameters[i]!;
      m[i] = 0.9 * m[i]! + 0.1 * g;
      v[i] = 0.999 * v[i]! + 0.001 * g * g;
      parameters[i]! -= (scale * m[i]!) / (Math.sqrt(v[i]! * correction) + 1e-8);
    }
  }
}
