import { describe, expect, it } from 'vitest';
import { createResolver } from '../../../src/lookup/resolve/resolver.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { json, status } from '../../support/stand-in.ts';
import { inEnglish } from '../support/in-english.ts';
import {
  CREDENTIALS,
  configOf,
  features,
  keyOf,
  page,
  queen,
  resolve,
  resolverFor,
  route,
  SONGS,
  UNKNOWN,
  useWorld,
  withSpotify,
  world,
} from '../support/resolver-fixture.ts';
import { catalogueOf } from '../support/small-catalogue.ts';

useWorld();

describe('short links', () => {
  const SHORT = 'https://spotify.link/AbC123';
  const to = (location: string) => status(307, { location });

  it.each([SHORT, 'https://spotify.app.link/AbC123?_p=1'])('%s leads to a song', async (link) => {
    route('/AbC123', to(`https://open.spotify.com/track/${queen[0]!.id}?si=x`));
    expect(await resolve(link)).toMatchObject({ kind: 'song', song: { id: queen[0]!.id } });
    expect(world.server.asked).toEqual(['GET /AbC123']);
  });

  it('may take a second redirect, and is remembered', async () => {
    route('/AbC123', to('https://spotify.app.link/second'));
    route('/second', to(`https://open.spotify.com/track/${queen[0]!.id}`));
    const resolver = resolverFor();
    expect((await resolver.resolve(SHORT)).kind).toBe('song');
    expect((await resolver.resolve(SHORT)).kind).toBe('song');
    expect(world.server.asked).toEqual(['GET /AbC123', 'GET /second']);
  });

  it('in a circle ends after two', async () => {
    route('/AbC123', to('https://spotify.link/AbC123'));
    expect(keyOf(await resolve(SHORT))).toBe('lookup.sorry.unreachable');
    expect(world.server.asked).toHaveLength(2);
  });

  it.each([
    'http://127.0.0.1:1/private',
    'https://169.254.169.254/latest',
    `http://open.spotify.com/track/${queen[0]!.id}`,
    `https://open.spotify.com.evil.com/track/${queen[0]!.id}`,
    `https://evil.com/?u=https://open.spotify.com/track/${queen[0]!.id}`,
    `/track/${queen[0]!.id}`,
    'file:///etc/passwd',
  ])('to %s is not followed', async (location) => {
    route('/AbC123', to(location));
    expect(keyOf(await resolve(SHORT))).toBe('lookup.sorry.shortLink');
    expect(world.server.asked).toEqual(['GET /AbC123']);
  });

  it.each([
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    'https://www.deezer.com/track/3135556',
    'https://soundcloud.com/a/b',
  ])('to %s is not Spotify’s and not followed', async (location) => {
    route('/AbC123', to(location));
    expect(keyOf(await resolve(SHORT))).toBe('lookup.sorry.shortLink');
    expect(world.server.asked).toEqual(['GET /AbC123']);
  });

  it('of the newer form lead to a song, perhaps by way of the older', async () => {
    route('/s/AbC123', to(`https://open.spotify.com/track/${queen[0]!.id}?si=x`));
    expect(await resolve('https://open.spotify.com/s/AbC123')).toMatchObject({ song: { id: queen[0]!.id } });
    route('/AbC124', to('https://open.spotify.com/s/AbC123'));
    expect(await resolve('https://spotify.link/AbC124')).toMatchObject({ song: { id: queen[0]!.id } });
    expect(world.server.asked).toEqual(['GET /s/AbC123', 'GET /AbC124', 'GET /s/AbC123']);
  });

  it('that is unknown, or answers with a page, says so', async () => {
    expect(keyOf(await resolve(SHORT))).toBe('lookup.sorry.shortLink');
    route('/AbC124', (_request, response) => response.writeHead(200).end('<script>'));
    expect(keyOf(await resolve('https://spotify.link/AbC124'))).toBe('lookup.sorry.shortLink');
  });
});

