import { z } from 'zod';
import type { Secret } from '../../config.ts';
import type { Deadline } from '../../shared/deadline.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Http } from '../../shared/http.ts';
import { type FoundTrack, makeFacts } from '../facts.ts';
import { goodItems, readJson, refused } from '../read-json.ts';

const SOURCE = 'Spotify';
/** Seconds before its end at which a token is no longer used. */
const TOKEN_MARGIN_S = 60;
/** Milliseconds for which refused credentials are not tried again: repeated refusals get an address blocked. */
const REFUSED_PAUSE = 10 * 60_000;

const tokenAnswer = z.object({
  // It becomes a header.
  access_token: z.string().regex(/^[!-~]+$/),
  expires_in: z.number().positive(),
});
/** Hits of a search: apps in development mode may ask for 10 at most. */
const SEARCH_LIMIT = 10;
/** What stands in a 403 when the owner of the app has no Premium subscription (since February 2026). */
const PREMIUM = /premium subscription/i;

const names = z.array(z.object({ name: z.string() }));
const track = z.object({
  id: z.string().nullish(),
  name: z.string().min(1),
  artists: names.min(1),
  duration_ms: z.number().nonnegative(),
  // No longer sent to apps in development mode.
  popularity: z.number().min(0).max(100).nullish(),
  external_ids: z.object({ isrc: z.string().nullish() }).nullish(),
});
const searchAnswer = z.object({ tracks: z.object({ items: z.array(z.unknown()) }) });
const albumAnswer = z.object({
  name: z.string().min(1),
  artists: names,
  total_tracks: z.number().int().nonnegative(),
  tracks: z.object({ items: z.array(z.object({ id: z.string().nullish() })) }),
});
const artistAnswer = z.object({ name: z.string().min(1) });
const entries = z.object({
  total: z.number().int().nonnegative(),
  items: z.array(z.object({ item: z.unknown().optional(), track: z.unknown().optional() })),
});
const playlistAnswer = z.object({
  name: z.string(),
  /** Apps in development mode (since February 2026); absent unless the app's owner has a part in the playlist. */
  items: entries.nullish(),
  /** Apps in extended quota mode. */
  tracks: entries.nullish(),
});

export interface AlbumFacts {
  readonly name: string;
  readonly artists: readonly string[];
  readonly total: number;
  /** Spotify ids of its first 50 tracks. */
  readonly ids: readonly string[];
}

export interface PlaylistFacts {
  readonly name: string;
  readonly total: number;
  /** Its first 100 tracks, without episodes and files of the owner's device; null where Spotify withholds them. */
  readonly tracks: readonly FoundTrack[] | null;
}

/** Spotify's Web API by client credentials: facts about public things, no audio features. */
export class SpotifyWeb {
  readonly #http: Http;
  readonly #accounts: string;
  readonly #api: string;
  readonly #clientId: string;
  readonly #clientSecret: Secret;
  #token: { value: string; ends: number } | null = null;
  #refusedUntil = 0;

  /** @param urls addresses without a trailing slash; a version path (`/v1`) at the end is ignored */
  constructor(
    http: Http,
    urls: { accounts: string; api: string },
    credentials: { clientId: string; clientSecret: Secret },
  ) {
    this.#http = http;
    this.#accounts = urls.accounts;
    this.#api = urls.api.replace(/\/v1$/, '');
    this.#clientId = credentials.clientId;
    this.#clientSecret = credentials.clientSecret;
  }

  /** Facts of a track, or null where there is none. @throws UpstreamError */
  async track(id: string, deadline: Deadline): Promise<FoundTrack | null> {
    const found = await this.#get(`tracks/${id}`, track, deadline);
    return found && factsOf(found);
  }

  /** Recordings that words may mean, as Spotify orders them; at most ten. @throws UpstreamError */
  async search(words: string, deadline: Deadline): Promise<FoundTrack[]> {
    const path = `search?type=track&limit=${SEARCH_LIMIT}&q=${encodeURIComponent(words)}`;
    const found = await this.#get(path, searchAnswer, deadline);
    return found ? goodItems(SOURCE, found.tracks.items, track).map(factsOf) : [];
  }

