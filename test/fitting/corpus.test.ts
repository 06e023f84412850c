import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '../../src/engine/catalogue/columns.ts';
import { Engine } from '../../src/engine/engine.ts';
import { songQuery } from '../../src/engine/matching/query.ts';
import { logitOf } from '../../src/engine/matching/rank.ts';
import { norm } from '../../src/engine/model/numbers.ts';
import { judgedPairs } from '../../src/fitting/calibrate.ts';
import { modelCard } from '../../src/fitting/card.ts';
import { Corpus } from '../../src/fitting/corpus.ts';
import { fitModel, partOf } from '../../src/fitting/fit.ts';
import type { FitInput } from '../../src/fitting/input.ts';
import type { FitSettings } from '../../src/fitting/settings.ts';
import { crossValidate, describeStrata, summarise } from '../../src/fitting/validate.ts';
import { trackId } from '../support/catalogue.ts';
import {
  filmId,
  KINDS,
  songNumber,
  TINY_SETTINGS,
  tinyCatalogue,
  tinyInput,
  tinyWorld,
} from '../support/tiny.ts';

let input: FitInput;
let corpus: Corpus;
const DAY = '2026-11-27';
const corpusOf = (changes: Partial<FitSettings> = {}, changed: Partial<FitInput> = {}) =>
  new Corpus({ ...input, ...changed }, { ...TINY_SETTINGS, ...changes }, DAY);
beforeAll(async () => {
  input = await tinyInput(path.dirname((await tinyWorld()).songs));
  corpus = corpusOf();
});

describe('what is learned from', () => {
  it('is every described song and artist, with the picks that are at hand', () => {
    const kinds = corpus.entries.map(({ kind }) => kind);
    expect([
      kinds.filter((kind) => kind === 'song').length,
      kinds.filter((kind) => kind === 'artist').length,
    ]).toEqual([42, 12]);
    for (const { films, written, heard } of corpus.entries) {
      expect(films.length).toBe(written);
      expect(heard).toBe(true);
    }
  });

  it('counts picks of films that are not there as written, but not as films', () => {
    const less = corpusOf({}, { films: input.films.filter(({ id }) => id !== filmId(0, 2)) });
    const entry = less.entries.find(({ key }) => key === trackId(songNumber(0, 0)))!;
    expect([entry.films.length, entry.written]).toEqual([3, 4]);
  });

  it('knows described songs without a track by their names alone, as unheard', () => {
    const gone = trackId(songNumber(1, 3));
    const less = corpusOf({}, { songs: input.songs.filter(({ id }) => id !== gone) });
    const entry = less.entries.find(({ key }) => key === gone)!;
    expect(entry).toMatchObject({ heard: false, song: { features: null, durationMs: null, genres: [] } });
    expect(() => fitModel(less)).not.toThrow();
  });

  it('finds the track of a described song under another id', () => {
    const own = trackId(songNumber(1, 3));
    const songs = input.songs.map((song) =>
      song.id === own ? { ...song, id: trackId(8888), title: `${song.title} - Live` } : song,
    );
    const moved = corpusOf({}, { songs });
    const entry = moved.entries.find(({ key }) => key === own)!;
    expect([entry.heard, entry.song.id]).toEqual([true, trackId(8888)]);
    expect(moved.versionOf(trackId(8888))!.key).toBe(own);
    expect(moved.versionOf(trackId(songNumber(1, 11)))).toBeUndefined();
  });

  it('keeps every song of an artist in one part, with the artist', () => {
    for (const entry of corpus.entries.filter(({ kind }) => kind === 'song')) {
      const artist = corpus.artistOf(entry)!;
      expect(artist.kind).toBe('artist');
      expect(partOf(entry.artist, 5)).toBe(partOf(artist.artist, 5));
    }
  });

  it('is over films that are known, picked or described, and no other', () => {
    const films = input.films.map((film) => ({ ...film, votes: 5 }));
    // The last film of each kind is neither picked nor described, the one before it is picked by some.
    const named = corpusOf({}, { films }).films.map(({ id }) => id);
    for (const kind of KINDS.keys()) expect(named).not.toContain(filmId(kind, 9));
    expect(named).toContain(filmId(0, 0));
    expect(corpus.films).toHaveLength(60);
  });
});

