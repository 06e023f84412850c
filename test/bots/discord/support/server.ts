/**
 * Discord on the loopback: the REST routes and the gateway that the bot uses. It keeps every request, plays
 * back the failures it is given, and sends whatever events a test likes.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { APPLICATION, BOT_USER, GUILD, guildPayload, messagePayload } from './payloads.ts';

export interface Sent {
  readonly method: string;
  /** Below the version, decoded: `/interactions/…/callback`. */
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the bot sent, looked at by tests
  readonly body: any;
  readonly files: readonly string[];
  readonly authorization: string | undefined;
}

export interface Failure {
  readonly status: number;
  /** The request was acted on all the same, as it may be behind an answer of 500. */
  readonly done?: boolean;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const TOKEN = `${Buffer.from(APPLICATION).toString('base64url')}.GabcDE.${'x'.repeat(38)}`;

/** Resolves once the condition holds; a test that waits in vain ends at its own time-out with this reason. */
export async function until(condition: () => boolean, what: string, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

interface Shard {
  readonly id: number;
  readonly count: number;
}

export class FakeDiscord {
  readonly sent: Sent[] = [];
  readonly identified: { intents: number; token: string; shard?: [id: number, count: number]; at: number }[] =
    [];
  resumed = 0;
  /** Commands as Discord has them, by route. */
  readonly commands = new Map<string, unknown[]>();
  /** Intents that the portal does not allow. */
  disallowed = 0;
  /** Application flags. */
  flags = 0;
  /** What “Add App” asks for, by the kind of installation; left out of the application where it is null. */
  installs: Record<string, unknown> | null = null;
  /** Connections that it recommends. */
  shards = 1;
  /** Servers that the bot is in. */
  guilds: Record<string, unknown>[] = [guildPayload()];
  /** Messages that exist, by channel and id: those that were posted, and those that a test keeps. */
  readonly messages = new Map<string, Record<string, unknown>>();
  /** Shards whose READY is held back. */
  readonly held = new Set<number>();
  /** Close codes for shards that identify from now on; null accepts them. */
  refusing: number | null = null;
  /** Shards that may identify at once. */
  concurrency: number | null = null;
  /** Votes that a poll ends with, by answer. */
  polled: readonly number[] = [];
  readonly #failures: { match: RegExp; failure: Failure }[] = [];
  /** Every connection, with the shard it said to be, of how many. */
  readonly #sockets = new Map<WebSocket, Shard>();
  readonly #http: Server;
  readonly #gateway: WebSocketServer;
  /** Interactions whose first response was taken. */
  readonly responded = new Set<string>();
  #sequence = 0;

  private constructor() {
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#gateway = new WebSocketServer({ server: this.#http });
    this.#gateway.on('connection', (socket) => this.#connect(socket));
  }

  static async start(): Promise<FakeDiscord> {
    const fake = new FakeDiscord();
    await new Promise<void>((resolve) => fake.#http.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get api(): string {
    return `http://127.0.0.1:${this.port}/api`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.keys()) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** The next request whose `METHOD path` matches fails like this. */
  failNext(match: RegExp, failure: Failure): void {
    this.#failures.push({ match, failure });
  }

  /** From now on the message exists. */
  keep(message: Record<string, unknown>): void {
    this.messages.set(`${message.channel_id}/${message.id}`, message);
  }

  /** Lets a held shard become ready. */
  release(shard: number): void {
    this.held.delete(shard);
    for (const [socket, its] of this.#sockets) if (its.id === shard) this.#ready(socket, its);
  }

  /** Sends an event to the bot: over every connection that its server belongs to, of no server over the first. */
  dispatch(event: string, data: unknown): void {
    const { guild_id: guild } = data as { guild_id?: string };
    for (const [socket, { id, count }] of this.#sockets) {
      if (shardOf(guild, count) === id) this.#event(socket, event, data);
    }
  }

  /** Sends anything, JSON or not. */
  raw(text: string): void {
    for (const socket of this.#sockets.keys()) socket.send(text);
  }

  /** Drops every connection. @param code null breaks the line without a farewell */
  drop(code: number | null): void {
    for (const socket of this.#sockets.keys()) {
      if (code === null) socket.terminate();
      else socket.close(code);
    }
  }

  /** Requests whose `METHOD path` matches. */
  matching(match: RegExp): Sent[] {
    return this.sent.filter(({ method, path }) => match.test(`${method} ${path}`));
  }

  /** The first responses to an interaction. */
  callbacks(id: string): Sent[] {
    return this.matching(new RegExp(`^POST /interactions/${id}/`));
  }

  /** Waits for the first response to an interaction. */
  async callback(id: string): Promise<Sent> {
    await until(() => this.callbacks(id).length > 0, `a response to ${id}`);
    return this.callbacks(id)[0]!;
  }

  #event(socket: WebSocket, event: string, data: unknown): void {
    socket.send(JSON.stringify({ op: 0, t: event, s: ++this.#sequence, d: data }));
  }

  #connect(socket: WebSocket): void {
    this.#sockets.set(socket, { id: 0, count: this.shards });
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('message', (data) => this.#receive(socket, JSON.parse(String(data))));
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 45_000 } }));
  }

  // biome-ignore lint/suspicious/noExplicitAny: packets of the client
  #receive(socket: WebSocket, packet: { op: number; d: any }): void {
    if (packet.op === 1) socket.send(JSON.stringify({ op: 11 }));
    if (packet.op === 6) {
      this.resumed += 1;
      const [, id, count] = packet.d.session_id.split('-').map(Number);
      this.#sockets.set(socket, { id, count });
      this.#event(socket, 'RESUMED', {});
    }
    if (packet.op !== 2) return;
    this.identified.push({ ...packet.d, at: performance.now() });
    if (packet.d.token !== TOKEN) {
      socket.close(4004);
      return;
    }
    if ((packet.d.intents & this.disallowed) !== 0) {
      socket.close(4014);
      return;
    }
    if (this.refusing !== null) {
      socket.close(this.refusing);
      return;
    }
    const [id, count] = packet.d.shard ?? [0, 1];
    this.#sockets.set(socket, { id, count });
    if (!this.held.has(id)) this.#ready(socket, { id, count });
  }

  #ready(socket: WebSocket, { id, count }: Shard): void {
    const guilds = this.guilds.filter((guild) => shardOf(guild.id, count) === id);
    this.#event(socket, 'READY', {
      v: 10,
      user: BOT_USER,
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: `session-${id}-${count}`,
      resume_gateway_url: `ws://127.0.0.1:${this.port}`,
      application: { id: APPLICATION, flags: this.flags },
    });
    for (const guild of guilds) this.#event(socket, 'GUILD_CREATE', guild);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = decodeURIComponent(url.pathname).replace(/^\/api(\/v\d+)?/, '');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { body, files } = await parse(Buffer.concat(chunks), request.headers['content-type'] ?? '');
    const method = request.method ?? 'GET';
    const { authorization } = request.headers;
    this.sent.push({ method, path, body, files, authorization });
    const at = this.#failures.findIndex(({ match }) => match.test(`${method} ${path}`));
    const failure = at < 0 ? null : this.#failures.splice(at, 1)[0]!.failure;
    if (failure?.done) this.#answer(method, path, body, authorization);
    const answer: Failure = failure ?? this.#answer(method, path, body, authorization);
    const type = answer.status === 204 ? {} : { 'content-type': 'application/json' };
    response.writeHead(answer.status, { ...type, ...answer.headers });
    response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
  }

  #answer(method: string, path: string, body: unknown, authorization: string | undefined): Failure {
    const ok = (value: unknown): Failure => ({ status: 200, body: value });
    const open = /^\/(interactions|webhooks)\//.test(path);
    if (!open && authorization !== `Bot ${TOKEN}`) {
      return { status: 401, body: { message: '401: Unauthorized', code: 0 } };
    }
    if (path === '/gateway/bot') {
      const limit = {
        total: 1000,
        remaining: 999,
        reset_after: 0,
        max_concurrency: this.concurrency ?? this.shards,
      };
      return ok({ url: `ws://127.0.0.1:${this.port}`, shards: this.shards, session_start_limit: limit });
    }
    if (path === '/applications/@me') {
      const installs = this.installs && { integration_types_config: this.installs };
      return ok({ id: APPLICATION, name: 'Music2Movie', flags: this.flags, ...installs });
    }
    if (/^\/applications\/\d+\/(guilds\/\d+\/)?commands$/.test(path)) {
      if (method === 'PUT') this.commands.set(path, withDefaults(body as object[]));
      return ok(this.commands.get(path) ?? []);
    }
    const [, interaction] = /^\/interactions\/(\d+)\/.*callback$/.exec(path) ?? [];
    if (interaction) return this.respond(interaction);
    if (method === 'POST' && /^\/guilds\/\d+\/scheduled-events$/.test(path))
      return ok({ ...(body as object), ...EVENT });
    const [, its, poll] = /^\/channels\/(\d+)\/polls\/(\d+)\/expire$/.exec(path) ?? [];
    if (poll) return ok(this.#ended(`${its}/${poll}`));
    const [, channel, id] = /^\/channels\/(\d+)\/messages(?:\/(\d+))?$/.exec(path) ?? [];
    if (channel) return this.#channel(method, channel, id, body as Record<string, unknown>);
    if (method === 'DELETE') return { status: 204, body: null };
    if (/^\/webhooks\//.test(path)) return ok(messagePayload(body as object));
    return { status: 404, body: { message: 'Unknown', code: 0 } };
  }

  /** Discord takes one first response to an interaction, and refuses every other. */
  respond(interaction: string): Failure {
    if (this.responded.has(interaction)) {
      return { status: 400, body: { message: 'Interaction has already been acknowledged.', code: 40060 } };
    }
    this.responded.add(interaction);
    return { status: 204, body: null };
  }

  /** A poll's message, with its votes. */
  #ended(key: string): Record<string, unknown> {
    const message = this.messages.get(key)!;
    const counts = this.polled.map((count, at) => ({ id: at + 1, count, me_voted: false }));
    const poll = { ...(message.poll as object), results: { is_finalized: true, answer_counts: counts } };
    this.messages.set(key, { ...message, poll });
    return { ...message, poll };
  }

  /** Messages of a channel; one of a nonce that is enforced is posted once. */
  #channel(method: string, channel: string, id: string | undefined, body: Record<string, unknown>): Failure {
    const unknown = { status: 404, body: { message: 'Unknown Message', code: 10008 } };
    if (method === 'POST') {
      const nonce = body.enforce_nonce ? body.nonce : undefined;
      const same = [...this.messages.values()].find((one) => nonce !== undefined && one.nonce === nonce);
      const poll = body.poll ? { poll: pollPayload(body.poll as object) } : {};
      const posted = same ?? messagePayload({ ...body, ...poll, channel_id: channel });
      this.keep(posted);
      return { status: 200, body: posted };
    }
    const kept = this.messages.get(`${channel}/${id}`);
    if (!kept) return unknown;
    if (method === 'DELETE') {
      this.messages.delete(`${channel}/${id}`);
      return { status: 204, body: null };
    }
    return { status: 200, body: method === 'PATCH' ? { ...kept, ...body, attachments: [] } : kept };
  }
}

