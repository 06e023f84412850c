import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { STARTER } from '../../src/indexer/starter.ts';
import { features, page, track, useWorld } from '../lookup/support/resolver-fixture.ts';
import { starterCatalogue, temporaryFolder } from '../support/catalogue.ts';
import { startStandIn } from '../support/stand-in.ts';
import { run } from './support.ts';

useWorld();

let at: string[];
beforeAll(async () => {
  at = ['--catalogue', await starterCatalogue()];
});

const BOHEMIAN = ['recommend', 'Bohemian Rhapsody', 'Queen'];

async function answerOf(...argv: string[]) {
  const { code, out, err } = await run([...argv, ...at, '--json']);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
}

describe('recommend --json', () => {
  it('prints one object of the documented shape, and nothing else', async () => {
    const { out } = await run([...BOHEMIAN, ...at, '--json']);
    expect(out.endsWith('}\n')).toBe(true);
    expect(out.trim().split('\n').length).toBe(1);
    const answer = JSON.parse(out);
    expect(Object.keys(answer)).toEqual(['song', 'basis', 'uses', 'movies', 'catalogue', 'ms']);
    expect(answer.song).toEqual({
      id: expect.stringMatching(/^[0-9A-Za-z]{22}$/),
      title: expect.stringContaining('Bohemian Rhapsody'),
      artists: ['Queen'],
      album: expect.any(String),
      genres: expect.any(Array),
      popularity: expect.any(Number),
      durationMs: expect.any(Number),
      explicit: expect.any(Boolean),
      danceability: expect.any(Number),
      energy: expect.any(Number),
      key: expect.any(Number),
      loudness: expect.any(Number),
      mode: expect.any(Number),
      speechiness: expect.any(Number),
      acousticness: expect.any(Number),
      instrumentalness: expect.any(Number),
      liveness: expect.any(Number),
      valence: expect.any(Number),
      tempo: expect.any(Number),
      timeSignature: expect.any(Number),
    });
    expect(answer.movies.length).toBe(5);
    for (const movie of answer.movies) {
      expect(movie).toEqual({
        id: expect.any(Number),
        title: expect.any(String),
        year: expect.any(Number),
        score: expect.any(Number),
        logit: expect.any(Number),
        genres: expect.any(Array),
        language: expect.stringMatching(/^[a-z]{2}$/),
        runtime: expect.any(Number),
        rating: expect.any(Number),
        votes: expect.any(Number),
        popularity: expect.any(Number),
        poster: expect.stringMatching(/^\/.+/),
        overview: expect.any(String),
        reasons: expect.any(Array),
      });
      for (const reason of movie.reasons)
        expect(reason).toEqual({
          key: expect.any(String),
          params: expect.any(Object),
          weight: expect.any(Number),
        });
    }
    const table = await readFile(STARTER.movies, 'utf8');
    const starterFilms = parse(table, { columns: true }).length;
    expect(answer.catalogue).toEqual({
      version: expect.any(String),
      movies: starterFilms,
      songs: expect.any(Number),
    });
    expect(answer.ms).toBeGreaterThan(0);
  });

  it('takes a name, a name with its artist, and a track id', async () => {
    const { song } = await answerOf(...BOHEMIAN);
    expect((await answerOf('recommend', 'bohemian rapsody queen')).song.id).toBe(song.id);
    expect((await answerOf('recommend', '--track', song.id)).song).toEqual(song);
  });

  it('honours every filter', async () => {
    const { movies } = await answerOf(
      ...BOHEMIAN,
      ...['--limit', '7', '--genre', 'drama', '--genre', 'Comedy', '--not-genre', 'Animation'],
      ...['--year', '1980..2015', '--runtime', '80..140', '--min-rating', '6.5', '--min-votes', '300'],
      ...['--language', 'en', '--language', 'fr', '--mainstream', '0.9'],
    );
    expect(movies.length).toBe(7);
    for (const movie of movies) {
      expect(movie.genres.some((genre: string) => ['Drama', 'Comedy'].includes(genre))).toBe(true);
      expect(movie.genres).not.toContain('Animation');
      expect(movie.year >= 1980 && movie.year <= 2015).toBe(true);
      expect(movie.runtime >= 80 && movie.runtime <= 140).toBe(true);
      expect(movie.rating).toBeGreaterThanOrEqual(6.5);
      expect(movie.votes).toBeGreaterThanOrEqual(300);
      expect(['en', 'fr']).toContain(movie.language);
    }
  });

  it('takes open ranges and single years', async () => {
    for (const movie of (await answerOf(...BOHEMIAN, '--year', '..1960')).movies)
      expect(movie.year).toBeLessThanOrEqual(1960);
    for (const movie of (await answerOf(...BOHEMIAN, '--year', '2010..')).movies)
      expect(movie.year).toBeGreaterThanOrEqual(2010);
    for (const movie of (await answerOf(...BOHEMIAN, '--year', '1999')).movies) expect(movie.year).toBe(1999);
  });

  it('has no movies where none passes', async () => {
    expect((await answerOf(...BOHEMIAN, '--year', '1800..1810')).movies).toEqual([]);
  });

  it('ends with 3 and the nearest songs for one that is not known', async () => {
    const { code, out } = await run(['recommend', 'qqq zzz xxyyzz', ...at, '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual({
      error: expect.stringContaining('qqq zzz'),
      candidates: expect.any(Array),
    });
  });
});

