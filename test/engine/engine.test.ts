import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { albumKey, fameOf } from '../../src/engine/search/recording.ts';
import type { MatchEngine, MoviesOptions, Seed } from '../../src/engine/types.ts';
import { UserError } from '../../src/shared/errors.ts';
import { buildFrom, filmRow, outsideSong, songRow, starterCatalogue, trackId } from '../support/catalogue.ts';

let engine: Engine;
let known: string;
beforeAll(async () => {
  engine = await Engine.open(await starterCatalogue());
  known = engine.findSongs('Bohemian Rhapsody', 1)[0]!.song.id;
});
afterAll(() => engine.close());

function errorOf(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error('nothing was thrown');
}

const LONG = 'a \u0301(1999)'.repeat(150_000);
const HOSTILE = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  LONG,
  ' '.repeat(1_000_000),
  '(1999)',
  '🎬',
  "'; --",
  '__proto__',
];

describe('impossible questions', () => {
  it.each([
    ['movies.limit', { limit: 0 }],
    ['movies.limit', { limit: 1e9 }],
    ['movies.limit', { limit: 2.5 }],
    ['movies.limit', { limit: Number.NaN }],
    ['movies.offset', { offset: -1 }],
    ['movies.offset', { offset: 1e9 }],
    ['movies.offset', { offset: Number.NaN }],
    ['movies.mainstream', { mainstream: -0.1 }],
    ['movies.mainstream', { mainstream: 1.1 }],
    ['movies.mainstream', { mainstream: Number.NaN }],
  ] as [string, MoviesOptions][])('are refused with %s: %j', (id, options) => {
    expect(errorOf(() => engine.moviesFor(known, options))).toMatchObject({ id, exitCode: 2 });
  });

  it.each([
    ['an unknown id', 'A'.repeat(22), 'song.unknown'],
    ['no id', '', 'song.unknown'],
    ['an id of a megabyte', 'A'.repeat(1_000_000), 'song.unknown'],
    ['an empty blend', [], 'song.none'],
    ['a song of no numbers', outsideSong({}, { energy: Number.NaN }), 'song.features'],
    ['a song of endless length', outsideSong({ durationMs: Number.POSITIVE_INFINITY }), 'song.features'],
    ['a blend with such a song', [outsideSong(), outsideSong({}, { tempo: Number.NaN })], 'song.features'],
  ] as [string, Seed, string][])('are refused: %s', (_, seed, id) => {
    expect(errorOf(() => engine.moviesFor(seed)).id).toBe(id);
    expect(errorOf(() => engine.match(seed, 11)).id).toBe(id);
    expect(errorOf(() => engine.songProfile(seed)).id).toBe(id);
  });

  it('name an unknown film', () => {
    for (const id of [0, -1, 999_999_999, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(engine.film(id)).toBeNull();
      expect(errorOf(() => engine.match(known, id)).id).toBe('match.film-unknown');
    }
  });
});

describe('a song that no data set has', () => {
  it.each([
    ['billie jean', 'Michael Jackson'],
    ['umbrella', 'Rihanna'],
    ['duel of the fates', 'John Williams'],
  ])('stands before others of its title: %s', (text, artist) => {
    const [first] = engine.readSongs(text, 3);
    expect(first!.song.artists).toContain(artist);
  });
});

describe('hostile texts', () => {
  it('find nothing, or something, but never fail', () => {
    for (const text of HOSTILE) {
      for (const limit of [5, 0, -1, Number.NaN, 1e9]) {
        expect(Array.isArray(engine.findSongs(text, limit))).toBe(true);
        expect(Array.isArray(engine.findFilms(text, limit))).toBe(true);
      }
      expect(engine.song(text)).toBeNull();
      expect(engine.songsByArtist(text)).toEqual([]);
      // "1999" is a year in a hostile list, and an album.
      for (const { album } of engine.albumsNamed(text)) expect(albumKey(album)).toBe(albumKey(text));
    }
  });

  it('in a song from outside are answered like any other', () => {
    for (const text of HOSTILE) {
      const song = outsideSong({ title: text, artists: [text], album: text, genres: [text] });
      expect(engine.moviesFor(song).matches.length).toBe(5);
    }
    expect(engine.moviesFor(outsideSong({ artists: [], genres: [] })).matches.length).toBe(5);
  });

  it('take extreme but possible numbers', () => {
    const extreme = outsideSong(
      { durationMs: 0, popularity: null, explicit: null },
      { loudness: -1e9, tempo: 1e9, energy: 1, valence: 0, key: 99 },
    );
    for (const { score } of engine.moviesFor(extreme).matches) expect(score > 0 && score < 1).toBe(true);
    const { terms, worlds } = engine.songProfile(extreme);
    for (const strength of Object.values({ ...terms, ...worlds }))
      expect(strength > 0 && strength <= 1).toBe(true);
  });
});

describe('looking things up', () => {
  it('finds films by title, by title and year, and by beginning, the best known first', () => {
    const all = engine.findFilms('the', 50);
    expect(all.length).toBeGreaterThan(5);
    const votes = all.map((film) => film.votes);
    expect(votes).toEqual([...votes].sort((a, b) => b - a));
    const [film] = engine.findFilms('Star Wars');
    expect(film!.id).toBe(11);
    expect(engine.findFilms(`STAR   wars (${film!.year})`).map(({ id }) => id)).toEqual([11]);
    expect(engine.findFilms('Star Wars (1850)')).toEqual([]);
    expect(engine.findFilms('star w', 3).map(({ id }) => id)).toContain(11);
    expect(engine.findFilms('Star Wars', 0)).toEqual([]);
  });

  it('finds an artist’s songs, the best known first, however the name is written', () => {
    const songs = engine.songsByArtist('Queen');
    expect(songs.length).toBeGreaterThan(1);
    expect(engine.songsByArtist('  qUEEN ')).toEqual(songs);
    expect(songs.some((song) => song.popularity === null)).toBe(true);
    const popularity = songs.map(fameOf);
    expect(popularity).toEqual([...popularity].sort((a, b) => b - a));
    expect(songs.every((song) => song.artists.includes('Queen'))).toBe(true);
  });

  it('keeps albums of one name and different artists apart', async () => {
    const songs = [1, 2, 3].map((n) =>
      songRow(n, { album_name: 'Greatest Hits', artists: n < 3 ? 'A' : 'B' }),
    );
    const { dir } = await buildFrom([filmRow(1)], songs);
    const small = await Engine.open(dir);
    const albums = small.albumsNamed('greatest hits');
    expect(albums.map((album) => [album.artists, album.songs.length])).toEqual([
      [['A'], 2],
      [['B'], 1],
    ]);
    await small.close();
  });

  it('tells albums apart whose names have no letter', () => {
    const artists = (name: string) => engine.albumsNamed(name).flatMap((album) => album.artists);
    expect([artists('?'), artists(' = '), artists('¿')]).toEqual([['XXXTENTACION'], ['Ed Sheeran'], []]);
  });

  it('shows profiles by name, the strongest first, of what is there', () => {
    const { terms, worlds, basis, year } = engine.filmProfile(11)!;
    for (const part of [terms, worlds]) {
      const strengths = Object.values(part);
      expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
      expect(strengths.every((strength) => strength > 0 && strength <= 1)).toBe(true);
    }
    expect([basis, year]).toEqual(['described', 1977]);
    const known = new Set(engine.catalogue.model.spec.feel.terms);
    expect(Object.keys(terms).every((term) => known.has(term))).toBe(true);
    expect(engine.filmProfile(999_999_999)).toBeNull();
  });

  it('has nothing that looks alike in a catalogue without pictures', () => {
    const plain: MatchEngine = engine;
    expect(plain.looksLike(11)).toEqual([]);
  });
});

describe('engines', () => {
  it('answer alike, many on one folder at once, and close apart', async () => {
    const dir = await starterCatalogue();
    const engines = await Promise.all(Array.from({ length: 8 }, () => Engine.open(dir)));
    const expected = engine.moviesFor(known);
    for (const other of engines) expect(other.moviesFor(known)).toEqual(expected);
    for (const [i, other] of engines.entries()) {
      await other.close();
      for (const open of engines.slice(i + 1)) expect(open.moviesFor(known)).toEqual(expected);
    }
    expect(engine.moviesFor(known)).toEqual(expected);
  });

  it('on different folders do not mix', async () => {
    const [a, b] = await Promise.all(
      ['Alpha', 'Beta'].map((title) =>
        buildFrom([filmRow(1, { title })], [songRow(1, { track_name: title })]),
      ),
    );
    const [first, second] = [await Engine.open(a!.dir), await Engine.open(b!.dir)];
    expect([first.film(1)!.title, second.film(1)!.title]).toEqual(['Alpha', 'Beta']);
    expect([first.song(trackId(1))!.title, second.song(trackId(1))!.title]).toEqual(['Alpha', 'Beta']);
    await Promise.all([first.close(), second.close()]);
  });

  it('close once, however often asked, and fail in words afterwards', async () => {
    const other = await Engine.open(await starterCatalogue());
    await other.close();
    await other.close();
    expect(() => other.moviesFor(known)).toThrow(/closed/i);
  });

  it('say what catalogue they answer from', () => {
    expect(engine.info).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(engine.info.movies).toBeGreaterThan(900);
    expect(engine.info.songs).toBeGreaterThan(2000);
    expect(new Date(engine.info.builtAt).getTime()).toBeLessThanOrEqual(Date.now());
    expect(engine.facets.genres.length).toBe(19);
    expect(engine.facets.languages[0]).toBe('en');
  });
});
