import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bootstrapInterval,
  crossedInterval,
  gini,
  mean,
  median,
  pearson,
  percentile,
  rankOf,
  spearman,
} from '../../src/fitting/metrics.ts';

describe('percentile and rank', () => {
  it('count those beaten, ties by half', () => {
    expect(percentile([1, 2, 3, 4, 5], 4)).toBe(1);
    expect(percentile([1, 2, 3, 4, 5], 0)).toBe(0);
    expect(percentile([1, 2, 3, 4, 5], 2)).toBe(0.5);
    // Of the four others one is below and two are level: (1 + 2·½)/4.
    expect(percentile([7, 7, 7, 3, 9], 0)).toBe(0.5);
    expect(percentile([3, 3, 3], 1)).toBe(0.5);
    expect(percentile([42], 0)).toBe(0.5);
  });

  it('agree: rank 1 is percentile 1', () => {
    expect(rankOf([1, 2, 3, 4, 5], 4)).toBe(1);
    expect(rankOf([1, 2, 3, 4, 5], 0)).toBe(5);
    // Ranks 2, 3 and 4 are shared.
    expect(rankOf([7, 7, 7, 3, 9], 0)).toBe(3);
  });

  it('average to one half over all targets, whatever the scores', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 30 }), (scores) => {
        expect(mean(scores.map((_, i) => percentile(scores, i)))).toBeCloseTo(0.5, 12);
      }),
      { seed: 3 },
    );
  });
});

describe('correlations', () => {
  it('as worked by hand', () => {
    expect(pearson([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
    expect(pearson([1, 2, 3], [6, 4, 2])).toBeCloseTo(-1, 12);
    // Deviations (−1.5, −.5, .5, 1.5) and (−1, 1, −1, 1): 2 / √(5·4).
    expect(pearson([1, 2, 3, 4], [1, 3, 1, 3])).toBeCloseTo(2 / Math.sqrt(20), 12);
    expect(pearson([1, 1, 1], [1, 2, 3])).toBe(0);
    // Ranks 1 2 3 4 5 and 2 1 4 3 5: 1 − 6·4/(5·24).
    expect(spearman([1, 2, 3, 4, 5], [20, 10, 40, 30, 50])).toBeCloseTo(0.8, 12);
    // Tied: ranks 1, 2.5, 2.5, 4 with 1, 2, 3, 4: 4.5 / √(4.5·5).
    expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it('of ranks see no difference under a rising transformation', () => {
    const a = [0.3, -2, 5, 1.1, 0];
    const b = [1, 0.2, 0.9, 3, -1];
    const raised = a.map((x) => Math.exp(x));
    expect(spearman(raised, b)).toBeCloseTo(spearman(a, b), 12);
    expect(pearson(raised, b)).not.toBeCloseTo(pearson(a, b), 3);
  });
});

describe('gini', () => {
  it('is 0 for even shares and nearly 1 for all on one', () => {
    expect(gini([3, 3, 3, 3], 4)).toBeCloseTo(0, 12);
    expect(gini([12], 4)).toBeCloseTo(0.75, 12);
    expect(gini([1], 1000)).toBeCloseTo(0.999, 12);
    // Counts 1 and 3: mean absolute difference 2·2/4 = 1, over twice the mean of 2.
    expect(gini([1, 3], 2)).toBeCloseTo(0.25, 12);
    expect(gini([], 10)).toBe(0);
  });

  it('takes what was never counted for 0', () => {
    expect(gini([1, 3], 4)).toBeCloseTo(gini([0, 0, 1, 3], 4), 12);
  });
});

it('median is the middle, or the mean of the two middle ones', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

describe('bootstrapInterval', () => {
  const values = Array.from({ length: 200 }, (_, i) => (i * 37) % 100);
  const alone = values.map((_, i) => i);

  it('lies around the mean, as wide as the standard error says', () => {
    const [low, high] = bootstrapInterval(values, alone);
    const centre = mean(values);
    const error = Math.sqrt(mean(values.map((x) => (x - centre) ** 2)) / values.length);
    expect(low).toBeLessThan(centre);
    expect(high).toBeGreaterThan(centre);
    expect((high - low) / (2 * 1.96 * error)).toBeGreaterThan(0.85);
    expect((high - low) / (2 * 1.96 * error)).toBeLessThan(1.15);
  });

  it('is wider where pairs come in clusters that agree', () => {
    const clustered = Array.from({ length: 200 }, (_, i) => (Math.floor(i / 20) * 37) % 100);
    const films = alone.map((i) => Math.floor(i / 20));
    const [a, b] = bootstrapInterval(clustered, alone);
    const [c, d] = bootstrapInterval(clustered, films);
    expect(d - c).toBeGreaterThan(2 * (b - a));
  });

  it('is a point for one cluster, nothing for none, and the same each time', () => {
    expect(bootstrapInterval([1, 2, 3], [9, 9, 9])).toEqual([2, 2]);
    expect(bootstrapInterval([], [])).toEqual([Number.NaN, Number.NaN]);
    expect(bootstrapInterval(values, alone)).toEqual(bootstrapInterval(values, alone));
    expect(bootstrapInterval(values, alone, 1000, 8)).not.toEqual(bootstrapInterval(values, alone));
  });
});

describe('crossedInterval', () => {
  // 12 films × 12 artists, each pair once.
  const films = Array.from({ length: 144 }, (_, i) => Math.floor(i / 12));
  const artists = films.map((_, i) => `artist ${i % 12}`);
  const width = ([low, high]: [number, number]) => high - low;

  it('is as wide as films alone make it where only they differ, and as wide for artists', () => {
    const byFilm = films.map((film) => (film * 37) % 100);
    const byArtist = artists.map((_, i) => ((i % 12) * 37) % 100);
    const alone = width(bootstrapInterval(byFilm, films));
    expect(width(crossedInterval(byFilm, films, artists)) / alone).toBeGreaterThan(0.85);
    expect(width(crossedInterval(byFilm, films, artists)) / alone).toBeLessThan(1.15);
    // Drawing films alone sees nothing of what artists share.
    expect(width(bootstrapInterval(byArtist, films))).toBeLessThan(0.01);
    expect(width(crossedInterval(byArtist, films, artists)) / alone).toBeGreaterThan(0.85);
  });

  it('lies around the mean, is a point for one film of one artist, and nothing for none', () => {
    const values = films.map((film, i) => ((film + i) * 37) % 100);
    const [low, high] = crossedInterval(values, films, artists);
    expect(low).toBeLessThan(mean(values));
    expect(high).toBeGreaterThan(mean(values));
    expect(crossedInterval([1, 2, 3], [9, 9, 9], ['x', 'x', 'x'])).toEqual([2, 2]);
    expect(crossedInterval([], [], [])).toEqual([Number.NaN, Number.NaN]);
    expect(crossedInterval(values, films, artists)).toEqual(crossedInterval(values, films, artists));
  });
});
