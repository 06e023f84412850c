/** For whoever runs the program: health, metrics, and the access log. */
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AnswerContext } from '../../conversation/context.ts';
import type { SurfaceHealth } from '../common/supervise.ts';

/** Where the page's figures go. */
export interface WebMetrics {
  /** One request answered. @param route the pattern, never the address @param seconds from its first byte to its last */
  request(route: string, status: number, seconds: number): void;
  /** Everything in Prometheus' text form. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
}

export interface OperationOptions {
  readonly shared: AnswerContext;
  readonly accessLog: boolean;
  readonly surfaces?: () => Readonly<Record<string, SurfaceHealth>>;
  readonly metrics?: WebMetrics;
}

const held = new WeakMap<FastifyInstance, { count: number }>();

/** Requests that have arrived and are not answered yet. */
export const inHand = (app: FastifyInstance): number => held.get(app)?.count ?? 0;

/** An address that only this machine, or a network of one's own, has. */
export function isNear(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '').toLowerCase();
  if (isIP(plain) === 4) return /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\./.test(plain);
  return plain === '::1' || /^f[cd]|^fe[89ab]/.test(plain);
}

/** Metrics are for the neighbourhood: nothing that a proxy passes on from farther away. */
function mayMeasure(request: FastifyRequest): boolean {
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
  // With a trusted proxy the address is the asker's; without, a forwarded request could be anybody's.
  return isNear(request.ip) && (forwarded === undefined || request.ips !== undefined);
}

export function registerOperation(app: FastifyInstance, options: OperationOptions): void {
  const { shared, accessLog, surfaces, metrics } = options;
  const counter = { count: 0 };
  held.set(app, counter);
  const began = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', async (request) => {
    counter.count += 1;
    began.set(request, performance.now());
  });
  const done = (request: FastifyRequest, status: number) => {
    const since = began.get(request);
    if (since === undefined) return;
    began.delete(request);
    counter.count -= 1;
    const seconds = (performance.now() - since) / 1000;
    const route = request.routeOptions.url ?? 'none';
    metrics?.request(route, status, seconds);
    if (accessLog) {
      const { method } = request;
      request.log.info({ method, route, status, ms: Math.round(seconds * 1000) }, 'request');
    }
  };
  app.addHook('onResponse', async (request, reply) => done(request, reply.statusCode));
  // 499, as web servers call it: whoever asked has gone.
  app.addHook('onRequestAbort', async (request) => done(request, 499));

  const operation = { config: { operation: true } };
  app.get('/healthz', operation, async () => ({ status: 'ok' }));
  app.get('/readyz', operation, async (_, reply) => {
    const catalogue = shared.engine().info.movies > 0 ? 'open' : 'empty';
    const state = shared.state.health();
    const beside = surfaces?.() ?? {};
    const ready =
      catalogue === 'open' && state !== 'failing' && Object.values(beside).every((one) => one === 'ready');
    return reply
      .code(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', catalogue, state, surfaces: beside });
  });
  if (!metrics) return;
  app.get('/metrics', operation, async (request, reply) => {
    if (!mayMeasure(request)) return reply.callNotFound();
    const { type, body } = await metrics.text();
    return reply.header('cache-control', 'no-store').type(type).send(body);
  });
}
