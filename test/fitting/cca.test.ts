import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { type CcaOptions, fitCca } from '../../src/fitting/cca.ts';
import { crossMoments, leadingTriplets, symmetricPower, weightedMean } from '../../src/fitting/matrix.ts';
import { pearson } from '../../src/fitting/metrics.ts';
import { seededRandom } from '../../src/shared/random.ts';

/** Standard normal numbers (Box–Muller). */
function normals(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Two hidden causes, correlated .9 and .5 across the sides, mixed into three and four numbers. */
function toy(count: number) {
  const normal = normals(5);
  const x: Float64Array[] = [];
  const y: Float64Array[] = [];
  for (let n = 0; n < count; n++) {
    const [a, b] = [normal(), normal()];
    const a2 = 0.9 * a + Math.sqrt(1 - 0.81) * normal();
    const b2 = 0.5 * b + Math.sqrt(1 - 0.25) * normal();
    x.push(Float64Array.of(a + b + 3, a - b, normal()));
    y.push(Float64Array.of(normal(), 2 * a2, b2 - a2 - 7, normal()));
  }
  return { x, y, weights: new Float64Array(count).fill(1) };
}

const OPTIONS: CcaOptions = { dims: 3, ridgeX: 1e-6, ridgeY: 1e-6, correlationPower: 0 };

const column = (rows: readonly Float64Array[], mean: Float64Array, w: Matrix, k: number) =>
  rows.map((row) => row.reduce((sum, value, i) => sum + (value - mean[i]!) * w.get(i, k), 0));

describe('canonical correlations of a toy problem', () => {
  const pairs = toy(20_000);
  const cca = fitCca(pairs, OPTIONS);

  it('are those that were planted', () => {
    const [first, second, third] = cca.correlations;
    expect(Math.abs(first! - 0.9)).toBeLessThan(0.02);
    expect(Math.abs(second! - 0.5)).toBeLessThan(0.02);
    expect(third).toBeLessThan(0.05);
  });

  it('are what the projections have, at unit variance and uncorrelated among themselves', () => {
    const xs = [0, 1].map((k) => column(pairs.x, cca.meanX, cca.wx, k));
    const ys = [0, 1].map((k) => column(pairs.y, cca.meanY, cca.wy, k));
    for (const k of [0, 1]) {
      expect(pearson(xs[k]!, ys[k]!)).toBeCloseTo(cca.correlations[k]!, 3);
      expect(xs[k]!.reduce((sum, v) => sum + v * v, 0) / xs[k]!.length).toBeCloseTo(1, 3);
    }
    expect(pearson(xs[0]!, xs[1]!)).toBeCloseTo(0, 3);
    expect(pearson(xs[0]!, ys[1]!)).toBeCloseTo(0, 3);
  });

  it('scale the projections by their power', () => {
    const powered = fitCca(pairs, { ...OPTIONS, correlationPower: 1 });
    for (const k of [0, 1, 2])
      expect(powered.wx.get(0, k)).toBeCloseTo(cca.wx.get(0, k) * cca.correlations[k]!, 9);
  });

  it('shrink under a ridge', () => {
    const ridged = fitCca(pairs, { ...OPTIONS, ridgeX: 1, ridgeY: 1 });
    expect(ridged.correlations[0]!).toBeLessThan(0.8);
    expect(ridged.correlations[0]!).toBeGreaterThan(0.2);
  });

  it('come out the same each time, with a sign that is not arbitrary', () => {
    expect(fitCca(pairs, OPTIONS).wx.to2DArray()).toEqual(cca.wx.to2DArray());
    const reversed = { x: [...pairs.x].reverse(), y: [...pairs.y].reverse(), weights: pairs.weights };
    const again = fitCca(reversed, OPTIONS);
    for (const k of [0, 1]) expect(again.wx.get(0, k)).toBeCloseTo(cca.wx.get(0, k), 6);
  });

  it('weigh a pair of weight two like the pair twice', () => {
    const some = { x: pairs.x.slice(0, 300), y: pairs.y.slice(0, 300) };
    const weights = new Float64Array(300).fill(1).fill(2, 0, 100);
    const twice = {
      x: [...some.x, ...some.x.slice(0, 100)],
      y: [...some.y, ...some.y.slice(0, 100)],
      weights: new Float64Array(400).fill(1),
    };
    const a = fitCca({ ...some, weights }, OPTIONS);
    const b = fitCca(twice, OPTIONS);
    for (const k of [0, 1]) expect(a.correlations[k]).toBeCloseTo(b.correlations[k]!, 9);
  });

  it('survive numbers that never vary', () => {
    const flat = { ...pairs, x: pairs.x.map((row) => Float64Array.of(...row, 1)) };
    const { correlations, wx } = fitCca(flat, { ...OPTIONS, ridgeX: 1e-3 });
    expect(correlations[0]!).toBeGreaterThan(0.85);
    expect(wx.to2DArray().flat().every(Number.isFinite)).toBe(true);
  });
});

describe('matrices', () => {
  it('have symmetric powers: A^½·A^½ = A, and A^−½ undoes A^½', () => {
    const a = new Matrix([
      [4, 1, 0],
      [1, 3, 1],
      [0, 1, 2],
    ]);
    const root = symmetricPower(a, 0.5);
    expect(Matrix.sub(root.mmul(root), a).norm()).toBeLessThan(1e-9);
    expect(Matrix.sub(symmetricPower(a, -0.5).mmul(root), Matrix.eye(3)).norm()).toBeLessThan(1e-9);
  });

  it('have singular triplets in falling order, which give the matrix back', () => {
    const a = new Matrix([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const { u, s, v } = leadingTriplets(a, 2);
    expect(s[0]!).toBeGreaterThan(s[1]!);
    expect(s[0]! ** 2 + s[1]! ** 2).toBeCloseTo(91, 9);
    expect(Matrix.sub(u.mmul(Matrix.diag(s)).mmul(v.transpose()), a).norm()).toBeLessThan(1e-9);
  });

  it('also of a matrix of few columns among zeros, over which ml-matrix alone does not end', () => {
    const normal = normals(9);
    const [rows, columns, rank] = [474, 185, 4];
    const a = Matrix.zeros(rows, columns);
    for (let i = 0; i < rows; i++)
      for (let j = columns - rank; j < columns; j++) a.set(i, j, normal() * (i % 2 === 1 ? 1e-17 : 1));
    const { u, s, v } = leadingTriplets(a, 6);
    expect([u.rows, u.columns, v.rows, v.columns]).toEqual([rows, 6, columns, 6]);
    expect(s.map((value) => value > 1)).toEqual([true, true, true, true, false, false]);
    expect(s.slice(rank)).toEqual([0, 0]);
    expect(Matrix.sub(u.mmul(Matrix.diag(s)).mmul(v.transpose()), a).norm()).toBeLessThan(1e-9);
    expect(leadingTriplets(Matrix.zeros(3, 2), 2).s).toEqual([0, 0]);
  });

  it('of weighted moments and means as worked by hand', () => {
    const rows = [Float64Array.of(1, 0), Float64Array.of(2, 3)];
    expect([...weightedMean(rows, [1, 3])]).toEqual([1.75, 2.25]);
    expect(crossMoments(rows, rows, [1, 3]).to2DArray()).toEqual([
      [13, 18],
      [18, 27],
    ]);
  });
});

it('seeded numbers are even, in [0, 1), and a matter of the seed', () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 50_000 }, random);
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  const tenths = new Array<number>(10).fill(0);
  for (const value of values) tenths[Math.floor(10 * value)]!++;
  for (const count of tenths) expect(Math.abs(count / 5000 - 1)).toBeLessThan(0.06);
  expect(values.slice(0, 5)).toEqual(Array.from({ length: 5 }, seededRandom(1)));
  expect(seededRandom(2)()).not.toBe(values[0]);
});
