import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilmRecord } from '../../../src/engine/catalogue/records.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { genresOf, songQuery } from '../../../src/engine/matching/query.ts';
import {
  filmSide,
  type Parts,
  reasonsFor,
  similarityTerms,
  songSide,
} from '../../../src/engine/matching/reasons.ts';
import { dot } from '../../../src/engine/model/numbers.ts';
import type { Song } from '../../../src/engine/types.ts';
import { outsideSong, starterCatalogue } from '../../support/catalogue.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open(await starterCatalogue());
});
afterAll(() => engine.close());

function partsOf(song: Song): Parts {
  const { x, mood, names } = songQuery(engine.catalogue, [song]);
  return songSide(engine.catalogue.model, x, mood, names);
}

function partsOfFilm(film: FilmRecord): Parts {
  const { model } = engine.catalogue;
  return filmSide(model, model.filmVector(film), model.filmMood(film));
}

const films = () => [...engine.catalogue.records.films.getRange({})].map(({ value }) => value);
const everyNth = (n: number) => films().filter((_, i) => i % n === 0);

/** One term, freed of the vectors' lengths: what the two groups alone say. */
function pull(song: Parts, film: Parts, from: string, to: string): number {
  const term = similarityTerms(engine.catalogue.model, song, film).find(
    (t) => t.song === from && t.film === to,
  )!;
  return from === 'mood' ? term.weight : term.weight * song.length * film.length;
}

describe('the terms of a similarity', () => {
  it('sum to it, for films as stored', () => {
    const ids = [...engine.catalogue.records.songs.getKeys()] as string[];
    for (const id of ids.filter((_, i) => i % 50 === 0)) {
      const song = partsOf(engine.song(id)!);
      for (const film of everyNth(60)) {
        const sum = similarityTerms(engine.catalogue.model, song, partsOfFilm(film)).reduce(
          (total, term) => total + term.weight,
          0,
        );
        expect(Math.abs(sum - engine.match(id, film.id).similarity)).toBeLessThan(1e-3);
      }
    }
  });

  it('sum to it exactly before the vectors are rounded', () => {
    const { model } = engine.catalogue;
    const query = songQuery(engine.catalogue, [outsideSong()]);
    const song = songSide(model, query.x, query.mood, query.names);
    for (const record of everyNth(40)) {
      const film = partsOfFilm(record);
      const embedding = model.embed(model.projectFilm(film.vector), film.mood);
      const terms = similarityTerms(model, song, film).reduce((total, term) => total + term.weight, 0);
      expect(terms).toBeCloseTo(dot(query.embedding, embedding), 9);
    }
  });
});

