import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { Song } from '../../src/engine/types.ts';
import { createResolver, inEnglish, type KnownSongs, type Understanding } from '../../src/lookup/index.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { catalogueOf, makeSong } from './small-catalogue.ts';
import {
  type Handler,
  inTurn,
  json,
  type StandIn,
  silence,
  startStandIn,
  status,
  truncated,
} from './stand-in.ts';

const UNKNOWN = '4u7EnebtmKWzUH433cf5Qv';
const LINK = `https://open.spotify.com/track/${UNKNOWN}`;
/** Short times, so that silence ends soon. */
const LIMITS = { attemptMs: 400, retries: 1, retryMs: 5, questionMs: 1_500 };

const queen = ['Bohemian Rhapsody - Remastered 2011', "Don't Stop Me Now"].map((title) =>
  makeSong(title, 'Queen', { album: 'A Night at the Opera', genres: ['rock'], popularity: 80 }),
);
const noise = makeSong('Soft White Noise - Loopable', 'Sleep Sounds', {
  genres: ['sleep'],
  features: { instrumentalness: 0.9, danceability: 0, valence: 0, tempo: null },
});
const SONGS: Song[] = [
  ...queen,
  noise,
  makeSong('Hallelujah', 'Jeff Buckley', { popularity: 70, album: 'Grace' }),
  makeSong('Hallelujah', 'Leonard Cohen', { popularity: 65, album: 'Various Positions' }),
  makeSong('Teardrop', 'Massive Attack', { popularity: 75, album: 'Greatest Hits' }),
  makeSong('Teardrop', 'Unknown Band', { popularity: 10 }),
  makeSong('Angel', 'Massive Attack', { popularity: 70, album: 'Greatest Hits' }),
  makeSong('Imagine', 'John Lennon', { album: 'Greatest Hits' }),
  makeSong('Imagine - Live', 'John Lennon', { popularity: 49 }),
];

const track = (more: object = {}) => ({
  id: '70b85474-0000-0000-0000-000000000000',
  trackTitle: 'Somewhere New',
  artists: [{ id: 'x', name: 'Queen', href: 'https://open.spotify.com/artist/1' }],
  durationMs: 258_812,
  isrc: 'USUG12103683',
  href: LINK,
  popularity: 69,
  ...more,
});
const features = (more: object = {}) => ({
  id: '70b85474-0000-0000-0000-000000000000',
  href: LINK,
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
  somethingNew: true,
  ...more,
});
const page = (...content: object[]) => json({ content });

let server: StandIn;
let now = 0;
let state = openMemoryState();
beforeAll(async () => {
  server = await startStandIn();
});
afterAll(() => server.close());
beforeEach(() => {
  server.asked.length = 0;
  server.routes.clear();
  now = 1_000;
  state = openMemoryState(() => now);
});

const route = (path: string, handler: Handler) => server.routes.set(path, handler);
const configOf = (env: Record<string, string> = {}) =>
  loadConfig({
    RECCOBEATS_URL: server.url,
    SPOTIFY_OPEN_URL: server.url,
    SPOTIFY_SHORT_URL: server.url,
    SPOTIFY_ACCOUNTS_URL: server.url,
    SPOTIFY_API_URL: server.url,
    ...env,
  });
const CREDENTIALS = { SPOTIFY_CLIENT_ID: 'id', SPOTIFY_CLIENT_SECRET: 'CANARY' };
const resolverFor = (env: Record<string, string> = {}, known: KnownSongs = catalogueOf(SONGS)) =>
  createResolver({ known, config: configOf(env), state, limits: LIMITS });
const resolve = (text: string, env: Record<string, string> = {}) => resolverFor(env).resolve(text);

/** What an apology or a question says. */
const keyOf = (understanding: Understanding) => {
  if (understanding.kind === 'sorry') return understanding.reason.key;
  return understanding.kind === 'question' ? understanding.why.key : understanding.kind;
};
const titles = (songs: readonly { song: Song }[]) => songs.map(({ song }) => song.title);

