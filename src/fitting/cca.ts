/**
 * Regularised canonical correlation analysis of paired vectors (Hotelling 1936; ridge after Vinod 1976):
 * the directions in which songs and their films agree most.
 */
import type { Matrix } from 'ml-matrix';
import { crossMoments, leadingTriplets, symmetricPower, weightedMean } from './matrix.ts';

export interface PairedRows {
  readonly x: readonly Float64Array[];
  readonly y: readonly Float64Array[];
  readonly weights: ArrayLike<number>;
}

export interface CcaOptions {
  readonly dims: number;
  /** Ridge as a multiple of the mean diagonal of each covariance. */
  readonly ridgeX: number;
  readonly ridgeY: number;
  /** Power of the canonical correlations that the projections are multiplied by. */
  readonly correlationPower: number;
}

export interface Cca {
  /** x dims × k, correlations multiplied in */
  readonly wx: Matrix;
  /** y dims × k */
  readonly wy: Matrix;
  readonly meanX: Float64Array;
  readonly meanY: Float64Array;
  /** Canonical correlations, descending. */
  readonly correlations: readonly number[];
}

/** Covariance from second moments, and the ridge on its diagonal. */
function covariance(moments: Matrix, total: number, meanA: Float64Array, meanB: Float64Array): Matrix {
  const c = moments.clone().div(total);
  for (let i = 0; i < c.rows; i++) {
    for (let j = 0; j < c.columns; j++) c.set(i, j, c.get(i, j) - meanA[i]! * meanB[j]!);
  }
  return c;
}

function addRidge(c: Matrix, factor: number): Matrix {
  const ridge = (factor * c.trace()) / c.rows;
  for (let i = 0; i < c.rows; i++) c.set(i, i, c.get(i, i) + ridge);
  return c;
}

export function fitCca(pairs: PairedRows, options: CcaOptions): Cca {
  const { x, y, weights } = pairs;
  let total = 0;
  for (let n = 0; n < x.length; n++) total += weights[n]!;
  const meanX = weightedMean(x, weights);
  const meanY = weightedMean(y, weights);
  const cxx = addRidge(covariance(crossMoments(x, x, weights), total, meanX, meanX), options.ridgeX);
  const cyy = addRidge(covariance(crossMoments(y, y, weights), total, meanY, meanY), options.ridgeY);
  const cxy = covariance(crossMoments(x, y, weights), total, meanX, meanY);
  const rootX = symmetricPower(cxx, -0.5);
  const rootY = symmetricPower(cyy, -0.5);
  const { u, s, v } = leadingTriplets(rootX.mmul(cxy).mmul(rootY), options.dims);
  const wx = rootX.mmul(u);
  const wy = rootY.mmul(v);
  for (const [k, correlation] of s.entries()) {
    const factor = correlation ** options.correlationPower;
    // A singular vector's sign is arbitrary: the largest loading on the song side is made positive.
    let largest = 0;
    for (let i = 0; i < wx.rows; i++) if (Math.abs(wx.get(i, k)) > Math.abs(largest)) largest = wx.get(i, k);
    const sign = largest < 0 ? -1 : 1;
    wx.mulColumn(k, sign * factor);
    wy.mulColumn(k, sign * factor);
  }
  return { wx, wy, meanX, meanY, correlations: s };
}
