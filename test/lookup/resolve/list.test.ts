/** Pasted lists of songs become a blend of what is known. */
import { expect, it } from 'vitest';
import { createResolver } from '../../../src/lookup/resolve/resolver.ts';
import { json, silence } from '../../support/stand-in.ts';
import { inEnglish } from '../support/in-english.ts';
import {
  CREDENTIALS,
  configOf,
  deezerTrack,
  features,
  keyOf,
  page,
  queen,
  resolve,
  route,
  SONGS,
  track,
  UNKNOWN,
  useWorld,
  world,
} from '../support/resolver-fixture.ts';
import { catalogueOf } from '../support/small-catalogue.ts';

useWorld();

it('a list becomes the songs that are known of it, in its order, and says how many', async () => {
  const answer = await resolve(
    '1. Teardrop - Massive Attack\n2. Nobody Knows - This\n3. Imagine - John Lennon\n4. Angel - Massive Attack\n5. Imagine - John Lennon',
  );
  expect(answer).toMatchObject({
    kind: 'blend',
    of: 'playlist',
    known: 3,
    total: 5,
    name: 'Teardrop + Imagine + Angel + …',
  });
  expect(answer.kind === 'blend' && answer.songs.map(({ title }) => title)).toEqual([
    'Teardrop',
    'Imagine',
    'Angel',
  ]);
  expect(answer.kind === 'blend' && inEnglish(answer.note)).toContain('3 songs of 5 are known');
});

it('a table’s artists are never dropped', async () => {
  const answer = await resolve(
    'Title,Artist\nHallelujah,Leonard Cohen\nAngel,Metallica\nImagine,John Lennon',
  );
  expect(answer.kind === 'blend' && answer.songs.map(({ artists }) => artists[0])).toEqual([
    'Leonard Cohen',
    'John Lennon',
  ]);
});

it('links are read by id: the catalogue’s songs, and measured ones at once', async () => {
  route('/v1/track', page(track()));
  route('/v1/audio-features', page(features()));
  const ids = [queen[0]!.id, UNKNOWN, queen[1]!.id, '1'.repeat(22), '2'.repeat(22), '3'.repeat(22)];
  const answer = await resolve(ids.map((id) => `https://open.spotify.com/track/${id}`).join('\n'));
  expect(answer).toMatchObject({ kind: 'blend', known: 3, total: 6 });
  expect(answer.kind === 'blend' && answer.songs.map(({ id }) => id)).toEqual([
    queen[0]!.id,
    UNKNOWN,
    queen[1]!.id,
  ]);
  expect(world.server.asked).toHaveLength(2);
});

it('a list of which nothing is known ends in a sentence', async () => {
  expect(keyOf(await resolve('1. Aaaa - Bbbb\n2. Cccc - Dddd'))).toBe('lookup.sorry.unknownPlaylist');
});

it('songs that the catalogue lacks are looked up by their words, a few of them, and measured at once', async () => {
  const isrc = (n: number) => `USAAA000000${n}`;
  route('/search', (request, response) => {
    const n = Number(/number(?:%20|\+)(\d)/.exec(request.url!)?.[1] ?? 0);
    const hit = deezerTrack({ title: `Number ${n}`, isrc: isrc(n), artist: { name: 'Somebody' } });
    json({ data: n === 3 ? [] : [hit] })(request, response);
  });
  route('/v1/audio-features', page(...[1, 2, 3, 4].map((n) => features({ isrc: isrc(n) }))));
  const lines = Array.from({ length: 9 }, (_, at) => `${at + 1}. Number ${at + 1} - Somebody`);
  const answer = await resolve(['Teardrop - Massive Attack', ...lines].join('\n'));
  expect(answer).toMatchObject({ kind: 'blend', known: 4, total: 10 });
  expect(answer.kind === 'blend' && answer.songs.map(({ title }) => title)).toEqual([
    'Teardrop',
    'Number 1',
    'Number 2',
    'Number 4',
  ]);
  expect(world.server.asked.filter((line) => line.startsWith('GET /search'))).toHaveLength(8);
  expect(world.server.asked.filter((line) => line.includes('/v1/'))).toHaveLength(1);
});

it('and not where searching is switched off', async () => {
  const list = 'Teardrop - Massive Attack\nNumber 1 - Somebody';
  expect(await resolve(list, { MUSIC2MOVIE_SEARCH_ONLINE: 'false' })).toMatchObject({
    kind: 'blend',
    known: 1,
    total: 2,
  });
  expect(world.server.asked).toEqual([]);
});

it('known songs are not lost to services that are silent', async () => {
  for (const path of ['/api/token', '/search']) route(path, silence);
  const resolver = createResolver({
    known: catalogueOf(SONGS),
    config: configOf(CREDENTIALS),
    state: world.state,
    limits: { attemptMs: 2_000, questionMs: 900 },
  });
  const answer = await resolver.resolve('Teardrop - Massive Attack\nNumber 1 - Somebody');
  expect(answer).toMatchObject({ kind: 'blend', known: 1, total: 2 });
});

it('a song over two lines is a song', async () => {
  expect(await resolve('Imagine\nJohn Lennon')).toMatchObject({ kind: 'song', song: { title: 'Imagine' } });
});