/** Lets Spotify's Web API answer. */
function withSpotify(path: string, body: unknown): void {
  route('/api/token', json({ access_token: 'token', token_type: 'Bearer', expires_in: 3_600 }));
  route(path, json(body));
}

describe('words', () => {
  it('become the song that they name, with the other readings beside it', async () => {
    const answer = await resolve('bohemian rapsody queen');
    expect(answer).toMatchObject({ kind: 'song', song: { id: queen[0]!.id }, source: { kind: 'catalogue' } });
    expect(server.asked).toEqual([]);
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
      'lookup.sorry.notByArtist',
    );
  });

  it('may name an artist or an album', async () => {
    expect(await resolve('massive attack')).toMatchObject({
      kind: 'blend',
      of: 'artist',
      name: 'Massive Attack',
      known: 2,
    });
    expect(await resolve('A Night at the Opera')).toMatchObject({
      kind: 'blend',
      of: 'album',
      known: 2,
      total: null,
    });
  });

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
    expect(keyOf(answer)).toBe('lookup.unfit.noise');
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
    expect(keyOf(await resolve(`spotify:track:${noise.id}`))).toBe('lookup.unfit.noise');
    expect(server.asked).toEqual([]);
  });

  it.each([
    [`https://open.spotify.com/episode/${UNKNOWN}`, 'lookup.sorry.episode'],
    [`https://open.spotify.com/show/${UNKNOWN}`, 'lookup.sorry.show'],
    ['spotify:local:Artist:Album:Title:210', 'lookup.sorry.local'],
    ['Hallelujah https://youtu.be/dQw4w9WgXcQ', 'lookup.sorry.otherService'],
    ['Hallelujah https://example.org/x', 'lookup.sorry.unknownUrl'],
    [`https://open.spotify.com.evil.com/track/${UNKNOWN}`, 'lookup.sorry.unknownUrl'],
    ['http://169.254.169.254/latest/meta-data', 'lookup.sorry.unknownUrl'],
  ])('%s ends in a friendly sentence', async (text, key) => {
    const answer = await resolve(text);
    expect(keyOf(answer)).toBe(key);
    expect(answer.kind === 'sorry' && inEnglish(answer.reason)).not.toMatch(/\{\{|lookup\./);
    expect(server.asked).toEqual([]);
  });

  it('among several, the one that leads to a song counts', async () => {
    const text = `https://youtu.be/x https://open.spotify.com/show/${UNKNOWN} spotify:track:${queen[1]!.id}`;
    expect(await resolve(text)).toMatchObject({ song: { id: queen[1]!.id } });
  });

  it('when switched off say so, and ask nobody', async () => {
    expect(keyOf(await resolve(LINK, { MUSIC2MOVIE_OFFLINE: 'true' }))).toBe('lookup.sorry.offline');
    expect(keyOf(await resolve('https://spotify.link/abc', { MUSIC2MOVIE_OFFLINE: 'true' }))).toBe(
      'lookup.sorry.offline',
    );
    expect(server.asked).toEqual([]);
  });
});

