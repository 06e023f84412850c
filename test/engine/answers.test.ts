import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { sameFranchise } from '../../src/engine/matching/franchise.ts';
import type { MoviesOptions, Song } from '../../src/engine/types.ts';
import { mean } from '../../src/fitting/metrics.ts';
import { outsideSong, starterCatalogue, trackId } from '../support/catalogue.ts';
import { artistOf, filmId, songNumber, tinyCatalogue } from '../support/tiny.ts';
import { syntheticCatalogue } from './support/synthetic.ts';

const CATALOGUES = {
  tiny: tinyCatalogue,
  synthetic: syntheticCatalogue,
  starter: starterCatalogue,
} as const;

describe.each(['tiny', 'synthetic', 'starter'] as const)('answers from the %s catalogue', (name) => {
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
      for (const { score, logit } of matches) {
        expect(score > 0 && score < 1).toBe(true);
        expect(Number.isFinite(logit)).toBe(true);
      }
    }
  });

  it('score by the logit, and never surer than the film before, over many pages', () => {
    for (const id of sample) {
      const matches = [0, 50].flatMap((offset) => engine.moviesFor(id, { limit: 50, offset }).matches);
      for (const [i, { film, score }] of matches.entries()) {
        if (i > 0) expect(score).toBeLessThanOrEqual(matches[i - 1]!.score);
        // What stands alone is at least as sure.
        expect(engine.match(id, film.id).score).toBeGreaterThanOrEqual(score);
      }
    }
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

  it('hold no more than two films of the same three strongest feelings on a page', () => {
    const strongest = (id: number) => Object.keys(engine.filmProfile(id)!.terms).slice(0, 3).sort().join();
    let alike = 0;
    for (const id of sample) {
      const all = [0, 5, 10].map((offset) => engine.moviesFor(id, { offset }).matches);
      for (const page of all) {
        const counts = new Map<string, number>();
        for (const { film } of page) {
          const key = strongest(film.id);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        // Rounded strengths may tie where the stored ones do not.
        if (Math.max(...counts.values()) > 2) alike++;
      }
    }
    expect(alike / (3 * sample.length)).toBeLessThan(0.1);
  });

  it('go on page after page, a cut of one long answer, without repeating a film', () => {
    for (const id of sample.slice(0, 15)) {
      const deepest = Math.min(100, engine.info.movies - 5);
      const pages = Array.from({ length: Math.floor(deepest / 5) }, (_, page) =>
        filmIds(id, { offset: 5 * page }),
      );
      const all = pages.flat();
      expect(all.length).toBe(5 * pages.length);
      expect(new Set(all).size).toBe(all.length);
      const long = [...filmIds(id, { limit: 50 }), ...filmIds(id, { limit: 50, offset: 50 })];
      expect(all).toEqual(long.slice(0, all.length));
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
    const answers = [0, 0.5, 1].map((mainstream) =>
      sample.flatMap((id) => engine.moviesFor(id, { mainstream }).matches.map(({ film }) => film)),
    );
    const fame = answers.map((films) => mean(films.map(({ votes }) => Math.log10(1 + votes))));
    expect(fame[1]!).toBeGreaterThan(fame[0]!);
    expect(fame[2]!).toBeGreaterThan(fame[1]!);
  });

  it('to a blend lie between those to each song', () => {
    const [a, b] = [sample[1]!, sample.at(-2)!];
    const blend = [engine.song(a)!, engine.song(b)!];
    const films = engine.moviesFor(blend).matches.map(({ film }) => film.id);
    expect(films.length).toBe(5);
    const standing = (seed: string, ids: number[]) => mean(ids.map((film) => engine.match(seed, film).logit));
    // No worse for each song than what the other song alone brings up.
    expect(standing(a, films)).toBeGreaterThanOrEqual(standing(a, filmIds(b)));
    expect(standing(b, films)).toBeGreaterThanOrEqual(standing(b, filmIds(a)));
    const profile = (seed: string | typeof blend) => engine.songProfile(seed).terms;
    const [x, y, both] = [profile(a), profile(b), profile(blend)];
    for (const [term, strength] of Object.entries(both))
      expect(strength).toBeCloseTo(((x[term] ?? 0) + (y[term] ?? 0)) / 2, 1);
  });

  it('to a song twice are those to the song', () => {
    const id = sample[0]!;
    const twice = engine.moviesFor([engine.song(id)!, engine.song(id)!]).matches;
    expect(twice.map(({ film }) => film.id)).toEqual(filmIds(id));
  });

  it('to a pair are those of the list', () => {
    for (const id of sample.slice(0, 8)) {
      for (const match of engine.moviesFor(id).matches) {
        const { film, logit, reasons } = engine.match(id, match.film.id);
        expect({ id: film.id, logit, reasons }).toEqual({
          id: match.film.id,
          logit: match.logit,
          reasons: match.reasons,
        });
      }
    }
  });

  it('say what the song’s profile rests on', () => {
    for (const id of sample) expect(engine.moviesFor(id).basis).toBe(engine.songProfile(id).basis);
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
    engine = await Engine.open(await tinyCatalogue());
  });
  afterAll(() => engine.close());

  it('take them from their artist', () => {
    const song = outsideSong({ artists: [artistOf(3, 0)], genres: [] });
    const answer = engine.moviesFor(song);
    expect(answer.imputed.kind).toBe('artist');
    expect(answer.imputed.count).toBe(engine.songsByArtist(artistOf(3, 0)).length);
    expect(engine.imputedFrom(song)).toEqual(answer.imputed);
    expect(answer.matches.length).toBe(5);
  });

  it('take them from the tracks that sound alike where the artist is unknown', () => {
    const song = outsideSong({ genres: [] });
    expect(engine.moviesFor(song).imputed).toEqual({ kind: 'nearest', count: 50 });
    expect(engine.moviesFor({ ...song, genres: ['a label from elsewhere'] }).imputed.kind).toBe('nearest');
  });

  it('have none where nobody knows how they sound either, and are answered all the same', () => {
    const unheard: Song = {
      ...outsideSong({ genres: [], popularity: null, durationMs: null, explicit: null }),
      features: null,
    };
    const answer = engine.moviesFor(unheard);
    expect(answer.imputed).toEqual({ kind: 'none', count: 0 });
    expect(answer.matches.length).toBe(5);
    expect(answer.basis).toBe('sound');
  });

  it('are told from songs that came with them', () => {
    expect(engine.moviesFor(outsideSong({ genres: ['metal'] })).imputed).toEqual({ kind: 'none', count: 0 });
  });

  it('make a blend say so', () => {
    const blend = [outsideSong({ genres: ['metal'] }), outsideSong({ genres: [] })];
    expect(engine.moviesFor(blend).imputed.kind).toBe('nearest');
  });

  it('are answered by their sound: a gentle one otherwise than a loud one', () => {
    const gentle = outsideSong({ genres: [] }, { energy: 0.15, acousticness: 0.85, valence: 0.3 });
    const loud = outsideSong({ genres: [] }, { energy: 0.98, acousticness: 0.05, valence: 0.2 });
    const [a, b] = [gentle, loud].map((song) => engine.moviesFor(song).matches.map(({ film }) => film.id));
    expect(a!.filter((id) => b!.includes(id))).toEqual([]);
  });
});

describe('where a song is known to stand', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open(await tinyCatalogue());
  });
  afterAll(() => engine.close());

  it('only confirmed uses are told, and the film that its title names', () => {
    const song = engine.song(trackId(songNumber(0, 0)))!;
    expect(engine.usesOf(song).map(({ film, kind }) => [film.id, kind])).toEqual([[filmId(0, 2), 'theme']]);
    const film = engine.film(filmId(1, 0))!;
    const named = outsideSong({ title: `Theme - From "${film.title}"` });
    expect(engine.usesOf(named)).toEqual([{ film, kind: 'title' }]);
    expect(engine.usesOf(outsideSong({ title: 'Theme - From "No Such Film"' }))).toEqual([]);
  });
});
