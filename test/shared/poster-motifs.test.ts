import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnPoster } from '../../src/art/drawn-poster.ts';
import { FILM_GENRES } from '../../src/shared/film-genres.ts';
import { isMotif, MOTIF_NAMES, planMotifs } from '../../src/shared/poster-motifs.ts';

const film = (id: number, genres: string[], more = {}) => ({ id, title: 'X', genres, ...more });

describe('pictures of drawn posters', () => {
  it('never come twice in one answer, and are the same for the same answer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(10 ** 7), fc.subarray([...FILM_GENRES])), { minLength: 1, maxLength: 10 }),
        (films) => {
          const subjects = films.map(([id, genres]) => film(id, genres));
          const plan = planMotifs(subjects);
          expect(new Set(plan).size).toBe(plan.length);
          expect(planMotifs(subjects)).toEqual(plan);
        },
      ),
    );
  });

  it.each([
    [{ terms: { underdog: 1, determined: 1 }, worlds: { 'street-sport': 1 } }, 'boxingRing'],
    [{ terms: { 'urban-night': 1 }, worlds: { 'synth-80s': 1 } }, 'neonStreet'],
    [{ title: 'The Lighthouse', terms: { lonely: 1 } }, 'lighthouse'],
    [{ worlds: { japan: 1 } }, 'torii'],
    [{ worlds: { 'hip-hop': 1 } }, 'boombox'],
    [{ terms: { heartbroken: 1 } }, 'brokenHeart'],
    [{ terms: { 'open-road': 1 } }, 'openRoad'],
    [{ terms: { wintry: 1 } }, 'snowForest'],
  ])('show what a film feels like: %j', (feel, motif) => {
    for (const id of [1, 77, 4711]) expect(planMotifs([film(id, ['Drama'], feel)])).toEqual([motif]);
  });

  it('are each drawn, unlike every other', () => {
    const drawn = MOTIF_NAMES.map((motif) => drawnPoster({ ...film(7, ['Drama']), year: 1999, motif }));
    expect(new Set(drawn).size).toBe(MOTIF_NAMES.length);
    for (const svg of drawn) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(isMotif('constructor')).toBe(false);
  });
});
