import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { COMMUNITY_DEFAULTS } from '../../src/engine/matching/community.ts';
import { listFigures, replayVotes } from '../../src/fitting/replay.ts';
import { tinyCatalogue } from '../support/tiny.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open(await tinyCatalogue());
});
afterAll(() => engine.close());

describe('figures of a list', () => {
  it('are 0 for nothing right, 1 for all, and higher where the right films stand first', () => {
    expect(listFigures([false, false, false, false, false])).toEqual({ precision: 0, ndcg: 0 });
    expect(listFigures([true, true, true, true, true])).toEqual({ precision: 1, ndcg: 1 });
    const [first, last] = [
      listFigures([true, false, false, false, false]),
      listFigures([false, false, false, false, true]),
    ];
    expect(first.precision).toBe(last.precision);
    expect(first.ndcg).toBeGreaterThan(last.ndcg);
  });
});

describe('a replay', () => {
  it('gets better where votes follow a taste, more than where they are tossed, the same each time', () => {
    // The tiny model's slope is half of the shipped one's: as many log odds.
    const settings = { ...COMMUNITY_DEFAULTS, strength: 2 * COMMUNITY_DEFAULTS.strength };
    const rows = replayVotes(engine, { communities: 24, seed: 3, settings });
    expect(rows.map(({ world, songs }) => `${world} ${songs}`)).toEqual([
      'taste asked',
      'taste like',
      'noise asked',
      'noise like',
    ]);
    const [taste, , noise] = rows;
    expect(taste!.ndcgAt5.interval[0]).toBeGreaterThan(0);
    expect(taste!.ndcgAt5.difference).toBeGreaterThan(noise!.ndcgAt5.difference);
    for (const { precisionAt5, ndcgAt5 } of rows)
      for (const { before, after, difference, interval } of [precisionAt5, ndcgAt5]) {
        expect(difference).toBeCloseTo(after - before);
        expect(interval[0] <= difference && difference <= interval[1]).toBe(true);
      }
    const again = () => replayVotes(engine, { communities: 2, seed: 3, settings });
    expect(again()).toEqual(again());
  }, 120_000);

  it('changes nothing where nobody has standing', () => {
    const settings = { ...COMMUNITY_DEFAULTS, standingDays: 10_000 };
    for (const { precisionAt5, ndcgAt5 } of replayVotes(engine, { communities: 3, settings })) {
      expect([precisionAt5.difference, ndcgAt5.difference]).toEqual([0, 0]);
    }
  });
});