  /** Facts of an album, or null where there is none. @throws UpstreamError */
  async album(id: string, deadline: Deadline): Promise<AlbumFacts | null> {
    const found = await this.#get(`albums/${id}`, albumAnswer, deadline);
    return (
      found && {
        name: found.name,
        artists: found.artists.map(({ name }) => name),
        total: found.total_tracks,
        ids: found.tracks.items.flatMap((item) => item.id ?? []),
      }
    );
  }

  /** An artist's name, or null where there is none. @throws UpstreamError */
  async artist(id: string, deadline: Deadline): Promise<string | null> {
    return (await this.#get(`artists/${id}`, artistAnswer, deadline))?.name ?? null;
  }

  /** A playlist, or null where there is none or Spotify keeps it from apps. @throws UpstreamError */
  async playlist(id: string, deadline: Deadline): Promise<PlaylistFacts | null> {
    const found = await this.#get(`playlists/${id}`, playlistAnswer, deadline, { mayBeKept: true });
    if (!found) return null;
    const { items, total } = found.items ?? found.tracks ?? { items: null, total: 0 };
    const tracks = items?.flatMap((entry) => {
      const parsed = track.safeParse(entry.item ?? entry.track);
      return parsed.success && parsed.data.id ? [factsOf(parsed.data)] : [];
    });
    return { name: found.name, total, tracks: tracks ?? null };
  }

  /** @param mayBeKept a 403 means that the thing is kept from apps like this one */
  async #get<T extends z.ZodType>(
    path: string,
    schema: T,
    deadline: Deadline,
    { mayBeKept = false } = {},
  ): Promise<z.infer<T> | null> {
    const url = `${this.#api}/v1/${path}`;
    for (const last of [false, true]) {
      const headers = { authorization: `Bearer ${await this.#accessToken(deadline)}` };
      const { status, text } = await this.#http.send({ source: SOURCE, url, headers, deadline });
      if (status === 200) return readJson(SOURCE, text, schema);
      if (status === 403 && PREMIUM.test(text)) throw needsPremium();
      if (status === 404 || status === 400 || (status === 403 && mayBeKept)) return null;
      // A token may end before its time: one new one, then it is the credentials' fault.
      if (status !== 401 || last) throw refused(SOURCE, status);
      this.#token = null;
    }
    return null;
  }

  async #accessToken(deadline: Deadline): Promise<string> {
    if (this.#token && performance.now() < this.#token.ends) return this.#token.value;
    if (performance.now() < this.#refusedUntil) throw badCredentials();
    const credentials = Buffer.from(`${this.#clientId}:${this.#clientSecret.reveal()}`).toString('base64');
    const { status, text } = await this.#http.send({
      source: SOURCE,
      url: `${this.#accounts}/api/token`,
      method: 'POST',
      headers: {
        authorization: `Basic ${credentials}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      deadline,
    });
    if (status !== 200) {
      if (PREMIUM.test(text)) throw needsPremium();
      this.#refusedUntil = performance.now() + REFUSED_PAUSE;
      throw badCredentials();
    }
    const answer = readJson(SOURCE, text, tokenAnswer);
    const lifetime = Math.max(0, answer.expires_in - TOKEN_MARGIN_S) * 1_000;
    this.#token = { value: answer.access_token, ends: performance.now() + lifetime };
    return this.#token.value;
  }
}

function badCredentials(): UpstreamError {
  return new UpstreamError('Spotify does not accept the credentials of this installation.', {
    id: 'upstream.credentials',
    hint: 'Check SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET.',
  });
}

function needsPremium(): UpstreamError {
  return new UpstreamError('Spotify answers only apps whose owner has a Premium subscription.', {
    id: 'upstream.premium',
    hint: 'The account that owns the app of SPOTIFY_CLIENT_ID needs Spotify Premium; a new subscription takes hours to count.',
  });
}

function factsOf(found: z.infer<typeof track>): FoundTrack {
  const { name, artists, duration_ms, popularity, external_ids } = found;
  return {
    ...makeFacts({
      title: name,
      artists: artists.map((artist) => artist.name),
      durationMs: duration_ms,
      popularity,
      isrc: external_ids?.isrc,
    }),
    spotifyId: found.id ?? null,
    rank: null,
  };
}