describe('albums, artists and playlists', () => {
  const link = (kind: string) => `https://open.spotify.com/${kind}/${UNKNOWN}`;

  it('an album becomes its known songs by the title that oEmbed gives', async () => {
    route('/oembed', json({ title: 'A Night at the Opera' }));
    const answer = await resolve(link('album'));
    expect(answer).toMatchObject({ kind: 'blend', of: 'album', known: 2, total: null });
    expect(answer.kind === 'blend' && inEnglish(answer.note)).toBe(
      '“A Night at the Opera”: 2 songs are known.',
    );
  });

  it('an album title that several artists used is asked about', async () => {
    route('/oembed', json({ title: 'Greatest Hits' }));
    const answer = await resolve(link('album'));
    expect(keyOf(answer)).toBe('lookup.question.album');
    expect(answer.kind === 'question' && answer.albums.map(({ artists }) => artists[0]).sort()).toEqual([
      'John Lennon',
      'Massive Attack',
    ]);
  });

  it('an album of which Spotify tells the artist is not asked about, and says how many of how many', async () => {
    withSpotify(`/v1/albums/${UNKNOWN}`, {
      name: 'Greatest Hits',
      artists: [{ name: 'Massive Attack' }],
      total_tracks: 18,
      tracks: { items: [{ id: SONGS[5]!.id }, { id: null }, {}] },
    });
    const answer = await resolve(link('album'), CREDENTIALS);
    expect(answer).toMatchObject({ kind: 'blend', of: 'album', known: 2, total: 18 });
    expect(answer.kind === 'blend' && inEnglish(answer.note)).toBe(
      '“Greatest Hits”: 2 songs of 18 are known.',
    );
  });

  it('an unknown album ends in an apology', async () => {
    route('/oembed', json({ title: 'Never Heard Of' }));
    expect(keyOf(await resolve(link('album')))).toBe('lookup.sorry.unknownAlbum');
  });

  it('an artist becomes the known songs, best known first', async () => {
    route('/oembed', json({ title: 'Massive Attack' }));
    const answer = await resolve(link('artist'));
    expect(answer).toMatchObject({
      kind: 'blend',
      of: 'artist',
      songs: [{ title: 'Teardrop' }, { title: 'Angel' }],
    });
  });

  it('an unknown artist, or one under whose id there is nothing, ends in an apology', async () => {
    expect(keyOf(await resolve(link('artist')))).toBe('lookup.sorry.unknownLink');
    world.state = openMemoryState();
    route('/oembed', json({ title: 'Nobody Known' }));
    expect(keyOf(await resolve(link('artist')))).toBe('lookup.sorry.unknownArtist');
  });

  it('an artist of nothing but noise is declined', async () => {
    route('/oembed', json({ title: 'Sleep Sounds' }));
    expect(keyOf(await resolve(link('artist')))).toBe('lookup.nonMusic.all');
  });

  it('a playlist needs credentials, and says so', async () => {
    expect(keyOf(await resolve(link('playlist')))).toBe('lookup.sorry.playlist');
    expect(world.server.asked).toEqual([]);
  });

  it('a playlist becomes its songs: by id, by name, by measured features', async () => {
    const item = (id: string, name: string, artist: string) => ({
      track: { id, name, artists: [{ name: artist }], duration_ms: 1_000 },
    });
    withSpotify(`/v1/playlists/${UNKNOWN}`, {
      name: 'My Mix',
      tracks: {
        total: 120,
        items: [
          item(UNKNOWN, 'Somewhere New', 'Nobody'),
          item(queen[0]!.id, 'whatever', 'whoever'),
          item('1'.repeat(22), 'Angel', 'Massive Attack'),
          item('2'.repeat(22), 'Angel', 'Someone Else'),
          { track: null },
          { track: { id: null, name: 'A local file', artists: [], duration_ms: 0 } },
        ],
      },
    });
    route('/v1/audio-features', page(features()));
    const answer = await resolve(link('playlist'), CREDENTIALS);
    expect(answer).toMatchObject({ kind: 'blend', of: 'playlist', name: 'My Mix', known: 3, total: 120 });
    expect(answer.kind === 'blend' && answer.songs.map(({ title }) => title)).toEqual([
      'Somewhere New',
      'Bohemian Rhapsody - Remastered 2011',
      'Angel',
    ]);
  });

  it('a playlist in the form of 2026 is read too, episodes left out', async () => {
    const item = (name: string, artist: string) => ({
      item: { id: '3'.repeat(22), type: 'track', name, artists: [{ name: artist }], duration_ms: 1_000 },
    });
    withSpotify(`/v1/playlists/${UNKNOWN}`, {
      name: 'My Mix',
      items: {
        total: 3,
        items: [item('Angel', 'Massive Attack'), { item: { type: 'episode', name: 'x' } }, { item: null }],
      },
    });
    const answer = await resolve(link('playlist'), CREDENTIALS);
    expect(answer).toMatchObject({ kind: 'blend', of: 'playlist', known: 1, total: 3 });
  });

  it('a playlist whose songs Spotify withholds is said to be, with what to do', async () => {
    withSpotify(`/v1/playlists/${UNKNOWN}`, { name: 'My Mix', owner: {}, public: true });
    const answer = await resolve(link('playlist'), CREDENTIALS);
    expect(keyOf(answer)).toBe('lookup.sorry.privatePlaylist');
    expect(answer.kind === 'sorry' && inEnglish(answer.reason)).toContain('copy them and paste them here');
  });

  it.each([
    ['playlist', (id: string) => `/v1/playlists/${id}`],
    ['track', (id: string) => `/v1/tracks/${id}`],
    ['album', (id: string) => `/v1/albums/${id}`],
  ])(
    'a %s that Spotify tells only apps of Premium owners is logged and not taken for unknown',
    async (kind, path) => {
      const message =
        'Active premium subscription required for the owner of the app. When the subscription status changes, it can take a few hours before requests are allowed again.';
      withSpotify('/', {});
      for (const empty of ['/v1/track', '/v1/audio-features']) route(empty, page());
      route(path(UNKNOWN), json({ error: { status: 403, message } }, 403));
      const logged: { err: { id: string } }[] = [];
      const parts = {
        known: catalogueOf(SONGS),
        config: configOf(CREDENTIALS),
        state: world.state,
      };
      const resolver = createResolver({
        ...parts,
        logger: { warn: (details) => logged.push(details as never) },
      });
      for (let time = 0; time < 2; time += 1) {
        const answer = await resolver.resolve(link(kind));
        expect(keyOf(answer)).toBe('lookup.sorry.refused');
        expect(answer.kind === 'sorry' && inEnglish(answer.reason)).toMatch(/Spotify.*music2movie doctor/);
      }
      expect(logged.map(({ err }) => err.id)).toEqual(['upstream.premium', 'upstream.premium']);
      expect(world.server.asked.filter((line) => line.endsWith(path(UNKNOWN)))).toHaveLength(2);
    },
  );

  it.each([403, 404])('a playlist that Spotify keeps private (%i) ends in an apology', async (code) => {
    withSpotify('/', {});
    route(`/v1/playlists/${UNKNOWN}`, status(code));
    expect(keyOf(await resolve(link('playlist'), CREDENTIALS))).toBe('lookup.sorry.privatePlaylist');
  });
});
