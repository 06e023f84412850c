/** Who asks over the web: their language, and a name by which a browser keeps its own votes. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import { Music2MovieError } from '../../shared/errors.ts';
import { withBudget } from '../../state/keyed-store.ts';
import { makeCooldown } from '../common/cooldown.ts';
import { bucketOf } from './gate.ts';

/** The settings that the page needs. */
export type WebConfig = Pick<Config, 'rateLimitPerMinute'> &
  Partial<Pick<Config, 'host' | 'publicUrl' | 'hosts' | 'trustProxy' | 'accessLog' | 'pageCommunity'>>;

const COOKIE = 'm2m';
/** Two years, as long as votes are kept. */
const COOKIE_SECONDS = 730 * 24 * 3600;

/** Questions that one address may have kept, and browsers that may begin to vote from it, in an hour. */
const KEPT_PER_HOUR = 300;
const VOTERS_PER_HOUR = 60;
const HOUR_SECONDS = 3600;

/** The browser's preferred language, without weighing: the first is the preferred one everywhere. */
export function localeOf(request: FastifyRequest): string {
  return request.headers['accept-language']?.split(/[,;]/, 1)[0]?.trim() || 'en';
}

/** The name that the browser keeps, so that votes are one person's; null where it has none. */
function visitorOf({ headers }: FastifyRequest): string | null {
  return (
    new RegExp(`(?:^|;\\s*)${COOKIE}=([A-Za-z0-9_-]{22})(?:;|$)`).exec(headers.cookie ?? '')?.[1] ?? null
  );
}

/** Names a press, so that a browser that got no answer may press again: IETF draft `idempotency-key-header`. */
function pressOf({ headers }: FastifyRequest): string | null {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && /^[\x21-\x7e]{8,64}$/.test(key) ? `web:${key}` : null;
}

/** A context, and a way to make its visitor known to the browser. */
export interface Visit {
  readonly context: AnswerContext;
  /** Gives the browser the name that was made for it, once what it asked for has been done. */
  keep(): void;
}

export interface Visits {
  /** The context of one request. A failure makes its status an error's. */
  contextOf(request: FastifyRequest, reply: FastifyReply): AnswerContext;
  /** The same for somebody who votes: a visitor without a name gets one; null when the address made too many. */
  voterOf(request: FastifyRequest, reply: FastifyReply): Promise<Visit | null>;
}

/** What went wrong, as a status: at a service that we asked, or here. */
const statusOf = (error: unknown) =>
  error instanceof Music2MovieError && error.causeKind === 'upstream' ? 502 : 500;

/** What the people of the page are called together, where they are one community. */
export const PAGE_COMMUNITY = 'web:page';

export function makeVisits(shared: AnswerContext, { pageCommunity = 'none' }: WebConfig): Visits {
  const kept = makeCooldown(KEPT_PER_HOUR, HOUR_SECONDS, { state: shared.state, name: 'web-kept' });
  const voters = makeCooldown(VOTERS_PER_HOUR, HOUR_SECONDS, { state: shared.state, name: 'web-voters' });

  function contextOf(request: FastifyRequest, reply: FastifyReply): AnswerContext {
    const visitor = visitorOf(request);
    return {
      ...shared,
      state: withBudget(shared.state, async () => (await kept.take(bucketOf(request.ip))).ok),
      locale: localeOf(request),
      user: visitor && `web:${visitor}`,
      community: pageCommunity === 'none' ? null : PAGE_COMMUNITY,
      delivery: pressOf(request),
      report: (error) => {
        void reply.code(statusOf(error));
        request.log.error({ err: error }, 'an answer failed');
        shared.report?.(error);
      },
    };
  }

  return {
    contextOf,
    async voterOf(request, reply) {
      const context = contextOf(request, reply);
      if (context.user !== null) return { context, keep: () => {} };
      if (!(await voters.take(bucketOf(request.ip))).ok) return null;
      const id = randomBytes(17).toString('base64url').slice(0, 22);
      const secure = request.protocol === 'https' ? '; Secure' : '';
      const cookie = `${COOKIE}=${id}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Strict${secure}`;
      return {
        context: { ...context, user: `web:${id}` },
        keep: () => void reply.header('set-cookie', cookie),
      };
    },
  };
}
