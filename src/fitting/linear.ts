/** Dense linear algebra over typed arrays, row-major: what the fit needs beside ml-matrix's decompositions. */

/**
 * Solves A·X = B for a symmetric positive definite A by Cholesky's decomposition.
 *
 * @param a n × n; overwritten
 * @param b n × m; overwritten with the solution
 * @throws RangeError when A is not positive definite
 */
export function solvePositive(a: Float64Array, b: Float64Array, n: number, m: number): Float64Array {
  for (let j = 0; j < n; j++) {
    const rowJ = j * n;
    for (let i = j; i < n; i++) {
      const rowI = i * n;
      let sum = a[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= a[rowI + k]! * a[rowJ + k]!;
      if (i > j) a[rowI + j] = sum / a[rowJ + j]!;
      else if (sum > 0) a[rowJ + j] = Math.sqrt(sum);
      else throw new RangeError('the matrix is not positive definite');
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) addRow(b, i, b, k, -a[i * n + k]!, m);
    scaleRow(b, i, 1 / a[i * n + i]!, m);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) addRow(b, i, b, k, -a[k * n + i]!, m);
    scaleRow(b, i, 1 / a[i * n + i]!, m);
  }
  return b;
}

function addRow(to: Float64Array, i: number, from: Float64Array, k: number, factor: number, m: number): void {
  if (factor === 0) return;
  const a = i * m;
  const b = k * m;
  for (let d = 0; d < m; d++) to[a + d]! += factor * from[b + d]!;
}

function scaleRow(x: Float64Array, i: number, factor: number, m: number): void {
  for (let at = i * m; at < (i + 1) * m; at++) x[at]! *= factor;
}

/** A row as indices and values of what is not zero. */
export interface SparseRow {
  readonly indices: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export function sparseOf(x: ArrayLike<number>): SparseRow {
  const indices: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    indices.push(i);
    values.push(x[i]!);
  }
  return { indices, values };
}

export interface RidgeRows {
  readonly x: readonly SparseRow[];
  readonly y: readonly ArrayLike<number>[];
  readonly weights: ArrayLike<number>;
}

/**
 * Weighted ridge regression of centred targets.
 *
 * @returns `mean` of the targets and coefficients, dims × targets: prediction = mean + x·coefficients
 */
export function ridge(
  { x, y, weights }: RidgeRows,
  dims: number,
  penalty: number,
): { mean: Float64Array; coefficients: Float64Array } {
  const width = y[0]?.length ?? 0;
  const mean = new Float64Array(width);
  let total = 0;
  for (const [n, row] of y.entries()) {
    total += weights[n]!;
    for (let d = 0; d < width; d++) mean[d]! += weights[n]! * row[d]!;
  }
  for (let d = 0; d < width; d++) mean[d]! /= total || 1;
  const gram = new Float64Array(dims * dims);
  const target = new Float64Array(dims * width);
  for (const [n, { indices, values }] of x.entries()) {
    const w = weights[n]!;
    const goal = y[n]!;
    for (let a = 0; a < indices.length; a++) {
      const value = w * values[a]!;
      const row = indices[a]! * dims;
      for (let b = 0; b < indices.length; b++) gram[row + indices[b]!]! += value * values[b]!;
      const at = indices[a]! * width;
      for (let d = 0; d < width; d++) target[at + d]! += value * (goal[d]! - mean[d]!);
    }
  }
  for (let i = 0; i < dims; i++) gram[i * dims + i]! += penalty;
  return { mean, coefficients: solvePositive(gram, target, dims, width) };
}
