/** The repository's feel data: sound, not copied, not averaged, and not all of one kind. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedIsThere } from '../../scripts/starter/compare.ts';
import { SHARED } from '../../scripts/starter/load.ts';
import { checkFeel, type FeelReport, MOST_COPIED, MOST_PICKED } from '../../src/indexer/feel/check.ts';

/** Places in a distribution: minimum, 1 %, 5 %, 25 %, median, 75 %, maximum. */
const ONE_PERCENT = 1;
const MEDIAN = 4;

let report: FeelReport;
beforeAll(async () => {
  report = await checkFeel(sharedIsThere() ? { movies: [SHARED.films], songs: SHARED.songs } : {});
});

it('has no fault', () => {
  expect(report.faults).toEqual([]);
});

it.skipIf(!sharedIsThere())('names only films and songs that the full tables have', () => {
  expect(report.unknown).toEqual({ films: 0, pickedFilms: 0, songs: 0 });
});

describe.each(['films', 'songs', 'artists'] as const)('of %s', (name) => {
  it('describes each work by itself', () => {
    const { copiedShare, nearest, entropy, terms } = report.spread[name];
    expect(copiedShare).toBeLessThanOrEqual(MOST_COPIED);
    expect(nearest[MEDIAN]).toBeGreaterThan(0.12);
    // Five feelings, but for a few works with less to say of, and none of them alone.
    expect(terms[0]).toBeGreaterThanOrEqual(3);
    expect(terms[ONE_PERCENT]).toBeGreaterThanOrEqual(5);
    expect(entropy[ONE_PERCENT]).toBeGreaterThan(2);
  });

  it('is no mean of its genre', () => {
    const { toGenreMean, useEntropy } = report.spread[name];
    expect(toGenreMean[ONE_PERCENT]).toBeGreaterThan(0.05);
    expect(toGenreMean[MEDIAN]).toBeGreaterThan(0.25);
    // 6.9 bits would be all 120 names equally often.
    expect(useEntropy).toBeGreaterThan(6);
  });

  it('says where it guesses, and does not guess too often', () => {
    const { works, confidence } = report.spread[name];
    expect(confidence[0]).toBeGreaterThan(0);
    expect(confidence[0] / works).toBeLessThan(0.2);
  });
});

it('uses every feeling and world', () => {
  for (const { term, films, songs, artists } of report.uses)
    expect([term, films + songs + artists >= 20]).toEqual([term, true]);
});

it('has no hub among its picks, and picks for almost all', () => {
  const { mostPicked, songsWithout, artistsWithout } = report.picks;
  expect(mostPicked[0]!.share).toBeLessThanOrEqual(MOST_PICKED);
  expect(songsWithout / report.spread.songs.works).toBeLessThan(0.05);
  expect(artistsWithout / report.spread.artists.works).toBeLessThan(0.05);
});

it('is agreed about by two passes', () => {
  const { mean, terms } = report.agreement;
  expect(mean).toBeGreaterThan(0.5);
  expect(terms.filter(({ alpha }) => alpha !== null).length).toBeGreaterThan(60);
});
