/** Pasted lists of songs become a blend of what is known. */
import { expect, it } from 'vitest';
import { inEnglish } from '../support/in-english.ts';
import {
  features,
  keyOf,
  page,
  queen,
  resolve,
  route,
  track,
  UNKNOWN,
  world,
} from '../support/resolver-fixture.ts';

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
  expect(world.server.asked).toEqual([]);
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

it('a song over two lines is a song', async () => {
  expect(await resolve('Imagine\nJohn Lennon')).toMatchObject({ kind: 'song', song: { title: 'Imagine' } });
});