describe('a track outside the catalogue', () => {
  it('is measured by ReccoBeats, joined on href and not by position', async () => {
    const other = 'https://open.spotify.com/track/0000000000000000000zzz';
    route('/v1/track', page(track({ href: other, trackTitle: 'Wrong' }), track()));
    route('/v1/audio-features', page(features({ href: other, energy: 0.999 }), features()));
    const answer = await resolve(LINK);
    expect(answer).toMatchObject({
      kind: 'song',
      song: {
        id: UNKNOWN,
        title: 'Somewhere New',
        artists: ['Queen'],
        genres: [],
        durationMs: 258_812,
        popularity: 69,
      },
      source: { kind: 'reccobeats', note: { key: 'lookup.source.reccobeatsNearest', params: { count: 20 } } },
    });
    expect(answer.kind === 'song' && answer.song.features).toEqual({
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
      timeSignature: null,
    });
    expect(server.asked.sort()).toEqual([
      `GET /v1/audio-features?ids=${UNKNOWN}`,
      `GET /v1/track?ids=${UNKNOWN}`,
    ]);
  });

  it('says how many songs of the artist the genre is taken from', async () => {
    route('/v1/track', page(track()));
    route('/v1/audio-features', page(features({ tempo: 0 })));
    const answer = await resolverFor({}, catalogueOf(SONGS, { kind: 'artist', count: 1 })).resolve(LINK);
    expect(answer.kind === 'song' && inEnglish(answer.source.note)).toContain(
      'from one other song by this artist',
    );
    expect(answer.kind === 'song' && answer.song.features.tempo).toBeNull();
  });

  it('is remembered for 90 days, a miss for an hour, an error not at all', async () => {
    const resolver = resolverFor();
    route('/v1/track', inTurn(status(500), status(500), page(), page(track())));
    route('/v1/audio-features', page(features()));
    expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.sorry.unreachable');
    expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.sorry.unknownTrack');
    const asked = server.asked.length;
    now += 59 * 60_000;
    expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.sorry.unknownTrack');
    expect(server.asked).toHaveLength(asked);
    now += 60_000;
    expect((await resolver.resolve(LINK)).kind).toBe('song');
    const afterHit = server.asked.length;
    now += 89 * 24 * 3_600_000;
    expect((await resolver.resolve(LINK)).kind).toBe('song');
    expect(server.asked).toHaveLength(afterHit);
    now += 2 * 24 * 3_600_000;
    await resolver.resolve(LINK);
    expect(server.asked.length).toBeGreaterThan(afterHit);
  });

  it('without features is the same recording of the catalogue, where title and artist say so', async () => {
    route('/v1/track', page(track({ trackTitle: 'Bohemian Rhapsody' })));
    route('/v1/audio-features', page());
    expect(await resolve(LINK)).toMatchObject({
      kind: 'song',
      song: { id: queen[0]!.id },
      source: { kind: 'spotify' },
    });
  });

  it('without features is estimated from the same artist, with the count, and from nothing else', async () => {
    route('/v1/track', inTurn(page(track()), page(track({ artists: [{ name: 'Nobody Known' }] }))));
    route('/v1/audio-features', page());
    const answer = await resolve(LINK);
    expect(answer).toMatchObject({
      kind: 'song',
      song: {
        id: UNKNOWN,
        title: 'Somewhere New',
        genres: ['rock'],
        features: { energy: 0.6, key: 2, tempo: 120 },
      },
      source: { kind: 'estimate', note: { params: { count: 2 } } },
    });
    expect(answer.kind === 'song' && inEnglish(answer.source.note)).toContain(
      'from 2 other songs by this artist',
    );
    state = openMemoryState();
    expect(keyOf(await resolve(LINK))).toBe('lookup.sorry.namedTrack');
  });

  it('is named by Spotify where ReccoBeats does not know it', async () => {
    route('/v1/track', page());
    route('/v1/audio-features', page());
    withSpotify(`/v1/tracks/${UNKNOWN}`, {
      id: UNKNOWN,
      name: 'Angel',
      artists: [{ name: 'Massive Attack' }],
      duration_ms: 1,
    });
    expect(await resolve(LINK, CREDENTIALS)).toMatchObject({
      kind: 'song',
      song: { title: 'Angel', artists: ['Massive Attack'] },
      source: { kind: 'spotify' },
    });
  });

  it('of which only the title is known is never chosen, only offered', async () => {
    route('/v1/track', page());
    route('/v1/audio-features', page());
    route('/oembed', json({ title: 'Teardrop', html: '', provider_name: 'Spotify' }));
    const answer = await resolve(LINK);
    expect(keyOf(answer)).toBe('lookup.question.titleOnly');
    expect(answer.kind === 'question' && titles(answer.candidates)).toEqual(['Teardrop', 'Teardrop']);
    expect(server.asked.at(-1)).toBe(`GET /oembed?url=${encodeURIComponent(LINK)}`);
    expect(await resolverFor().resolve(LINK, { artist: 'Massive Attack' })).toMatchObject({ kind: 'song' });
  });

  it('of which only an unknown title is known ends in an apology', async () => {
    route('/v1/track', page());
    route('/v1/audio-features', page());
    route('/oembed', json({ title: 'Something Nobody Has' }));
    expect(keyOf(await resolve(LINK))).toBe('lookup.sorry.titleOnly');
  });

  it('that is noise is declined', async () => {
    route('/v1/track', page(track({ trackTitle: 'Rain Sounds for Sleep' })));
    route('/v1/audio-features', page(features({ instrumentalness: 0.98, danceability: 0.1, valence: 0 })));
    expect(keyOf(await resolve(LINK))).toBe('lookup.unfit.noise');
  });
});

