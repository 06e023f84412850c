import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '../../../src/engine/catalogue/columns.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { compileFilters } from '../../../src/engine/matching/filters.ts';
import { songQuery } from '../../../src/engine/matching/query.ts';
import { logitOf, rank } from '../../../src/engine/matching/rank.ts';
import type { Song } from '../../../src/engine/types.ts';
import { buildFrom, outsideSong, type Row, temporaryFolder, trackId } from '../../support/catalogue.ts';
import {
  artistOf,
  DESCRIBED_SONGS,
  filmId,
  GRADE_VALUES,
  KINDS,
  picksOf,
  songNumber,
  tinyCatalogue,
  tinyFeelLines,
  tinyFilms,
  tinySongs,
  writeFeel,
} from '../../support/tiny.ts';

let engine: Engine;
const song = (kind: number, n: number): Song => engine.song(trackId(songNumber(kind, n)))!;
const query = (...songs: Song[]) => songQuery(engine.catalogue, songs);
beforeAll(async () => {
  engine = await Engine.open(await tinyCatalogue());
});
afterAll(() => engine.close());

describe('what a song’s profile rests on', () => {
  it('is its own description where it has one', () => {
    const { profile } = query(song(2, 1));
    expect(profile).toMatchObject({ basis: 'described', year: KINDS[2]!.year - 2 });
    expect(engine.songProfile(song(2, 1))).toMatchObject({ basis: 'described' });
  });

  it('is its artist’s, moved by its sound, where it has none', () => {
    const { profile } = query(song(2, DESCRIBED_SONGS));
    expect(profile).toMatchObject({ basis: 'artist', year: KINDS[2]!.year });
    // The artist's profile counts three quarters.
    const own = query(song(2, 1)).profile;
    expect(profile.terms).not.toEqual(own.terms);
    const unheard = { ...song(2, DESCRIBED_SONGS), id: 'Z'.repeat(22), features: null, genres: [] };
    expect(query(unheard).profile.basis).toBe('artist');
  });

  it('is its sound where nobody knows the artist', () => {
    expect(query(song(2, 11)).profile).toMatchObject({ basis: 'sound', year: null });
    expect(query(outsideSong()).profile.basis).toBe('sound');
    expect(query(outsideSong({ artists: [] })).profile.basis).toBe('sound');
  });

  it('holds what readers of its list said of films, and moves them by it', () => {
    const read = song(5, 3);
    const [no, fit] = picksOf(5, 3);
    expect(new Map(query(read).relevance)).toEqual(
      new Map([
        [no, GRADE_VALUES.song[0]],
        [filmId(5, 8), GRADE_VALUES.song[1]],
        [fit, GRADE_VALUES.song[2]],
        [filmId(4, 2), GRADE_VALUES.song[3]],
      ]),
    );
    const { matches } = engine.moviesFor(read, { limit: 8 });
    const place = (film: number) => matches.findIndex((match) => match.film.id === film);
    expect(place(filmId(4, 2))).toBe(0);
    expect(place(fit!)).toBeGreaterThan(0);
    expect([-1, 4, 5, 6, 7]).toContain(place(no!));
    // The score is that of the place, and so is that of the pair by itself.
    expect(engine.match(read, filmId(4, 2)).score).toBeCloseTo(matches[0]!.score, 10);
    // As it would be without picks and grades.
    const without = engine.moviesFor(read, { limit: 8, picks: false }).matches;
    expect(without[0]!.film.id).not.toBe(filmId(4, 2));
  });

  it('takes what readers said of the artist’s films only where nobody read its own list', () => {
    const artist = artistOf(5, 1);
    const undescribed = song(5, 9);
    expect([undescribed.artists, song(5, 3).artists]).toEqual([[artist], [artist]]);
    const ofArtist = new Map([
      [filmId(5, 0), GRADE_VALUES.artist[0]],
      [filmId(3, 4), GRADE_VALUES.artist[3]],
    ]);
    expect(new Map(query(undescribed).relevance)).toEqual(ofArtist);
    expect(new Map(query(song(5, 1)).relevance)).toEqual(ofArtist);
    expect(query(song(5, 3)).relevance.has(filmId(3, 4))).toBe(false);
    expect(query(song(5, 0)).relevance.size).toBe(0);
    // Of a blend it is the mean.
    expect(query(undescribed, song(5, 0)).relevance.get(filmId(3, 4))).toBe(GRADE_VALUES.artist[3]! / 2);
  });

  it('holds what readers said for a song that nobody described, and for its other editions', async () => {
    const read = song(5, 7);
    expect(query(read).profile.basis).toBe('artist');
    const grades = new Map([
      [filmId(5, 2), GRADE_VALUES.song[2]],
      [filmId(4, 2), GRADE_VALUES.song[3]],
    ]);
    expect(new Map(query(read).relevance)).toEqual(grades);
    expect(engine.moviesFor(read).matches[0]!.film.id).toBe(filmId(4, 2));
    const row = tinySongs().find(({ track_id }) => track_id === read.id)!;
    const edition: Row = { ...row, track_id: trackId(999), track_name: `${row.track_name} - 2011 Remaster` };
    const feel = await writeFeel(await temporaryFolder(), tinyFeelLines());
    const { dir } = await buildFrom(tinyFilms(), [...tinySongs(), edition], undefined, feel);
    const built = await Engine.open(dir);
    const { relevance } = songQuery(built.catalogue, [built.song(trackId(999))!]);
    expect([...relevance.keys()].sort()).toEqual([...grades.keys()].sort());
    await built.close();
  });

  it('is that of the first of its artists who is described', () => {
    const guest = outsideSong({ artists: ['Nobody Known', artistOf(3, 0)] });
    expect(query(guest).profile.basis).toBe('artist');
  });

  it('of a blend is the least sure one, and the strengths are the mean', () => {
    const [a, b] = [song(0, 1), song(1, 11)];
    const blend = query(a, b).profile;
    expect(blend).toMatchObject({ basis: 'sound', year: null });
    for (const [i, value] of blend.terms.entries())
      expect(value).toBeCloseTo((query(a).profile.terms[i]! + query(b).profile.terms[i]!) / 2, 6);
  });
});

