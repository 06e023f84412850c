import { z } from 'zod';
import type { AudioFeatures } from '../../engine/types.ts';
import type { Deadline } from '../../shared/deadline.ts';
import type { Http } from '../../shared/http.ts';
import { makeFacts, readIsrc, type TrackFacts } from '../facts.ts';
import { readItems, refused } from '../read-json.ts';

const SOURCE = 'ReccoBeats';

/** Ids per request: above it the service answers `{"status":4004,"errors":[{"message":"size must be between 1 and 40"}]}`. */
export const MAX_IDS = 40;

/** A share, allowing for rounding at the ends. */
const share = z
  .number()
  .min(-0.01)
  .max(1.01)
  .transform((value) => Math.min(1, Math.max(0, value)));

const names = { href: z.string(), isrc: z.string().nullish() };

const trackItem = z.object({
  ...names,
  trackTitle: z.string().min(1),
  artists: z.array(z.object({ name: z.string().min(1) })).min(1),
  durationMs: z.number().positive(),
  popularity: z.number().min(0).max(100).nullish(),
});

const featuresItem = z.object({
  ...names,
  acousticness: share,
  danceability: share,
  energy: share,
  instrumentalness: share,
  key: z.number().int().min(-1).max(11),
  liveness: share,
  loudness: z.number().min(-100).max(20),
  mode: z.number().int().min(0).max(1),
  speechiness: share,
  tempo: z.number().min(0).max(400),
  valence: share,
});

/** What a track is asked for by: Spotify's id, or an ISRC (since December 2025). */
export type TrackKey = { readonly spotifyId: string } | { readonly isrc: string };

/** The key as it is written in a request. */
export const textOf = (key: TrackKey) => ('isrc' in key ? key.isrc : key.spotifyId);

/** ReccoBeats (https://reccobeats.com): audio features by Spotify track id or ISRC, without a key. */
export class ReccoBeats {
  readonly #http: Http;
  readonly #base: string;

  /** @param base address without a trailing slash; a version path (`/v1`) at its end is ignored */
  constructor(http: Http, base: string) {
    this.#http = http;
    this.#base = base.replace(/\/v1$/, '');
  }

  /**
   * Titles and artists by Spotify id and by ISRC; what the service does not know is absent.
   * @throws UpstreamError
   */
  async tracks(keys: readonly TrackKey[], deadline: Deadline): Promise<Map<string, NamedTrack>> {
    const items = await this.#pages('track', keys, deadline, trackItem);
    return byKey(keys, items, ({ trackTitle, artists, href, ...rest }) => ({
      ...makeFacts({ ...rest, title: trackTitle, artists: artists.map(({ name }) => name) }),
      spotifyId: idIn(href),
    }));
  }

  /**
   * Audio features by Spotify id and by ISRC; what the service does not know is absent.
   * @throws UpstreamError
   */
  async features(keys: readonly TrackKey[], deadline: Deadline): Promise<Map<string, AudioFeatures>> {
    const items = await this.#pages('audio-features', keys, deadline, featuresItem);
    // Tempo 0 means that none was found; the service knows no time signature.
    return byKey(keys, items, ({ href: _, isrc: __, tempo, ...features }) => ({
      ...features,
      tempo: tempo > 0 ? tempo : null,
      timeSignature: null,
    }));
  }

  async #pages<T>(
    path: string,
    keys: readonly TrackKey[],
    deadline: Deadline,
    item: z.ZodType<T>,
  ): Promise<T[]> {
    const pages: T[] = [];
    for (let at = 0; at < keys.length; at += MAX_IDS) {
      const list = keys
        .slice(at, at + MAX_IDS)
        .map(textOf)
        .join(',');
      const url = `${this.#base}/v1/${path}?ids=${encodeURIComponent(list)}`;
      const { status, text } = await this.#http.send({ source: SOURCE, url, deadline });
      if (status !== 200) throw refused(SOURCE, status);
      pages.push(...readItems(SOURCE, text, 'content', item));
    }
    return pages;
  }
}

/** Facts with the id that the track has at Spotify. */
export interface NamedTrack extends TrackFacts {
  readonly spotifyId: string | null;
}

const idIn = (href: string) => /\/track\/([0-9A-Za-z]{22})(?:[?#/]|$)/.exec(href)?.[1] ?? null;

/**
 * Joins on `href`, which holds the Spotify id, and on the ISRC: the `id` is ReccoBeats' own, and unknown ids are
 * left out of the list, so that positions mean nothing. Of several with one ISRC the first counts.
 */
function byKey<T extends { href: string; isrc?: string | null | undefined }, R>(
  keys: readonly TrackKey[],
  items: readonly T[],
  convert: (item: T) => R,
): Map<string, R> {
  const asked = new Set(keys.map(textOf));
  const found = new Map<string, R>();
  for (const item of items) {
    for (const key of [idIn(item.href), readIsrc(item.isrc)]) {
      if (key && asked.has(key) && !found.has(key)) found.set(key, convert(item));
    }
  }
  return found;
}