describe('recommend for people', () => {
  it('prints song and films as a table, or as a list on a narrow terminal', async () => {
    const wide = await run([...BOHEMIAN, ...at]);
    expect(wide.code).toBe(0);
    expect(wide.out).toMatch(/Bohemian Rhapsody.* · Queen\n/);
    expect(wide.out).toMatch(/Score.*Film.*Year.*Why.*Genres/);
    expect(Math.max(...wide.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(140);
    const narrow = await run([...BOHEMIAN, ...at], { columns: 60 });
    expect(narrow.out).not.toMatch(/│/);
    expect(narrow.out.match(/^[01]\.\d\d {2}.+\(\d{4}\)$/gm)?.length).toBe(5);
  });

  it('says so where no film passes', async () => {
    const { code, out } = await run([...BOHEMIAN, ...at, '--year', '1800..1810']);
    expect([code, out]).toEqual([0, expect.stringContaining('No film passes these filters.')]);
  });

  it('ends with 3 and says what is near', async () => {
    const { code, out, err } = await run(['recommend', '--track', 'A'.repeat(22), ...at]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(/^This song is not in my catalogue, and looking songs up is switched off here\./);
  });
});

/** A track that no catalogue holds. */
const FOREIGN = `https://open.spotify.com/track/${'A'.repeat(22)}`;

describe('recommend names songs as the chats do', () => {
  it('declines noise', async () => {
    const { code, out, err } = await run(['recommend', 'white noise', ...at]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('sound rather than music');
  });

  it('takes a link, to a song of the catalogue and to one that is measured elsewhere', async () => {
    const { song } = await answerOf(...BOHEMIAN);
    expect((await answerOf('recommend', `https://open.spotify.com/track/${song.id}?si=x`)).song).toEqual(
      song,
    );
    const server = await startStandIn();
    server.routes.set('/v1/track', page(track({ href: FOREIGN })));
    server.routes.set('/v1/audio-features', page(features({ href: FOREIGN })));
    const env = { MUSIC2MOVIE_OFFLINE: 'false', RECCOBEATS_URL: server.url };
    const { code, out } = await run(['recommend', FOREIGN, ...at, '--json'], { env });
    await server.close();
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ song: { title: 'Somewhere New' }, source: 'reccobeats' });
    const offline = await run(['recommend', FOREIGN, ...at]);
    expect([offline.code, offline.out]).toEqual([3, '']);
    expect(offline.err).toContain('switched off here');
  });

  it('blends an artist, an album’s links, and songs joined by +', async () => {
    const artist = await answerOf('recommend', 'radiohead');
    expect(artist).toMatchObject({ song: null, blend: { of: 'artist', name: 'Radiohead' } });
    expect(artist.movies.length).toBe(5);
    const joined = await answerOf('recommend', 'blue monday new order + creep radiohead');
    expect(joined.blend.songs.map((one: { title: string }) => one.title)).toEqual([
      expect.stringContaining('Blue Monday'),
      'Creep',
    ]);
    const ids = joined.blend.songs.map((one: { id: string }) => one.id);
    const links = ids.map((id: string) => `https://open.spotify.com/track/${id}`);
    expect((await answerOf('recommend', links.join(' and '))).movies).toEqual(joined.movies);
    expect((await run(['recommend', 'radiohead', ...at])).out).toContain('“Radiohead”: ');
  });

  it('never drops an artist that does not fit', async () => {
    const { song } = await answerOf('recommend', 'My Heart Will Go On', 'Céline Dion');
    expect(song.artists).toEqual(['Céline Dion']);
    const other = await run(['recommend', 'My Heart Will Go On', 'Piano Radiance', ...at]);
    expect([other.code, other.out]).toEqual([3, '']);
    expect(other.err).toMatch(
      /^I don’t know “My Heart Will Go On” by Piano Radiance\. Others have sung it\.\nNearest:\n/,
    );
    for (const text of ['creep metallica', 'creep by metallica', 'blue monday + creep metallica']) {
      const { code, out } = await run(['recommend', text, ...at, '--json']);
      expect(code, text).toBe(3);
      expect(JSON.parse(out).candidates[0]).toMatchObject({ title: 'Creep', artists: ['Radiohead'] });
    }
  });

  it('says in which film a song stands', async () => {
    const { out } = await run(['recommend', 'My Heart Will Go On', 'Céline Dion', ...at]);
    expect(out).toMatch(/^▸ .*Titanic/m);
  });
});

describe('recommend --from', () => {
  const lines = async (argv: string[], io = {}) => {
    const { code, out, err } = await run([...argv, ...at], io);
    expect([code, err]).toEqual([0, '']);
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  it('answers line by line, in order, with errors in their places', async () => {
    const file = path.join(await temporaryFolder(), 'songs.txt');
    const { song } = await answerOf(...BOHEMIAN);
    await writeFile(
      file,
      `\ufeffBohemian Rhapsody\r\n\r\n  qqq zzz xxyyzz \n${song.id}\n${'x'.repeat(100_000)}\nDon't Stop Me Now`,
    );
    const answers = await lines(['recommend', '--from', file]);
    expect(answers.map(({ query }) => query.slice(0, 22))).toEqual([
      'Bohemian Rhapsody',
      'qqq zzz xxyyzz',
      song.id,
      'x'.repeat(22),
      "Don't Stop Me Now",
    ]);
    expect(answers.map(({ error }) => error !== undefined)).toEqual([false, true, false, true, false]);
    expect(Object.keys(answers[0])).toEqual(['query', 'song', 'basis', 'uses', 'movies', 'catalogue', 'ms']);
    expect(Object.keys(answers[1])).toEqual(['query', 'error']);
    expect(answers[2].movies).toEqual(answers[0].movies);
  });

  it('reads standard input, two thousand lines of it, under the filters given', async () => {
    const asked = Array.from({ length: 2000 }, (_, i) =>
      i % 10 === 9 ? 'qqq zzz xxyyzz' : 'Bohemian Rhapsody',
    );
    const stdin = Readable.from([`${asked.join('\n')}\n`]);
    const answers = await lines(['recommend', '--from', '-', '--limit', '2', '--year', '1990..1999'], {
      stdin,
    });
    expect(answers.map(({ query }) => query)).toEqual(asked);
    expect(answers.filter(({ error }) => error).length).toBe(200);
    for (const { movies = [] } of answers.slice(0, 20))
      for (const movie of movies) expect(Math.floor(movie.year / 10)).toBe(199);
    expect(answers[0].movies.length).toBe(2);
  });

  it('says nothing for nothing', async () => {
    expect(await run(['recommend', '--from', '-', ...at])).toEqual({ code: 0, out: '', err: '' });
  });

  it('ends with 2 for a file that is not there, and for a filter that no line can meet', async () => {
    const missing = await run(['recommend', '--from', '/nowhere/songs.txt', ...at]);
    expect([missing.code, missing.out]).toEqual([2, '']);
    expect(missing.err).toMatch(/can't be read\.\n/);
    const genre = await run(['recommend', '--from', '-', '--genre', 'Polka', ...at], {
      stdin: Readable.from(['Bohemian Rhapsody\n']),
    });
    expect([genre.code, genre.out]).toEqual([2, '']);
    expect(genre.err).toMatch(/^No film here has the genre "Polka"\.\nGenres: /);
  });
});

describe('wrong usage ends with 2 and a sentence', () => {
  it.each([
    [['recommend'], /Name one song/],
    [['recommend', 'x', '--track', 'A'.repeat(22)], /Name one song/],
    [['recommend', 'x', '--limit', '0'], /from 1 to 50/],
    [['recommend', 'x', '--limit', '1e9'], /from 1 to 50/],
    [['recommend', 'x', '--limit', '2.5'], /whole number/],
    [['recommend', 'x', '--year', '1999..1990'], /smaller number first/],
    [['recommend', 'x', '--year', 'nineties'], /A\.\.B/],
    [['recommend', 'x', '--year', '..'], /A\.\.B/],
    [['recommend', 'x', '--min-rating', '11'], /from 0 to 10/],
    [['recommend', 'x', '--min-rating', 'NaN'], /from 0 to 10/],
    [['recommend', 'x', '--mainstream', '2'], /from 0 to 1/],
    [['recommend', 'x', '--colour'], /unknown option '--colour'/],
    [['recommend', 'a', 'b', 'c'], /too many arguments/],
  ] as const)('%j', async (argv, said) => {
    const { code, out, err } = await run([...argv, ...at]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(said);
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });

  it('for filters that only the catalogue can judge', async () => {
    for (const [argv, said] of [
      [['--genre', 'Polka'], /genre "Polka"/],
      [['--language', 'qq'], /language "qq"/],
    ] as const) {
      const { code, err } = await run([...BOHEMIAN, ...at, ...argv]);
      expect(code).toBe(2);
      expect(err).toMatch(said);
    }
  });
});

describe('recommend --picture', () => {
  it('writes a PNG of 1200 × 630, and says where', async () => {
    const file = path.join(await temporaryFolder(), 'answer.png');
    const { code, out, err } = await run([...BOHEMIAN, ...at, '--picture', file]);
    expect([code, err]).toEqual([0, `Picture: ${file}\n`]);
    expect(out).toContain('Bohemian Rhapsody');
    const { format, width, height } = await sharp(file).metadata();
    expect([format, width, height]).toEqual(['png', 1200, 630]);
  });

  it('says where it cannot be written', async () => {
    const { code, err } = await run([
      ...BOHEMIAN,
      ...at,
      '--picture',
      path.join(await temporaryFolder(), 'no', 'x.png'),
    ]);
    expect(code).not.toBe(0);
    expect(err).toMatch(/can't be written.*\n.*folder/);
  });
});

describe('filters of the command line', () => {
  it('are read as in the chats', async () => {
    const films = async (...argv: string[]) => {
      const { movies } = await answerOf(...BOHEMIAN, '--limit', '20', ...argv);
      return movies as { id: number; year: number; language: string; genres: string[] }[];
    };
    const plain = await films('--year', '1990..1999', '--genre', 'Comedy', '--language', 'fr');
    expect(plain.length).toBeGreaterThan(0);
    expect(await films('--years', '1990s', '--genre', 'komödie', '--language', 'French')).toEqual(plain);
    for (const { year, language, genres } of plain) {
      expect([Math.floor(year / 10), language]).toEqual([199, 'fr']);
      expect(genres).toContain('Comedy');
    }
  });
});