describe('versions of a described song', () => {
  let versions: Engine;
  const again: Row = { ...tinySongs()[1]!, track_id: trackId(7001) };
  beforeAll(async () => {
    const title = String(again.track_name);
    const songs = [
      ...tinySongs(),
      { ...again, track_name: `${title} - Remastered 2011` },
      { ...again, track_id: trackId(7002), track_name: `${title} (Karaoke Version)`, artists: 'Sing King' },
      { ...again, track_id: trackId(7003), artists: 'Somebody Else' },
    ];
    const feel = await writeFeel(await temporaryFolder(), tinyFeelLines());
    versions = await Engine.open((await buildFrom(tinyFilms(), songs, undefined, feel)).dir);
  });
  afterAll(() => versions.close());
  const basis = (n: number) => songQuery(versions.catalogue, [versions.song(trackId(n))!]);

  it('have its profile and its picks', () => {
    const original = basis(songNumber(0, 1));
    for (const n of [7001, 7002]) {
      expect(basis(n).profile.terms).toEqual(original.profile.terms);
      expect(basis(n).profile.basis).toBe('described');
      for (const film of picksOf(0, 1)) expect(basis(n).picks.get(film)).toBeGreaterThan(0);
    }
  });

  it('are not merely songs of the same title', () => {
    expect(basis(7003).profile.basis).toBe('sound');
    expect(basis(7003).picks.size).toBe(0);
  });
});

