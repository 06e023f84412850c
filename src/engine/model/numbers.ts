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
