import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { leadingTriplets, symmetricPower } from '../../src/fitting/matrix.ts';
import { seededRandom } from '../../src/shared/random.ts';

/** Standard normal numbers (Box–Muller). */
function normals(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

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