/** What Discord adds to an event. */
const EVENT = {
  id: '880000000000000001',
  guild_id: GUILD,
  channel_id: null,
  creator_id: APPLICATION,
  status: 1,
  entity_id: null,
};

/** A poll as Discord gives it back: its answers numbered from 1, with the time at which it ends. */
const pollPayload = (asked: { answers?: readonly object[]; duration?: number }) => ({
  ...asked,
  answers: (asked.answers ?? []).map((answer, at) => ({ ...answer, answer_id: at + 1 })),
  expiry: new Date(Date.now() + (asked.duration ?? 1) * 3600_000).toISOString(),
});

/** https://discord.com/developers/docs/events/gateway#sharding */
function shardOf(guild: unknown, shards: number): number {
  return guild === undefined ? 0 : Number((BigInt(String(guild)) >> 22n) % BigInt(shards));
}

/** As Discord gives commands back: with ids, with text for permissions. */
function withDefaults(commands: readonly object[]): object[] {
  return commands.map((command, at) => {
    const { default_member_permissions: bits } = command as { default_member_permissions?: number | null };
    return {
      ...command,
      id: String(900_000_000_000_000_000n + BigInt(at)),
      application_id: APPLICATION,
      version: '1',
      nsfw: false,
      default_member_permissions: bits === null || bits === undefined ? null : String(bits),
    };
  });
}

async function parse(bytes: Buffer, type: string): Promise<{ body: unknown; files: string[] }> {
  if (bytes.length === 0) return { body: null, files: [] };
  if (!type.startsWith('multipart/')) return { body: JSON.parse(bytes.toString('utf8')), files: [] };
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const files = [...form]
    .filter(([, value]) => typeof value !== 'string')
    .map(([, value]) => (value as File).name);
  return { body: JSON.parse(String(form.get('payload_json'))), files };
}
