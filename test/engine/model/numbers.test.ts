import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverseNormal, normalise, quantileTable, rankGaussian } from '../../../src/engine/model/numbers.ts';
import { Projection, sumOf } from '../../../src/engine/model/projection.ts';

describe('inverseNormal', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963985],
    [0.025, -1.959963985],
    [0.99, 2.326347874],
    [0.001, -3.090232306],
  ])('of %d is %d, as tables have it', (p, z) => {
    expect(inverseNormal(p)).toBeCloseTo(z, 6);
  });
});

describe('rankGaussian', () => {
  const table = quantileTable(Array.from({ length: 1001 }, (_, i) => i / 1000));

  it('puts the median at 0, quantiles where the normal has them, and the ends at ±2.5', () => {
    expect(rankGaussian(0.5, table)).toBeCloseTo(0, 3);
    expect(rankGaussian(0.8413, table)).toBeCloseTo(1, 2);
    expect(rankGaussian(-7, table)).toBe(-2.5);
    expect(rankGaussian(7, table)).toBe(2.5);
  });

  it('rises with the value and stays within ±2.5', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (x, step) => {
          const [a, b] = [rankGaussian(x, table), rankGaussian(x + step, table)];
          expect(b).toBeGreaterThanOrEqual(a);
          expect(Math.max(Math.abs(a), Math.abs(b))).toBeLessThanOrEqual(2.5);
        },
      ),
      { seed: 4 },
    );
  });

  it('puts a spike of equal values at its middle', () => {
    const spiked = quantileTable([...new Array(60).fill(0.3), ...new Array(40).fill(0.9)]);
    expect(rankGaussian(0.3, [0.1, 0.3, 0.3, 0.3, 0.9])).toBeCloseTo(inverseNormal(0.5), 6);
    expect(rankGaussian(0.6, spiked)).toBeGreaterThan(0);
  });
});

it('quantileTable holds the ends and the steps between', () => {
  expect(quantileTable([4, 0, 2, 1, 3], 5)).toEqual([0, 1, 2, 3, 4]);
  expect(quantileTable([0, 1], 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});

it('normalise leaves zeros alone', () => {
  expect([...normalise(Float64Array.of(0, 0))]).toEqual([0, 0]);
  expect([...normalise(Float64Array.of(3, 4))]).toEqual([0.6, 0.8]);
});

it('Projection sums to (x − μ)·W, group by group', () => {
  const groups = [
    { name: 'a', from: 0, to: 2 },
    { name: 'b', from: 2, to: 3 },
  ];
  const weights = Float32Array.of(1, 2, 3, 4, 5, 6);
  const projection = new Projection(weights, Float32Array.of(1, 0, 2), 2, groups);
  const parts = projection.parts(Float64Array.of(2, 10, 2));
  expect(parts.map((part) => [...part])).toEqual([
    [31, 42],
    [0, 0],
  ]);
  expect([...sumOf(parts)]).toEqual([31, 42]);
  // The offsets are not used up by the first call.
  expect(projection.parts(Float64Array.of(2, 10, 2)).map((part) => [...part])).toEqual([
    [31, 42],
    [0, 0],
  ]);
});
