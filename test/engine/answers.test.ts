import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { sameFranchise } from '../../src/engine/matching/franchise.ts';
import type { MoviesOptions } from '../../src/engine/types.ts';
import { median } from '../../src/fitting/metrics.ts';
import { outsideSong, starterCatalogue } from '../support/catalogue.ts';
import { syntheticCatalogue } from './support/synthetic.ts';

const CATALOGUES = { starter: starterCatalogue, synthetic: syntheticCatalogue } as const;

describe.each(['starter', 'synthetic'] as const)('answers from the %s catalogue', (name) => {
  let engine: Engine;
  let sample: string[];
  beforeAll(async () => {
    engine = await Engine.open(await CATALOGUES[name]());
    const ids = [...engine.catalogue.records.songs.getKeys()] as string[];
    sample = ids.filter((_, i) => i % Math.ceil(ids.length / 40) === 0);
  });
  afterAll(() => engine.close());

  const filmIds = (id: string, options?: MoviesOptions) =>
    engine.moviesFor(id, options).matches.map(({ film }) => film.id);

  it('hold five films, best first by score', () => {
    for (const id of sample) {
      const { matches, more } = engine.moviesFor(id);
      expect(matches.length).toBe(5);
      expect(more).toBe(true);
      const scores = matches.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      for (const { score, similarity } of matches) {
        expect(score > 0 && score < 1).toBe(true);
        expect(Math.abs(similarity)).toBeLessThanOrEqual(1 + 1e-6);
      }
    }
  });

  it('score monotonously in the similarity, over all songs', () => {
    const pairs = sample
      .flatMap((id) => engine.moviesFor(id, { limit: 20 }).matches)
      .map(({ similarity, score }) => [similarity, score] as const)
      .sort((a, b) => a[0] - b[0]);
    for (const [i, [similarity, score]] of pairs.entries()) {
      const [before, less] = pairs[i - 1] ?? [-2, 0];
      if (similarity - before > 1e-9) expect(score).toBeGreaterThan(less);
    }
    expect(pairs.at(-1)![1] - pairs[0]![1]).toBeGreaterThan(0.01);
  });

  it('hold no two films of one franchise', () => {
    for (const id of sample) {
      const { matches } = engine.moviesFor(id, { limit: 25 });
      for (const [i, a] of matches.entries())
        for (const b of matches.slice(0, i))
          expect([a.film.title, b.film.title, sameFranchise(a.film, b.film)]).toEqual([
            a.film.title,
            b.film.title,
            false,
          ]);
    }
  });

  it('go on page after page without repeating a film', () => {
    for (const id of sample.slice(0, 15)) {
      const pages = Array.from({ length: 20 }, (_, page) => filmIds(id, { offset: 5 * page }));
      const all = pages.flat();
      expect(all.length).toBe(100);
      expect(new Set(all).size).toBe(100);
      // The same films as in one long answer: a page is a cut of it.
      const long = [...filmIds(id, { limit: 50 }), ...filmIds(id, { limit: 50, offset: 50 })];
      expect([...all].sort()).toEqual([...long].sort());
    }
  });

  it('are the same each time', () => {
    const [id] = sample;
    expect(engine.moviesFor(id!)).toEqual(engine.moviesFor(id!));
  });

  it('are the same for a song and for its id', () => {
    for (const id of sample.slice(0, 10)) {
      expect(engine.moviesFor(engine.song(id)!)).toEqual(engine.moviesFor(id));
    }
  });

  it('come from better known films as the mainstream setting rises', () => {
    const { model } = engine.catalogue;
    const answers = [0, 0.5, 1].map((mainstream) =>
      sample.flatMap((id) => engine.moviesFor(id, { mainstream }).matches.map(({ film }) => film)),
    );
    // What the knob turns is the popularity coordinate: it knows of votes up to a thousand, and of ratings.
    const [hidden, standard, known] = answers.map(
      (films) =>
        films.reduce((sum, film) => sum + model.popularity(film.votes, film.rating), 0) / films.length,
    );
    expect(standard!).toBeGreaterThan(hidden!);
    expect(known!).toBeGreaterThan(standard!);
    const votes = answers.map((films) => median(films.map((film) => film.votes)));
    expect(votes[2]).toBeGreaterThan(1.5 * votes[0]!);
  });

  it('to a blend differ from those to each song, and lie between them', () => {
    const [a, b] = [sample[1]!, sample.at(-2)!];
    const blend = [engine.song(a)!, engine.song(b)!];
    const films = engine.moviesFor(blend).matches;
    expect(films.length).toBe(5);
    const mean = (seed: string) =>
      films.reduce((sum, { film }) => sum + engine.match(seed, film.id).similarity, 0) / 5;
    // Better for each song than what the other song alone brings up.
    const other = (seed: string, ids: number[]) =>
      ids.reduce((sum, film) => sum + engine.match(seed, film).similarity, 0) / 5;
    expect(mean(a)).toBeGreaterThan(other(a, filmIds(b)));
    expect(mean(b)).toBeGreaterThan(other(b, filmIds(a)));
    expect(engine.moviesFor([blend[0]!, blend[0]!]).matches).toEqual(engine.moviesFor(a).matches);
    const { valence } = engine.songMood(blend);
    const [x, y] = [engine.songMood(a).valence, engine.songMood(b).valence];
    expect(valence).toBeGreaterThanOrEqual(Math.min(x, y));
    expect(valence).toBeLessThanOrEqual(Math.max(x, y));
  });

  it('to a pair are those of the list', () => {
    for (const id of sample.slice(0, 8)) {
      for (const match of engine.moviesFor(id).matches) {
        const { film, score, similarity } = engine.match(id, match.film.id);
        expect({ id: film.id, score, similarity }).toEqual({
          id: match.film.id,
          score: match.score,
          similarity: match.similarity,
        });
      }
    }
  });

  it('show no working numbers of a film', () => {
    const { film } = engine.moviesFor(sample[0]!).matches[0]!;
    expect(Object.keys(film)).not.toContain('negativity');
    expect(Object.keys(film)).not.toContain('revenue');
  });
});

