/** What posters look like, as one file: a presence flag and signed bytes for every film, in row order. */
import { damaged } from './verify.ts';

/** Projected poster features, one row a film. */
export class VisualTable {
  readonly count: number;
  readonly dims: number;
  readonly #present: Uint8Array;
  readonly #values: Int8Array;
  /** One over each row's length, so that a dot product becomes a cosine. */
  readonly #scale: Float32Array;

  /** @throws CatalogueError when the size does not fit the counts */
  constructor(bytes: Uint8Array, count: number, dims: number) {
    if (bytes.length !== count * (1 + dims))
      throw damaged('films.visual has another size than its manifest asks for');
    this.count = count;
    this.dims = dims;
    this.#present = bytes.subarray(0, count);
    this.#values = new Int8Array(bytes.buffer, bytes.byteOffset + count, count * dims);
    this.#scale = new Float32Array(count);
    for (let row = 0; row < count; row++) {
      const squares = this.#dot(row, row);
      this.#scale[row] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    }
  }

  has(row: number): boolean {
    return this.#present[row] === 1;
  }

  /**
   * The rows below `end` that look most like `row`, nearest first, by the cosine of all that have a poster.
   * Of equals the first row; `row` itself is left out.
   */
  nearest(row: number, end: number, limit: number): number[] {
    const rows: number[] = [];
    const cosines: number[] = [];
    if (!this.has(row) || !(limit >= 1)) return rows;
    for (let other = 0; other < end; other++) {
      if (other === row || !this.has(other)) continue;
      const cosine = this.#dot(row, other) * this.#scale[other]!;
      if (rows.length === limit && cosine <= cosines[limit - 1]!) continue;
      let at = rows.length;
      while (at > 0 && cosine > cosines[at - 1]!) at--;
      rows.splice(at, 0, other);
      cosines.splice(at, 0, cosine);
      if (rows.length > limit) {
        rows.length = limit;
        cosines.length = limit;
      }
    }
    return rows;
  }

  #dot(a: number, b: number): number {
    const { dims } = this;
    const values = this.#values;
    let sum = 0;
    for (let d = 0, i = a * dims, j = b * dims; d < dims; d++) sum += values[i + d]! * values[j + d]!;
    return sum;
  }
}

/**
 * Packs features for `VisualTable`. Only directions count, so every row is scaled to use its bytes to the full.
 * @param vectors in row order; null for a film without features
 */
export function packVisual(vectors: readonly (Float32Array | null)[], dims: number): Uint8Array {
  const bytes = new Uint8Array(vectors.length * (1 + dims));
  const values = new Int8Array(bytes.buffer, vectors.length);
  for (const [row, vector] of vectors.entries()) {
    const greatest = vector?.reduce((max, x) => Math.max(max, Math.abs(x)), 0) ?? 0;
    if (!vector || !(greatest > 0 && Number.isFinite(greatest))) continue;
    bytes[row] = 1;
    for (let d = 0; d < dims; d++) values[row * dims + d] = Math.round((127 * vector[d]!) / greatest);
  }
  return bytes;
}
