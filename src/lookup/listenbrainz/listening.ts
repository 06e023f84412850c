/** What people play: asked while they wait, so briefly, and not kept. */
import type { Config } from '../../config.ts';
import { startDeadline } from '../../shared/deadline.ts';
import { Http, type HttpLimits, type HttpObserver } from '../../shared/http.ts';
import { type Listen, ListenBrainz } from './client.ts';

/** Milliseconds that somebody waits for ListenBrainz, and those for one attempt. */
const LISTEN_MS = 2_500;
const ATTEMPT_MS = 1_500;

export interface Listening {
  /**
   * What a user of ListenBrainz plays now, or else played last, within 2.5 s.
   *
   * @returns null where they played nothing yet; `nobody` where there is no user of that name
   * @throws UpstreamError
   */
  latest(user: string): Promise<Listen | 'nobody' | null>;
}

/**
 * Asks ListenBrainz; null where nothing may be asked.
 *
 * @param limits tests shorten the times
 */
export function createListening(
  { urls, offline }: Pick<Config, 'urls' | 'offline'>,
  observe?: HttpObserver,
  { listenMs = LISTEN_MS, ...limits }: Partial<HttpLimits> & { readonly listenMs?: number } = {},
): Listening | null {
  if (offline) return null;
  const client = new ListenBrainz(new Http({ attemptMs: ATTEMPT_MS, ...limits }, observe), urls.listenBrainz);
  return { latest: (user) => client.latest(user, startDeadline(listenMs)) };
}
