/**
 * What each service is asked, and what is read of the bodies that its documentation shows. Written from the
 * documentation named at each, never tried against the services themselves.
 */
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { AppleLookup } from '../../src/lookup/apple/client.ts';
import { Deezer } from '../../src/lookup/deezer/client.ts';
import { ListenBrainz } from '../../src/lookup/listenbrainz/client.ts';
import { OEmbed } from '../../src/lookup/oembed/client.ts';
import { ReccoBeats } from '../../src/lookup/reccobeats/client.ts';
import { listens } from '../support/listenbrainz.ts';
import { base, expectPlain, http, lines, serve, soon, useContractServer } from './support/contract-server.ts';

useContractServer();

it('the addresses are those of the documentation unless set otherwise', () => {
  expect(loadConfig({}).urls).toMatchObject({
    reccobeats: 'https://api.reccobeats.com',
    deezer: 'https://api.deezer.com',
    youTube: 'https://www.youtube.com',
    soundCloud: 'https://soundcloud.com',
    itunes: 'https://itunes.apple.com',
    spotifyOpen: 'https://open.spotify.com',
    spotifyAccounts: 'https://accounts.spotify.com',
    spotifyApi: 'https://api.spotify.com',
    listenBrainz: 'https://api.listenbrainz.org',
  });
});

describe('Deezer (developers.deezer.com/api)', () => {
  const artist = {
    id: 27,
    name: 'Daft Punk',
    link: 'https://www.deezer.com/artist/27',
    picture: 'https://api.deezer.com/artist/27/image',
    tracklist: 'https://api.deezer.com/artist/27/top?limit=50',
    type: 'artist',
  };
  const track = {
    id: 3_135_556,
    readable: true,
    title: 'Harder, Better, Faster, Stronger',
    title_short: 'Harder, Better, Faster, Stronger',
    title_version: '',
    link: 'https://www.deezer.com/track/3135556',
    duration: 224,
    rank: 956_167,
    explicit_lyrics: false,
    explicit_content_lyrics: 0,
    explicit_content_cover: 0,
    preview: 'https://cdnt-preview.dzcdn.net/x.mp3',
    md5_image: '5718f7c81c27e0b2417e2a4c45224f8a',
    artist,
    album: { id: 302_127, title: 'Discovery', type: 'album' },
    type: 'track',
  };
  const facts = {
    title: track.title,
    durationMs: 224_000,
    rank: 0.956167,
    spotifyId: null,
    deezerId: 3_135_556,
  };

  it('is searched by words', async () => {
    serve('/search', {
      data: [track, { ...track, id: 1, title: 'Aerodynamic', isrc: 'GBDUW0000057' }],
      total: 292,
      next: 'https://api.deezer.com/search?q=x&index=25',
    });
    const found = await new Deezer(http, base()).search('harder & better', soon());
    expect(lines()).toEqual(['GET /search?q=harder%20%26%20better&limit=10']);
    expect(found).toMatchObject([
      { ...facts, artists: ['Daft Punk'], isrc: null },
      { title: 'Aerodynamic', isrc: 'GBDUW0000057' },
    ]);
    expectPlain();
  });

  it('tells a track with its ISRC and everybody who plays on it', async () => {
    const contributors = [
      { ...artist, role: 'Main' },
      { ...artist, id: 2, name: 'A Guest', role: 'Featured' },
    ];
    serve('/track/3135556', {
      ...track,
      isrc: 'GBDUW0000059',
      share: 'x',
      track_position: 4,
      release_date: '2001-03-07',
      bpm: 123.4,
      gain: -12.4,
      contributors,
    });
    expect(await new Deezer(http, base()).track('3135556', soon())).toMatchObject({
      ...facts,
      isrc: 'GBDUW0000059',
      artists: ['Daft Punk', 'A Guest'],
    });
  });

  it('tells an album with its tracks', async () => {
    serve('/album/302127', {
      id: 302_127,
      title: 'Discovery',
      upc: '724384960650',
      nb_tracks: 14,
      artist,
      tracks: { data: [track] },
      type: 'album',
    });
    expect(await new Deezer(http, base()).album('302127', soon())).toMatchObject({
      name: 'Discovery',
      artists: ['Daft Punk'],
      total: 14,
      tracks: [facts],
    });
  });

  it('says in the body that there is nothing, or that something is wrong', async () => {
    const deezer = new Deezer(http, base());
    serve('/track/1', { error: { type: 'DataException', message: 'no data', code: 800 } });
    expect(await deezer.track(1, soon())).toBeNull();
    serve('/search', { error: { type: 'ParameterException', message: 'Wrong parameter: q', code: 500 } });
    await expect(deezer.search('x', soon())).rejects.toMatchObject({ id: 'upstream.refused' });
    serve('/search', { error: { type: 'Exception', message: 'Quota limit exceeded', code: 4 } });
    await expect(deezer.search('x', soon())).rejects.toMatchObject({ id: 'upstream.busy' });
  });
});

