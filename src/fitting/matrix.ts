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

/** A column of a matrix into a column of a larger one, its rows at their places. */
function placeColumn(from: Matrix, column: number, to: Matrix, at: number, places: readonly number[]): void {
  for (const [row, place] of places.entries()) to.set(place, at, from.get(row, column));
}

/**
 * The leading `k` singular triplets of `a`; where its rank is lower, zeros. Rows and columns of nothing are left
 * out first: ml-matrix 6.15.1 does not come to an end over many of them.
 */
export function leadingTriplets(a: Matrix, k: number): { u: Matrix; s: number[]; v: Matrix } {
  const u = Matrix.zeros(a.rows, k);
  const s = new Array<number>(k).fill(0);
  const v = Matrix.zeros(a.columns, k);
  const rows = rowsThatCount(a);
  const columns = rowsThatCount(a.transpose());
  if (rows.length === 0) return { u, s, v };
  const svd = new SingularValueDecomposition(a.selection(rows, columns), { autoTranspose: true });
  const order = svd.diagonal.map((value, index) => [value, index] as const).sort((x, y) => y[0] - x[0]);
  for (const [at, [value, index]] of order.slice(0, k).entries()) {
    s[at] = value;
    placeColumn(svd.leftSingularVectors, index, u, at, rows);
    placeColumn(svd.rightSingularVectors, index, v, at, columns);
  }
  return { u, s, v };
}
