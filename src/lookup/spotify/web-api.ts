import { z } from 'zod';
import type { Secret } from '../../config.ts';
import type { Deadline } from '../../shared/deadline.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Http } from '../../shared/http.ts';
import { readJson, refused } from '../read-json.ts';
import type { TrackFacts } from '../reccobeats/client.ts';

const SOURCE = 'Spotify';
/** Seconds before its end at which a token is no longer used. */
const TOKEN_MARGIN_S = 60;
/** Milliseconds for which refused credentials are not tried again: repeated refusals get an address blocked. */
const REFUSED_PAUSE = 10 * 60_000;

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const names = z.array(z.object({ name: z.string() }));
const track = z.object({
  id: z.string().nullish(),
  name: z.string().min(1),
  artists: names.min(1),
  duration_ms: z.number().nonnegative(),
  // No longer sent to apps in development mode.
  popularity: z.number().min(0).max(100).nullish(),
});
const albumAnswer = z.object({
  name: z.string().min(1),
  artists: names,
  total_tracks: z.number().int().nonnegative(),
  tracks: z.object({ items: z.array(z.object({ id: z.string().nullish() })) }),
});
const artistAnswer = z.object({ name: z.string().min(1) });
const playlistAnswer = z.object({
  name: z.string(),
  tracks: z.object({
    total: z.number().int().nonnegative(),
    items: z.array(z.object({ track: z.unknown() })),
  }),
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
  /** Its first 100 tracks; episodes and files of the owner's device are left out. */
  readonly tracks: readonly (TrackFacts & { readonly id: string })[];
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
  async track(id: string, deadline: Deadline): Promise<TrackFacts | null> {
    const found = await this.#get(`tracks/${id}`, track, deadline);
    return found && factsOf(found);
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
    const found = await this.#get(`playlists/${id}`, playlistAnswer, deadline);
    if (!found) return null;
    const tracks = found.tracks.items.flatMap((item) => {
      const parsed = track.safeParse(item.track);
      const trackId = parsed.data?.id;
      return parsed.success && trackId ? [{ id: trackId, ...factsOf(parsed.data) }] : [];
    });
    return { name: found.name, total: found.tracks.total, tracks };
  }

  async #get<T extends z.ZodType>(path: string, schema: T, deadline: Deadline): Promise<z.infer<T> | null> {
    const url = `${this.#api}/v1/${path}`;
    for (const last of [false, true]) {
      const headers = { authorization: `Bearer ${await this.#accessToken(deadline)}` };
      const { status, text } = await this.#http.send({ source: SOURCE, url, headers, deadline });
      if (status === 200) return readJson(SOURCE, text, schema);
      // 403: playlists that only their owner's app may read (development mode).
      if (status === 404 || status === 400 || status === 403) return null;
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

function factsOf(found: z.infer<typeof track>): TrackFacts {
  return {
    title: found.name,
    artists: found.artists.map(({ name }) => name),
    durationMs: found.duration_ms,
    popularity: found.popularity ?? null,
  };
}
