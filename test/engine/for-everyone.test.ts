/** The blend for several people: near everyone, far from no one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { fairOrder, sides } from '../../src/engine/matching/fairness.ts';
import { starterCatalogue } from '../support/catalogue.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open(await starterCatalogue());
});
afterAll(() => engine.close());

const song = (text: string) => engine.findSongs(text, 1)[0]!.song.id;
const least = (likings: readonly number[]) => Math.min(...likings);

describe('the fair order', () => {
  const many = Array.from({ length: 12 }, () => [0.6, 0.6]);

  it('is the mean, as long as nobody is left out', () => {
    expect(fairOrder([...many, [0.9, 0.55], [0.7, 0.7]]).slice(0, 2)).toEqual([12, 13]);
  });

  it('puts a film that leaves one person out behind all that leave nobody out', () => {
    const order = fairOrder([[1, 0.1], ...many]);
    expect(order.at(-1)).toBe(0);
  });

  it('sinks the floor to where enough films are, and no further', () => {
    const apart = Array.from({ length: 10 }, () => [0.3, 0.3]);
    expect(fairOrder([[1, 0.05], ...apart]).at(-1)).toBe(0);
    expect(fairOrder([[0.9, 0.35], ...apart])[0]).toBe(0);
  });

  it('keeps the order of equals', () => {
    expect(fairOrder(many)).toEqual(many.map((_, at) => at));
  });
});

describe('the sides of a film', () => {
  it('name whom it is closest to, and for whom it is a stretch', () => {
    expect(sides([0.9, 0.4, 0.8])).toEqual({ closest: 0, stretch: 1 });
    expect(sides([0.9, 0.85])).toEqual({ closest: 0, stretch: null });
  });

  it('name nobody where all are alike, or where there is but one', () => {
    expect(sides([0.8, 0.8])).toEqual({ closest: null, stretch: null });
    expect(sides([0.8])).toEqual({ closest: null, stretch: null });
  });
});

describe('films for everyone', () => {
  const groups = [
    ['tum hi ho arijit', 'lose yourself eminem'],
    ['bohemian rhapsody queen', 'zombie cranberries', 'blinding lights', 'tum hi ho', 'lose yourself'],
    ['let it go idina', 'enter sandman metallica'],
    ['clair de lune debussy', 'lose yourself eminem', 'dancing queen abba'],
  ];

  it.each(groups.map((group) => [group]))(
    'leave nobody of %j as far out as a mean of the songs does',
    (group) => {
      const seeds = group.map(song);
      const { matches } = engine.filmsForEveryone(seeds);
      const mean = engine.moviesFor(seeds.map((id) => engine.song(id)!)).matches;
      const likingsOf = (film: number) => {
        const best = (seed: string) => engine.moviesFor(seed, { limit: 1 }).matches[0]!.score;
        return seeds.map((seed) => engine.match(seed, film).score / best(seed));
      };
      const worst = (films: readonly number[]) => Math.min(...films.map((film) => least(likingsOf(film))));
      expect(matches).toHaveLength(5);
      const fair = worst(matches.map(({ film }) => film.id));
      expect(fair).toBeGreaterThanOrEqual(worst(mean.map(({ film }) => film.id)));
    },
  );

  it('are a person’s own films where there is but one', () => {
    const [own, all] = [
      engine.moviesFor(song('blinding lights')),
      engine.filmsForEveryone([song('blinding lights')]),
    ];
    const ids = all.matches.map(({ film }) => film.id);
    expect(own.matches.filter(({ film }) => ids.includes(film.id)).length).toBeGreaterThanOrEqual(4);
  });

  it('are five for thirty people, the same each time, and no page repeats another', () => {
    const seeds = engine
      .findSongs('a', 50)
      .slice(0, 30)
      .map(({ song: { id } }) => id);
    const pages = [0, 5, 10].map((offset) => engine.filmsForEveryone(seeds, { offset }).matches);
    const ids = pages.flat().map(({ film }) => film.id);
    expect(new Set(ids).size).toBe(15);
    expect(engine.filmsForEveryone(seeds).matches).toEqual(pages[0]);
    for (const { likings } of pages.flat()) {
      expect(likings).toHaveLength(30);
      for (const one of likings) expect(one >= 0 && one <= 1).toBe(true);
    }
  });

  it('do not depend on who comes first', () => {
    const seeds = groups[1]!.map(song);
    const ids = (list: string[]) => engine.filmsForEveryone(list).matches.map(({ film }) => film.id);
    expect(ids([...seeds].reverse())).toEqual(ids(seeds));
  });

  it('pass over what somebody has seen', () => {
    const seeds = groups[0]!.map(song);
    const gone = new Set(engine.filmsForEveryone(seeds).matches.map(({ film }) => film.id));
    const { matches } = engine.filmsForEveryone(seeds, { passOver: gone });
    expect(matches.filter(({ film }) => gone.has(film.id))).toEqual([]);
    expect(matches).toHaveLength(5);
  });

  it('hold no film that one of the songs excludes', () => {
    const child = engine.findSongs('twinkle twinkle little star', 1)[0]!.song.id;
    const films = engine.filmsForEveryone([child, song('enter sandman metallica')], { limit: 20 }).matches;
    expect(films.filter(({ film }) => film.genres.includes('Horror'))).toEqual([]);
  });

  it('refuse nobody, a crowd and strange pages', () => {
    const one = song('blinding lights');
    expect(() => engine.filmsForEveryone([])).toThrow(/1 to 100 people/);
    expect(() => engine.filmsForEveryone(Array(101).fill(one))).toThrow(/1 to 100 people/);
    expect(() => engine.filmsForEveryone([one], { limit: 0 })).toThrow(/1 to 50/);
    expect(() => engine.filmsForEveryone([one], { offset: -5 })).toThrow(/paging/);
  });
});
