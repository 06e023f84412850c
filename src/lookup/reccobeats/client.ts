import { z } from 'zod';
import type { AudioFeatures } from '../../engine/types.ts';
import type { Deadline } from '../../shared/deadline.ts';
import type { Http } from '../../shared/http.ts';
import { readJson, refused } from '../read-json.ts';

const SOURCE = 'ReccoBeats';

/** Ids per request: above it the service answers `{"status":4004,"errors":[{"message":"size must be between 1 and 40"}]}`. */
export const MAX_IDS = 40;

/** A share, allowing for rounding at the ends. */
const share = z
  .number()
  .min(-0.01)
  .max(1.01)
  .transform((value) => Math.min(1, Math.max(0, value)));

const trackPage = z.object({
  content: z.array(
    z.object({
      href: z.string(),
      trackTitle: z.string().min(1),
      artists: z.array(z.object({ name: z.string() })).min(1),
      durationMs: z.number().positive(),
      popularity: z.number().min(0).max(100).nullish(),
    }),
  ),
});

const featuresPage = z.object({
  content: z.array(
    z.object({
      href: z.string(),
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
    }),
  ),
});

/** What is known of a recording apart from its sound. */
export interface TrackFacts {
  readonly title: string;
  readonly artists: readonly string[];
  readonly durationMs: number;
  /** 0…100; null where the source does not say. */
  readonly popularity: number | null;
}

/** ReccoBeats (https://reccobeats.com): audio features by Spotify track id, without a key. */
export class ReccoBeats {
  readonly #http: Http;
  readonly #base: string;

  /** @param base address without a trailing slash; a version path (`/v1`) at its end is ignored */
  constructor(http: Http, base: string) {
    this.#http = http;
    this.#base = base.replace(/\/v1$/, '');
  }

  /**
   * Titles and artists by Spotify id; ids that the service does not know are absent.
   * @throws UpstreamError
   */
  async tracks(ids: readonly string[], deadline: Deadline): Promise<Map<string, TrackFacts>> {
    const items = await this.#pages('track', ids, deadline, trackPage);
    return byId(items, ({ trackTitle, artists, durationMs, popularity }) => ({
      title: trackTitle,
      artists: artists.map(({ name }) => name),
      durationMs,
      popularity: popularity ?? null,
    }));
  }

  /**
   * Audio features by Spotify id; ids that the service does not know are absent.
   * @throws UpstreamError
   */
  async features(ids: readonly string[], deadline: Deadline): Promise<Map<string, AudioFeatures>> {
    const items = await this.#pages('audio-features', ids, deadline, featuresPage);
    // Tempo 0 means that none was found; the service knows no time signature.
    return byId(items, ({ href: _, tempo, ...features }) => ({
      ...features,
      tempo: tempo > 0 ? tempo : null,
      timeSignature: null,
    }));
  }

  async #pages<T>(
    path: string,
    ids: readonly string[],
    deadline: Deadline,
    schema: z.ZodType<{ content: T[] }>,
  ): Promise<T[]> {
    const pages: T[] = [];
    for (let at = 0; at < ids.length; at += MAX_IDS) {
      const list = ids.slice(at, at + MAX_IDS).join(',');
      const url = `${this.#base}/v1/${path}?ids=${encodeURIComponent(list)}`;
      const { status, text } = await this.#http.send({ source: SOURCE, url, deadline });
      if (status !== 200) throw refused(SOURCE, status);
      pages.push(...readJson(SOURCE, text, schema).content);
    }
    return pages;
  }
}

/**
 * Joins on `href`, the only field with the Spotify id: the `id` is ReccoBeats' own, and unknown ids are left
 * out of the list, so that positions mean nothing.
 */
function byId<T extends { href: string }, R>(items: readonly T[], convert: (item: T) => R): Map<string, R> {
  const found = new Map<string, R>();
  for (const item of items) {
    const id = /\/track\/([0-9A-Za-z]{22})(?:[?#/]|$)/.exec(item.href)?.[1];
    if (id) found.set(id, convert(item));
  }
  return found;
}