describe('songs without genres', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open(await starterCatalogue());
  });
  afterAll(() => engine.close());

  it('take them from their artist', () => {
    const known = engine.findSongs('Bohemian Rhapsody Queen', 1)[0]!.song;
    const song = outsideSong({ artists: known.artists, genres: [] }, known.features);
    const answer = engine.moviesFor(song);
    expect(answer.imputed.kind).toBe('artist');
    expect(answer.imputed.count).toBe(engine.songsByArtist(known.artists[0]!).length);
    expect(engine.imputedFrom(song)).toEqual(answer.imputed);
    expect(answer.matches.length).toBe(5);
  });

  it('take them from the tracks that sound alike where the artist is unknown', () => {
    const song = outsideSong({ genres: [] });
    expect(engine.moviesFor(song).imputed).toEqual({ kind: 'nearest', count: 50 });
    expect(engine.moviesFor({ ...song, genres: ['a label from elsewhere'] }).imputed.kind).toBe('nearest');
  });

  it('are told from songs that came with them', () => {
    expect(engine.moviesFor(outsideSong({ genres: ['metal'] })).imputed).toEqual({ kind: 'none', count: 0 });
  });

  it('make a blend say so', () => {
    const blend = [outsideSong({ genres: ['metal'] }), outsideSong({ genres: [] })];
    expect(engine.moviesFor(blend).imputed.kind).toBe('nearest');
  });

  it('are answered by their sound: a gentle one otherwise than a loud one', () => {
    const gentle = outsideSong(
      { genres: [] },
      { energy: 0.1, acousticness: 0.97, loudness: -22, valence: 0.2 },
    );
    const loud = outsideSong({ genres: [] }, { energy: 0.98, acousticness: 0, loudness: -3, mode: 0 });
    const [a, b] = [gentle, loud].map((song) => engine.moviesFor(song).matches.map(({ film }) => film.id));
    expect(a!.filter((id) => b!.includes(id))).toEqual([]);
  });
});
