/** What votes add to a score: shrinkage, and what people acting alone or all at once cannot do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import {
  agreement,
  COMMUNITY_DEFAULTS,
  type CommunityVote,
  communityShift,
  likeness,
  standingVotes,
} from '../../../src/engine/matching/community.ts';
import { seededRandom } from '../../../src/shared/random.ts';
import { trackId } from '../../support/catalogue.ts';
import { filmId, songNumber, tinyCatalogue } from '../../support/tiny.ts';

const cast = (voter: string, fits: boolean, more: Partial<CommunityVote> = {}): CommunityVote => ({
  voter,
  song: 'a',
  film: 1,
  fits,
  day: '2026-11-20',
  ...more,
});
const crowd = (count: number, fits = true, more: Partial<CommunityVote> = {}) =>
  Array.from({ length: count }, (_, n) => cast(`v${n}`, fits, more));
/** The same voters a month earlier, on another film of another song: their standing. */
const standing = (votes: readonly CommunityVote[]) => [
  ...votes,
  ...votes.map((vote) => ({ ...vote, song: 'long ago', film: 99, day: '2026-10-01' })),
];
const only = (song: string) => (other: string) => (other === song ? 1 : 0);
const shiftOf = (votes: readonly CommunityVote[], film = 1) =>
  communityShift(votes, only('a')).get(film) ?? 0;

describe('what votes add', () => {
  it('grows with the number that agree, and never beyond its strength', () => {
    const shifts = [2, 3, 5, 10, 100, 10_000].map((count) => shiftOf(crowd(count)));
    expect([...shifts].sort((a, b) => a - b)).toEqual(shifts);
    expect(new Set(shifts).size).toBe(shifts.length);
    expect(shifts[0]).toBeGreaterThan(0);
    expect(shifts.at(-1)).toBeLessThan(COMMUNITY_DEFAULTS.strength);
    expect(shifts.at(-1)).toBeGreaterThan(0.99 * COMMUNITY_DEFAULTS.strength);
  });

  it('reaches half its strength when as many agree as the feel space counts for', () => {
    const votes = crowd(COMMUNITY_DEFAULTS.prior + 1);
    expect(shiftOf(votes)).toBeCloseTo(COMMUNITY_DEFAULTS.strength / 2);
  });

  it('lowers as much as it raises, and nothing where opinions balance', () => {
    expect(shiftOf(crowd(8, false))).toBeCloseTo(-shiftOf(crowd(8)));
    const split = crowd(20).map((vote, n) => ({ ...vote, fits: n % 2 === 0 }));
    expect(shiftOf(split)).toBe(0);
  });

  it('is nothing for one account, whatever it votes on', () => {
    const alone = Array.from({ length: 500 }, (_, n) => cast('one', true, { song: `s${n}`, film: n % 7 }));
    expect(communityShift(alone, () => 1).size).toBe(0);
  });

  it('gives a person one voice for a film, however many like songs they voted on', () => {
    const often = Array.from({ length: 50 }, (_, n) => cast('often', true, { song: `s${n}` }));
    const one = [cast('often', true)];
    const others = crowd(9, false);
    expect(communityShift([...others, ...often], () => 1).get(1)).toBeCloseTo(
      communityShift([...others, ...one], () => 1).get(1)!,
    );
  });

  it('counts like songs less, and unlike ones not at all', () => {
    const votes = crowd(6, true, { song: 'b' });
    const at = (weight: number) => communityShift(votes, () => weight).get(1) ?? 0;
    expect(at(0)).toBe(0);
    expect(at(0.3)).toBeLessThan(at(0.8));
    expect(at(0.8)).toBeLessThan(at(1));
    expect([likeness(0.2, 0.6), likeness(0.6, 0.6), likeness(1, 0.6)]).toEqual([0, 0, 1]);
    expect(likeness(0.8, 0.6)).toBeCloseTo(0.5);
  });
});

describe('agreement', () => {
  it('is near 0 for tossed coins, near 1 for a crowd of one mind, and little for few', () => {
    const random = seededRandom(5);
    const tossed = Array.from({ length: 3000 }, (_, n) =>
      cast(`v${n % 60}`, random() < 0.5, { film: n % 50, song: `s${n % 7}` }),
    );
    expect(agreement(tossed)).toBeLessThan(0.05);
    expect(agreement(crowd(60))).toBeGreaterThan(0.95);
    expect(agreement(crowd(2))).toBeLessThan(0.1);
    expect(agreement([cast('one', true)])).toBe(0);
  });

  it('decides how far a community is followed', () => {
    const split = crowd(40).map((vote, n) => ({ ...vote, fits: n % 20 < 13 }));
    const agreed = [...split, ...crowd(40, true, { film: 2 }), ...crowd(40, false, { film: 3 })];
    expect(shiftOf(agreed)).toBeGreaterThan(2 * shiftOf(split));
  });
});

describe('who counts', () => {
  it('is nobody who came today, were they ten or a thousand', () => {
    expect(standingVotes(crowd(10))).toEqual([]);
    const members = standing(crowd(5, false, { film: 2 }));
    const brigade = Array.from({ length: 1000 }, (_, n) => cast(`new${n}`, true, { film: n % 5 }));
    expect(standingVotes([...members, ...brigade])).toEqual(standingVotes(members));
  });

  it('is who has voted here on days a week apart', () => {
    const since = (day: string) =>
      standingVotes([cast('a', true, { day }), cast('a', true, { film: 2, day: '2026-11-20' })]);
    expect(since('2026-11-14')).toHaveLength(0);
    expect(since('2026-11-13')).toHaveLength(2);
  });
});

describe('an answer', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open(await tinyCatalogue());
  });
  afterAll(() => engine.close());
  const song = trackId(songNumber(0, 1));
  const like = trackId(songNumber(0, 2));
  const unlike = trackId(songNumber(4, 1));
  const ids = (votes: readonly CommunityVote[], of = song) =>
    engine.moviesFor(of, { votes, limit: 20 }).matches.map(({ film }) => film.id);

  it('raises and lowers films by votes on the song and on like ones, and not on others', () => {
    const plain = ids([]);
    const [first, , third] = plain as [number, number, number];
    const down = standing(crowd(30, false, { song, film: first }));
    const moved = ids(down);
    expect(moved.indexOf(first)).toBeGreaterThan(0);
    expect(ids(down, unlike)).toEqual(ids([], unlike));
    const raised = ids(standing(crowd(30, true, { song: like, film: third })));
    expect(raised.indexOf(third)).toBeLessThan(2);
    const scores = engine.moviesFor(song, { votes: down, limit: 20 }).matches.map(({ score }) => score);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(engine.match(song, first, down).score).toBeLessThan(engine.match(song, first).score);
  });

  it('brings in a film that was far down', () => {
    const plain = engine.moviesFor(song, { limit: 50 }).matches;
    const far = plain.at(-1)!.film.id;
    const votes = standing(crowd(200, true, { song, film: far }));
    expect(ids(votes).indexOf(far)).toBeGreaterThanOrEqual(0);
    expect(ids(votes.filter(({ voter }) => voter === 'v0'))).toEqual(ids([]));
  });

  it('passes over votes on songs and films that are gone', () => {
    const gone = [
      ...standing(crowd(9, true, { song: 'mood:nothing-such' })),
      ...standing(crowd(9, true, { song: `${song}+gone` })),
      ...standing(crowd(9, true, { song, film: 424_242 })),
    ];
    expect(ids(gone)).toEqual(ids([]));
    expect(engine.match(song, filmId(0, 1), gone).shift).toBeUndefined();
  });
});
