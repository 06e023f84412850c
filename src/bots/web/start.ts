/** The page: a small web server on loopback that gives the same answers as the bots. */
import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import type { FastifyError, FastifyHttpOptions, FastifyInstance } from 'fastify';
import fastify, { type RawServerDefault } from 'fastify';
import type { Logger } from 'pino';
import type { AnswerContext, SharedContext } from '../../conversation/context.ts';
import { switchStatistics } from '../../conversation/statistics.ts';
import type { SurfaceHealth } from '../common/supervise.ts';
import type { Admission } from './admission.ts';
import { registerApi } from './api.ts';
import { registerAssets } from './assets.ts';
import { PAGE_COMMUNITY, type WebConfig } from './context.ts';
import { answerBrokenRequest, sendFailure, sendRefusal } from './failures.ts';
import { registerGate } from './gate.ts';
import { inHand, registerOperation, type WebMetrics } from './operation.ts';
import { registerConversation } from './routes.ts';

/** What the server is made of. The context is the part that all requests share. */
export interface WebServerOptions {
  readonly context: SharedContext;
  readonly config: WebConfig;
  readonly logger?: Logger;
  /** How the surfaces beside the page are, by name, for `/readyz`. */
  readonly surfaces?: () => Readonly<Record<string, SurfaceHealth>>;
  readonly metrics?: WebMetrics;
  /** Health and metrics alone, no page: for a process that has other roles. */
  readonly onlyOperation?: boolean;
  /** How much may wait; tests shorten it. */
  readonly admission?: Admission;
}

/** Largest body taken, in bytes: votes send none. */
const BODY_LIMIT = 4096;
/** Longest path segment taken: a token has at most 100 characters. */
const MAX_SEGMENT = 200;
/** How long a client may take to send its request, and how often that is looked at, in milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;
const TIMEOUT_CHECK_MS = 1_000;
/** How long a connection may stand idle between two requests, in milliseconds. */
const KEEP_ALIVE_MS = 20_000;
/** Connections at a time; more are closed at once. */
const MAX_CONNECTIONS = 2_000;

/** Host names that the settings give the page. */
function hostsOf({ host, publicUrl, hosts = [] }: WebConfig): string[] {
  const named = publicUrl ? [new URL(publicUrl).hostname] : [];
  return [...named, ...(host ? [host] : []), ...hosts].map((name) => name.toLowerCase());
}

/**
 * Builds the server; the caller listens, and ends it with {@link closeGently}. Everything counts against one bucket of
 * `rateLimitPerMinute` questions per address (a suggestion, asked for at every key, as a fifth of one, a file as a tenth).
 */
export async function createWebServer(options: WebServerOptions): Promise<FastifyInstance> {
  const { context, config, logger } = options;
  const server: FastifyHttpOptions<RawServerDefault> = {
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: MAX_SEGMENT },
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { connectionsCheckingInterval: TIMEOUT_CHECK_MS, headersTimeout: REQUEST_TIMEOUT_MS },
    logController: new fastify.LogController({ disableRequestLogging: true }),
    genReqId: () => randomBytes(6).toString('base64url'),
    trustProxy: config.trustProxy ?? false,
    forceCloseConnections: 'idle',
    // What was accepted is answered.
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    // Addresses that cannot be read reach no route and no hook.
    frameworkErrors: ({ statusCode = 400 }, _request, reply) => {
      const body = `${STATUS_CODES[statusCode]}
`;
      reply.raw.writeHead(statusCode, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
    },
  };
  const shared: AnswerContext = {
    ...context,
    locale: 'en',
    audience: { private: false, ageRestricted: false },
    user: null,
  };
  const app = fastify(server) as unknown as FastifyInstance;
  app.server.maxConnections = MAX_CONNECTIONS;
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
  registerOperation(app, {
    shared,
    accessLog: config.accessLog ?? false,
    ...(options.surfaces && { surfaces: options.surfaces }),
    ...(options.metrics && { metrics: options.metrics }),
  });
  registerGate(app, {
    perMinute: config.rateLimitPerMinute,
    hosts: hostsOf(config),
    state: context.state,
    refuse: sendRefusal,
    ...(options.admission && { admission: options.admission }),
  });
  if (!options.onlyOperation) {
    await registerAssets(app, shared);
    registerConversation(app, shared, config);
    // Where the state can't be written, the page runs on as it did before.
    await switchStatistics(PAGE_COMMUNITY, config.pageCommunity === 'stats', context.state).catch((error) =>
      context.report?.(error),
    );
    registerApi(app, shared);
  }
  app.setNotFoundHandler((request, reply) => sendFailure(request, reply, 404, shared));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      request.log.error({ err: error }, 'a request failed');
      shared.report?.(error);
    }
    return sendFailure(request, reply, status, shared);
  });
  return app;
}

/** Looks, milliseconds apart, between which no connection came: then the system's queue of them is empty. */
const QUIET_LOOKS = 20;
const LOOK_MS = 5;
/** Longest that requests in hand are waited for, within the ten seconds of a shutdown, in milliseconds. */
const DRAIN_MS = 9_000;
/** How long connections stay that have nothing in hand, in milliseconds: a request may be on its way. */
const QUIET_MS = 250;

/** Ends the server: everything accepted is answered, in order, then nothing more is taken. */
export async function closeGently(app: FastifyInstance): Promise<void> {
  const until = performance.now() + DRAIN_MS;
  let arrived = 0;
  const onConnection = () => {
    arrived += 1;
  };
  app.server.on('connection', onConnection);
  for (let looks = 0; looks < QUIET_LOOKS && performance.now() < until; looks += 1) {
    const before = arrived;
    await sleep(LOOK_MS);
    if (arrived !== before) looks = 0;
  }
  app.server.off('connection', onConnection);
  const closed = app.close();
  let quiet = performance.now();
  while (app.server.listening || performance.now() < until) {
    if (inHand(app) > 0) quiet = performance.now();
    if (performance.now() - quiet > QUIET_MS) break;
    if ((await Promise.race([closed.then(() => 'closed'), sleep(20)])) === 'closed') return;
  }
  app.server.closeAllConnections();
  await closed;
}
