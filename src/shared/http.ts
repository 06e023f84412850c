/** The one HTTP client for what fits into memory: bounded in time and size, never led elsewhere by a redirect. */
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { VERSION } from '../version.ts';
import type { Deadline } from './deadline.ts';
import { UpstreamError } from './errors.ts';
import { jittered, retryAfterMs, withRetries } from './retry.ts';

/** How every request of ours names its sender. */
export const USER_AGENT = `Music2Movie/${VERSION}`;

/** One request of whatever kind. */
export interface HttpCall {
  /** Name of the service in sentences, such as `ReccoBeats`. */
  readonly source: string;
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Milliseconds for the whole of it, body included. */
  readonly timeoutMs: number;
  /** Ends it early. */
  readonly signal?: AbortSignal;
  /** Largest body that is read, in bytes; default a million. */
  readonly maxBytes?: number;
  /** False leaves the body unread. */
  readonly readBody?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The Location header: redirects are never followed here. */
  readonly location: string | null;
  /** What Retry-After asks for, in milliseconds. */
  readonly retryAfter: number | null;
  /** The body, or '' where it was not read. */
  readonly text: string;
}

/** A request that came to nothing. */
class HttpFailure extends UpstreamError {
  /** Whether another attempt may end better. */
  readonly passing: boolean;
  /** Whether the host itself seems to be down or overloaded. */
  readonly outage: boolean;
  /** Milliseconds that the host asked to be left alone for. */
  readonly retryAfter: number | null;

  constructor(
    sentence: string,
    id: string,
    how: { passing: boolean; outage: boolean; retryAfter?: number | null; underlying?: unknown },
  ) {
    super(sentence, { id, underlying: how.underlying });
    this.passing = how.passing;
    this.outage = how.outage;
    this.retryAfter = how.retryAfter ?? null;
  }
}

const MAX_BYTES = 1_000_000;

/**
 * Sends a request once. Every status is an answer.
 *
 * @throws UpstreamError naming the source: `upstream.late`, `.unreachable`, `.too-large`
 */
export async function request(call: HttpCall): Promise<HttpResponse> {
  const { source, url, method = 'GET', headers, body, timeoutMs, signal, readBody = true } = call;
  const timer = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers: { 'user-agent': USER_AGENT, accept: 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: signal ? AbortSignal.any([timer, signal]) : timer,
    });
    if (!readBody) await response.body?.cancel();
    return {
      status: response.status,
      headers: response.headers,
      location: response.headers.get('location'),
      retryAfter: retryAfterMs(response.headers.get('retry-after')),
      text: readBody ? await textOf(source, response, call.maxBytes ?? MAX_BYTES) : '',
    };
  } catch (error) {
    if (error instanceof HttpFailure) throw error;
    if (signal?.aborted || timer.aborted) {
      const how = { passing: timer.aborted, outage: timer.aborted, underlying: error };
      throw new HttpFailure(`${source} did not answer in time.`, 'upstream.late', how);
    }
    const how = { passing: true, outage: true, underlying: error };
    throw new HttpFailure(`${source} cannot be reached.`, 'upstream.unreachable', how);
  }
}

