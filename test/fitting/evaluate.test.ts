import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { type Evaluation, evaluate } from '../../src/fitting/evaluate.ts';
import { trackId } from '../support/catalogue.ts';
import { filmId, KINDS, picksOf, songNumber, tinyCatalogue } from '../support/tiny.ts';

let engine: Engine;
let evaluation: Evaluation;
const id = (kind: number, n: number) => trackId(songNumber(kind, n));
/** Lists of described songs, of songs of described artists, and of others; one of a song that is not there. */
const LISTS = KINDS.flatMap((_, kind) => [
  { song: id(kind, 1), films: picksOf(kind, 1) },
  { song: id(kind, 8), films: picksOf(kind, 3) },
  { song: id(kind, 11), films: picksOf(kind, 2) },
]);
beforeAll(async () => {
  engine = await Engine.open(await tinyCatalogue());
  const pairs = KINDS.flatMap((_, kind) =>
    [0, 4, 8].map((n) => ({ trackId: id(kind, n), filmId: filmId(kind, (3 * n) % 8), evidence: 'credit' })),
  );
  evaluation = evaluate(
    engine,
    [
      ...pairs,
      { trackId: trackId(31_337), filmId: filmId(0, 0), evidence: 'credit' },
      { trackId: id(0, 0), filmId: 999_999, evidence: 'credit' },
    ],
    {
      sample: 40,
      lists: [...LISTS, { song: trackId(31_337), films: [1] }, { song: id(0, 1), films: [] }],
    },
  );
});
afterAll(() => engine.close());

describe('an evaluation', () => {
  it('leaves out pairs whose song or film is not there, and counts them', () => {
    expect(evaluation.pairs).toMatchObject({ given: 20, used: 18, songs: 18 });
    expect(evaluation.sampled).toBe(40);
  });

  it('sets ours beside the paper’s method, fame and chance', () => {
    const names = Object.keys(evaluation.methods);
    expect(names).toHaveLength(4);
    const [ours, ...others] = names.map((name) => evaluation.methods[name]!);
    for (const { auc } of others) expect(ours!.auc).toBeGreaterThan(auc);
    expect(ours!.auc).toBeGreaterThan(0.85);
    for (const figures of Object.values(evaluation.methods)) {
      expect(figures.interval.auc[0]).toBeLessThanOrEqual(figures.auc);
      expect(figures.interval.auc[1]).toBeGreaterThanOrEqual(figures.auc);
      const { '5': five, '100': hundred, '1000': thousand } = figures.recall;
      expect(five <= hundred && hundred <= thousand && thousand <= 1).toBe(true);
    }
  });

  it('looks at what ours shows: films that differ, in the languages they are in', () => {
    const ours = Object.values(evaluation.methods)[0]!;
    expect(ours.distinct).toBeGreaterThan(20);
    expect(ours.maxShare > 0 && ours.maxShare < 0.5).toBe(true);
    const shares = Object.values(ours.languages);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    expect(Object.keys(ours.languages).sort()).toEqual(['en', 'fr', 'hi', 'ja']);
  });

  it('counts films of other people’s lists, apart by what a profile rests on', () => {
    const { lists } = evaluation;
    expect(Object.keys(lists).sort()).toEqual(['artist', 'described', 'sound']);
    for (const { songs, recall5, recall50, interval } of Object.values(lists)) {
      expect(songs).toBe(6);
      expect(recall50).toBe(1);
      expect(recall5).toBeLessThanOrEqual(recall50);
      expect(interval.recall5[0]).toBeLessThanOrEqual(recall5);
    }
    // Their own picks are what the first lists hold.
    expect(lists.described!.recall5).toBeGreaterThan(0.9);
    expect(lists.described!.recall5).toBeGreaterThan(lists.sound!.recall5);
  });

  it('of nothing is nothing, and no error', () => {
    const nothing = evaluate(engine, [], { sample: 0 });
    expect(nothing.pairs).toEqual({ given: 0, used: 0, films: 0, songs: 0 });
    expect(nothing.lists).toEqual({});
  });
});
