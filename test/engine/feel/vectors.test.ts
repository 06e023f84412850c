import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FeelSpace,
  feelVector,
  smoothedTerms,
  weightedTerms,
  worldVector,
} from '../../../src/engine/feel/vectors.ts';
import { dot, norm } from '../../../src/engine/model/numbers.ts';

/** Three terms: the first two go together, the third is rare. */
const space: FeelSpace = {
  termIdf: [1, 1, 3],
  worldIdf: [2, 1],
  // prettier-ignore
  smoothing: [1, 0.3, 0, 0.3, 1, 0, 0, 0, 1],
  filmMean: [0.6, 0.6, 0.1],
  meanShare: 0.5,
};
/** As catalogues store them: two-hundredths. */
const strengths = fc.array(
  fc.integer({ min: 0, max: 200 }).map((n) => n / 200),
  { minLength: 3, maxLength: 3 },
);

describe('the feel vector', () => {
  it('has unit length, or none where nothing is known', () => {
    fc.assert(
      fc.property(strengths, (values) => {
        const expected = values.some((value) => value > 0) ? 1 : 0;
        expect(norm(weightedTerms(values, space.termIdf))).toBeCloseTo(expected, 9);
        expect(norm(smoothedTerms(values, space))).toBeCloseTo(expected, 9);
      }),
      { seed: 2, numRuns: 60 },
    );
    expect(norm(feelVector([1, 0, 0.5], space))).toBeCloseTo(1, 12);
    expect([...worldVector([0, 0], space)]).toEqual([0, 0]);
  });

  it('weighs a rare term more than a common one of the same strength', () => {
    const [common, , rare] = weightedTerms([1, 0, 1], space.termIdf);
    expect(rare! / common!).toBeCloseTo(3, 12);
    const [world, other] = worldVector([1, 1], space);
    expect(world! / other!).toBeCloseTo(2, 12);
  });

  it('brings terms that go together nearer to each other', () => {
    const [a, b, c] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ].map((values) => smoothedTerms(values, space));
    expect(dot(a!, b!)).toBeCloseTo(0.6 / 1.09, 9);
    expect(dot(a!, c!)).toBe(0);
  });

  it('makes less of what every film has', () => {
    const plain = smoothedTerms([1, 1, 1], space);
    const centred = feelVector([1, 1, 1], space);
    expect(centred[2]! / centred[0]!).toBeGreaterThan(plain[2]! / plain[0]!);
  });

  it('takes strengths that are none for none: no NaN of a negative one', () => {
    expect([...weightedTerms([-0.5, 0.5, 0], space.termIdf)]).toEqual([0, 1, 0]);
  });
});
