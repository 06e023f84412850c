/** Small numeric helpers shared by fitting, indexing and matching. */

/** Limits `x` to `[low, high]`. */
export function clip(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** Euclidean length of `v[from, to)`. */
export function norm(v: ArrayLike<number>, from = 0, to = v.length): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += v[i]! * v[i]!;
  return Math.sqrt(sum);
}

/** Dot product of two vectors of equal length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Scales `v` to unit length in place; a zero vector stays zero. Returns `v`. */
export function normalise<T extends Float64Array | Float32Array>(v: T): T {
  const length = norm(v);
  if (length > 0) for (let i = 0; i < v.length; i++) v[i]! /= length;
  return v;
}

/** Logistic function. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** A vector times a matrix with `width` columns, added to `out`. */
export function addProduct(
  x: ArrayLike<number>,
  matrix: Float32Array,
  width: number,
  out: Float32Array | Float64Array,
): void {
  // Four rows at a time: `out` is read and written once for all of them.
  const rows: number[] = [];
  for (let i = 0; i < x.length; i++) if (x[i] !== 0) rows.push(i);
  let r = 0;
  for (; r + 4 <= rows.length; r += 4) {
    const [i, j, k, l] = [rows[r]!, rows[r + 1]!, rows[r + 2]!, rows[r + 3]!];
    const [a, b, c, e] = [x[i]!, x[j]!, x[k]!, x[l]!];
    const [ai, aj, ak, al] = [i * width, j * width, k * width, l * width];
    for (let d = 0; d < width; d++)
      out[d]! += a * matrix[ai + d]! + b * matrix[aj + d]! + c * matrix[ak + d]! + e * matrix[al + d]!;
  }
  for (; r < rows.length; r++) {
    const value = x[rows[r]!]!;
    const at = rows[r]! * width;
    for (let d = 0; d < width; d++) out[d]! += value * matrix[at + d]!;
  }
}

/** Dot product with `length` numbers of a block from `at` on: four sums at a time, as each waits for its last addition. */
export function dotAt(u: ArrayLike<number>, block: Float32Array, at: number, length: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let e = 0;
  let d = 0;
  for (; d + 4 <= length; d += 4) {
    a += u[d]! * block[at + d]!;
    b += u[d + 1]! * block[at + d + 1]!;
    c += u[d + 2]! * block[at + d + 2]!;
    e += u[d + 3]! * block[at + d + 3]!;
  }
  for (; d < length; d++) a += u[d]! * block[at + d]!;
  return a + b + c + e;
}
