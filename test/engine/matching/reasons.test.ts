import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '../../../src/engine/catalogue/columns.ts';
import { Engine } from '../../../src/engine/engine.ts';
import type { FeelProfile } from '../../../src/engine/feel/profile.ts';
import { genresOf, songFeel, songQuery } from '../../../src/engine/matching/query.ts';
import { reasonsFor } from '../../../src/engine/matching/reasons.ts';
import type { Reason } from '../../../src/engine/types.ts';
import { trackId } from '../../support/catalogue.ts';
import { filmId, KINDS, songNumber, tinyCatalogue } from '../../support/tiny.ts';

let engine: Engine;
let ids: string[];
beforeAll(async () => {
  engine = await Engine.open(await tinyCatalogue());
  ids = [...engine.catalogue.records.songs.getKeys()] as string[];
});
afterAll(() => engine.close());

const termsOf = ({ params }: Reason) => (params.terms as string[] | undefined) ?? [];
const pairs = () =>
  ids.flatMap((id) => engine.moviesFor(id, { limit: 8 }).matches.map((match) => ({ id, ...match })));

describe('reasons', () => {
  it('name only what both sides carry, and that strongly', () => {
    let named = 0;
    for (const { id, film, reasons } of pairs()) {
      const [song, other] = [engine.songProfile(id), engine.filmProfile(film.id)!];
      for (const reason of reasons) {
        for (const term of termsOf(reason)) {
          named++;
          expect(Math.min(song.terms[term]!, other.terms[term]!)).toBeGreaterThanOrEqual(0.29);
        }
        const world = reason.params.world as string | undefined;
        if (world) expect(Math.min(song.worlds[world]!, other.worlds[world]!)).toBeGreaterThanOrEqual(0.29);
      }
    }
    expect(named).toBeGreaterThan(500);
  });

  it('are feelings first, then worlds, then the year; at most three terms, none twice, weights above 0', () => {
    const order = ['feel', 'world', 'year'];
    for (const { reasons } of pairs()) {
      const places = reasons.map(({ key }) => order.indexOf(key));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      for (const reason of reasons) {
        expect(reason.weight).toBeGreaterThan(0);
        expect(termsOf(reason).length).toBeLessThanOrEqual(3);
        expect(new Set(termsOf(reason)).size).toBe(termsOf(reason).length);
      }
      expect(new Set(reasons.map((reason) => JSON.stringify(reason.params))).size).toBe(reasons.length);
    }
  });

  it('are reasons of the score: a song without the term stands lower with the film', () => {
    const { catalogue } = engine;
    const { model } = catalogue;
    const of = (names: readonly string[], name: string) => names.indexOf(name);
    for (const { id, film, reasons } of pairs().filter((_, i) => i % 5 === 0)) {
      const { x } = songQuery(catalogue, [engine.song(id)!]).placed;
      const row = rowOf(catalogue.columns, film.id);
      const at = row * catalogue.manifest.dimensions;
      const vector = catalogue.vectors.subarray(at, at + model.spec.dims);
      const logit = (y: Float64Array) =>
        model.placeSong(y).vector.reduce((sum, value, d) => sum + value * vector[d]!, 0);
      for (const reason of reasons) {
        const places = [
          ...termsOf(reason).map((term) => model.songPlaces.feel! + of(model.spec.feel.terms, term)),
          ...(reason.key === 'world'
            ? [model.songPlaces.world! + of(model.spec.feel.worlds, String(reason.params.world))]
            : []),
        ];
        for (const place of places) {
          const without = x.slice();
          without[place] = 0;
          expect(logit(without), `${reason.key} ${film.title}`).toBeLessThan(logit(x));
        }
      }
    }
  });

  it('are what the song would lose: described without a reason’s terms, it stands lower with the film', () => {
    const { catalogue } = engine;
    const { model } = catalogue;
    for (const { id, film, reasons } of pairs().filter((_, i) => i % 4 === 0)) {
      const song = engine.song(id)!;
      const { genres } = genresOf(catalogue, song);
      const { profile, bumps } = songFeel(catalogue, song, genres);
      const at = rowOf(catalogue.columns, film.id) * catalogue.manifest.dimensions;
      const vector = catalogue.vectors.subarray(at, at + model.spec.dims);
      const logit = (terms: Float32Array) =>
        model
          .placeSong(model.songVector({ ...profile, terms }, song, genres, bumps))
          .vector.reduce((sum, value, d) => sum + value * vector[d]!, 0);
      for (const reason of reasons.filter(({ key }) => key === 'feel')) {
        const without = profile.terms.slice();
        for (const term of termsOf(reason)) without[model.termIndex.get(term)!] = 0;
        expect(logit(without), `${film.title}: ${termsOf(reason)}`).toBeLessThan(logit(profile.terms));
      }
    }
  });

  it('add up to what taking all their terms away costs', () => {
    const { catalogue } = engine;
    const { model } = catalogue;
    const id = trackId(songNumber(0, 1));
    const { x } = songQuery(catalogue, [engine.song(id)!]).placed;
    const [first] = engine.match(id, filmId(0, 1)).reasons;
    const at = rowOf(catalogue.columns, filmId(0, 1)) * catalogue.manifest.dimensions;
    const vector = catalogue.vectors.subarray(at, at + model.spec.dims);
    const without = x.slice();
    for (const term of termsOf(first!)) without[model.songPlaces.feel! + model.termIndex.get(term)!] = 0;
    const cost = model
      .placeSong(x)
      .vector.reduce((sum, value, d) => sum + (value - model.placeSong(without).vector[d]!) * vector[d]!, 0);
    expect(first!.weight).toBeCloseTo(cost, 9);
  });

  it('name no term where none is shared, rather than a bad one', () => {
    const { model } = engine.catalogue;
    const profile = (term: string, strength: number, year: number | null = null): FeelProfile => {
      const made = model.emptyProfile('described', year);
      made.terms[model.termIndex.get(term)!] = strength;
      return made;
    };
    const vector = new Float64Array(model.spec.dims).fill(1);
    const reasons = (song: FeelProfile, film: FeelProfile) => {
      const some = engine.song(ids[0]!)!;
      const x = model.songVector(song, some, genresOf(engine.catalogue, some).genres);
      return reasonsFor(model, model.placeSong(x), song, film, vector);
    };
    expect(reasons(profile('tender', 1), profile('angry', 1))).toEqual([]);
    expect(reasons(profile('tender', 0.2), profile('tender', 1))).toEqual([]);
    expect(reasons(model.emptyProfile('described'), model.emptyProfile('described'))).toEqual([]);
    // Both born within five years, and only if the song's year is its own.
    const years = (a: number, b: number, basis: FeelProfile['basis'] = 'described') =>
      reasons({ ...profile('tender', 1, a), basis }, profile('angry', 1, b)).map(({ key }) => key);
    expect(years(1977, 1982)).toEqual(['year']);
    expect(years(1977, 1983)).toEqual([]);
    expect(years(1977, 1977, 'artist')).toEqual([]);
  });

  it('are given for nearly every described song and its own kind of film', () => {
    for (const kind of KINDS.keys())
      for (const { film, reasons } of engine.moviesFor(trackId(songNumber(kind, 1))).matches)
        expect([film.id, reasons.length > 0]).toEqual([film.id, true]);
  });
});
