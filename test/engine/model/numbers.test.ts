import { expect, it } from 'vitest';
import { clip, dot, norm, normalise, sigmoid } from '../../../src/engine/model/numbers.ts';

it('normalise gives unit length, and leaves zeros alone', () => {
  expect([...normalise(Float64Array.of(0, 0))]).toEqual([0, 0]);
  expect([...normalise(Float64Array.of(3, 4))]).toEqual([0.6, 0.8]);
});

it('norm and dot as worked by hand, over a run where one is named', () => {
  expect(norm([3, 4, 12])).toBe(13);
  expect(norm([3, 4, 12], 0, 2)).toBe(5);
  expect(dot([1, 2, 3], [4, -5, 6])).toBe(12);
});

it('sigmoid is a half at nothing, symmetric, and ends at 0 and 1 without a NaN', () => {
  expect(sigmoid(0)).toBe(0.5);
  expect(sigmoid(2) + sigmoid(-2)).toBeCloseTo(1, 15);
  expect([sigmoid(-1e9), sigmoid(1e9)]).toEqual([0, 1]);
});

it('clip keeps within the bounds', () => {
  expect([clip(-2, 0, 1), clip(0.3, 0, 1), clip(2, 0, 1)]).toEqual([0, 0.3, 1]);
});
