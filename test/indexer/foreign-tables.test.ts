import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkFilms, checkSongs } from '../../src/indexer/check-tables.ts';
import { FilmCleaner } from '../../src/indexer/clean-films.ts';
import { SongCleaner } from '../../src/indexer/clean-songs.ts';
import { FILM_TABLE, SONG_TABLE } from '../../src/indexer/forms/columns.ts';
import { FORMS } from '../../src/indexer/forms/names.ts';
import { readFilmRows, readSongRows } from '../../src/indexer/forms/read.ts';
import { implausible } from '../../src/indexer/plausibility.ts';
import { type Cells, csvOf, FILMS, FOREIGN_TABLES, SONGS } from './support/foreign-tables.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'm2m-foreign-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function write(name: string, bytes: Buffer | string): string {
  const file = path.join(folder, `${++files}-${name}`);
  writeFileSync(file, bytes);
  return file;
}

async function songsOf(file: string) {
  const cleaner = new SongCleaner();
  for await (const row of readSongRows(file)) cleaner.add(row);
  return cleaner.finish();
}

async function filmsOf(file: string) {
  const cleaner = new FilmCleaner();
  const films = [];
  for await (const row of readFilmRows(file)) {
    const film = cleaner.clean(row);
    if (film) films.push(film);
  }
  return films;
}

const plain = (of: 'songs' | 'films') =>
  of === 'songs' ? songsOf(write('songs.csv', csvOf(SONGS))) : filmsOf(write('movies.csv', csvOf(FILMS)));

const seen = new Set<string>();

describe('a table in another form gives what the plain one gives', () => {
  for (const { name, file, bytes, expected } of FOREIGN_TABLES) {
    if ('id' in expected) continue;
    it(name, async () => {
      const { of, except } = expected;
      const written = write(file, bytes);
      const works: readonly object[] = of === 'songs' ? await songsOf(written) : await filmsOf(written);
      const originals: readonly object[] = await plain(of);
      expect(works.length).toBe(originals.length);
      expect(works).toEqual(originals.map((work) => ({ ...work, ...except?.(work as never) })));
      const { findings, profile } = await (of === 'songs' ? checkSongs(written) : checkFilms(written));
      expect(findings).toEqual([]);
      // What was recognised is counted.
      expect(Object.values(profile.forms).reduce((sum, cells) => sum + cells, 0)).toBeGreaterThan(0);
      for (const form of Object.keys(profile.forms)) seen.add(form);
    });
  }

  it('and the plain one has no other form', async () => {
    expect((await checkSongs(write('songs.csv', csvOf(SONGS)))).profile.forms).toEqual({});
    expect((await checkFilms(write('movies.csv', csvOf(FILMS)))).profile.forms).toEqual({});
  });

  it('the forms of these tables are nearly all that there are', () => {
    const others = Object.keys(FORMS).filter((form) => !seen.has(form));
    expect(others.sort()).toEqual(['country-code', 'fractions', 'language-name', 'minutes', 'rating-scale']);
  });
});

describe('what is no such table ends in a sentence', () => {
  for (const { name, file, bytes, expected } of FOREIGN_TABLES) {
    if (!('id' in expected)) continue;
    it(name, async () => {
      const written = write(file, bytes);
      const work = async () => {
        const { findings } = await (expected.of === 'songs' ? checkSongs(written) : checkFilms(written));
        if (findings.length > 0) throw implausible(written, findings);
      };
      const error = await work().then(
        () => null,
        (thrown) => thrown,
      );
      expect(error).toMatchObject({ id: expected.id, exitCode: 2 });
      expect(`${error.message}\n${error.hint}`).toMatch(expected.says);
      expect(error.hint).toMatch(/\w/);
    });
  }
});

