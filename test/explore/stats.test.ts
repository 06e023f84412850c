import { describe, expect, it } from 'vitest';
import { clusterDifference } from '../../src/explore/stats/bootstrap.ts';
import { ContingencyTable } from '../../src/explore/stats/contingency.ts';
import { CorrelationTally, fisherInterval } from '../../src/explore/stats/correlation.ts';
import { gaussianDensity, silvermanBandwidth } from '../../src/explore/stats/density.ts';
import {
  histogram,
  quantileOfSorted,
  shrunk,
  summarise,
  whiskers,
} from '../../src/explore/stats/describe.ts';
import { twoSidedP } from '../../src/explore/stats/normal.ts';
import { coordinates, principalComponents } from '../../src/explore/stats/pca.ts';
import { wilson } from '../../src/explore/stats/proportion.ts';
import { mannWhitney } from '../../src/explore/stats/rank-test.ts';

describe('descriptive statistics', () => {
  it('summarises 1, 2, 3, 4, 10 as worked by hand', () => {
    // mean 20/5; squares 9+4+1+0+36 = 50, 50/4 = 12.5; positions 1 and 3 of 0…4 are the quartiles
    const s = summarise([10, 3, 1, 2, 4]);
    expect(s).toMatchObject({ count: 5, mean: 4, min: 1, q1: 2, median: 3, q3: 4, max: 10 });
    expect(s.sd).toBeCloseTo(Math.sqrt(12.5), 12);
  });

  it('interpolates quantiles as R does: quantile(1:4, 0.25) is 1.75', () => {
    expect(quantileOfSorted([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantileOfSorted([], 0.5)).toBeNaN();
  });

  it('ends whiskers at the outermost value within 1.5 interquartile ranges', () => {
    // box 2…4, reach 3: values in −1…7 belong to the whiskers, 10 lies outside
    expect(whiskers([1, 2, 3, 4, 10], { q1: 2, q3: 4 })).toEqual({ low: 1, high: 4, outliers: 1 });
  });

  it('puts the largest value into the last bin and ignores what lies below the start', () => {
    expect(histogram([0, 4.9, 5, 10, -1], 0, 5)).toEqual([
      { from: 0, to: 5, count: 2 },
      { from: 5, to: 10, count: 2 },
    ]);
  });
});

describe('density', () => {
  it("takes Silverman's bandwidth: 0.9·(2/1.34)·5^(−1/5) for 1…5", () => {
    expect(silvermanBandwidth([1, 2, 3, 4, 5])).toBeCloseTo(0.9 * (2 / 1.34) * 0.7247796637, 8);
  });

  it('is the normal curve for one value, and integrates to 1', () => {
    const curve = gaussianDensity([0], -6, 6, 241, 1);
    expect(curve[120]).toEqual({ x: 0, density: expect.closeTo(0.3989423, 6) });
    expect(curve[140]!.density).toBeCloseTo(0.2419707, 6); // φ(1), printed tables
    expect(curve.reduce((sum, { density }) => sum + density * 0.05, 0)).toBeCloseTo(1, 5);
  });
});

describe('Mann–Whitney', () => {
  it("agrees with SciPy's documented example (scipy.stats.mannwhitneyu: U 17, asymptotic p 0.11134688653)", () => {
    const test = mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12]);
    expect(test.u).toBe(17);
    expect(test.p).toBeCloseTo(0.11134688653, 6);
    expect(test.effect).toBeCloseTo(0.7, 12);
  });

  it('counts ties half and corrects the variance for them, by hand', () => {
    // pairs: 1<2 (0), 1<2, 2=2 (½), 2=2 (½) → U = 1; ties of size 3: 24; σ² = 4/12·(5 − 24/12) = 1
    const test = mannWhitney([1, 2], [2, 2]);
    expect(test.u).toBe(1);
    expect(test.z).toBeCloseTo(-0.5, 12);
    expect(test.effect).toBe(-0.5);
  });

  it('finds nothing where all values are equal or a group is empty', () => {
    expect(mannWhitney([3, 3], [3, 3])).toMatchObject({ z: 0, p: expect.closeTo(1, 6), effect: 0 });
    expect(mannWhitney([], [1]).p).toBeNaN();
  });

  it('has the p-values of printed normal tables', () => {
    expect(twoSidedP(1.959963984540054)).toBeCloseTo(0.05, 7);
    expect(twoSidedP(-2.5758293)).toBeCloseTo(0.01, 7);
  });
});

