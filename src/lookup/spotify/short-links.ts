import type { Deadline } from '../../shared/deadline.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Http } from '../../shared/http.ts';
import { type Link, parseLinks, type ShortHost } from '../links.ts';

const SOURCE = 'Spotify';
/** Redirects followed: one from spotify.link, a second where it goes through spotify.app.link. */
const MAX_HOPS = 2;
/** Milliseconds for all of them together. */
const TIME_MS = 2_000;
/** The address that stands in the settings unless somebody changes it. */
const PUBLIC_BASE = 'https://spotify.link';

type ShortLink = Extract<Link, { kind: 'short' }>;

/**
 * Short links: one request without a body to a host of ours, whose Location is taken apart like anything that
 * people paste. Only Spotify's own addresses count; nothing that a redirect names is fetched as it stands.
 */
export class SpotifyShort {
  readonly #http: Http;
  readonly #urls: { readonly short: string; readonly open: string };

  /**
   * @param urls `short`: `https://spotify.link`, or a stand-in that then answers for both short hosts; `open`:
   *   `https://open.spotify.com`, or a stand-in
   */
  constructor(http: Http, urls: { readonly short: string; readonly open: string }) {
    this.#http = http;
    this.#urls = urls;
  }

  /**
   * @returns what the short link stands for, or null where it leads nowhere (unknown code, another host)
   * @throws UpstreamError
   */
  async follow(link: ShortLink, deadline: Deadline): Promise<Link | null> {
    const time = deadline.child(TIME_MS);
    let current: ShortLink = link;
    for (let hop = 0; hop < MAX_HOPS; hop += 1) {
      const url = `${this.#address(current.host)}/${current.code}`;
      const { status, location } = await this.#http.send({
        source: SOURCE,
        url,
        deadline: time,
        readBody: false,
      });
      if (status === 404 || status === 410) return null;
      // HTTPS only: parseLinks would take http:// as well.
      const next = location?.startsWith('https://') ? parseLinks(location)[0] : undefined;
      if (!next) return null;
      if (next.kind !== 'short') return isSpotify(next) ? next : null;
      current = next;
    }
    throw new UpstreamError('The short link leads in circles.', { id: 'upstream.redirects' });
  }

  #address(host: ShortHost): string {
    if (host === 'open.spotify.com') return `${this.#urls.open}/s`;
    return this.#urls.short === PUBLIC_BASE ? `https://${host}` : this.#urls.short;
  }
}

const OF_SPOTIFY: ReadonlySet<Link['kind']> = new Set([
  'track',
  'album',
  'artist',
  'playlist',
  'episode',
  'show',
  'local',
]);

const isSpotify = (link: Link) => OF_SPOTIFY.has(link.kind);
