import { z } from 'zod';
import type { Deadline } from '../../shared/deadline.ts';
import type { Http } from '../../shared/http.ts';
import { goodItems, readJson, refused } from '../read-json.ts';

const SOURCE = 'ListenBrainz';

const SPOTIFY_TRACK = /^https:\/\/open\.spotify\.com\/track\/[0-9A-Za-z]{22}$/;

const listen = z.object({
  track_metadata: z.object({
    track_name: z.string().min(1).max(2000),
    artist_name: z.string().min(1).max(2000),
    additional_info: z
      .object({ spotify_id: z.string().regex(SPOTIFY_TRACK).nullish().catch(null) })
      .nullish()
      .catch(null),
  }),
});
const listens = z.object({ payload: z.object({ listens: z.array(z.unknown()) }) });

/** What somebody plays, as whatever they play it with says. */
export interface Listen {
  readonly title: string;
  readonly artist: string;
  /** Its address at Spotify; null where it was not played there. */
  readonly spotify: string | null;
  /** Whether it plays now; else it was the last. */
  readonly playing: boolean;
}

/** ListenBrainz's API (https://listenbrainz.readthedocs.io/en/latest/users/api/core.html): what people play, by their name there. */
export class ListenBrainz {
  readonly #http: Http;
  readonly #base: string;

  /** @param base address without a trailing slash */
  constructor(http: Http, base: string) {
    this.#http = http;
    this.#base = base;
  }

  /**
   * What somebody plays now, or else played last.
   *
   * @returns null where they played nothing yet; `nobody` where there is no user of that name
   * @throws UpstreamError
   */
  async latest(user: string, deadline: Deadline): Promise<Listen | 'nobody' | null> {
    const now = await this.#first(user, 'playing-now', deadline);
    if (now === 'nobody') return now;
    return now ? { ...now, playing: true } : this.#first(user, 'listens?count=1', deadline);
  }

  async #first(user: string, what: string, deadline: Deadline): Promise<Listen | 'nobody' | null> {
    const url = `${this.#base}/1/user/${encodeURIComponent(user)}/${what}`;
    const { status, text } = await this.#http.send({ source: SOURCE, url, deadline });
    if (status === 404) return 'nobody';
    // Of somebody who played nothing yet.
    if (status === 204) return null;
    if (status !== 200) throw refused(SOURCE, status);
    const [latest] = goodItems(SOURCE, readJson(SOURCE, text, listens).payload.listens, listen);
    if (!latest) return null;
    const { track_name, artist_name, additional_info } = latest.track_metadata;
    return {
      title: track_name,
      artist: artist_name,
      spotify: additional_info?.spotify_id ?? null,
      playing: false,
    };
  }
}
