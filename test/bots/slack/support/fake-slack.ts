/**
 * Slack on loopback, as far as the app can tell: the Web API, `response_url`s, uploads and Socket Mode. Every
 * message and view that arrives is held against the documented limits.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { NEEDED_SCOPES } from '../../../../src/bots/slack/constants.ts';
import { checkMessage, checkUnfurl, checkView, type Fault } from './blocks/index.ts';

export type Args = Record<string, unknown>;

/** What the app called: a method of the Web API, or `response` for a `response_url`, or `upload`. */
export interface Call {
  readonly method: string;
  readonly args: Args;
  readonly token: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

type Handler = (args: Args, count: number) => Reply | undefined;

export const TEAM = 'T0TEAM';
export const USER = 'U0ASKER';
export const BOT_USER = 'U0BOT';
export const CHANNEL = 'C0MUSIC';
export const DIRECT = 'D0DIRECT';

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** JSON where it is JSON: the client writes lists and objects so. */
function argumentOf(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export class FakeSlack {
  readonly calls: Call[] = [];
  readonly faults: { readonly method: string; readonly fault: Fault }[] = [];
  /** Open sockets, newest last. */
  readonly sockets: WebSocket[] = [];
  /** Acknowledgements by envelope. */
  readonly acks = new Map<string, unknown>();
  /** Scopes that the token has; null: not told. */
  scopes: readonly string[] | null = [...NEEDED_SCOPES];
  /** What Slack does with a new socket right after its hello. */
  greet: (socket: WebSocket) => void = () => {};
  readonly #handlers = new Map<string, Handler>();
  readonly #counts = new Map<string, number>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #ws = new WebSocketServer({ server: this.#server });
  #serial = 0;

  async start(): Promise<this> {
    this.#ws.on('connection', (socket) => this.#welcome(socket));
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get api(): string {
    return `${this.url}/api`;
  }

  /** Answers a method by hand; undefined leaves it to the default. */
  on(method: string, handler: Handler): void {
    this.#handlers.set(method, handler);
  }

  /** A fresh `response_url`. */
  responseUrl(): string {
    return `${this.url}/response/${randomUUID()}`;
  }

  of(method: string): Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Everything that people would see, in the order of its arrival. */
  get messages(): Call[] {
    const kinds = ['response', 'chat.postMessage', 'chat.postEphemeral', 'chat.update'];
    return this.calls.filter(({ method }) => kinds.includes(method));
  }

  /** Waits until something is so, at most so long: a busy machine takes its time. */
  async until(is: () => boolean, what = 'what was awaited', most = 25_000): Promise<void> {
    const end = Date.now() + most;
    while (!is()) {
      if (Date.now() > end)
        throw new Error(`${what} did not come; calls: ${this.calls.map((c) => c.method).join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async called(method: string, times = 1): Promise<Call> {
    await this.until(() => this.of(method).length >= times, `call ${times} of ${method}`);
    return this.of(method)[times - 1]!;
  }

  /** Sends an envelope over the newest socket and waits for its acknowledgement. */
  async deliver(
    type: string,
    payload: unknown,
    id: string = randomUUID(),
    more: Args = {},
  ): Promise<unknown> {
    await this.until(() => this.sockets.length > 0, 'a socket');
    this.sockets.at(-1)!.send(
      JSON.stringify({
        envelope_id: id,
        type,
        payload,
        accepts_response_payload: type !== 'events_api',
        ...more,
      }),
    );
    await this.until(() => this.acks.has(id), `the acknowledgement of ${type}`);
    return this.acks.get(id);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.#ws.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #welcome(socket: WebSocket): void {
    this.sockets.push(socket);
    socket.on('close', () => this.sockets.splice(this.sockets.indexOf(socket), 1));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown };
      this.acks.set(message.envelope_id, message.payload ?? {});
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    this.greet(socket);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.url).pathname;
    const body = await bodyOf(request);
    const { method, args } = this.#read(path, request, body);
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const count = (this.#counts.get(method) ?? 0) + 1;
    this.#counts.set(method, count);
    const given = this.#handlers.get(method)?.(args, count);
    const refused = given?.status !== undefined && given.status >= 400;
    this.calls.push({ method, args, token });
    if (!refused) this.#check(method, args);
    const reply = given ?? { body: this.#usual(method, args) };
    const headers = {
      'content-type': 'application/json',
      ...(this.scopes && { 'x-oauth-scopes': this.scopes.join(',') }),
      ...reply.headers,
    };
    response.writeHead(reply.status ?? 200, headers);
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? { ok: true }));
  }

  #read(path: string, request: IncomingMessage, body: Buffer): { method: string; args: Args } {
    if (path.startsWith('/upload/')) return { method: 'upload', args: { id: path.slice(8), bytes: body } };
    if (request.headers['content-type']?.startsWith('application/json')) {
      const args = JSON.parse(body.toString('utf8')) as Args;
      return { method: 'response', args: { ...args, url: `${this.url}${path}` } };
    }
    const entries = [...new URLSearchParams(body.toString('utf8'))];
    return {
      method: path.replace('/api/', ''),
      args: Object.fromEntries(entries.map(([name, text]) => [name, argumentOf(text)])),
    };
  }

  #check(method: string, args: Args): void {
    const note = (found: readonly Fault[]) => {
      for (const fault of found) this.faults.push({ method, fault });
    };
    // A message that is taken away says nothing.
    if (method === 'response' && args.delete_original === true) return;
    if (['response', 'chat.postMessage', 'chat.postEphemeral', 'chat.update'].includes(method)) {
      note(checkMessage({ text: args.text, blocks: args.blocks }));
    }
    if (method.startsWith('views.')) note(checkView(args.view));
    if (method === 'chat.unfurl') {
      for (const one of Object.values(args.unfurls as Record<string, { blocks: unknown }>))
        note(checkUnfurl(one.blocks));
    }
  }

  #usual(method: string, args: Args): unknown {
    this.#serial += 1;
    switch (method) {
      case 'auth.test':
        return {
          ok: true,
          team: 'Test',
          team_id: TEAM,
          user_id: BOT_USER,
          bot_id: 'B0BOT',
          user: 'music2movie',
        };
      case 'apps.connections.open':
        return { ok: true, url: `${this.url.replace('http', 'ws')}/link/${this.#serial}` };
      case 'chat.postMessage':
        return { ok: true, channel: args.channel, ts: `17000000${this.#serial}.000100` };
      case 'files.getUploadURLExternal':
        return { ok: true, upload_url: `${this.url}/upload/${this.#serial}`, file_id: `F0${this.#serial}` };
      case 'users.info':
        return {
          ok: true,
          user: {
            id: args.user,
            locale: 'en-GB',
            is_bot: String(args.user).startsWith('U0OTHERBOT'),
            is_admin: args.user === USER,
          },
        };
      case 'bots.info':
        return { ok: true, bot: { id: 'B0BOT', app_id: 'A0APP' } };
      case 'response':
        return 'ok';
      default:
        return method.startsWith('views.')
          ? { ok: true, view: { id: args.view_id ?? `V${this.#serial}`, hash: `h${this.#serial}` } }
          : { ok: true };
    }
  }
}
