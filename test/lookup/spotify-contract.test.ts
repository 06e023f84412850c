/** The same as contracts.test.ts for Spotify's Web API. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/config.ts';
import { SpotifyWeb } from '../../src/lookup/spotify/web-api.ts';
import { asked, base, http, lines, serve, soon, useContractServer } from './support/contract-server.ts';

useContractServer();

describe('Spotify’s Web API (developer.spotify.com/documentation/web-api)', () => {
  const ID = '11dFghVXANMlKmJXsNCbNl';
  const track = {
    album: {
      album_type: 'album',
      id: 'x',
      name: 'Cut To The Feeling',
      artists: [],
      release_date: '2017-05-26',
    },
    artists: [
      {
        external_urls: {},
        href: 'x',
        id: '6sFIWsNpZYqfjUpaCgueju',
        name: 'Carly Rae Jepsen',
        type: 'artist',
        uri: 'x',
      },
    ],
    disc_number: 1,
    duration_ms: 207_959,
    explicit: false,
    external_ids: { isrc: 'USUM71703861' },
    href: 'x',
    id: ID,
    is_local: false,
    name: 'Cut To The Feeling',
    track_number: 1,
    type: 'track',
    uri: `spotify:track:${ID}`,
  };
  const facts = {
    title: 'Cut To The Feeling',
    artists: ['Carly Rae Jepsen'],
    durationMs: 207_959,
    popularity: null,
    isrc: 'USUM71703861',
    spotifyId: ID,
    rank: null,
  };
  const web = () =>
    new SpotifyWeb(
      http,
      { accounts: base(), api: `${base()}/v1` },
      { clientId: 'id', clientSecret: new Secret('secret') },
    );
  beforeEach(() =>
    serve('/api/token', { access_token: 'NgCXRK-MzYjw', token_type: 'bearer', expires_in: 3_600 }),
  );

  it('takes a token by client credentials and tells a track', async () => {
    serve(`/v1/tracks/${ID}`, track);
    expect(await web().track(ID, soon())).toEqual(facts);
    expect(asked[0]).toMatchObject({
      line: 'POST /api/token',
      body: 'grant_type=client_credentials',
      headers: {
        authorization: `Basic ${Buffer.from('id:secret').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    expect(lines()[1]).toBe(`GET /v1/tracks/${ID}`);
  });

  it('is searched by words', async () => {
    serve('/v1/search', {
      tracks: { href: 'x', limit: 10, next: null, offset: 0, previous: null, total: 1, items: [track] },
    });
    expect(await web().search('cut to the feeling', soon())).toEqual([facts]);
    expect(lines()[1]).toBe('GET /v1/search?type=track&limit=10&q=cut%20to%20the%20feeling');
  });

  it.each([
    [
      'in development mode',
      { items: { total: 2, items: [{ added_at: 'x', is_local: false, item: track }, { item: null }] } },
    ],
    [
      'in extended quota mode',
      { tracks: { total: 2, items: [{ added_at: 'x', is_local: false, track }, { track: null }] } },
    ],
  ])('tells a playlist %s', async (_mode, songs) => {
    serve('/v1/playlists/3cEYpjA9oz9GiPac4AsH4n', {
      id: 'x',
      name: 'Spotify Web API Testing playlist',
      owner: {},
      public: true,
      ...songs,
    });
    expect(await web().playlist('3cEYpjA9oz9GiPac4AsH4n', soon())).toEqual({
      name: 'Spotify Web API Testing playlist',
      total: 2,
      tracks: [facts],
    });
  });

  it('withholds the songs of other people’s playlists', async () => {
    serve('/v1/playlists/3cEYpjA9oz9GiPac4AsH4n', { id: 'x', name: 'Theirs', owner: {}, public: true });
    expect(await web().playlist('3cEYpjA9oz9GiPac4AsH4n', soon())).toEqual({
      name: 'Theirs',
      total: 0,
      tracks: null,
    });
  });

  it('does not send a token that no header can carry', async () => {
    serve('/api/token', { access_token: 'a…b\r\nx: y', token_type: 'bearer', expires_in: 3_600 });
    await expect(web().track(ID, soon())).rejects.toMatchObject({ id: 'upstream.unreadable' });
    expect(lines()).toEqual(['POST /api/token']);
  });
});