describe('correlation', () => {
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];

  it("is 0.816 on Anscombe's first set (Anscombe 1973)", () => {
    const tally = new CorrelationTally(['x', 'y']);
    for (let i = 0; i < x.length; i++) tally.add([x[i]!, y[i]!]);
    expect(tally.between('x', 'y').r).toBeCloseTo(0.8164205, 6);
    expect(tally.between('y', 'x')).toMatchObject({ n: 11 });
  });

  it('leaves out rows with a missing number, pair by pair, and stays exact far from zero', () => {
    const tally = new CorrelationTally(['a', 'b', 'c']);
    for (const [a, b] of [
      [1, 2],
      [2, 4],
      [3, 6],
    ] as const)
      tally.add([1e9 + a, 1e9 + b, null]);
    tally.add([null, 5, 5]);
    expect(tally.between('a', 'b')).toMatchObject({ r: expect.closeTo(1, 9), n: 3 });
    expect(tally.between('a', 'c').n).toBe(0);
    expect(tally.strongest().map(({ a, b }) => `${a}${b}`)).toEqual(['ab']);
  });

  it('regresses on two predictors as the textbook formula β₁ = (r₁ − r₂·r₁₂)/(1 − r₁₂²)', () => {
    const tally = new CorrelationTally(['p', 'q', 'target']);
    const rows = [
      [1, 1, 2],
      [2, 1, 3],
      [3, 2, 7],
      [4, 5, 6],
      [5, 3, 9],
    ] as const;
    for (const row of rows) tally.add(row);
    const r = (a: string, b: string) => tally.between(a, b).r;
    const expected = (r('p', 'target') - r('q', 'target') * r('p', 'q')) / (1 - r('p', 'q') ** 2);
    expect(tally.standardisedCoefficients('target').get('p')).toBeCloseTo(expected, 10);
  });

  it("has Fisher's interval for r = 0.5, n = 28: tanh(0.5493 ± 1.96/5)", () => {
    const [low, high] = fisherInterval(0.5, 28);
    expect(low).toBeCloseTo(0.156, 3);
    expect(high).toBeCloseTo(0.7357, 3);
  });
});

describe("Cramér's V", () => {
  const tableOf = (counts: readonly (readonly number[])[]) => {
    const table = new ContingencyTable();
    for (const [i, row] of counts.entries())
      for (const [j, count] of row.entries()) for (let k = 0; k < count; k++) table.add(`r${i}`, `c${j}`);
    return table.association();
  };

  it('agrees with SciPy (scipy.stats.contingency.association, documented 4×2 example: 0.18617813)', () => {
    const result = tableOf([
      [100, 150],
      [203, 322],
      [420, 700],
      [320, 210],
    ]);
    expect(result.v).toBeCloseTo(0.18617813077483678, 10);
    // By hand: n 2425, φ² 0.034662; φ̃² = φ² − 3/2424; c̃ = 2 − 1/2424
    expect(result.corrected).toBeCloseTo(Math.sqrt((0.0346622964 - 3 / 2424) / (1 - 1 / 2424)), 6);
  });

  it('is 1 for perfect association, 0 for none, and the correction takes chance away', () => {
    expect(
      tableOf([
        [50, 0],
        [0, 50],
      ]).v,
    ).toBeCloseTo(1, 12); // prettier-ignore
    expect(
      tableOf([
        [10, 20],
        [20, 40],
      ]),
    ).toMatchObject({ v: expect.closeTo(0, 7), corrected: 0 }); // prettier-ignore
    const noise = tableOf([
      [2, 1, 0],
      [0, 1, 2],
      [1, 1, 1],
    ]); // prettier-ignore
    expect(noise.v).toBeGreaterThan(0.4);
    expect(noise.corrected).toBeLessThan(noise.v / 2);
  });
});

describe('intervals', () => {
  it("agrees with Newcombe's 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I, method 3)", () => {
    const p = wilson(81, 263);
    expect(p.low).toBeCloseTo(0.2553, 4);
    expect(p.high).toBeCloseTo(0.3662, 4);
  });

  it('resamples whole clusters: one number repeated in a cluster adds no certainty', () => {
    const single = [1, 2, 3, 4, 5, 6].flatMap((value, cluster) => [
      { value, inGroup: true, cluster },
      { value: value / 2, inGroup: false, cluster },
    ]);
    const repeated = single.flatMap((observation) => Array.from({ length: 9 }, () => observation));
    const a = clusterDifference(single);
    const b = clusterDifference(repeated);
    expect(a.difference).toBeCloseTo(3.5 - 1.75, 12);
    expect(b.low).toBeCloseTo(a.low, 9);
    expect(b.high).toBeCloseTo(a.high, 9);
    expect(a.low).toBeLessThan(1.75);
    expect(a.high).toBeGreaterThan(1.75);
  });
});

describe('principal components', () => {
  // Lindsay I. Smith, "A tutorial on principal components analysis" (2002), chapter 3.
  const rows = [
    [2.5, 2.4],
    [0.5, 0.7],
    [2.2, 2.9],
    [1.9, 2.2],
    [3.1, 3.0],
    [2.3, 2.7],
    [2, 1.6],
    [1, 1.1],
    [1.5, 1.6],
    [1.1, 0.9],
  ];

  it("finds Smith's eigenvalues and leading axis", () => {
    const pca = principalComponents(rows, 2);
    expect(pca.variances[0]).toBeCloseTo(1.28402771, 7);
    expect(pca.variances[1]).toBeCloseTo(0.0490833989, 8);
    expect(pca.axes[0]![0]).toBeCloseTo(0.677873399, 7);
    expect(pca.axes[0]![1]).toBeCloseTo(0.735178656, 7);
    expect(Math.abs(coordinates(rows[0]!, pca)[0]!)).toBeCloseTo(0.827970186, 6);
  });
});

describe('a group of few works', () => {
  it('is drawn towards the mean of all, half way at ten, one of many hardly', () => {
    expect(shrunk(0.8, 10)).toBeCloseTo(0.4, 12);
    expect(shrunk(-0.8, 990)).toBeCloseTo(-0.792, 12);
    expect(shrunk(0.8, 0)).toBe(0);
    // A loud square of three works says less than a quieter one of three hundred.
    expect(shrunk(0.9, 3)).toBeLessThan(shrunk(0.5, 300));
  });
});
