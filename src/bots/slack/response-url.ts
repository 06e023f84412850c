/** Answers through a `response_url`: works wherever the person is, also where the app is no member. */
import type { KnownBlock } from '@slack/types';
import { type HttpResponse, request } from '../../shared/http.ts';
import { withRetries } from '../../shared/retry.ts';
import { ATTEMPTS, rateLimitPause, TIMEOUT_MS } from './retry.ts';
import { settleFirst } from './settled.ts';

export interface ReplyBody {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  readonly response_type?: 'ephemeral' | 'in_channel';
  readonly replace_original?: boolean;
  readonly thread_ts?: string;
}

/** Slack did not take the reply. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
  /** Slack's name for it (`expired_url`, `invalid_blocks`), or `http-<status>`, or `unreachable`. */
  readonly reason: string;
  /** Milliseconds after which Slack would take it. */
  readonly retryAfter: number | null;
  constructor(reason: string, how: { retryAfter?: number | null; underlying?: unknown } = {}) {
    super(`Slack did not take a reply: ${reason}`, { cause: how.underlying });
    this.reason = reason;
    this.retryAfter = how.retryAfter ?? null;
  }
}

/** The error in what a `response_url` says; null for its `ok`. */
function errorIn({ status, text }: HttpResponse): string | null {
  if (status === 429) return 'rate-limited';
  const named = /"error"\s*:\s*"([a-z_]{1,60})"/.exec(text)?.[1];
  if (named) return named;
  if (status >= 200 && status < 300) return null;
  return /^[a-z_]{3,60}$/.test(text.trim()) ? text.trim() : `http-${status}`;
}

/** Takes the message away that the address belongs to. @throws ReplyError */
export function takeAway(url: string): Promise<void> {
  return send(url, { delete_original: true });
}

async function send(url: string, body: ReplyBody | { readonly delete_original: true }): Promise<void> {
  await settleFirst();
  const call = {
    source: 'Slack',
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    timeoutMs: TIMEOUT_MS,
  } as const;
  const response = await request(call).catch((error: unknown) => {
    throw new ReplyError('unreachable', { underlying: error });
  });
  const error = errorIn(response);
  if (error !== null) throw new ReplyError(error, { retryAfter: response.retryAfter });
}

/**
 * Sends a reply, again after 429. Nothing else is tried twice: it could have arrived.
 *
 * @param url from a payload of Slack's
 * @throws ReplyError
 */
export function reply(url: string, body: ReplyBody): Promise<void> {
  return withRetries(() => send(url, body), {
    attempts: ATTEMPTS,
    pause: (error) =>
      error instanceof ReplyError && error.reason === 'rate-limited'
        ? rateLimitPause(error.retryAfter ?? 1000)
        : null,
  });
}
