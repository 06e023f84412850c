import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../src/engine/model/numbers.ts';
import {
  type Calibration,
  fitScore,
  type Judged,
  reliability,
  scoreOf,
  withSoundIntercept,
} from '../../src/fitting/calibrate.ts';
import { seededRandom } from '../../src/shared/random.ts';

const TRUTH: Calibration = {
  calibration: { slope: 1.3, ceiling: 3, fade: 0.2, intercepts: { described: -1, artist: -2, sound: -3 } },
  picks: { own: 1.5, artist: 0.6 },
  relevance: { song: [-1.5, -0.5, 0.8, 1.6], artist: [-1, -0.2, 0.5, 1] },
};

/** Pairs judged by chance, as likely as the truth says. */
function judged(count: number, truth = TRUTH, seed = 9): Judged[] {
  const random = seededRandom(seed);
  const bases = ['described', 'artist', 'sound'] as const;
  return Array.from({ length: count }, (_, n) => {
    const pick = n % 4 === 0 ? 'own' : n % 4 === 1 ? 'artist' : null;
    const of = n % 2 === 0 ? 'song' : 'artist';
    const grade = n % 5 === 0 ? null : ({ of, value: Math.floor(7 * random()) / 2 } as const);
    const pair: Judged = { z: 5 * random() - 1, pick, grade, basis: bases[n % 3]!, fits: 0 };
    return { ...pair, fits: random() < scoreOf(pair, truth) ? 1 : 0 };
  });
}

describe('the calibration', () => {
  it('recovers what the judgements were drawn from', () => {
    const fitted = fitScore(judged(12_000));
    expect(Math.abs(fitted.calibration.slope - TRUTH.calibration.slope)).toBeLessThan(0.25);
    expect(Math.abs(fitted.calibration.ceiling - TRUTH.calibration.ceiling)).toBeLessThan(0.6);
    expect(Math.abs(fitted.calibration.fade - TRUTH.calibration.fade)).toBeLessThan(0.11);
    expect(Math.abs(fitted.picks.own - TRUTH.picks.own)).toBeLessThan(0.25);
    expect(Math.abs(fitted.picks.artist - TRUTH.picks.artist)).toBeLessThan(0.25);
    for (const basis of ['described', 'artist', 'sound'] as const)
      expect(
        Math.abs(fitted.calibration.intercepts[basis] - TRUTH.calibration.intercepts[basis]),
      ).toBeLessThan(0.25);
  });

  it('finds what each grade is worth, for songs and for artists', () => {
    const { relevance } = fitScore(judged(20_000));
    for (const of of ['song', 'artist'] as const)
      for (const [grade, value] of relevance[of].entries())
        expect(Math.abs(value - TRUTH.relevance[of][grade]!), `${of}, ${grade}`).toBeLessThan(0.3);
  });

  it('of a few pairs stays near the prior, and of none is it', () => {
    expect(fitScore([])).toEqual({
      calibration: { slope: 1, ceiling: 3, fade: 0, intercepts: { described: -2, artist: -2, sound: -2 } },
      picks: { own: 0, artist: 0 },
      relevance: { song: [0, 0, 0, 0], artist: [0, 0, 0, 0] },
    });
    const { slope } = fitScore(judged(5)).calibration;
    expect(slope > 0 && slope < 3).toBe(true);
  });

  it('believes a standing no further than the judges did', () => {
    const sure = judged(6000).map((pair) => ({ ...pair, z: 2 * pair.z }));
    const capped = sure.map((pair) => ({
      ...pair,
      pick: null,
      grade: null,
      fits: pair.z > 2.5 ? 0.5 : pair.fits / 4,
    }));
    const fitted = fitScore(capped);
    const at = (z: number) => scoreOf({ z, pick: null, grade: null, basis: 'artist', fits: 0 }, fitted);
    expect(at(9)).toBeLessThan(0.6);
    expect(at(9)).toBeGreaterThan(at(8));
    // A straight line must run past them.
    const straight = { ...fitted, calibration: { ...fitted.calibration, ceiling: 99 } };
    expect(scoreOf({ z: 9, pick: null, grade: null, basis: 'artist', fits: 0 }, straight)).toBeGreaterThan(
      0.9,
    );
  });

  it('takes the intercept of songs known by their sound from all pairs as they would look then', () => {
    const described = judged(4000).map((pair) => ({ ...pair, basis: 'described' as const }));
    const fitted = fitScore(described);
    const truth = { ...TRUTH, calibration: { ...TRUTH.calibration, ...fitted.calibration } };
    const intercepts = { ...fitted.calibration.intercepts, sound: -2.5 };
    const sounding = judged(8000, { ...truth, calibration: { ...truth.calibration, intercepts } })
      .filter(({ pick }) => pick === null)
      .map((pair) => ({ ...pair, basis: 'sound' as const }));
    const random = seededRandom(4);
    const drawn = sounding.map((pair) => ({
      ...pair,
      fits:
        random() < scoreOf(pair, { ...fitted, calibration: { ...fitted.calibration, intercepts } }) ? 1 : 0,
    }));
    const { calibration } = withSoundIntercept(fitted, drawn);
    expect(Math.abs(calibration.intercepts.sound - -2.5)).toBeLessThan(0.2);
    expect(calibration.intercepts.described).toBe(fitted.calibration.intercepts.described);
    // Nothing judged, nothing changed.
    expect(withSoundIntercept(fitted, [])).toBe(fitted);
  });

  it('never turns round: where fit falls with the standing, the slope ends just above 0', () => {
    const upside = judged(3000).map((pair) => ({
      ...pair,
      fits: pair.z > 1 ? 0 : 1,
      pick: null,
      grade: null,
    }));
    const { calibration, picks } = fitScore(upside);
    expect(calibration.slope).toBe(0.01);
    expect(picks.own).toBe(0);
  });

  it('ends in numbers, also where a line divides the judgements', () => {
    const divided = judged(500).map((pair) => ({
      ...pair,
      pick: null,
      grade: null,
      fits: pair.z > 1 ? 1 : 0,
    }));
    const { calibration, picks } = fitScore(divided);
    const { slope, intercepts } = calibration;
    for (const x of [slope, picks.own, ...Object.values(intercepts)]) expect(Number.isFinite(x)).toBe(true);
    expect(slope).toBeGreaterThan(2);
  });

  it('takes a half for what it is', () => {
    const halves: Judged[] = Array.from({ length: 2000 }, (_, n) => ({
      z: (n % 7) - 3,
      pick: null,
      grade: null,
      basis: 'described',
      fits: 0.5,
    }));
    const fitted = fitScore(halves);
    expect(Math.abs(scoreOf(halves[0]!, fitted) - 0.5)).toBeLessThan(0.02);
  });
});

