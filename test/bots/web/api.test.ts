import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPage } from './page.ts';

let page: Awaited<ReturnType<typeof startPage>>;
beforeAll(async () => {
  page = await startPage();
});
afterAll(() => page.app.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${page.url}/api/v1/${path}`, { headers });
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  // biome-ignore lint/suspicious/noExplicitAny: what the answer looks like is what is tested
  return { status: response.status, body: (await response.json()) as any };
};

describe('/api/v1', () => {
  it('gives five films for a song, and the next five', async () => {
    const { status, body } = await get('films?song=blue+monday&artist=new+order');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      songs: [{ id: '6hHc7Pks7wtBIW8Z6A0iFq', title: 'Blue Monday', artists: ['New Order'] }],
      basis: 'described',
      page: 1,
      more: true,
      attribution: expect.stringContaining('TMDB'),
    });
    expect(body.films).toHaveLength(5);
    expect(body.films[0]).toEqual({
      id: expect.any(Number),
      title: expect.any(String),
      year: expect.any(Number),
      url: expect.stringMatching(/^https:\/\/www\.themoviedb\.org\/movie\/\d+$/),
      score: expect.any(Number),
      reasons: expect.any(Array),
      genres: expect.any(Array),
      language: expect.any(String),
      runtime: expect.any(Number),
      rating: expect.any(Number),
    });
    const next = await get('films?song=blue+monday&page=2');
    const ids = [...body.films, ...next.body.films].map(({ id }) => id);
    expect(new Set(ids).size).toBe(10);
  });

  it('takes the filters of the chats, and several songs', async () => {
    const { body } = await get('films?song=blue+monday&genre=western&years=1960s');
    const titles = body.films.map(({ title }: { title: string }) => title);
    expect(titles.sort()).toEqual([
      'A Fistful of Dollars',
      'Once Upon a Time in the West',
      'The Good, the Bad and the Ugly',
    ]);
    const blend = await get('films?song=blue+monday+%2B+enter+sandman');
    expect(blend.body.songs).toHaveLength(2);
  });

  it('gives songs for a film, explains a pair, and finds both', async () => {
    const songs = await get('songs?film=inception');
    expect(songs.body.film).toMatchObject({ id: 27205, title: 'Inception', year: 2010 });
    expect(songs.body.songs).toHaveLength(5);
    const match = await get('match?song=blue+monday&film=27205');
    expect(match.body).toMatchObject({ film: { title: 'Inception' }, score: expect.any(Number) });
    expect(match.body.meaning).toMatch(/judges/);
    expect((await get('find/songs?text=hold')).body.songs).toHaveLength(3);
    expect((await get('find/films?text=inception')).body.films[0].id).toBe(27205);
  });

  it.each([
    ['films', 400, 'bad-request'],
    ['films?song=blue+monday&page=0', 400, 'bad-request'],
    ['films?song=blue+monday&years=soon', 400, 'bad-request'],
    ['films?song=qqqq', 404, 'song-unknown'],
    ['films?song=which', 409, 'song-unclear'],
    ['songs?film=qqqq', 404, 'film-unknown'],
    ['songs', 400, 'bad-request'],
    ['match?song=blue+monday', 400, 'bad-request'],
    ['find/songs', 400, 'bad-request'],
  ])('%s: %i with a sentence', async (path, status, code) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code, candidates: expect.any(Array) });
    expect(answer.body.error.message).toMatch(/[.?!]$/);
    if (code === 'song-unclear') expect(answer.body.error.candidates.length).toBeGreaterThan(1);
  });

  it('speaks the language that is asked for', async () => {
    const { body } = await get('films?song=qqqq&lang=de');
    expect(body.error.message).toMatch(/kenne/);
    expect((await get('films?song=qqqq', { 'accept-language': 'fr' })).body.error.message).toMatch(/connais/);
  });

  it('counts as every other question does', async () => {
    const small = await startPage(undefined, { perMinute: 2 });
    try {
      const statuses = [];
      for (let i = 0; i < 3; i++)
        statuses.push((await fetch(`${small.url}/api/v1/films?song=hold+on`)).status);
      expect(statuses).toEqual([200, 200, 429]);
    } finally {
      await small.app.close();
    }
  });
});
