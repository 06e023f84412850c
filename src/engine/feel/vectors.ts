/** From profiles to the vectors that are compared and projected. */
import { normalise } from '../model/numbers.ts';

/** What turns strengths into a direction; fitted, and part of the model. */
export interface FeelSpace {
  /** Inverse document frequency of each term over described songs and films together. */
  readonly termIdf: ArrayLike<number>;
  readonly worldIdf: ArrayLike<number>;
  /** terms × terms, row-major: identity plus a share of the terms' co-occurrence. */
  readonly smoothing: ArrayLike<number>;
  /** Mean direction of the films; a share of it is subtracted, so that what every film has counts for less. */
  readonly filmMean: ArrayLike<number>;
  readonly meanShare: number;
}

/** Power of a term's strength: 0.8 lets weak terms count a little more than their weight. */
const STRENGTH_POWER = 0.8;

/** Unit direction of term strengths before smoothing; zeros for an empty profile. */
export function weightedTerms(strengths: ArrayLike<number>, idf: ArrayLike<number>): Float64Array {
  const out = new Float64Array(strengths.length);
  for (let i = 0; i < out.length; i++)
    out[i] = strengths[i]! > 0 ? strengths[i]! ** STRENGTH_POWER * idf[i]! : 0;
  return normalise(out);
}

/** Weighted terms smoothed by co-occurrence, at unit length, before the films' mean is taken off. */
export function smoothedTerms(strengths: ArrayLike<number>, space: FeelSpace): Float64Array {
  const terms = weightedTerms(strengths, space.termIdf);
  const count = terms.length;
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const value = terms[i]!;
    if (value === 0) continue;
    const row = i * count;
    for (let j = 0; j < count; j++) out[j]! += value * space.smoothing[row + j]!;
  }
  return normalise(out);
}

/** The feel vector of a profile: unit length, or zeros where nothing is known. */
export function feelVector(strengths: ArrayLike<number>, space: FeelSpace): Float64Array {
  const out = smoothedTerms(strengths, space);
  for (let i = 0; i < out.length; i++) out[i]! -= space.meanShare * space.filmMean[i]!;
  return normalise(out);
}

/** The world vector of a profile: unit length, or zeros where no world is known. */
export function worldVector(strengths: ArrayLike<number>, space: FeelSpace): Float64Array {
  return weightedTerms(strengths, space.worldIdf);
}
