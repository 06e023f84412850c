/** Where a film can be watched, and its trailer: asked while a person waits, so briefly, and never with an error. */
import type { Config } from '../../config.ts';
import { type Deadline, startDeadline } from '../../shared/deadline.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { Http, type HttpObserver } from '../../shared/http.ts';
import type { StateStore } from '../../state/store.ts';
import { LookupCache } from '../cache.ts';
import { type Offers, Tmdb } from './client.ts';

/** Milliseconds that details wait for TMDB. */
export const WATCH_MS = 2_000;
/** Milliseconds for one attempt: a little less, so that one which comes to nothing is known as late. */
const ATTEMPT_MS = 1_800;

const DAY_MS = 24 * 3_600_000;
/** Services come and go within weeks, trailers hardly ever. TMDB's terms allow six months. */
const OFFERS_TTL = 7 * DAY_MS;
const TRAILER_TTL = 30 * DAY_MS;
const NONE_TTL = DAY_MS;

export interface Watchable {
  /** Who has the film in the country: null nobody, undefined where nobody could be asked. */
  readonly offers: Offers | null | undefined;
  /** An https address, or null. */
  readonly trailer: string | null;
}

export interface Watching {
  /**
   * What is known within two seconds; what did not come is missing. Never rejects.
   *
   * @param country ISO 3166-1, two capitals; null: nobody is asked who has the film
   * @param language ISO 639-1
   */
  about(film: number, country: string | null, language: string): Promise<Watchable>;
}

/** Asks TMDB, answers remembered; null where there is no key, or nothing may be asked. */
export function createWatching(
  config: Pick<Config, 'tmdbKey' | 'urls' | 'offline'>,
  state: StateStore,
  observe?: HttpObserver,
): Watching | null {
  if (!config.tmdbKey || config.offline) return null;
  const http = new Http({ attemptMs: ATTEMPT_MS }, observe);
  const tmdb = new Tmdb(http, config.urls.tmdbApi, config.tmdbKey);
  const cache = new LookupCache(state, WATCH_MS);
  const quietly = async <T>(answer: Promise<T>): Promise<T | undefined> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof UpstreamError) return undefined;
      throw error;
    }
  };
  const keep = (ttl: number) => (value: unknown) => (value === null ? NONE_TTL : ttl);
  return {
    async about(film, country, language) {
      const deadline = startDeadline(WATCH_MS);
      const offers = (time: Deadline) => tmdb.offers(film, country!, time);
      const trailer = (time: Deadline) => tmdb.trailer(film, language, time);
      const [found, shown] = await Promise.all([
        country === null
          ? undefined
          : quietly(cache.remember('tmdb-offers', `${film}/${country}`, deadline, offers, keep(OFFERS_TTL))),
        quietly(cache.remember('tmdb-trailer', `${film}/${language}`, deadline, trailer, keep(TRAILER_TTL))),
      ]);
      return { offers: found, trailer: shown ?? null };
    },
  };
}
