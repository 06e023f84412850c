import { z } from 'zod';
import type { Deadline } from '../../shared/deadline.ts';
import type { Http } from '../../shared/http.ts';
import { clean } from '../../shared/text.ts';
import { readJson, refused } from '../read-json.ts';

const answer = z.object({ title: z.string().trim().min(1), author_name: z.string().trim().nullish() });

/** Longest title or name that is kept, in graphemes. */
const MAX_NAME = 200;

/** What an uploader wrote. */
export interface Upload {
  readonly title: string;
  /** Name of the channel or account; null where the service does not say. */
  readonly author: string | null;
}

/** An oEmbed service (https://oembed.com), open to everyone: title and author of a page of its own. */
export class OEmbed {
  readonly #http: Http;
  readonly #source: string;
  readonly #base: string;

  /** @param base address of the service without a trailing slash; its oEmbed is at `/oembed` */
  constructor(http: Http, source: string, base: string) {
    this.#http = http;
    this.#source = source;
    this.#base = base;
  }

  /**
   * @param about the public address that is asked about, built here and never one that somebody pasted
   * @returns null where there is nothing, or it is kept private
   * @throws UpstreamError
   */
  async about(about: string, deadline: Deadline): Promise<Upload | null> {
    const url = `${this.#base}/oembed?url=${encodeURIComponent(about)}&format=json`;
    const { status, text } = await this.#http.send({ source: this.#source, url, deadline });
    // 401 and 403: private, or not to be embedded.
    if (status === 400 || status === 401 || status === 403 || status === 404) return null;
    if (status !== 200) throw refused(this.#source, status);
    const { title, author_name } = readJson(this.#source, text, answer);
    return { title: clean(title, MAX_NAME), author: author_name ? clean(author_name, MAX_NAME) : null };
  }
}