describe('reliability', () => {
  it('of the truth itself is good, of a doubled certainty is not', () => {
    const pairs = judged(20_000);
    expect(reliability(pairs, TRUTH).error).toBeLessThan(0.02);
    expect(
      reliability(pairs, {
        ...TRUTH,
        calibration: { ...TRUTH.calibration, slope: 3 * TRUTH.calibration.slope },
      }).error,
    ).toBeGreaterThan(0.05);
  });

  it('lists the bands that hold a pair, each pair in one', () => {
    const pairs = judged(500);
    const { rows } = reliability(pairs, TRUTH);
    expect(rows.reduce((sum, row) => sum + row.pairs, 0)).toBe(500);
    for (const { from, to, meanScore, observed } of rows) {
      expect(meanScore >= from && meanScore <= to).toBe(true);
      expect(observed >= 0 && observed <= 1).toBe(true);
    }
    // A score of 1 belongs into the last band.
    const sure: Judged = { z: 1e9, pick: null, grade: null, basis: 'sound', fits: 1 };
    const unbent = { ...TRUTH, calibration: { ...TRUTH.calibration, ceiling: 2e9 } };
    expect(reliability([sure], unbent).rows).toEqual([
      { from: 0.9, to: 1, pairs: 1, meanScore: 1, observed: 1 },
    ]);
    expect(reliability([], TRUTH)).toEqual({ rows: [], error: 0 });
  });

  it('scores by the logistic curve', () => {
    // Far below the ceiling nothing is bent.
    const at = -4;
    expect(scoreOf({ z: at, pick: 'own', grade: null, basis: 'artist', fits: 0 }, TRUTH)).toBeCloseTo(
      sigmoid(1.3 * (at + 1.5 * (1 - 0.2 * at)) - 2),
      5,
    );
  });
});
