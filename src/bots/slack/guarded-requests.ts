/** What comes over HTTP, checked before the library sees it: its closures are awaited by nobody. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HTTPReceiver, isValidSlackRequest } from '@slack/bolt';
import type { Bot } from './bot.ts';
import { PATHS } from './constants.ts';
import { reasonOf } from './failures.ts';
import { SIGNATURE_WINDOW_MS } from './limits.ts';

/** Largest request taken, in bytes: many times what Slack sends. */
export const BODY_LIMIT = 1_000_000;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The body, or null where it is larger than anything that Slack sends. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= BODY_LIMIT) chunks.push(chunk as Buffer);
  }
  return size > BODY_LIMIT ? null : Buffer.concat(chunks);
}

const isForm = ({ headers }: IncomingMessage) =>
  headers['content-type'] === 'application/x-www-form-urlencoded';

/** Signed with our secret, and not more than five minutes ago or ahead: a signature from the future could be kept. */
function isSigned(request: IncomingMessage, body: string, signingSecret: string): boolean {
  const { headers } = request;
  const time = Number(headers['x-slack-request-timestamp']);
  const signature = headers['x-slack-signature'];
  if (!(Math.abs(Date.now() - time * 1000) <= SIGNATURE_WINDOW_MS) || typeof signature !== 'string')
    return false;
  const signed = { 'x-slack-signature': signature, 'x-slack-request-timestamp': time };
  return isValidSlackRequest({ signingSecret, body, headers: signed });
}

/** Whether the library finds an object in it, as everything that Slack sends is one. */
function holdsObject(request: IncomingMessage, body: string): boolean {
  try {
    const payload = isForm(request) ? new URLSearchParams(body).getAll('payload') : [body];
    if (payload.length === 0) return true;
    const read: unknown = payload.length === 1 ? JSON.parse(payload[0]!) : null;
    return typeof read === 'object' && read !== null && !Array.isArray(read);
  } catch {
    return false;
  }
}

/** The status to refuse a request with, or null for one that may be handled. */
function refusal(request: IncomingMessage, body: Buffer | null, signingSecret: string): number | null {
  if (body === null) return 413;
  const text = body.toString('utf8');
  // A check of the connection is not signed; the library takes everything else out of it.
  if (isForm(request) && new URLSearchParams(text).get('ssl_check') === '1') return null;
  if (!isSigned(request, text, signingSecret)) return 401;
  return holdsObject(request, text) ? null : 400;
}

/** Puts the check before everything that the receiver takes; nothing of what it throws gets out. */
export function guardRequests(
  receiver: HTTPReceiver,
  signingSecret: string,
  { counters, log }: Pick<Bot, 'counters' | 'log'>,
): void {
  const inner: Listener = receiver.requestListener;
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const isEvent = request.method === 'POST' && request.url?.split('?', 1)[0] === PATHS.events;
    if (isEvent) {
      const body = await bodyOf(request);
      const status = refusal(request, body, signingSecret);
      if (status !== null) {
        counters.count(`request.${status}`);
        response.writeHead(status).end();
        return;
      }
      // Where the library finds the body once it was read.
      Object.assign(request, { rawBody: body });
    }
    inner(request, response);
  };
  receiver.requestListener = (request, response) => {
    take(request, response).catch((error: unknown) => {
      counters.count('request.failed');
      log.warn({ reason: reasonOf(error) }, 'Slack: a request that could not be handled, passed over');
      if (!response.headersSent) response.writeHead(404);
      response.end();
    });
  };
}
