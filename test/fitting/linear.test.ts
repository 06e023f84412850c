import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ridge, solvePositive, sparseOf } from '../../src/fitting/linear.ts';
import { seededRandom } from '../../src/shared/random.ts';

describe('solvePositive', () => {
  it('solves as worked by hand', () => {
    // 4x + 2y = 10, 2x + 3y = 9 and the unit system beside it.
    const x = solvePositive(Float64Array.of(4, 2, 2, 3), Float64Array.of(10, 1, 9, 0), 2, 2);
    expect([...x].map((value) => Number(value.toFixed(12)))).toEqual([1.5, 0.375, 2, -0.25]);
  });

  it('solves any A·Aᵀ + I, for several right sides at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer(),
        (n, m, seed) => {
          const random = seededRandom(Math.abs(seed) + 1);
          const root = Float64Array.from({ length: n * n }, () => random() - 0.5);
          const a = new Float64Array(n * n);
          for (let i = 0; i < n; i++)
            for (let j = 0; j < n; j++)
              for (let k = 0; k < n; k++)
                a[i * n + j]! += root[i * n + k]! * root[j * n + k]! + (i === j ? 1 / n : 0);
          const truth = Float64Array.from({ length: n * m }, () => random() - 0.5);
          const b = new Float64Array(n * m);
          for (let i = 0; i < n; i++)
            for (let j = 0; j < n; j++)
              for (let d = 0; d < m; d++) b[i * m + d]! += a[i * n + j]! * truth[j * m + d]!;
          for (const [i, value] of solvePositive(a.slice(), b, n, m).entries())
            expect(value).toBeCloseTo(truth[i]!, 9);
        },
      ),
      { seed: 4, numRuns: 50 },
    );
  });

  it('refuses what is not positive definite', () => {
    expect(() => solvePositive(Float64Array.of(1, 2, 2, 1), new Float64Array(2), 2, 1)).toThrow(RangeError);
    expect(() => solvePositive(Float64Array.of(0), new Float64Array(1), 1, 1)).toThrow(RangeError);
  });
});

describe('ridge', () => {
  const random = seededRandom(12);
  const rows = Array.from({ length: 400 }, () => Float64Array.of(random() - 0.5, random() - 0.5, 0));
  const y = rows.map((x) => [3 * x[0]! - 2 * x[1]! + 7, x[1]! - 1]);
  const weights = rows.map(() => 1);
  const fitted = (penalty: number, w: ArrayLike<number> = weights) =>
    ridge({ x: rows.map(sparseOf), y, weights: w }, 3, penalty);

  it('finds what was planted, with hardly any penalty', () => {
    const { mean, coefficients } = fitted(1e-9);
    const expected = [3, 0, -2, 1, 0, 0];
    // Targets are centred, vectors are not: what is left of their mean goes into no number.
    for (const [i, value] of expected.entries())
      expect(Math.abs(coefficients[i]! - value)).toBeLessThan(0.05);
    expect(mean[0]!).toBeCloseTo(y.reduce((sum, row) => sum + row[0]!, 0) / y.length, 9);
  });

  it('shrinks under a penalty', () => {
    const size = (penalty: number) => Math.hypot(...fitted(penalty).coefficients);
    expect(size(100)).toBeLessThan(size(10));
    expect(size(1e9)).toBeLessThan(1e-3);
  });

  it('weighs a row of weight two like the row twice', () => {
    const heavy = weights.map((_, i) => (i < 50 ? 2 : 1));
    const twice = ridge(
      {
        x: [...rows, ...rows.slice(0, 50)].map(sparseOf),
        y: [...y, ...y.slice(0, 50)],
        weights: new Float64Array(450).fill(1),
      },
      3,
      5,
    );
    for (const [i, value] of fitted(5, heavy).coefficients.entries())
      expect(value).toBeCloseTo(twice.coefficients[i]!, 9);
  });

  it('of no rows predicts nothing, and fails on nothing', () => {
    expect([...ridge({ x: [], y: [], weights: [] }, 3, 1).coefficients]).toEqual([]);
    expect(sparseOf([0, 5, 0, -1])).toEqual({ indices: [1, 3], values: [5, -1] });
  });
});
