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

// Acklam's coefficients; outside of the function, as literals inside would be made anew at every call.
const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
] as const;
const B = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
] as const;
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
] as const;
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416] as const;

function inverseNormalTail(q: number): number {
  return (
    (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5]) /
    ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1)
  );
}

/**
 * Inverse of the standard normal distribution function for p in (0, 1).
 * Acklam's rational approximation, relative error below 1.15e-9.
 */
export function inverseNormal(p: number): number {
  if (p < 0.02425) return inverseNormalTail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - 0.02425) return -inverseNormalTail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q) /
    (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1)
  );
}

/**
 * Rank-Gaussian transform through a fitted quantile table: the value's quantile among the fitting data,
 * mapped to the standard normal. Clipped to ±2.5, so that an extreme value cannot dominate.
 *
 * @param table ascending quantiles at equal steps from 0 to 1
 */
export function rankGaussian(x: number, table: readonly number[]): number {
  let low = 0;
  let high = table.length - 1;
  if (x <= table[0]!) return -2.5;
  if (x >= table[high]!) return 2.5;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (table[middle]! <= x) low = middle;
    else high = middle;
  }
  // A run of equal quantiles (a spike in the data) stands for the middle of the run.
  let first = low;
  while (first > 0 && table[first - 1] === table[low]) first--;
  const from = table[low]!;
  const step = table[high]! - from;
  const position = first < low && x === from ? (first + low) / 2 : low + (step > 0 ? (x - from) / step : 0);
  return clip(inverseNormal(clip(position / (table.length - 1), 1e-4, 1 - 1e-4)), -2.5, 2.5);
}

/** `count` equally spaced quantiles (0 … 1) of unsorted values. */
export function quantileTable(values: ArrayLike<number>, count = 129): number[] {
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  return Array.from({ length: count }, (_, i) => {
    const position = (i / (count - 1)) * last;
    const low = Math.floor(position);
    const fraction = position - low;
    const value = sorted[low]! * (1 - fraction) + sorted[Math.min(low + 1, last)]! * fraction;
    return Number(value.toPrecision(6));
  });
}
