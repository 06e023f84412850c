/** One poster over HTTP: what is asked for, what is accepted, what is tried again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../../shared/errors.ts';
import { USER_AGENT } from '../../shared/http.ts';
import { jittered, retryAfterMs, withRetries } from '../../shared/retry.ts';
import { imageFormat, looksLikeHtml } from './formats.ts';

export interface FetchOptions {
  /** Scheme and host (and port), such as `https://image.tmdb.org`: nothing else is ever asked. */
  readonly baseUrl: string;
  /** TMDB's width class. */
  readonly size: string;
  /** Bytes of one poster. */
  readonly maxBytes: number;
  /** Of one attempt, from the request to the last byte; ms. */
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Base of the growing, jittered wait between two attempts; ms. */
  readonly retryDelayMs: number;
}

export type FetchFault =
  | 'not-found'
  | 'refused'
  | 'redirect'
  | 'not-an-image'
  | 'html'
  | 'too-large'
  | 'budget'
  | 'rate-limited'
  | 'server-error'
  | 'time-out'
  | 'connection'
  | 'truncated';

/** A poster that could not be had. `permanent`: asking again can't help. */
export class FetchError extends Error {
  readonly fault: FetchFault;
  readonly permanent: boolean;

  constructor(fault: FetchFault, detail: string, permanent: boolean) {
    super(detail);
    this.fault = fault;
    this.permanent = permanent;
  }
}

/** Worth another attempt. */
class TransientError extends FetchError {
  constructor(fault: FetchFault, detail: string) {
    super(fault, detail, false);
  }
}

/** Width classes of posters, from TMDB's `/configuration` (developer.themoviedb.org/docs/image-basics). */
const SIZES = ['w92', 'w154', 'w185', 'w342', 'w500', 'w780', 'original'];

/** A server that asks for a longer pause than this is left alone for this run; ms. */
export const MAX_PAUSE_MS = 300_000;
const MAX_BACKOFF_MS = 15_000;
const MAX_REDIRECTS = 2;

/** Fetches posters from one host; a `Retry-After` holds every request back, not only the one that met it. */
export class PosterFetcher {
  readonly #options: FetchOptions;
  readonly #base: URL;
  #resumeAt = 0;

  /** @throws ConfigurationError for an address that is not http(s) or a size that TMDB does not have */
  constructor(options: FetchOptions) {
    this.#options = options;
    const base = URL.canParse(options.baseUrl) ? new URL(options.baseUrl) : null;
    if (!base || !['http:', 'https:'].includes(base.protocol))
      throw new ConfigurationError('The address of the poster host is not an http or https address.', {
        id: 'posters.address',
        hint: 'Such as https://image.tmdb.org.',
      });
    if (!SIZES.includes(options.size))
      throw new ConfigurationError(`There is no poster size "${options.size}".`, {
        id: 'posters.size',
        hint: `One of ${SIZES.join(', ')}.`,
      });
    this.#base = base;
  }

  /**
   * The bytes of one poster.
   *
   * @param admit asked with the size as soon as it is known, and again when more comes: false ends the transfer
   * @throws FetchError, or the signal's reason
   */
  async fetch(poster: string, admit: (bytes: number) => boolean, signal: AbortSignal): Promise<Buffer> {
    const { attempts, retryDelayMs } = this.#options;
    const url = new URL(`/t/p/${this.#options.size}${poster}`, this.#base);
    return withRetries(() => this.#attempt(url, admit, signal), {
      attempts,
      pause: (error, failed) =>
        error instanceof TransientError ? jittered(retryDelayMs, failed, MAX_BACKOFF_MS) : null,
      signal,
    });
  }