describe('Apple’s look-up (performance-partners.apple.com/search-api)', () => {
  const song = {
    wrapperType: 'track',
    kind: 'song',
    artistId: 909_253,
    collectionId: 1_469_577_723,
    trackId: 1_469_577_741,
    artistName: 'Jack Johnson',
    collectionName: 'Jack Johnson and Friends: Sing-A-Longs and Lullabies for the Film Curious George',
    trackName: 'Upside Down',
    trackExplicitness: 'notExplicit',
    trackTimeMillis: 208_643,
    country: 'USA',
    currency: 'USD',
    primaryGenreName: 'Rock',
  };

  it('tells a song', async () => {
    serve('/lookup', { resultCount: 1, results: [song] });
    const apple = new AppleLookup(http, base());
    expect(await apple.track('1469577741', 'us', soon())).toMatchObject({
      title: 'Upside Down',
      artists: ['Jack Johnson'],
      durationMs: 208_643,
      isrc: null,
    });
    await apple.track('1469577741', null, soon());
    expect(lines()).toEqual(['GET /lookup?id=1469577741&country=us', 'GET /lookup?id=1469577741']);
    expectPlain();
  });

  it('tells an album with its songs', async () => {
    const collection = {
      wrapperType: 'collection',
      collectionType: 'Album',
      collectionName: 'Sing-A-Longs',
      artistName: 'Jack Johnson',
      trackCount: 14,
    };
    serve('/lookup', { resultCount: 2, results: [collection, song] });
    expect(await new AppleLookup(http, base()).album('1469577723', 'de', soon())).toMatchObject({
      name: 'Sing-A-Longs',
      artists: ['Jack Johnson'],
      total: 14,
      tracks: [{ title: 'Upside Down' }],
    });
    expect(lines()).toEqual(['GET /lookup?id=1469577723&country=de&entity=song&limit=100']);
  });
});

describe('oEmbed (oembed.com; developers.soundcloud.com/docs/oembed; developer.spotify.com/documentation/embeds)', () => {
  const about = 'https://www.youtube.com/watch?v=5NV6Rdv1a3I';
  it.each([
    [
      'YouTube',
      {
        title: 'Daft Punk - Get Lucky',
        author_name: 'Daft Punk',
        author_url: 'https://www.youtube.com/@daftpunk',
        type: 'video',
        height: 113,
        width: 200,
        version: '1.0',
        provider_name: 'YouTube',
        provider_url: 'https://www.youtube.com/',
        thumbnail_height: 360,
        thumbnail_width: 480,
        thumbnail_url: 'x',
        html: '<iframe></iframe>',
      },
      { title: 'Daft Punk - Get Lucky', author: 'Daft Punk' },
    ],
    [
      'SoundCloud',
      {
        version: 1.0,
        type: 'rich',
        provider_name: 'SoundCloud',
        provider_url: 'https://soundcloud.com',
        height: 400,
        width: '100%',
        title: 'Flickermood by Forss',
        description: 'x',
        thumbnail_url: 'x',
        html: '<iframe></iframe>',
        author_name: 'Forss',
        author_url: 'https://soundcloud.com/forss',
      },
      { title: 'Flickermood by Forss', author: 'Forss' },
    ],
    [
      'Spotify',
      {
        html: '<iframe></iframe>',
        iframe_url: 'x',
        width: 456,
        height: 152,
        version: '1.0',
        provider_name: 'Spotify',
        provider_url: 'https://spotify.com',
        type: 'rich',
        title: 'Get Lucky',
        thumbnail_url: 'x',
        thumbnail_width: 300,
        thumbnail_height: 300,
      },
      { title: 'Get Lucky', author: null },
    ],
  ])('of %s tells title and author', async (service, body, upload) => {
    serve('/oembed', body);
    expect(await new OEmbed(http, service, base()).about(about, soon())).toEqual(upload);
    expect(lines()).toEqual([`GET /oembed?url=${encodeURIComponent(about)}&format=json`]);
    expectPlain();
  });
});

