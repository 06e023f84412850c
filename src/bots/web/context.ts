/** Who asks over the web: their language, and a name by which a browser keeps its own votes. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { AnswerContext } from '../../conversation/context.ts';

/** The settings that the page needs. */
export type WebConfig = Pick<Config, 'rateLimitPerMinute'> & Partial<Pick<Config, 'publicUrl'>>;

const COOKIE = 'm2m';
/** Two years, as long as votes are kept. */
const COOKIE_SECONDS = 730 * 24 * 3600;

/** The browser's preferred language, without weighing: the first is the preferred one everywhere. */
export function localeOf(request: FastifyRequest): string {
  return request.headers['accept-language']?.split(/[,;]/, 1)[0]?.trim() || 'en';
}

/** A random name that the browser keeps, so that votes are one person's; made when first needed. */
function visitorOf(request: FastifyRequest, reply: FastifyReply, make: boolean): string | null {
  const found = new RegExp(`(?:^|;\\s*)${COOKIE}=([A-Za-z0-9_-]{22})(?:;|$)`).exec(
    request.headers.cookie ?? '',
  )?.[1];
  if (found) return `web:${found}`;
  if (!make) return null;
  const id = randomBytes(17).toString('base64url').slice(0, 22);
  void reply.header(
    'set-cookie',
    `${COOKIE}=${id}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Strict`,
  );
  return `web:${id}`;
}

/** The context of one request. @param make whether a visitor without a name gets one */
export function contextOf(
  shared: AnswerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  make = false,
): AnswerContext {
  return { ...shared, locale: localeOf(request), user: visitorOf(request, reply, make) };
}