async function textOf(source: string, response: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) {
      const how = { passing: false, outage: false };
      throw new HttpFailure(`${source} sent more than can be right.`, 'upstream.too-large', how);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** How patient look-ups are. Durations in milliseconds. */
export interface HttpLimits {
  /** Time for one attempt, body included. */
  readonly attemptMs: number;
  /** Attempts after the first. */
  readonly retries: number;
  /** Mean wait before the first retry; doubles for each further one. */
  readonly retryMs: number;
  /** Largest body that is read, in bytes. */
  readonly maxBytes: number;
  /** Failures in a row after which a host is left alone … */
  readonly breakAfter: number;
  /** … for so long. */
  readonly pauseMs: number;
}

const DEFAULT_LIMITS: HttpLimits = {
  attemptMs: 1_200,
  retries: 2,
  retryMs: 120,
  maxBytes: MAX_BYTES,
  breakAfter: 5,
  pauseMs: 30_000,
};

/** Longest that a host's Retry-After is believed: a wrong date must not silence a source for a year. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

export interface HttpRequest extends Omit<HttpCall, 'timeoutMs' | 'signal' | 'maxBytes'> {
  readonly deadline: Deadline;
}

/**
 * Told of every request that was sent, or not sent because its host is left alone.
 *
 * @param outcome the status' class (`2xx`, `3xx`, `4xx`), or what went wrong: `late`, `unreachable`, `failing`, `busy`,
 *   `paused`, `too-large`; `cancelled` where nobody waited any more
 */
export type HttpObserver = (host: string, outcome: string) => void;

/** The client of look-ups: tries again where there is time, and leaves hosts in trouble alone. */
export class Http {
  readonly #limits: HttpLimits;
  readonly #breakers = new Map<string, CircuitBreakerPolicy>();
  /** Host → time (performance.now) before which it asked not to be called. */
  readonly #quietUntil = new Map<string, number>();

  readonly #observe: HttpObserver;

  constructor(limits: Partial<HttpLimits> = {}, observe: HttpObserver = () => {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#observe = observe;
  }

  /**
   * Sends a request, again where a passing fault leaves time for it.
   *
   * @returns an answer with a status of 200…499 apart from 429
   * @throws UpstreamError naming the source: `upstream.late`, `.unreachable`, `.failing` (5xx), `.busy` (429),
   *   `.paused` (left alone after repeated failures), `.too-large`
   */
  async send(asked: HttpRequest): Promise<HttpResponse> {
    const host = new URL(asked.url).host;
    const breaker = this.#breaker(host);
    try {
      return await withRetries(() => breaker.execute(() => this.#observed(asked, host)), {
        attempts: this.#limits.retries + 1,
        pause: (error, failed) => {
          if (!(error instanceof HttpFailure && error.passing)) return null;
          const wait = error.retryAfter ?? jittered(this.#limits.retryMs, failed);
          return wait < asked.deadline.remaining() ? wait : null;
        },
      });
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      this.#observe(host, 'paused');
      const sentence = `${asked.source} failed several times and is left alone for a moment.`;
      throw new HttpFailure(sentence, 'upstream.paused', { passing: false, outage: false });
    }
  }

  #breaker(host: string): CircuitBreakerPolicy {
    const known = this.#breakers.get(host);
    if (known) return known;
    const breaker = circuitBreaker(
      handleWhen((error) => error instanceof HttpFailure && error.outage),
      { halfOpenAfter: this.#limits.pauseMs, breaker: new ConsecutiveBreaker(this.#limits.breakAfter) },
    );
    this.#breakers.set(host, breaker);
    return breaker;
  }

  async #observed(asked: HttpRequest, host: string): Promise<HttpResponse> {
    try {
      const response = await this.#attempt(asked, host);
      this.#observe(host, `${Math.floor(response.status / 100)}xx`);
      return response;
    } catch (error) {
      if (error instanceof HttpFailure) {
        const cancelled = error.id === 'upstream.late' && !error.passing;
        this.#observe(host, cancelled ? 'cancelled' : error.id.replace('upstream.', ''));
      }
      throw error;
    }
  }

  async #attempt({ deadline, ...asked }: HttpRequest, host: string): Promise<HttpResponse> {
    const quiet = (this.#quietUntil.get(host) ?? 0) - performance.now();
    if (quiet > 0) throw busy(asked.source, quiet);
    const { attemptMs, maxBytes } = this.#limits;
    const response = await request({ ...asked, timeoutMs: attemptMs, maxBytes, signal: deadline.signal });
    const { status } = response;
    if (status !== 429 && status < 500) return response;
    const retryAfter =
      response.retryAfter === null ? null : Math.min(response.retryAfter, MAX_RETRY_AFTER_MS);
    if (retryAfter !== null) this.#quietUntil.set(host, performance.now() + retryAfter);
    if (status === 429) throw busy(asked.source, retryAfter);
    const how = { passing: true, outage: true, retryAfter };
    throw new HttpFailure(`${asked.source} is having trouble.`, 'upstream.failing', how);
  }
}

function busy(source: string, retryAfter: number | null): HttpFailure {
  const how = { passing: true, outage: false, retryAfter };
  return new HttpFailure(`${source} asks for a pause.`, 'upstream.busy', how);
}