describe('services in trouble', () => {
  const faults: [string, Handler][] = [
    ['silent', silence],
    ['overloaded', status(429, { 'retry-after': '3600' })],
    ['broken', status(500)],
    ['sending garbage', (_request, response) => response.writeHead(200).end('<html>oops')],
    ['sending other JSON', json({ content: [{ href: LINK }] })],
    ['sending impossible values', page(features({ energy: 37 }), track({ durationMs: -1 }))],
    ['cut off in the middle', truncated],
    [
      'redirecting in a circle',
      (request, response) => response.writeHead(302, { location: request.url! }).end(),
    ],
    ['redirecting inwards', status(302, { location: 'http://169.254.169.254/' })],
  ];

  it.each(faults)('%s: a sentence naming the service, in time', async (_how, handler) => {
    for (const path of ['/v1/track', '/v1/audio-features', '/oembed']) route(path, handler);
    const answer = await resolve(LINK);
    expect(answer.kind).toBe('sorry');
    expect(['lookup.sorry.unreachable', 'lookup.sorry.late']).toContain(keyOf(answer));
    if (answer.kind === 'sorry' && answer.reason.key === 'lookup.sorry.unreachable') {
      expect(inEnglish(answer.reason)).toContain('ReccoBeats');
    }
  });

  it.each(faults)('%s: the next one is asked', async (_how, handler) => {
    for (const path of ['/v1/track', '/v1/audio-features']) route(path, handler);
    // A host of its own, as in life: a pause that ReccoBeats asks for does not concern Spotify.
    const spotify = await startStandIn();
    spotify.routes.set('/oembed', json({ title: 'Teardrop' }));
    expect(keyOf(await resolve(LINK, { SPOTIFY_OPEN_URL: spotify.url }))).toBe('lookup.question.titleOnly');
    await spotify.close();
  });

  it('an unreachable network ends in a sentence', async () => {
    const gone = await startStandIn();
    await gone.close();
    const env = { RECCOBEATS_URL: gone.url, SPOTIFY_OPEN_URL: gone.url, SPOTIFY_SHORT_URL: gone.url };
    expect(keyOf(await resolve(LINK, env))).toBe('lookup.sorry.unreachable');
    expect(keyOf(await resolve('https://spotify.link/abc', env))).toBe('lookup.sorry.unreachable');
  });

  it('a store that hangs cannot hold up the answer', async () => {
    const hanging = { ...openMemoryState(), get: () => new Promise<never>(() => {}) };
    const resolver = createResolver({
      known: catalogueOf(SONGS),
      config: configOf(),
      state: hanging,
      limits: LIMITS,
    });
    expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.sorry.late');
  });

  it('ends when the asker has gone', async () => {
    route('/v1/track', silence);
    route('/v1/audio-features', silence);
    const resolver = createResolver({ known: catalogueOf(SONGS), config: configOf(), state });
    expect(keyOf(await resolver.resolve(LINK, { signal: AbortSignal.timeout(30) }))).toBe(
      'lookup.sorry.late',
    );
  });

  it('refused credentials are tried once, logged without the secret, and replaced by oEmbed', async () => {
    const logged: object[] = [];
    route('/v1/track', page());
    route('/v1/audio-features', page());
    route('/api/token', status(401));
    route('/oembed', json({ title: 'Teardrop' }));
    const config = configOf(CREDENTIALS);
    const logger = { warn: (details: object) => logged.push(details) };
    const resolver = createResolver({ known: catalogueOf(SONGS), config, state, logger, limits: LIMITS });
    for (let i = 0; i < 2; i += 1)
      expect(keyOf(await resolver.resolve(LINK))).toBe('lookup.question.titleOnly');
    expect(server.asked.filter((line) => line === 'POST /api/token')).toHaveLength(1);
    expect(logged).toHaveLength(2);
    expect(inspect(logged, { depth: 9, showHidden: true })).not.toContain('CANARY');
  });

  it('a token that ended early is replaced once', async () => {
    route('/v1/track', page());
    route('/v1/audio-features', page());
    withSpotify('/', {});
    const answer = json({ name: 'Angel', artists: [{ name: 'Massive Attack' }], duration_ms: 1 });
    route(`/v1/tracks/${UNKNOWN}`, inTurn(status(401), answer));
    expect((await resolve(LINK, CREDENTIALS)).kind).toBe('song');
    expect(server.asked.filter((line) => line === 'POST /api/token')).toHaveLength(2);
  });
});

