/** Principal components, for maps of a space. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

export interface PrincipalComponents {
  readonly mean: readonly number[];
  /** Unit vectors, the widest spread first. */
  readonly axes: readonly (readonly number[])[];
  /** Variance along each axis (divisor n − 1). */
  readonly variances: readonly number[];
  /** Share of the whole variance along each axis, 0…1. */
  readonly shares: readonly number[];
}

/** The leading `k` principal components (Pearson 1901): eigenvectors of the covariance matrix. */
export function principalComponents(rows: readonly ArrayLike<number>[], k: number): PrincipalComponents {
  const dims = rows[0]?.length ?? 0;
  const mean = new Array<number>(dims).fill(0);
  for (const row of rows) for (let d = 0; d < dims; d++) mean[d]! += row[d]! / rows.length;
  const covariance = Matrix.zeros(dims, dims);
  for (const row of rows) {
    for (let i = 0; i < dims; i++) {
      const x = (row[i]! - mean[i]!) / Math.max(1, rows.length - 1);
      for (let j = 0; j <= i; j++) covariance.set(i, j, covariance.get(i, j) + x * (row[j]! - mean[j]!));
    }
  }
  for (let i = 0; i < dims; i++) for (let j = 0; j < i; j++) covariance.set(j, i, covariance.get(i, j));
  const evd = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const order = evd.realEigenvalues
    .map((value, index) => [value, index] as const)
    .sort((a, b) => b[0] - a[0]);
  const total = evd.realEigenvalues.reduce((sum, value) => sum + value, 0);
  const leading = order.slice(0, k);
  return {
    mean,
    axes: leading.map(([, index]) => upright(evd.eigenvectorMatrix.getColumn(index))),
    variances: leading.map(([value]) => value),
    shares: leading.map(([value]) => (total > 0 ? value / total : 0)),
  };
}

/** An eigenvector's sign is arbitrary: the largest component is made positive, so that maps do not flip. */
function upright(axis: number[]): number[] {
  const largest = axis.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return largest < 0 ? axis.map((x) => -x) : axis;
}

/** Coordinates of one row on the axes. */
export function coordinates(row: ArrayLike<number>, { mean, axes }: PrincipalComponents): number[] {
  return axes.map((axis) => axis.reduce((sum, weight, d) => sum + weight * (row[d]! - mean[d]!), 0));
}
