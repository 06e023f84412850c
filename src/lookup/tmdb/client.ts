import { z } from 'zod';
import type { Secret } from '../../config.ts';
import type { Deadline } from '../../shared/deadline.ts';
import type { Http } from '../../shared/http.ts';
import { goodItems, readJson, refused } from '../read-json.ts';

const SOURCE = 'TMDB';

/** How a film can be had in a country, in the order to say it. */
export const OFFER_KINDS = ['stream', 'free', 'ads', 'rent', 'buy'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** Names of the services that have a film in one country, as TMDB orders them; a kind that none has is absent. */
export type Offers = Readonly<Partial<Record<OfferKind, readonly string[]>>>;

/** TMDB's names for the kinds. */
const FIELDS = {
  stream: 'flatrate',
  free: 'free',
  ads: 'ads',
  rent: 'rent',
  buy: 'buy',
} as const satisfies Record<OfferKind, string>;

const provider = z.object({ provider_name: z.string().min(1), display_priority: z.number().nullish() });
const providers = z.object({ results: z.record(z.string(), z.record(z.string(), z.unknown())) });
const video = z.object({
  key: z.string().regex(/^[\w-]{3,20}$/),
  site: z.string(),
  type: z.string(),
  official: z.boolean().nullish(),
  iso_639_1: z.string().nullish(),
});
const videos = z.object({ results: z.array(z.unknown()) });

/** Where a video stands, by TMDB's name of the site. */
const SITES: Readonly<Record<string, string>> = {
  YouTube: 'https://www.youtube.com/watch?v=',
  Vimeo: 'https://vimeo.com/',
};

/** TMDB's API, version 3 (https://developer.themoviedb.org/reference): what the data sets do not say of a film. */
export class Tmdb {
  readonly #http: Http;
  readonly #base: string;
  readonly #key: Secret;

  /**
   * @param base address without a trailing slash
   * @param key a v3 API key, or a v4 read access token
   */
  constructor(http: Http, base: string, key: Secret) {
    this.#http = http;
    this.#base = base;
    this.#key = key;
  }

  /**
   * Who has a film in a country, by JustWatch's data; null where nobody does.
   *
   * @param country ISO 3166-1, two capitals
   * @throws UpstreamError
   */
  async offers(film: number, country: string, deadline: Deadline): Promise<Offers | null> {
    const text = await this.#get(`movie/${film}/watch/providers`, {}, deadline);
    const here = text === null ? undefined : readJson(SOURCE, text, providers).results[country];
    if (!here) return null;
    const offers = OFFER_KINDS.flatMap((kind) => {
      const listed = here[FIELDS[kind]];
      if (!Array.isArray(listed)) return [];
      const names = goodItems(SOURCE, listed, provider)
        .sort((a, b) => (a.display_priority ?? 0) - (b.display_priority ?? 0))
        .map(({ provider_name }) => provider_name);
      return names.length > 0 ? [[kind, [...new Set(names)]] as const] : [];
    });
    return offers.length > 0 ? Object.fromEntries(offers) : null;
  }

  /**
   * The address of a film's trailer, in the language if there is one, else in English; null where none is known.
   *
   * @param language ISO 639-1
   * @throws UpstreamError
   */
  async trailer(film: number, language: string, deadline: Deadline): Promise<string | null> {
    const languages = [...new Set([language, 'en'])];
    const wanted = { include_video_language: [...languages, 'null'].join(',') };
    const text = await this.#get(`movie/${film}/videos`, wanted, deadline);
    if (text === null) return null;
    const rank = (one: z.infer<typeof video>) => {
      const spoken = languages.indexOf(one.iso_639_1 ?? '');
      return (spoken < 0 ? languages.length : spoken) * 2 + (one.official ? 0 : 1);
    };
    const [best] = goodItems(SOURCE, readJson(SOURCE, text, videos).results, video)
      .filter(({ type, site }) => type === 'Trailer' && Object.hasOwn(SITES, site))
      .sort((a, b) => rank(a) - rank(b));
    return best ? SITES[best.site]! + best.key : null;
  }

  /** The body, or null where there is no such film. */
  async #get(
    path: string,
    query: Readonly<Record<string, string>>,
    deadline: Deadline,
  ): Promise<string | null> {
    const key = this.#key.reveal();
    const isToken = key.startsWith('eyJ');
    const url = new URL(`${this.#base}/3/${path}`);
    for (const [name, value] of Object.entries({ ...query, ...(isToken ? {} : { api_key: key }) })) {
      url.searchParams.set(name, value);
    }
    const { status, text } = await this.#http.send({
      source: SOURCE,
      url: url.href,
      deadline,
      ...(isToken && { headers: { authorization: `Bearer ${key}` } }),
    });
    if (status === 404) return null;
    if (status !== 200) throw refused(SOURCE, status);
    return text;
  }
}
