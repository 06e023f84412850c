/** Answers that lean to a taste. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { starterCatalogue } from '../support/catalogue.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open(await starterCatalogue());
});
afterAll(() => engine.close());

const song = (text: string) => engine.findSongs(text, 1)[0]!.song;

it.each([
  ['blinding lights', 'tum hi ho arijit'],
  ['lose yourself eminem', 'clair de lune debussy'],
  ['zombie cranberries', 'dancing queen abba'],
])(
  'of %s come nearer to %s, the more the further the knob is turned, and still fit the song',
  (asked, loved) => {
    const taste = { songs: [song(loved)] };
    const ids = (weight: number) =>
      engine.moviesFor(song(asked).id, { limit: 20, ...(weight > 0 && { taste: { ...taste, weight } }) })
        .matches;
    const nearness = (weight: number) =>
      ids(weight).reduce((sum, { film }) => sum + engine.match(song(loved), film.id).score, 0);
    const suits = (weight: number) =>
      ids(weight).reduce((sum, { film }) => sum + engine.match(song(asked), film.id).score, 0) / 20;
    expect(nearness(1)).toBeGreaterThan(nearness(0));
    // The same films in another order add up to the same, but for rounding.
    expect(nearness(1)).toBeGreaterThanOrEqual(nearness(0.5) - 1e-9);
    // The song stays what is asked for.
    expect(suits(1)).toBeGreaterThan(0.8 * suits(0));
  },
);

it('changes nothing at 0', () => {
  const { matches } = engine.moviesFor(song('blinding lights').id, {
    taste: { songs: [song('tum hi ho')], weight: 0 },
  });
  const plain = engine.moviesFor(song('blinding lights').id).matches;
  expect(matches.map(({ film }) => film.id)).toEqual(plain.map(({ film }) => film.id));
});
