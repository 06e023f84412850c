/** Dense linear algebra for the fit. The decompositions are ml-matrix's; what is here feeds them. */
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';

/** Symmetric matrix power A^p by eigen-decomposition; eigenvalues below `floor` are raised to it. */
export function symmetricPower(a: Matrix, power: number, floor = 1e-12): Matrix {
  const evd = new EigenvalueDecomposition(a, { assumeSymmetric: true });
  const v = evd.eigenvectorMatrix;
  const scaled = v.clone();
  for (const [column, value] of evd.realEigenvalues.entries()) {
    scaled.mulColumn(column, Math.max(value, floor) ** power);
  }
  return scaled.mmul(v.transpose());
}

/** Rows and columns of less than this share of the largest are nothing but rounding. */
const NEGLIGIBLE = 1e-12;

/** Which rows of a matrix are more than rounding. */
function rowsThatCount(a: Matrix): number[] {
  const lengths = Array.from({ length: a.rows }, (_, i) => Math.hypot(...a.getRow(i)));
  const least = NEGLIGIBLE * Math.max(...lengths);
  return lengths.flatMap((length, i) => (length > least ? [i] : []));
}

/** Columns of a matrix at their places among `rows` rows, zeros elsewhere; missing columns are zeros. */
function spread(columns: Matrix, places: readonly number[], rows: number, k: number): Matrix {
  const out = Matrix.zeros(rows, k);
  for (const [from, to] of places.entries())
    for (let column = 0; column < columns.columns; column++) out.set(to, column, columns.get(from, column));
  return out;
}

/**
 * The leading `k` singular triplets of `a`; where its rank is lower, zeros. Rows and columns of nothing are left
 * out first: ml-matrix 6.15.1 does not come to an end over many of them.
 */
export function leadingTriplets(a: Matrix, k: number): { u: Matrix; s: number[]; v: Matrix } {
  const rows = rowsThatCount(a);
  const columns = rowsThatCount(a.transpose());
  const empty = {
    u: Matrix.zeros(a.rows, k),
    s: new Array<number>(k).fill(0),
    v: Matrix.zeros(a.columns, k),
  };
  if (rows.length === 0) return empty;
  const svd = new SingularValueDecomposition(a.selection(rows, columns), { autoTranspose: true });
  const order = svd.diagonal.map((value, index) => [value, index] as const).sort((x, y) => y[0] - x[0]);
  const leading = order.slice(0, k).map(([, index]) => index);
  return {
    u: spread(svd.leftSingularVectors.subMatrixColumn(leading), rows, a.rows, k),
    s: empty.s.map((zero, at) => (at < leading.length ? svd.diagonal[leading[at]!]! : zero)),
    v: spread(svd.rightSingularVectors.subMatrixColumn(leading), columns, a.columns, k),
  };
}

/** Weighted second moments Σ w·a·bᵀ of rows, as a matrix (a dims × b dims). Rows are mostly zeros. */
export function crossMoments(
  a: readonly Float64Array[],
  b: readonly Float64Array[],
  weights: ArrayLike<number>,
): Matrix {
  const rows = a[0]?.length ?? 0;
  const columns = b[0]?.length ?? 0;
  const sums = Array.from({ length: rows }, () => new Float64Array(columns));
  for (let n = 0; n < a.length; n++) {
    const x = a[n]!;
    const y = b[n]!;
    const w = weights[n]!;
    for (let i = 0; i < rows; i++) {
      const value = w * x[i]!;
      if (value === 0) continue;
      const target = sums[i]!;
      for (let j = 0; j < columns; j++) target[j]! += value * y[j]!;
    }
  }
  return new Matrix(sums);
}

/** Weighted mean of rows. */
export function weightedMean(rows: readonly Float64Array[], weights: ArrayLike<number>): Float64Array {
  const mean = new Float64Array(rows[0]?.length ?? 0);
  let total = 0;
  for (const [n, row] of rows.entries()) {
    const w = weights[n]!;
    total += w;
    for (let i = 0; i < row.length; i++) mean[i]! += w * row[i]!;
  }
  if (total > 0) for (let i = 0; i < mean.length; i++) mean[i]! /= total;
  return mean;
}