describe('picks', () => {
  it('of the song and of its artist add what the model says, the song’s alone where both picked', () => {
    const { own, artist } = engine.catalogue.model.spec.picks;
    const { picks } = query(song(0, 0));
    const mine = picksOf(0, 0);
    for (const film of mine) expect(picks.get(film)).toBe(own);
    for (const n of [0, 3, 6]) if (!mine.includes(filmId(0, n))) expect(picks.get(filmId(0, n))).toBe(artist);
    expect([...query(song(0, DESCRIBED_SONGS)).picks.values()]).toEqual([artist, artist, artist]);
    expect(query(song(0, 11)).picks.size).toBe(0);
    // The song's own stand apart: an artist's pick does not lift a rule about the song.
    expect([...query(song(0, 0)).chosen]).toEqual(mine);
    expect(query(song(0, DESCRIBED_SONGS)).chosen.size).toBe(0);
  });

  it('for an artist’s other moods add less than its picks, and nothing to what is picked already', async () => {
    const lines = tinyFeelLines();
    const name = artistOf(0, DESCRIBED_SONGS);
    const wider = [...lines['picks.tsv']!, ...[1, 2].map((n) => ['artist', name, filmId(2, n), 3])];
    const feel = await writeFeel(await temporaryFolder(), { ...lines, 'picks.tsv': wider });
    const wide = await Engine.open((await buildFrom(tinyFilms(), tinySongs(), undefined, feel)).dir);
    const id = trackId(songNumber(0, DESCRIBED_SONGS));
    const { picks } = songQuery(wide.catalogue, [wide.song(id)!]);
    await wide.close();
    const { artist } = engine.catalogue.model.spec.picks;
    expect(picks.size).toBe(5);
    for (const n of [0, 3, 6]) expect(picks.get(filmId(0, n))).toBe(artist);
    for (const n of [1, 2]) {
      expect(picks.get(filmId(2, n))).toBeGreaterThan(0);
      expect(picks.get(filmId(2, n))).toBeLessThan(artist / 2);
    }
  });

  it('of a blend count by their share', () => {
    const { own } = engine.catalogue.model.spec.picks;
    const { picks } = query(song(0, 1), song(1, 11));
    expect(picks.get(picksOf(0, 1)[0]!)).toBeCloseTo(own / 2, 9);
  });

  it('stand in the ranking though the index did not name them, and in the order of what they add up to', () => {
    const { catalogue } = engine;
    const asked = query(song(0, 1));
    const vector = catalogue.model.query(asked.placed.vector);
    const filter = compileFilters({}, catalogue.columns, catalogue.manifest);
    const far = new Map([[filmId(3, 0), 30]]);
    const { films } = rank(catalogue, { ...asked, picks: far }, vector, filter, 3);
    expect(films).toHaveLength(4);
    expect(catalogue.columns.ids[films[0]!.row]).toBe(filmId(3, 0));
    expect(films[0]!.pick).toBe(30);
    const keys = films.map(({ logit, pick }) => catalogue.model.lift(logit, asked.scale, pick));
    expect(keys).toEqual([...keys].sort((a, b) => b - a));
    for (const { row, logit } of films)
      expect(logit).toBeCloseTo(logitOf(catalogue, asked.placed.vector, row), 9);
  });

  it('do not stand there where a filter leaves them out, or the catalogue lacks them', () => {
    const { catalogue } = engine;
    const asked = query(song(0, 1));
    const vector = catalogue.model.query(asked.placed.vector);
    const filter = compileFilters({ genres: ['Comedy'] }, catalogue.columns, catalogue.manifest);
    const picks = new Map([
      [filmId(0, 0), 30],
      [999_999, 30],
    ]);
    const rows = rank(catalogue, { ...asked, picks }, vector, filter, 5).films.map(({ row }) => row);
    expect(rows).not.toContain(rowOf(catalogue.columns, filmId(0, 0)));
    expect(rows.every((row) => row >= 0 && filter.test(row))).toBe(true);
  });
});

describe('a logit', () => {
  it('of the stored film is that of the model, but for single precision', () => {
    const { catalogue } = engine;
    const { model, records } = catalogue;
    const asked = query(song(4, 2));
    for (const { value: film } of records.films.getRange({ limit: 20 })) {
      const row = rowOf(catalogue.columns, film.id);
      const text = model.textOf(film);
      // Stored profiles are rounded, vectors are not: what is described stands in the feel tables.
      const described = catalogue.filmFeel(row).basis === 'described';
      if (described) continue;
      const { vector, bias } = model.projectFilm(
        film.id,
        model.filmVector(film, model.filmProfile(film, text), text),
      );
      const expected = asked.placed.vector.reduce((sum, x, d) => sum + x * vector[d]!, bias);
      expect(logitOf(catalogue, asked.placed.vector, row)).toBeCloseTo(expected, 3);
    }
  });
});
