/** What another site may cause: that its visitors follow a link to the page, and nothing else. */
import type { FastifyRequest } from 'fastify';

const isOwn = (site: string) => site === 'same-origin' || site === 'none';

/** A request of a page itself, not of one that somebody wrote elsewhere: only it may change what is kept. */
export function isOwnPage({ headers, protocol }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string') return isOwn(site);
  const { origin, host } = headers;
  return origin === undefined || origin === `${protocol}://${host}` || origin === `https://${host}`;
}

/** A picture, script or fetch that another site's page wants from here. Following a link is not one. */
export function isFromElsewhere({ method, headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (typeof site !== 'string' || isOwn(site)) return false;
  const followed = method === 'GET' && headers['sec-fetch-mode'] === 'navigate';
  // Forms of other sites get the sentence that the route gives.
  return !followed && method !== 'POST';
}