describe('ReccoBeats (reccobeats.com/docs)', () => {
  const ids = {
    id: '70b85474-1d2e-4f58-9d3c-000000000000',
    href: 'https://open.spotify.com/track/01K4zKU104LyJ8gMb7227B',
    isrc: 'USUG12103683',
  };

  it('tells tracks by Spotify’s id and by ISRC', async () => {
    serve('/v1/track', {
      content: [
        {
          ...ids,
          trackTitle: 'Nothing New',
          artists: [
            { id: 'x', name: 'Taylor Swift', href: 'https://open.spotify.com/artist/06HL4z0CvFAxyc27GXpf02' },
          ],
          durationMs: 258_812,
          ean: null,
          upc: null,
          availableCountries: 'AR,AU',
          popularity: 69,
        },
      ],
    });
    const known = await new ReccoBeats(http, `${base()}/v1`).tracks(
      [{ spotifyId: '01K4zKU104LyJ8gMb7227B' }, { isrc: 'USUG12103683' }, { isrc: 'GBDUW0000059' }],
      soon(),
    );
    expect([...known.keys()]).toEqual(['01K4zKU104LyJ8gMb7227B', 'USUG12103683']);
    expect(known.get('USUG12103683')).toEqual({
      title: 'Nothing New',
      artists: ['Taylor Swift'],
      durationMs: 258_812,
      popularity: 69,
      isrc: 'USUG12103683',
      spotifyId: '01K4zKU104LyJ8gMb7227B',
    });
    expect(lines()).toEqual(['GET /v1/track?ids=01K4zKU104LyJ8gMb7227B%2CUSUG12103683%2CGBDUW0000059']);
    expectPlain();
  });

  it('tells audio features', async () => {
    const sound = {
      acousticness: 0.817,
      danceability: 0.606,
      energy: 0.377,
      instrumentalness: 0,
      key: 0,
      liveness: 0.154,
      loudness: -9.455,
      mode: 1,
      speechiness: 0.0275,
      tempo: 101.96,
      valence: 0.446,
    };
    serve('/v1/audio-features', { content: [{ ...ids, ...sound }] });
    const known = await new ReccoBeats(http, base()).features([{ isrc: 'USUG12103683' }], soon());
    expect(known).toEqual(new Map([['USUG12103683', { ...sound, timeSignature: null }]]));
    expect(lines()).toEqual(['GET /v1/audio-features?ids=USUG12103683']);
  });
});

describe('ListenBrainz (listenbrainz.readthedocs.io/en/latest/users/api/core.html)', () => {
  it('tells what somebody plays, by their name and nothing else', async () => {
    serve('/1/user/Mr.%20Monkey/playing-now', listens('Get Lucky', 'Daft Punk', '69kOkLUCkxIZYexIgSG8rq'));
    expect(await new ListenBrainz(http, base()).latest('Mr. Monkey', soon())).toEqual({
      title: 'Get Lucky',
      artist: 'Daft Punk',
      spotify: 'https://open.spotify.com/track/69kOkLUCkxIZYexIgSG8rq',
      playing: true,
    });
    expect(lines()).toEqual(['GET /1/user/Mr.%20Monkey/playing-now']);
    expectPlain();
  });

  it('tells what was played last where nothing plays, and passes over an address that is not Spotify’s', async () => {
    serve('/1/user/rob/playing-now', listens());
    const last = listens('Get Lucky', 'Daft Punk', 'x');
    serve('/1/user/rob/listens', last);
    expect(await new ListenBrainz(http, base()).latest('rob', soon())).toMatchObject({
      spotify: null,
      playing: false,
    });
    expect(lines()).toEqual(['GET /1/user/rob/playing-now', 'GET /1/user/rob/listens?count=1']);
  });
});
