import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
} from 'cockatiel';
import { VERSION } from '../version.ts';
import type { Deadline } from './deadline.ts';
import { UpstreamError } from './errors.ts';

/** How patient the client is. Durations in milliseconds. */
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
  maxBytes: 1_000_000,
  breakAfter: 5,
  pauseMs: 30_000,
};

/** Longest that a host's Retry-After is believed: a wrong date must not silence a source for a year. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

export interface HttpRequest {
  /** Name of the service in sentences, such as `ReccoBeats`. */
  readonly source: string;
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly deadline: Deadline;
  /** False leaves the body unread. */
  readonly readBody?: boolean;
}

export interface HttpResponse {
  /** 200…499 apart from 429; every other status is an error. */
  readonly status: number;
  /** The Location header: redirects are never followed here. */
  readonly location: string | null;
  /** The body, or '' where it was not read. */
  readonly text: string;
}

/** A request that came to nothing. */
class HttpFailure extends UpstreamError {
  /** Milliseconds to wait before another attempt; null: another attempt is of no use. */
  readonly retryIn: number | null;
  /** Whether the host itself seems to be down or overloaded. */
  readonly outage: boolean;

  constructor(
    sentence: string,
    id: string,
    how: { retryIn: number | null; outage: boolean; underlying?: unknown },
  ) {
    super(sentence, { id, underlying: how.underlying });
    this.retryIn = how.retryIn;
    this.outage = how.outage;
  }
}

/**
 * The one way out to the network for look-ups: bounded in time and size, polite to hosts in trouble, and
 * never led elsewhere by a redirect.
 */
export class Http {
  readonly #limits: HttpLimits;
  readonly #breakers = new Map<string, CircuitBreakerPolicy>();
  /** Host → time (performance.now) before which it asked not to be called. */
  readonly #quietUntil = new Map<string, number>();

  constructor(limits: Partial<HttpLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /**
   * Sends a request, again where a passing fault leaves time for it.
   *
   * @throws UpstreamError naming the source: `upstream.late`, `.unreachable`, `.failing` (5xx), `.busy` (429),
   *   `.paused` (left alone after repeated failures), `.too-large`
   */
  async send(request: HttpRequest): Promise<HttpResponse> {
    const host = new URL(request.url).host;
    const breaker = this.#breaker(host);
    const worthwhile = (error: Error) =>
      error instanceof HttpFailure && error.retryIn !== null && error.retryIn < request.deadline.remaining();
    const policy = retry(handleWhen(worthwhile), {
      maxAttempts: this.#limits.retries,
      backoff: new DelegateBackoff(({ result }) => ('error' in result ? waitOf(result.error) : 0)),
    });
    try {
      return await policy.execute(({ attempt }) =>
        breaker.execute(() => this.#attempt(request, host, attempt)),
      );
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      const sentence = `${request.source} failed several times and is left alone for a moment.`;
      throw new HttpFailure(sentence, 'upstream.paused', { retryIn: null, outage: false });
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

  async #attempt(request: HttpRequest, host: string, attempt: number): Promise<HttpResponse> {
    const quiet = (this.#quietUntil.get(host) ?? 0) - performance.now();
    if (quiet > 0) throw busy(request.source, quiet);
    const timer = AbortSignal.timeout(this.#limits.attemptMs);
    // Full jitter: many askers who failed together do not come back together.
    const retryIn = Math.random() * 2 * this.#limits.retryMs * 2 ** attempt;
    try {
      const response = await fetch(request.url, {
        method: request.method ?? 'GET',
        headers: { 'user-agent': `Music2Movie/${VERSION}`, accept: 'application/json', ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        signal: AbortSignal.any([timer, request.deadline.signal]),
      });
      return await this.#read(request, host, response, retryIn);
    } catch (error) {
      if (error instanceof HttpFailure) throw error;
      if (request.deadline.signal.aborted || timer.aborted) {
        const outage = timer.aborted;
        throw new HttpFailure(`${request.source} did not answer in time.`, 'upstream.late', {
          retryIn: outage ? retryIn : null,
          outage,
          underlying: error,
        });
      }
      throw new HttpFailure(`${request.source} cannot be reached.`, 'upstream.unreachable', {
        retryIn,
        outage: true,
        underlying: error,
      });
    }
  }

  async #read(
    request: HttpRequest,
    host: string,
    response: Response,
    retryIn: number,
  ): Promise<HttpResponse> {
    const { status, headers } = response;
    if (status === 429 || status >= 500) {
      await response.body?.cancel();
      const asked = retryAfter(headers.get('retry-after'));
      if (asked !== null) this.#quietUntil.set(host, performance.now() + asked);
      if (status === 429) throw busy(request.source, asked ?? retryIn);
      throw new HttpFailure(`${request.source} is having trouble.`, 'upstream.failing', {
        retryIn: asked ?? retryIn,
        outage: true,
      });
    }
    if (request.readBody === false) await response.body?.cancel();
    const text = request.readBody === false ? '' : await this.#text(request.source, response);
    return { status, location: headers.get('location'), text };
  }

  async #text(source: string, response: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > this.#limits.maxBytes) {
        const sentence = `${source} sent more than can be right.`;
        throw new HttpFailure(sentence, 'upstream.too-large', { retryIn: null, outage: false });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

function busy(source: string, retryIn: number): HttpFailure {
  return new HttpFailure(`${source} asks for a pause.`, 'upstream.busy', { retryIn, outage: false });
}

function waitOf(error: Error): number {
  return error instanceof HttpFailure ? (error.retryIn ?? 0) : 0;
}

/** Retry-After in milliseconds, from its two forms (RFC 9110, 10.2.3: seconds or a date), or null. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}
