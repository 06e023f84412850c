import { z } from 'zod';
import type { Deadline } from '../../shared/deadline.ts';
import type { Http } from '../../shared/http.ts';
import type { SpotifyKind } from '../links.ts';
import { readJson, refused } from '../read-json.ts';

const SOURCE = 'Spotify';

const answer = z.object({ title: z.string().trim().min(1) });

/** Spotify's oEmbed, open to everyone: the title of anything with an id, and nothing else (no artist). */
export class SpotifyOEmbed {
  readonly #http: Http;
  readonly #base: string;

  /** @param base address of open.spotify.com without a trailing slash */
  constructor(http: Http, base: string) {
    this.#http = http;
    this.#base = base;
  }

  /**
   * @returns the title, or null where Spotify has nothing under the id
   * @throws UpstreamError
   */
  async title(kind: SpotifyKind, id: string, deadline: Deadline): Promise<string | null> {
    // Always the public address: it is what is asked about, not whom we ask.
    const about = encodeURIComponent(`https://open.spotify.com/${kind}/${id}`);
    const url = `${this.#base}/oembed?url=${about}`;
    const { status, text } = await this.#http.send({ source: SOURCE, url, deadline });
    if (status === 404 || status === 400) return null;
    if (status !== 200) throw refused(SOURCE, status);
    return readJson(SOURCE, text, answer).title;
  }
}
