/** Logistic regression with a ridge, by Newton's method, for rows of few numbers. */

import { sigmoid } from '../engine/model/numbers.ts';
import { solvePositive } from './linear.ts';

/** Rows of the same number of places; a place may stand in a row twice. */
export interface SparseRows {
  /** Numbers a row. */
  readonly width: number;
  /** Coefficient of each number, row by row. */
  readonly places: Int32Array;
  readonly values: Float64Array;
  /** 0…1, one a row. */
  readonly targets: Float64Array;
}

const MOST_ROUNDS = 40;
/** Loss that another round must save. */
const LEAST_GAIN = 1e-7;

/**
 * The coefficients that make the targets likeliest, pulled towards a prior.
 *
 * @param ridge weight of the squared distance from the prior
 * @param from where to start; the prior by default
 * @returns coefficients, and the penalised loss in nats
 */
export function fitLogistic(
  { width, places, values, targets }: SparseRows,
  prior: Float64Array,
  ridge: number,
  from: Float64Array = prior,
): { readonly beta: Float64Array; readonly loss: number } {
  const n = prior.length;
  const logitOf = (row: number, b: Float64Array) => {
    let sum = 0;
    for (let i = row * width; i < (row + 1) * width; i++) sum += values[i]! * b[places[i]!]!;
    return sum;
  };
  const lossOf = (b: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (ridge / 2) * (b[i]! - prior[i]!) ** 2;
    for (let row = 0; row < targets.length; row++) {
      const logit = logitOf(row, b);
      // log(1 + e^logit) without overflow.
      sum += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - targets[row]! * logit;
    }
    return sum;
  };
  let beta = from.slice();
  let loss = lossOf(beta);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const hessian = new Float64Array(n * n);
    const gradient = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      hessian[i * n + i] = ridge;
      gradient[i] = -ridge * (beta[i]! - prior[i]!);
    }
    for (let row = 0; row < targets.length; row++) {
      const p = sigmoid(logitOf(row, beta));
      const end = (row + 1) * width;
      for (let i = row * width; i < end; i++) {
        if (values[i] === 0) continue;
        const at = places[i]!;
        gradient[at]! += (targets[row]! - p) * values[i]!;
        const weight = p * (1 - p) * values[i]!;
        for (let j = row * width; j < end; j++) hessian[at * n + places[j]!]! += weight * values[j]!;
      }
    }
    const step = solvePositive(hessian, gradient, n, 1);
    const stepped = (share: number) => beta.map((value, i) => value + share * step[i]!);
    // A whole step may overshoot to where every pair is sure, and no step leads back.
    let share = 1;
    let next = stepped(share);
    let nextLoss = lossOf(next);
    while (share > 1e-6 && nextLoss > loss) {
      share /= 2;
      next = stepped(share);
      nextLoss = lossOf(next);
    }
    const gain = loss - nextLoss;
    beta = next;
    loss = nextLoss;
    if (gain < LEAST_GAIN) break;
  }
  return { beta, loss };
}
