/** What the resolver's tests share: a small catalogue, a stand-in for every service, a clock. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import type { Song } from '../../../src/engine/types.ts';
import type { KnownSongs } from '../../../src/lookup/resolve/known-songs.ts';
import type { Resolution } from '../../../src/lookup/resolve/resolution.ts';
import { createResolver } from '../../../src/lookup/resolve/resolver.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { type Handler, json, type StandIn, silence, startStandIn } from '../../support/stand-in.ts';
import { catalogueOf, makeSong } from './small-catalogue.ts';

export const UNKNOWN = '4u7EnebtmKWzUH433cf5Qv';
export const LINK = `https://open.spotify.com/track/${UNKNOWN}`;
/** Times that a busy machine keeps too. */
const PATIENT = { retries: 1, retryMs: 5, questionMs: 10_000 };
/** Short times, so that silence ends soon. */
export const LIMITS = { attemptMs: 400, retries: 1, retryMs: 5, questionMs: 1_500 };

export const queen = ['Bohemian Rhapsody - Remastered 2011', "Don't Stop Me Now"].map((title) =>
  makeSong(title, 'Queen', { album: 'A Night at the Opera', genres: ['rock'], popularity: 80 }),
);
export const noise = makeSong('Soft White Noise - Loopable', 'Sleep Sounds', {
  genres: ['sleep'],
  features: { instrumentalness: 0.9, danceability: 0, valence: 0, tempo: null },
});
export const SONGS: Song[] = [
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

export const track = (more: object = {}) => ({
  id: '70b85474-0000-0000-0000-000000000000',
  trackTitle: 'Somewhere New',
  artists: [{ id: 'x', name: 'Queen', href: 'https://open.spotify.com/artist/1' }],
  durationMs: 258_812,
  isrc: 'USUG12103683',
  href: LINK,
  popularity: 69,
  ...more,
});
export const features = (more: object = {}) => ({
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
export const page = (...content: object[]) => json({ content });

/** The stand-in, the store and its clock; fresh for every test. */
export const world = { server: undefined as unknown as StandIn, state: openMemoryState(), now: 0 };
export function useWorld(): void {
  beforeAll(async () => {
    world.server = await startStandIn();
  });
  afterAll(() => world.server.close());
  beforeEach(() => {
    world.server.asked.length = 0;
    world.server.routes.clear();
    world.now = 1_000;
    world.state = openMemoryState(() => world.now);
  });
}

export const route = (path: string, handler: Handler) => world.server.routes.set(path, handler);
export const configOf = (env: Record<string, string> = {}) =>
  loadConfig({
    RECCOBEATS_URL: world.server.url,
    DEEZER_URL: world.server.url,
    YOUTUBE_URL: world.server.url,
    SOUNDCLOUD_URL: world.server.url,
    ITUNES_URL: world.server.url,
    SPOTIFY_OPEN_URL: world.server.url,
    SPOTIFY_SHORT_URL: world.server.url,
    SPOTIFY_ACCOUNTS_URL: world.server.url,
    SPOTIFY_API_URL: world.server.url,
    ...env,
  });
/** Short times only for tests of silence: elsewhere a slow machine would look like one. */
const limits = () => ([...world.server.routes.values()].includes(silence) ? LIMITS : PATIENT);
export const CREDENTIALS = { SPOTIFY_CLIENT_ID: 'id', SPOTIFY_CLIENT_SECRET: 'CANARY' };
export const resolverFor = (env: Record<string, string> = {}, known: KnownSongs = catalogueOf(SONGS)) =>
  createResolver({ known, config: configOf(env), state: world.state, limits: limits() });
export const resolve = (text: string, env: Record<string, string> = {}) => resolverFor(env).resolve(text);

/** What an apology or a question says. */
export const keyOf = (understanding: Resolution) => {
  if (understanding.kind === 'sorry') return understanding.reason.key;
  return understanding.kind === 'question' ? understanding.why.key : understanding.kind;
};
export const titles = (songs: readonly { song: Song }[]) => songs.map(({ song }) => song.title);

/** Lets Spotify's Web API answer. */
export function withSpotify(path: string, body: unknown): void {
  route('/api/token', json({ access_token: 'token', token_type: 'Bearer', expires_in: 3_600 }));
  route(path, json(body));
}

export const ISRC = 'USUM72409273';
/** A track as Deezer's search lists it (https://developers.deezer.com/api/search). */
export const deezerTrack = (more: object = {}) => ({
  id: 2_947_516_331,
  readable: true,
  title: 'Die With A Smile',
  title_short: 'Die With A Smile',
  title_version: '',
  isrc: ISRC,
  link: 'https://www.deezer.com/track/2947516331',
  duration: 251,
  rank: 980_000,
  explicit_lyrics: false,
  artist: { id: 75_491, name: 'Lady Gaga', type: 'artist' },
  album: { id: 629_506_181, title: 'Die With A Smile', type: 'album' },
  type: 'track',
  ...more,
});
/** Deezer's answer to a search. */
export const deezerFound = (...data: object[]) => json({ data, total: data.length });
