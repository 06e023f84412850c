import { beforeAll, describe, expect, it } from 'vitest';
import { placeSong } from '../../src/engine/model/song-tower.ts';
import { Adam } from '../../src/fitting/adam.ts';
import {
  pickCounts,
  TOWER_DEFAULTS,
  type TowerExample,
  type Towers,
  times,
  trainTowers,
} from '../../src/fitting/tower.ts';
import { seededRandom } from '../../src/shared/random.ts';

const KINDS = 5;
const NUMBERS = 12;
const SETTINGS = { ...TOWER_DEFAULTS, dims: 6, hidden: 8, epochs: 30, batch: 20, negatives: 60 };

/** Songs and films of five kinds, each kind with a number of its own among noise; songs pick films of their kind. */
function toy() {
  const random = seededRandom(3);
  const vector = (kind: number) => {
    const out = Array.from({ length: NUMBERS }, () => 0.2 * (random() - 0.5));
    out[kind] = 1;
    out[NUMBERS - 1] = 1;
    return out;
  };
  const films = Array.from({ length: 200 }, (_, f) => Float32Array.from(vector(f % KINDS)));
  const song = (kind: number): TowerExample => ({
    x: Float64Array.from(vector(kind)),
    // The last hundred films are never picked.
    films: Array.from({ length: 4 }, () => kind + KINDS * Math.floor(random() * 20)),
    weight: 1,
  });
  const examples = Array.from({ length: 150 }, (_, n) => song(n % KINDS));
  const test = Array.from({ length: 50 }, (_, n) => ({ ...song(n % KINDS), kind: n % KINDS }));
  return { films, examples, test };
}

describe('towers', () => {
  const { films, examples, test } = toy();
  let towers: Towers;
  let losses: string[];
  beforeAll(() => {
    losses = [];
    towers = trainTowers(examples, films, SETTINGS, (text) => losses.push(text));
  });

  const ranked = (x: Float64Array, t: Towers = towers) => {
    const u = placeSong(x, t.song, SETTINGS.dims).vector;
    const logits = films.map((film, f) => {
      const v = times(film, t.film, SETTINGS.dims);
      let sum = t.bias[f]!;
      for (let d = 0; d < SETTINGS.dims; d++) sum += u[d]! * (v[d]! + t.learned[f * SETTINGS.dims + d]!);
      return sum;
    });
    return [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
  };

  it('lead songs that they have not seen to films of their kind', () => {
    const hits = test.map(
      ({ x, kind }) =>
        ranked(x)
          .slice(0, 10)
          .filter((f) => f % KINDS === kind).length,
    );
    expect(hits.reduce((sum, n) => sum + n, 0) / (10 * test.length)).toBeGreaterThan(0.95);
  });

  it('reach films that nobody picked by their facts alone', () => {
    const unpicked = test.map(({ x, kind }) => {
      const first = ranked(x)
        .filter((f) => f >= 100)
        .slice(0, 10);
      return first.filter((f) => f % KINDS === kind).length / 10;
    });
    expect(Math.min(...unpicked)).toBeGreaterThan(0.8);
  });

  it('learn vectors of picked films only, and one bias for all the others', () => {
    const counts = pickCounts(examples, films.length);
    for (const f of films.keys()) {
      const own = towers.learned.subarray(f * SETTINGS.dims, (f + 1) * SETTINGS.dims);
      expect(
        own.some((x) => x !== 0),
        String(f),
      ).toBe(counts[f]! > 0);
      if (counts[f] === 0) expect(towers.bias[f]).toBe(Math.fround(towers.unpicked));
    }
  });

  it('come out the same from the same seed, and others from another', () => {
    expect(trainTowers(examples, films, SETTINGS)).toEqual(towers);
    expect(trainTowers(examples, films, { ...SETTINGS, seed: 1 }).song).not.toEqual(towers.song);
  });

  it('of no epoch are the bilinear regression that they begin with, which is right already here', () => {
    const start = trainTowers(examples, films, { ...SETTINGS, epochs: 0 });
    const hits = test.map(
      ({ x, kind }) =>
        ranked(x, start)
          .slice(0, 10)
          .filter((f) => f % KINDS === kind).length,
    );
    expect(hits.reduce((sum, n) => sum + n, 0) / (10 * test.length)).toBeGreaterThan(0.7);
  });

  it('stay finite', () => {
    for (const block of [...Object.values(towers.song), towers.film, towers.learned, towers.bias])
      expect(block.every(Number.isFinite)).toBe(true);
    expect(losses.length).toBeGreaterThan(0);
  });
});

describe('Adam', () => {
  it('leaves alone what no gradient is known of, which decay alone would move by a whole step', () => {
    const parameters = Float32Array.of(1, 1, 1, 1);
    new Adam(4).update(parameters, Float32Array.of(0, 0.5, 0, 0), 1e-4, 0.01, 1, 1, 2);
    expect([...parameters]).toEqual([1, Math.fround(0.99), 1, 1].map((x) => expect.closeTo(x, 5)));
    new Adam(4).update(parameters, new Float32Array(4), 1e-4, 0.01, 1);
    expect(parameters[0]).toBeCloseTo(0.99, 5);
  });
});
