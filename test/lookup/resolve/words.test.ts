import { describe, expect, it } from 'vitest';
import { inEnglish } from '../support/in-english.ts';
import {
  keyOf,
  LINK,
  noise,
  queen,
  resolve,
  resolverFor,
  titles,
  UNKNOWN,
  useWorld,
  world,
} from '../support/resolver-fixture.ts';
import { catalogueOf, makeSong } from '../support/small-catalogue.ts';

useWorld();

describe('words', () => {
  it('become the song that they name, with the other readings beside it', async () => {
    const answer = await resolve('bohemian rapsody queen');
    expect(answer).toMatchObject({ kind: 'song', song: { id: queen[0]!.id }, source: { kind: 'catalogue' } });
    expect(world.server.asked).toEqual([]);
  });

  it('become the far better known of two songs, and a question where both are known', async () => {
    expect(await resolve('Teardrop')).toMatchObject({ kind: 'song', song: { artists: ['Massive Attack'] } });
    const question = await resolve('Hallelujah');
    expect(keyOf(question)).toBe('lookup.question.text');
    expect(question).toMatchObject({
      candidates: [{ song: { artists: ['Jeff Buckley'] } }, { song: { artists: ['Leonard Cohen'] } }],
    });
    expect(await resolve('Hallelujah Leonard Cohen')).toMatchObject({ song: { artists: ['Leonard Cohen'] } });
  });

  it('do not mean the live take unless they say so', async () => {
    expect(await resolve('Imagine')).toMatchObject({ kind: 'song', song: { title: 'Imagine' } });
    expect(await resolve('Imagine live')).toMatchObject({ kind: 'song', song: { title: 'Imagine - Live' } });
  });

  it('are narrowed by an artist', async () => {
    const resolver = resolverFor();
    expect(await resolver.resolve('Hallelujah', { artist: 'Cohen' })).toMatchObject({
      song: { artists: ['Leonard Cohen'] },
    });
    expect(keyOf(await resolver.resolve('Hallelujah', { artist: 'Metallica' }))).toBe(
      'lookup.sorry.byOthers',
    );
  });

  it.each(['Teardrop by Metallica', 'Teardrop - Metallica', 'teardrop – metallica'])(
    'that name an artist who does not fit say so: %s',
    async (text) => {
      const answer = await resolve(text);
      expect(keyOf(answer)).toBe('lookup.sorry.byOthers');
      expect(answer.kind === 'sorry' && inEnglish(answer.reason)).toMatch(/teardrop” by metallica/i);
      expect(answer.kind === 'sorry' && titles(answer.candidates)).toContain('Teardrop');
      expect(keyOf(await resolve('Teardrop by Massive Attack'))).toBe('song');
      expect(keyOf(await resolve('Imagine - Live'))).toBe('song');
      // Not every “by” stands before an artist.
      expect(keyOf(await resolve('Angel by the wing xxqq'))).not.toBe('song');
    },
  );

  it('may name an artist or an album', async () => {
    expect(await resolve('massive attack')).toMatchObject({
      kind: 'blend',
      of: 'artist',
      name: 'Massive Attack',
      known: 2,
    });
    expect(keyOf(await resolve('A Night at the Opera'))).toBe('lookup.question.albumOrSong');
    expect(await resolve('A Night at the Opera by Queen')).toMatchObject({
      kind: 'blend',
      of: 'album',
      known: 2,
      total: null,
    });
  });

  it('that are exactly a title do not mean the longer titles beside it', async () => {
    const songs = [
      makeSong('Tum Hi Ho', 'Arijit Singh'),
      makeSong('Tum Hi Ho Bandhu', 'Neeraj', { popularity: 60 }),
    ];
    const answer = await resolverFor({}, catalogueOf(songs)).resolve('tum hi ho');
    expect(answer).toMatchObject({ kind: 'song', song: { title: 'Tum Hi Ho' } });
  });

  it.each([
    [80, 40, 'blend'],
    [80, 70, 'lookup.question.artistOrSong'],
    [60, 70, 'song'],
  ])(
    'that name an artist (%i) and a song (%i) become the better known, or a question',
    async (artist, song, kind) => {
      const songs = ['One', 'Two', 'Three'].map((title) => makeSong(title, 'Dawn', { popularity: artist }));
      const titled = makeSong('Dawn', 'Somebody', { popularity: song });
      expect(keyOf(await resolverFor({}, catalogueOf([...songs, titled])).resolve('dawn'))).toBe(kind);
    },
  );

  it('that mean nothing here end in an apology with the nearest songs', async () => {
    const answer = await resolve('qqqq wwww hallelujahs zzzz xxxx');
    expect(keyOf(answer)).toBe('lookup.sorry.notFound');
    expect(answer.kind === 'sorry' && titles(answer.candidates)).toContain('Hallelujah');
  });

  it.each([
    ['', 'lookup.sorry.empty'],
    ['  \u200f ', 'lookup.sorry.empty'],
    ['a'.repeat(1_000_000), 'lookup.sorry.tooLong'],
  ])('that are no song end in an apology (%#)', async (text, key) => {
    expect(keyOf(await resolve(text))).toBe(key);
  });

  it('that name noise are declined kindly', async () => {
    const answer = await resolve('soft white noise');
    expect(keyOf(answer)).toBe('lookup.nonMusic.noise');
    expect(answer.kind === 'sorry' && inEnglish(answer.reason)).toContain('no film can fit noise');
  });
});