  async #attempt(url: URL, admit: (bytes: number) => boolean, signal: AbortSignal): Promise<Buffer> {
    signal.throwIfAborted();
    const pause = this.#resumeAt - Date.now();
    if (pause > 0) await sleep(pause, undefined, { signal });
    // Not AbortSignal.any(): on Node 20 it keeps every derived signal for as long as its source lives.
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    const timer = setTimeout(stop, this.#options.timeoutMs);
    signal.addEventListener('abort', stop);
    try {
      const response = await this.#request(url, attempt.signal);
      try {
        return await this.#body(response, admit);
      } catch (error) {
        await response.body?.cancel().catch(() => {});
        throw error;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FetchError) throw error;
      if (attempt.signal.aborted) throw new TransientError('time-out', `after ${this.#options.timeoutMs} ms`);
      const cause = (error as Error).cause as { code?: string; message?: string } | undefined;
      const detail = cause?.code ?? cause?.message ?? String(error);
      // undici's word for a body that ends before its Content-Length.
      const truncated = /terminated|other side closed|UND_ERR_SOCKET|mismatch/i.test(`${detail} ${error}`);
      throw new TransientError(truncated ? 'truncated' : 'connection', detail);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  async #request(url: URL, signal: AbortSignal): Promise<Response> {
    let target = url;
    for (let hop = 0; ; hop++) {
      const response = await fetch(target, {
        redirect: 'manual',
        signal,
        headers: { accept: 'image/*', 'user-agent': USER_AGENT },
      });
      const { status } = response;
      if (status === 200) return response;
      await response.body?.cancel().catch(() => {});
      if (status >= 300 && status < 400) {
        target = this.#redirect(response.headers.get('location'), target, hop);
        continue;
      }
      throw this.#refusal(status, response.headers.get('retry-after'));
    }
  }

  #redirect(location: string | null, from: URL, hop: number): URL {
    const target = location !== null && URL.canParse(location, from.href) ? new URL(location, from) : null;
    if (target?.origin !== this.#base.origin || hop >= MAX_REDIRECTS)
      throw new FetchError('redirect', `to ${target?.host ?? 'nowhere'}`, true);
    return target;
  }

  #refusal(status: number, retryAfter: string | null): FetchError {
    const detail = `status ${status}`;
    if (status === 404 || status === 410) return new FetchError('not-found', detail, true);
    if (status === 429 || status === 503) {
      const pause = retryAfterMs(retryAfter) ?? 0;
      if (pause > MAX_PAUSE_MS)
        return new FetchError('rate-limited', `${detail}, Retry-After ${retryAfter}`, false);
      this.#resumeAt = Math.max(this.#resumeAt, Date.now() + pause);
      return new TransientError(status === 429 ? 'rate-limited' : 'server-error', detail);
    }
    if (status >= 500 || status === 408 || status === 425) return new TransientError('server-error', detail);
    return new FetchError('refused', detail, true);
  }

  async #body(response: Response, admit: (bytes: number) => boolean): Promise<Buffer> {
    const { maxBytes } = this.#options;
    const admitted = (bytes: number) => {
      if (bytes > maxBytes) throw new FetchError('too-large', `more than ${maxBytes} bytes`, true);
      if (!admit(bytes)) throw new FetchError('budget', 'the budget on disk is used up', false);
    };
    const type = response.headers.get('content-type') ?? '';
    if (/^text\/html/i.test(type)) throw new FetchError('html', type, true);
    if (!/^(image\/|application\/octet-stream)/i.test(type))
      throw new FetchError('not-an-image', `content type "${type}"`, true);
    const announced = Number(response.headers.get('content-length') ?? Number.NaN);
    if (Number.isFinite(announced)) admitted(announced);
    const chunks: Uint8Array[] = [];
    let received = 0;
    for await (const chunk of response.body ?? []) {
      received += chunk.length;
      admitted(received);
      chunks.push(chunk);
    }
    // With a Content-Encoding the announced length is that of other bytes.
    const encoded = response.headers.has('content-encoding');
    if (received === 0 || (!encoded && Number.isFinite(announced) && received < announced))
      throw new TransientError('truncated', `${received} of ${announced} bytes`);
    const bytes = Buffer.concat(chunks);
    if (!imageFormat(bytes))
      throw new FetchError(looksLikeHtml(bytes) ? 'html' : 'not-an-image', `sent as "${type}"`, true);
    return bytes;
  }
}