describe('cells', () => {
  const filmWith = async (changes: Cells) =>
    (await filmsOf(write('one.csv', csvOf([{ ...FILMS[0]!, ...changes }]))))[0] as
      | Record<string, unknown>
      | undefined;
  const songWith = async (changes: Cells) =>
    (await songsOf(write('one.csv', csvOf([{ ...SONGS[0]!, ...changes }]))))[0];

  it.each([
    [{ original_language: 'English' }, { language: 'en' }],
    [{ original_language: 'fra' }, { language: 'fr' }],
    [{ original_language: 'pt-BR' }, { language: 'pt' }],
    [{ production_countries: 'US, GB' }, { countries: ['United States of America', 'United Kingdom'] }],
    [{ genres: '[878, 28]' }, { genres: ['Science Fiction', 'Action'] }],
    [{ genres: "['Sci-Fi' 'War']" }, { genres: ['Science Fiction', 'War'] }],
    [{ vote_count: '34.5k' }, { votes: 34_500 }],
    [{ vote_count: "34'495" }, { votes: 34_495 }],
    [{ vote_average: '4/5' }, { rating: 8 }],
    [{ runtime: '2:28' }, { runtime: 148 }],
    [{ runtime: 'PT2H28M' }, { runtime: 148 }],
    [{ revenue: '$1,234,567' }, { revenue: 1_234_567 }],
    [{ release_date: '15-Jul-10' }, { releaseDate: '2010-07-15' }],
    [{ release_date: '20100715' }, { releaseDate: '2010-07-15' }],
    [{ release_date: '7/15/68' }, { releaseDate: '1968-07-15' }],
    [{ release_date: '15/7/2010' }, { releaseDate: '2010-07-15' }],
    [{ release_date: '-14182940' }, { releaseDate: '1969-07-20' }],
    [{ release_date: '2010' }, { releaseDate: null, year: 2010 }],
    [{ imdb_id: '114709' }, { imdbId: 'tt0114709' }],
    [{ id: '603.0' }, { id: 603 }],
    [{ id: 'https://www.themoviedb.org/movie/603-the-matrix' }, { id: 603 }],
    [{ poster_path: 'abc.jpg' }, { poster: '/abc.jpg' }],
    [{ title: 'NaN', overview: 'A mother is gone.' }, { title: 'NaN' }],
  ])('of films: %j', async (cells, values) => {
    expect(await filmWith(cells)).toMatchObject(values);
  });

  it.each([{ adult: 'yes' }, { adult: 'perhaps' }, { overview: 'No overview found.' }, { genres: 'N/A' }])(
    'of films that leave: %j',
    async (cells) => {
      expect(await filmWith(cells)).toBeUndefined();
    },
  );

  it.each([
    [{ artists: '(G)I-DLE' }, { artists: ['(G)I-DLE'] }],
    [{ artists: '[dunkelbunt]' }, { artists: ['[dunkelbunt]'] }],
    [{ artists: "('Til Tuesday)" }, { artists: ["('Til Tuesday)"] }],
    [{ artists: '["Earth, Wind & Fire"]' }, { artists: ['Earth, Wind & Fire'] }],
    [{ artists: 'AC/DC' }, { artists: ['AC/DC'] }],
    [{ track_name: 'None' }, { title: 'None' }],
    [{ track_genre: 'R&B' }, { genres: ['r-n-b'] }],
    [{ track_genre: 'Rap' }, { genres: ['hip-hop'] }],
    [{ track_genre: 'Drum & Bass' }, { genres: ['drum-and-bass'] }],
    [{ loudness: '-7.4 dB' }, { features: expect.objectContaining({ loudness: -7.4 }) }],
    [{ loudness: '\u22127.4' }, { features: expect.objectContaining({ loudness: -7.4 }) }],
    [{ key: 'F# minor' }, { features: expect.objectContaining({ key: 6 }) }],
    [{ key: 'Cb' }, { features: expect.objectContaining({ key: 11 }) }],
    [{ key: '57' }, { features: expect.objectContaining({ key: -1 }) }],
    [{ duration_ms: '0:59' }, { durationMs: 59_000 }],
    [{ duration_ms: '1:02:03' }, { durationMs: 3_723_000 }],
    [{ duration_ms: '3.5' }, { durationMs: 210_000 }],
    [{ energy: '72%' }, { features: expect.objectContaining({ energy: 0.72 }) }],
    [{ energy: '1.2e-2' }, { features: expect.objectContaining({ energy: 0.012 }) }],
    [{ explicit: 'Explicit' }, { explicit: true }],
    [{ explicit: 'perhaps' }, { explicit: null }],
  ])('of songs: %j', async (cells, values) => {
    expect(await songWith(cells)).toMatchObject(values);
  });
});

it('data/README.md lists every column with what is lost without it, and every form', () => {
  const text = readFileSync(new URL('../../data/README.md', import.meta.url), 'utf8');
  for (const { name, lost } of [...SONG_TABLE.columns, ...FILM_TABLE.columns]) {
    expect(text).toContain(`\`${name}\``);
    if (lost) expect(text).toContain(lost);
  }
  for (const form of Object.values(FORMS)) expect(text).toContain(form);
});