describe('a fitted model', () => {
  it('comes out the same again', () => {
    const [a, b] = [fitModel(corpus).parts, fitModel(corpusOf()).parts];
    expect(a).toEqual(b);
  });

  it('has no film vector longer than its scale', () => {
    const { model } = fitModel(corpus);
    for (const [f, film] of corpus.films.entries()) {
      const place = model.projectFilm(film.id, Float64Array.from(corpus.filmVectors[f]!));
      const indexed = model.indexed(place, film.votes);
      expect(indexed[model.spec.dims]! * model.spec.scale).toBeCloseTo(place.bias, 5);
      expect(norm(indexed)).toBeCloseTo(1, 9);
    }
  });

  it('learns without worlds, audio, genres, years, artists or picks of artists, too', () => {
    for (const part of ['worlds', 'audio', 'genres', 'era', 'artists', 'artist picks'] as const) {
      const settings = { tower: { ...TINY_SETTINGS.tower, epochs: 2 }, without: [part] };
      const { parts } = fitModel(corpusOf(settings));
      for (const block of [parts.weights.song, parts.weights.film, parts.weights.catalogueCovariance])
        expect([part, block.every(Number.isFinite)]).toEqual([part, true]);
    }
  });

  it('says in its card what it was learned from, and that judges are few', () => {
    const { parts } = fitModel(corpus);
    const counts = { entries: 54, picks: 204, films: 60 };
    const card = modelCard({ parts, judged: 0, reliability: null, counts }, input, TINY_SETTINGS);
    expect(card).toContain('204 picks by 54 described songs and artists among 60 films');
    expect(card).toContain('Not calibrated yet: too few judged pairs.');
    expect(card).not.toMatch(/undefined|NaN/);
  });
});

describe('cross-validation', () => {
  it('finds the picks of artists that it has not seen, through every kind of profile', () => {
    const validation = crossValidate(corpus, [0, 1, 2, 3, 4]);
    const own = summarise(validation['own profile']);
    expect(own.songs).toBe(42);
    // Each kind has two artists; where both lie in one fold, nothing of the kind was seen.
    expect(own.auc).toBeGreaterThan(0.7);
    expect(own.interval.recall50[0]).toBeLessThanOrEqual(own.recall50);
    expect(own.interval.recall50[1]).toBeGreaterThanOrEqual(own.recall50);
    for (const { recall5, recall50, recall500, ndcg } of validation['own profile']) {
      expect(recall5 <= recall50 && recall50 <= recall500 && recall500 <= 1).toBe(true);
      expect(ndcg >= 0 && ndcg <= 1).toBe(true);
    }
    expect(describeStrata(validation)).toMatch(
      /^own profile 0\.\d{3} \/ .*\(42\); described artist .*; neither /,
    );
  });
});

describe('judged pairs', () => {
  it('stand to the score as the product sees them', async () => {
    const engine = await Engine.open(await tinyCatalogue());
    const { catalogue } = engine;
    const { model } = catalogue;
    // The catalogue's model is this corpus's, fitted in the same way.
    const judgements = [
      { song: trackId(songNumber(2, 1)), film: filmId(2, 5), fits: 1, rater: 'a' },
      { song: trackId(songNumber(2, 8)), film: filmId(2, 3), fits: 0.5, rater: 'a' },
      { song: trackId(songNumber(2, 11)), film: filmId(4, 1), fits: 0, rater: 'a' },
      { song: trackId(424242), film: filmId(4, 1), fits: 0, rater: 'a' },
      { song: trackId(songNumber(2, 1)), film: 5, fits: 0, rater: 'a' },
    ];
    const pairs = judgedPairs(corpus, model, judgements);
    // Unknown songs and films are left out.
    expect(pairs.map(({ basis, fits }) => [basis, fits])).toEqual([
      ['described', 1],
      ['artist', 0.5],
      ['sound', 0],
    ]);
    for (const [i, pair] of pairs.entries()) {
      const { song, film } = judgements[i]!;
      const query = songQuery(catalogue, [engine.song(song)!]);
      const logit = logitOf(catalogue, query.placed.vector, rowOf(catalogue.columns, film));
      expect(pair.pick === null ? 0 : model.spec.picks[pair.pick]).toBe(query.picks.get(film) ?? 0);
      // Films' vectors and packed profiles are rounded.
      expect(Math.abs(pair.z - (logit - query.scale.mean) / query.scale.deviation)).toBeLessThan(0.05);
    }
    await engine.close();
  });
});
