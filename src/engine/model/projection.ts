/** A linear map applied group by group. */
import type { Group } from './spec.ts';

/**
 * Σ (xᵢ − μᵢ)·wᵢ over each group of a vector. What the means contribute is summed once, so that only the
 * numbers that are not zero cost anything: of a song's 241 that is a tenth.
 */
export class Projection {
  readonly #weights: Float32Array;
  readonly #dims: number;
  readonly #groups: readonly Group[];
  /** −Σ μᵢ·wᵢ of each group. */
  readonly #offsets: readonly Float64Array[];

  /** @param weights vector length × dims, row-major */
  constructor(weights: Float32Array, mean: Float32Array, dims: number, groups: readonly Group[]) {
    this.#weights = weights;
    this.#dims = dims;
    this.#groups = groups;
    const negated = Float64Array.from(mean, (value) => -value);
    this.#offsets = groups.map((group) => this.#add(new Float64Array(dims), negated, group));
  }

  /** Vectors for {@link parts} to fill. */
  room(): Float64Array[] {
    return this.#groups.map(() => new Float64Array(this.#dims));
  }

  /** The projection of each group, in order. @param into vectors to fill, see {@link room} */
  parts(x: Float64Array, into = this.room()): Float64Array[] {
    for (const [g, group] of this.#groups.entries()) {
      into[g]!.set(this.#offsets[g]!);
      this.#add(into[g]!, x, group);
    }
    return into;
  }

  #add(out: Float64Array, x: Float64Array, { from, to }: Group): Float64Array {
    const weights = this.#weights;
    const dims = this.#dims;
    for (let i = from; i < to; i++) {
      const value = x[i]!;
      if (value === 0) continue;
      const offset = i * dims;
      for (let d = 0; d < dims; d++) out[d]! += value * weights[offset + d]!;
    }
    return out;
  }
}

/** The sum of vectors of equal length. */
export function sumOf(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts[0]?.length ?? 0);
  for (const part of parts) for (let d = 0; d < out.length; d++) out[d]! += part[d]!;
  return out;
}