describe('a feature that changes moves its own term, as the model weighs it', () => {
  it('each audio number, on each side of the film', () => {
    const { model } = engine.catalogue;
    const audio = model.spec.song.audio.map(({ name }) => name);
    const base = songQuery(engine.catalogue, [outsideSong()]);
    const before = songSide(model, base.x, base.mood, base.names);
    let moved = 0;
    for (const [i, name] of audio.entries()) {
      const x = base.x.slice();
      x[i]! += 1;
      const after = songSide(model, x, base.mood, base.names);
      for (const record of everyNth(150)) {
        const film = partsOfFilm(record);
        for (const [g, group] of model.filmGroups.entries()) {
          const weights = model.weights.song.subarray(i * model.spec.dims, (i + 1) * model.spec.dims);
          const predicted = dot(weights, film.groups[g]!);
          const change = pull(after, film, 'audio', group.name) - pull(before, film, 'audio', group.name);
          expect(change / (1 - model.spec.mood.beta), `${name} on ${group.name}`).toBeCloseTo(predicted, 5);
          if (Math.abs(predicted) > 1e-4) moved++;
          // What is of the genres does not stir.
          expect(pull(after, film, 'genre', group.name)).toBeCloseTo(
            pull(before, film, 'genre', group.name),
            9,
          );
        }
      }
    }
    expect(moved).toBeGreaterThan(100);
  });

  it('a film turned horror comes nearer to metal, and away from a children’s song, by genre', () => {
    const song = (genre: string) => partsOf(outsideSong({ genres: [genre], artists: ['Nobody Known'] }));
    const drama = films().find((film) => film.genres.length === 1 && film.genres[0] === 'Drama')!;
    const change = (genre: string) =>
      pull(song(genre), partsOfFilm({ ...drama, genres: ['Drama', 'Horror'] }), 'genre', 'genre') -
      pull(song(genre), partsOfFilm(drama), 'genre', 'genre');
    expect(change('black-metal')).toBeGreaterThan(0);
    expect(change('black-metal')).toBeGreaterThan(change('children'));
  });

  it('a happier song comes nearer to a happy film in mood, and further from a bleak one', () => {
    const happy = partsOfFilm({
      ...films()[0]!,
      genres: ['Comedy', 'Family'],
      sentiment: 0.8,
      negativity: 0,
    });
    const bleak = partsOfFilm({
      ...films()[0]!,
      genres: ['War', 'Horror'],
      sentiment: -0.8,
      negativity: 0.9,
    });
    const steps = [0.1, 0.5, 0.9].map((valence) => partsOf(outsideSong({}, { valence, energy: 0.5 })));
    const toHappy = steps.map((song) => pull(song, happy, 'mood', 'valence'));
    const toBleak = steps.map((song) => pull(song, bleak, 'mood', 'valence'));
    expect(toHappy).toEqual([...toHappy].sort((a, b) => a - b));
    expect(toBleak).toEqual([...toBleak].sort((a, b) => b - a));
    expect(toHappy[0]!).toBeLessThan(0);
    expect(toBleak[0]!).toBeGreaterThan(0);
  });

  it('a louder song comes nearer to an intense film in mood', () => {
    const intense = partsOfFilm({ ...films()[0]!, genres: ['Action', 'Thriller'], negativity: 0.9 });
    const [calm, loud] = [0.05, 0.98].map((energy) => partsOf(outsideSong({}, { energy })));
    expect(pull(loud!, intense, 'mood', 'energy')).toBeGreaterThan(pull(calm!, intense, 'mood', 'energy'));
  });
});

describe('reasons', () => {
  const sample = () => {
    const ids = [...engine.catalogue.records.songs.getKeys()] as string[];
    return ids
      .filter((_, i) => i % 40 === 0)
      .flatMap((id) => {
        const { matches } = engine.moviesFor(id);
        return matches.map((match) => ({ song: engine.song(id)!, ...match }));
      });
  };

  it('stand by weight, are no more than three, and none exceeds what speaks for the pair', () => {
    let some = 0;
    for (const { reasons } of sample()) {
      expect(reasons.length).toBeLessThanOrEqual(3);
      if (reasons.length > 0) some++;
      expect(new Set(reasons.map(({ key }) => key)).size).toBe(reasons.length);
      for (const { weight } of reasons) expect(weight).toBeGreaterThan(0);
    }
    expect(some).toBeGreaterThan(0.95 * sample().length);
  });

  it('name only what song and film have', () => {
    const values = (list: unknown) => (Array.isArray(list) ? (list as string[]) : []);
    for (const { film, song, reasons } of sample()) {
      const text = `${film.title} ${film.overview} ${film.tagline} ${film.keywords.join(' ')}`.toLowerCase();
      for (const { params } of reasons) {
        for (const genre of values(params.filmGenres)) expect(film.genres).toContain(genre);
        for (const word of values(params.words))
          expect(text.normalize('NFKD').replace(/\p{M}/gu, '')).toContain(word.split(' ')[0]!);
        if (params.language !== undefined) expect(params.language).toBe(film.language);
        if (params.country !== undefined) expect(film.countries).toContain(params.country);
        if (params.decade !== undefined) expect(params.decade).toBe(10 * Math.floor(film.year! / 10));
        const { genres } = genresOf(engine.catalogue, song);
        const known = engine.catalogue.model.spec.song.genres;
        for (const genre of values(params.songGenres)) {
          const index = known.indexOf(genre);
          expect(genres.own.has(index) || genres.artist.has(index)).toBe(true);
        }
      }
    }
  });

  it('are the same for the same pair', () => {
    const [film] = films();
    const [song, side] = [partsOf(outsideSong()), partsOfFilm(film!)];
    const { model } = engine.catalogue;
    expect(reasonsFor(model, song, side, film!)).toEqual(reasonsFor(model, song, side, film!));
  });
});