describe('short links', () => {
  const SHORT = 'https://spotify.link/AbC123';
  const to = (location: string) => status(307, { location });

  it.each([SHORT, 'https://spotify.app.link/AbC123?_p=1'])('%s leads to a song', async (link) => {
    route('/AbC123', to(`https://open.spotify.com/track/${queen[0]!.id}?si=x`));
    expect(await resolve(link)).toMatchObject({ kind: 'song', song: { id: queen[0]!.id } });
    expect(server.asked).toEqual(['GET /AbC123']);
  });

  it('may take a second redirect, and is remembered', async () => {
    route('/AbC123', to('https://spotify.app.link/second'));
    route('/second', to(`https://open.spotify.com/track/${queen[0]!.id}`));
    const resolver = resolverFor();
    expect((await resolver.resolve(SHORT)).kind).toBe('song');
    expect((await resolver.resolve(SHORT)).kind).toBe('song');
    expect(server.asked).toEqual(['GET /AbC123', 'GET /second']);
  });

  it('in a circle ends after two', async () => {
    route('/AbC123', to('https://spotify.link/AbC123'));
    expect(keyOf(await resolve(SHORT))).toBe('lookup.sorry.unreachable');
    expect(server.asked).toHaveLength(2);
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
    expect(server.asked).toEqual(['GET /AbC123']);
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
    state = openMemoryState();
    route('/oembed', json({ title: 'Nobody Known' }));
    expect(keyOf(await resolve(link('artist')))).toBe('lookup.sorry.unknownArtist');
  });

  it('an artist of nothing but noise is declined', async () => {
    route('/oembed', json({ title: 'Sleep Sounds' }));
    expect(keyOf(await resolve(link('artist')))).toBe('lookup.unfit.all');
  });

  it('a playlist needs credentials, and says so', async () => {
    expect(keyOf(await resolve(link('playlist')))).toBe('lookup.sorry.playlist');
    expect(server.asked).toEqual([]);
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

  it.each([403, 404])('a playlist that Spotify keeps private (%i) ends in an apology', async (code) => {
    withSpotify('/', {});
    route(`/v1/playlists/${UNKNOWN}`, status(code));
    expect(keyOf(await resolve(link('playlist'), CREDENTIALS))).toBe('lookup.sorry.privatePlaylist');
  });
});
