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

/** The first place from `from` on that is not 0, or one behind the end. */
function nextOf(x: ArrayLike<number>, from: number): number {
  let i = from;
  while (i < x.length && x[i] === 0) i++;
  return i;
}

/** A vector times a matrix with `width` columns, added to `out`. */
export function addProduct(
  x: ArrayLike<number>,
  matrix: Float32Array,
  width: number,
  out: Float32Array | Float64Array,
): void {
  // Four rows at a time: `out` is read and written once for all of them.
  let i = nextOf(x, 0);
  while (i < x.length) {
    const j = nextOf(x, i + 1);
    const k = nextOf(x, j + 1);
    const l = nextOf(x, k + 1);
    if (l >= x.length) break;
    const a = x[i]!;
    const b = x[j]!;
    const c = x[k]!;
    const e = x[l]!;
    for (let d = 0, p = i * width, q = j * width, r = k * width, s = l * width; d < width; d++)
      out[d]! += a * matrix[p + d]! + b * matrix[q + d]! + c * matrix[r + d]! + e * matrix[s + d]!;
    i = nextOf(x, l + 1);
  }
  for (; i < x.length; i = nextOf(x, i + 1)) {
    const value = x[i]!;
    const at = i * width;
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
