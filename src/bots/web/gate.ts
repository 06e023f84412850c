/** Who is let in: by host, by site, by how much was asked, and by how much can be answered now. */
import { isIP } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { StateStore } from '../../state/store.ts';
import { makeCooldown } from '../common/cooldown.ts';
import { Admission, type Urgency } from './admission.ts';
import { isFromElsewhere } from './origin.ts';

/** What a route costs of the one bucket that every address has; a question is ten. */
export const COST = { question: 10, suggestion: 2, file: 1 } as const;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Points taken from the address's bucket; default {@link COST}.question. */
    cost?: number;
    /** Waits for its turn when much is asked. */
    urgency?: Urgency;
    /** For whoever runs the program: neither limited nor turned away. */
    operation?: boolean;
  }
}

export interface GateOptions {
  /** Questions per minute and address. */
  readonly perMinute: number;
  /** Host names, without port, at which people reach the page beside addresses and localhost. */
  readonly hosts: readonly string[];
  /** Where the buckets are when machines share it. */
  readonly state: StateStore;
  readonly admission?: Admission;
  /** Answers a request that is turned away. */
  refuse(request: FastifyRequest, reply: FastifyReply, why: Refusal): FastifyReply;
}

export type Refusal =
  | { readonly status: 421 | 403 }
  | { readonly status: 429 | 503 /** Seconds to wait. */; readonly seconds: number };

/** Whether a Host header names this server: a page of another site whose name was pointed here (DNS rebinding) does not. */
export function isOwnHost(header: string | undefined, hosts: readonly string[]): boolean {
  // HTTP/1.0 names none; browsers always do.
  if (header === undefined) return true;
  const name = /^(\[[\da-f:.]+\]|[^:]*)(?::\d+)?$/i.exec(header)?.[1]?.toLowerCase().replace(/\.$/, '');
  if (!name) return false;
  const bare = name.replace(/^\[|\]$/g, '');
  return isIP(bare) !== 0 || name === 'localhost' || name.endsWith('.localhost') || hosts.includes(name);
}

/** The bucket of an address: of IPv6 the network, as one household has all of it. */
export function bucketOf(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 || isIP(address) !== 6) return v4 ?? address;
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Array<string>(8 - front.length - back.length).fill('0') : [];
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}

/** Seconds after which whoever was turned away by a full house may try again. */
const RETRY_SECONDS = 2;

/** Puts the gate before every route that is registered afterwards. */
export function registerGate(app: FastifyInstance, options: GateOptions): void {
  const { perMinute, hosts, state, refuse, admission = new Admission() } = options;
  const bucket = makeCooldown(perMinute * COST.question, 60, { state, name: 'web-questions' });
  app.server.on('connection', () => admission.arriving());
  const inside = new WeakMap<FastifyRequest, () => void>();

  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    const { operation, cost = COST.question } = request.routeOptions.config;
    if (operation) return;
    if (!isOwnHost(request.headers.host, hosts)) return refuse(request, reply, { status: 421 });
    if (isFromElsewhere(request)) return refuse(request, reply, { status: 403 });
    const taken = await bucket.take(bucketOf(request.ip), cost);
    if (!taken.ok) return refuse(request, reply, { status: 429, seconds: taken.seconds });
  });

  app.addHook('preHandler', async (request, reply) => {
    const { urgency } = request.routeOptions.config;
    if (urgency === undefined) return;
    const release = await admission.enter(urgency);
    if (!release) return refuse(request, reply, { status: 503, seconds: RETRY_SECONDS });
    inside.set(request, release);
    if (!request.raw.socket.destroyed) return;
    // Whoever asked has gone: nothing to do, and no fault of anybody's.
    release();
    return reply.hijack();
  });
  const leave = async (request: FastifyRequest) => inside.get(request)?.();
  app.addHook('onResponse', leave);
  app.addHook('onRequestAbort', leave);
}
