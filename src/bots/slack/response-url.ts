/** Answers through a `response_url`: works wherever the person is, also where the app is no member. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownBlock } from '@slack/types';
import { LONGEST_WAIT_S, TRIES } from './retry.ts';

const TIMEOUT_MS = 10_000;

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
  constructor(reason: string, underlying?: unknown) {
    super(`Slack did not take a reply: ${reason}`, { cause: underlying });
    this.reason = reason;
  }
}

/** The error in what a `response_url` says; null for its `ok`. */
async function errorIn(response: Response): Promise<string | null> {
  const text = (await response.text()).slice(0, 2000);
  const named = /"error"\s*:\s*"([a-z_]{1,60})"/.exec(text)?.[1];
  if (named) return named;
  if (response.ok) return null;
  return /^[a-z_]{3,60}$/.test(text.trim()) ? text.trim() : `http-${response.status}`;
}

async function send(
  url: string,
  body: ReplyBody,
): Promise<{ error: string | null; retryAfter: number | null }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 429) return { error: await errorIn(response), retryAfter: null };
  const seconds = Number(response.headers.get('retry-after') ?? 1);
  return { error: 'rate-limited', retryAfter: Number.isFinite(seconds) ? Math.max(0, seconds) : 1 };
}

/**
 * Sends a reply, again after 429. Nothing else is tried twice: it could have arrived.
 *
 * @param url from a payload of Slack's
 * @throws ReplyError
 */
export async function reply(url: string, body: ReplyBody): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    let result: Awaited<ReturnType<typeof send>>;
    try {
      result = await send(url, body);
    } catch (error) {
      throw new ReplyError('unreachable', error);
    }
    if (result.error === null) return;
    const { retryAfter } = result;
    if (retryAfter === null || retryAfter > LONGEST_WAIT_S || attempt >= TRIES)
      throw new ReplyError(result.error);
    await sleep(retryAfter * 1000);
  }
}
