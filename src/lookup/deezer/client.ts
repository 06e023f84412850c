import { z } from 'zod';
import type { Deadline } from '../../shared/deadline.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Http } from '../../shared/http.ts';
import { type FoundTrack, makeFacts, type NamedAlbum } from '../facts.ts';
import { goodItems, readJson, refused } from '../read-json.ts';

const SOURCE = 'Deezer';
/** Hits of a search that are looked at. */
const LIMIT = 10;
/** Deezer's `rank` reaches about a million. */
const TOP_RANK = 1_000_000;
/** `error.code` of an answer: nothing under the id, and too many questions (50 in 5 seconds are allowed). */
const NO_DATA = 800;
const QUOTA = 4;
/** Milliseconds for which Deezer is left alone then. */
const QUOTA_PAUSE = 5_000;

const trackItem = z.object({
  id: z.number().int().positive(),
  title: z.string().min(1),
  artist: z.object({ name: z.string().min(1) }),
  /** Only of one track; a search names the first artist alone. */
  contributors: z.array(z.object({ name: z.string().min(1) })).nullish(),
  /** Seconds. */
  duration: z.number().nonnegative(),
  rank: z.number().nonnegative().nullish(),
  isrc: z.string().nullish(),
});
const errorAnswer = z.object({ error: z.object({ code: z.number().nullish() }) });
const searchAnswer = z.object({ data: z.array(z.unknown()) });
const albumAnswer = z.object({
  title: z.string().min(1),
  artist: z.object({ name: z.string().min(1) }),
  nb_tracks: z.number().int().nonnegative().nullish(),
  tracks: z.object({ data: z.array(z.unknown()) }),
});

/** A recording as Deezer found it. */
export interface DeezerTrack extends FoundTrack {
  readonly deezerId: number;
}

/** Deezer's public API (https://developers.deezer.com/api): search and facts without a key. */
export class Deezer {
  readonly #http: Http;
  readonly #base: string;
  /** Time (performance.now) before which no question is asked. */
  #quietUntil = 0;

  /** @param base address without a trailing slash */
  constructor(http: Http, base: string) {
    this.#http = http;
    this.#base = base;
  }

  /**
   * Recordings that words may mean, as Deezer orders them; at most ten.
   * @throws UpstreamError
   */
  async search(words: string, deadline: Deadline): Promise<DeezerTrack[]> {
    const text = await this.#get(`search?q=${encodeURIComponent(words)}&limit=${LIMIT}`, deadline);
    if (text === null) return [];
    return goodItems(SOURCE, readJson(SOURCE, text, searchAnswer).data, trackItem).map(found);
  }

  /** A recording by Deezer's id, or null where there is none. @throws UpstreamError */
  async track(id: number | string, deadline: Deadline): Promise<DeezerTrack | null> {
    const text = await this.#get(`track/${id}`, deadline);
    return text === null ? null : found(readJson(SOURCE, text, trackItem));
  }

  /** An album by Deezer's id, or null where there is none. @throws UpstreamError */
  async album(id: string, deadline: Deadline): Promise<NamedAlbum | null> {
    const text = await this.#get(`album/${id}`, deadline);
    if (text === null) return null;
    const { title, artist, nb_tracks, tracks } = readJson(SOURCE, text, albumAnswer);
    const songs = goodItems(SOURCE, tracks.data, trackItem).map(found);
    return { name: title, artists: [artist.name], total: nb_tracks ?? songs.length, tracks: songs };
  }

  /** The body, or null where there is nothing: faults come with status 200 and an `error` in the body. */
  async #get(path: string, deadline: Deadline): Promise<string | null> {
    if (performance.now() < this.#quietUntil) throw busy();
    const { status, text } = await this.#http.send({
      source: SOURCE,
      url: `${this.#base}/${path}`,
      deadline,
    });
    if (status === 404) return null;
    if (status !== 200) throw refused(SOURCE, status);
    if (!/^\s*\{\s*"error"/.test(text)) return text;
    const { code } = readJson(SOURCE, text, errorAnswer).error;
    if (code === NO_DATA) return null;
    if (code === QUOTA) {
      this.#quietUntil = performance.now() + QUOTA_PAUSE;
      throw busy();
    }
    throw refused(SOURCE, status);
  }
}

const busy = () => new UpstreamError(`${SOURCE} asks for a pause.`, { id: 'upstream.busy' });

function found(track: z.infer<typeof trackItem>): DeezerTrack {
  const { id, title, artist, contributors, duration, rank, isrc } = track;
  const artists = [...new Set([artist.name, ...(contributors ?? []).map(({ name }) => name)])];
  return {
    ...makeFacts({ title, artists, durationMs: duration * 1_000, isrc }),
    deezerId: id,
    spotifyId: null,
    rank: rank === null || rank === undefined ? null : Math.min(1, rank / TOP_RANK),
  };
}