describe('links without a look-up', () => {
  it('to a song of the catalogue are answered from it', async () => {
    const answer = await resolve(`please: https://open.spotify.com/intl-de/track/${queen[0]!.id}?si=1!`);
    expect(answer).toMatchObject({
      kind: 'song',
      song: queen[0],
      source: { kind: 'catalogue' },
      candidates: [],
    });
    expect(keyOf(await resolve(`spotify:track:${noise.id}`))).toBe('lookup.nonMusic.noise');
    expect(world.server.asked).toEqual([]);
  });

  it.each([
    [`https://open.spotify.com/episode/${UNKNOWN}`, 'lookup.sorry.episode'],
    [`https://open.spotify.com/show/${UNKNOWN}`, 'lookup.sorry.show'],
    ['spotify:local:Artist:Album:Title:210', 'lookup.sorry.local'],
    ['https://listen.tidal.com/track/1', 'lookup.sorry.otherService'],
    ['https://example.org/x', 'lookup.sorry.unknownUrl'],
    ['xqzw https://example.org/x', 'lookup.sorry.unknownUrl'],
    [`https://open.spotify.com.evil.com/track/${UNKNOWN}`, 'lookup.sorry.unknownUrl'],
    ['http://169.254.169.254/latest/meta-data', 'lookup.sorry.unknownUrl'],
  ])('%s ends in a friendly sentence', async (text, key) => {
    const answer = await resolve(text, { MUSIC2MOVIE_SEARCH_ONLINE: 'false' });
    expect(keyOf(answer)).toBe(key);
    expect(answer.kind === 'sorry' && inEnglish(answer.reason)).not.toMatch(/\{\{|lookup\./);
    expect(world.server.asked).toEqual([]);
  });

  it.each(['https://listen.tidal.com/track/1', 'https://example.org/x', 'https://youtu.be/dQw4w9WgXcQ'])(
    'the words beside %s count where it leads nowhere',
    async (link) => {
      expect(await resolve(`Imagine ${link}`)).toMatchObject({ kind: 'song', song: { title: 'Imagine' } });
    },
  );

  it('among several, the one that leads to a song counts', async () => {
    const text = `https://youtu.be/x https://open.spotify.com/show/${UNKNOWN} spotify:track:${queen[1]!.id}`;
    expect(await resolve(text)).toMatchObject({ song: { id: queen[1]!.id } });
  });

  it('when switched off say so, and ask nobody', async () => {
    expect(keyOf(await resolve(LINK, { MUSIC2MOVIE_OFFLINE: 'true' }))).toBe('lookup.sorry.offline');
    expect(keyOf(await resolve('https://spotify.link/abc', { MUSIC2MOVIE_OFFLINE: 'true' }))).toBe(
      'lookup.sorry.offline',
    );
    expect(world.server.asked).toEqual([]);
  });
});
