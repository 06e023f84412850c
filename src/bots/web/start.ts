/** The page: a small web server on loopback that gives the same answers as the bots. */
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import type { Logger } from 'pino';
import type { AnswerContext, SharedContext } from '../../conversation/context.ts';
import { sorry } from '../../conversation/notices.ts';
import { wordsFor } from '../../i18n/index.ts';
import { registerAssets } from './assets.ts';
import type { WebConfig } from './context.ts';
import { answerHtml } from './render/index.ts';
import { sendPage } from './respond.ts';
import { registerConversation } from './routes.ts';

/** What the server is made of. The context is the part that all requests share. */
export interface WebServerOptions {
  readonly context: SharedContext;
  readonly config: WebConfig;
  readonly logger?: Logger;
  /** Whether everything is up, for `/readyz`; default: the catalogue is open. */
  readonly ready?: () => boolean;
}

/** Largest body taken, in bytes: votes send none. */
const BODY_LIMIT = 4096;
/** Longest path segment taken: a token has at most 100 characters. */
const MAX_SEGMENT = 200;
/** How long a client may take to send its request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Builds the server; the caller listens. Answers, suggestions and actions count against
 * `rateLimitPerMinute` per address (a suggestion, asked for at every key, as a fifth of one).
 */
export async function createWebServer(options: WebServerOptions): Promise<FastifyInstance> {
  const { context, config, logger } = options;
  const app = fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: MAX_SEGMENT },
    requestTimeout: REQUEST_TIMEOUT_MS,
    logController: new fastify.LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'connect-src': ["'self'"],
        'img-src': ["'self'", ...(context.imageHost === null ? [] : [new URL(context.imageHost).origin])],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // Posters come from another origin that does not opt in.
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    // The page itself speaks plain HTTP on loopback; a proxy in front of it sets this one.
    strictTransportSecurity: false,
  });
  await app.register(formbody, { bodyLimit: BODY_LIMIT });
  await app.register(rateLimit, { global: false, max: config.rateLimitPerMinute, timeWindow: '1 minute' });
  const shared: AnswerContext = {
    ...context,
    locale: 'en',
    audience: { private: false, ageRestricted: false },
    user: null,
    report: (error) => {
      context.report?.(error);
      logger?.error({ err: error }, 'an answer failed');
    },
  };
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    const ready = options.ready?.() ?? shared.engine().info.movies > 0;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'starting' });
  });
  await registerAssets(app, shared);
  registerConversation(app, shared, config);
  app.setNotFoundHandler((request, reply) => fail(request, reply, 404, shared));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) shared.report?.(error);
    return fail(request, reply, status, shared, error);
  });
  return app;
}

/** A sentence instead of a stack trace, as a fragment for htmx and as a page for everyone else. */
function fail(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  context: AnswerContext,
  error?: FastifyError,
) {
  const words = wordsFor(context.locale);
  const seconds = Number(reply.getHeader('retry-after') ?? 0) || 60;
  const answer =
    status === 429
      ? sorry(context, 'sorry.tooMany', { seconds })
      : status < 500 && error === undefined
        ? sorry(context, 'sorry.notFound')
        : sorry(context, status < 500 ? 'sorry.token' : 'sorry.broken');
  reply.code(status);
  if (request.headers['hx-request'] === 'true') {
    return reply.type('text/html; charset=utf-8').send(answerHtml(answer, words).text);
  }
  return sendPage(reply, context, words, { turns: answerHtml(answer, words) });
}
