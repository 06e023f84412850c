/** Keeps a Socket Mode connection up: for as long as it takes, without haste, and without a gap when Slack renews it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { WebAPIRateLimitedError } from '@slack/web-api';
import { doubling, withRetries } from '../../shared/retry.ts';
import type { Bot } from './bot.ts';
import { reasonOf } from './failures.ts';
import { ATTEMPTS } from './retry.ts';

type Client = SocketModeReceiver['client'];

/** The first pause after a connection that did not last, and the longest, in milliseconds. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** A connection that lived as long is followed by the next one at once, in milliseconds. */
const SETTLED_MS = 60_000;
/** How long a connection may take until Slack's `hello`, in milliseconds. */
const HELLO_MS = 15_000;
/** How long the old connection stays once the new one stands, for acknowledgements on their way, in milliseconds. */
const LEAVING_MS = 2000;

/** A connection on which Slack has said hello. */
interface Line {
  readonly client: Client;
  readonly since: number;
  /** Fulfilled when it was lost, or when Slack asks for another one in its place. */
  readonly over: Promise<void>;
}

/** Whether a packet asks for another connection. */
function isFarewell(packet: unknown): boolean {
  if (typeof packet !== 'string' || !packet.includes('disconnect')) return false;
  try {
    return (JSON.parse(packet) as { type?: unknown } | null)?.type === 'disconnect';
  } catch {
    return false;
  }
}

/**
 * The library reads packets in asynchronous listeners that nobody awaits: whatever they throw would end the process.
 * Here it is passed over. Its own answer to a farewell, closing the socket first, is kept from it.
 */
function guard(client: Client, { counters, log }: Pick<Bot, 'log' | 'counters'>, farewell: () => void): void {
  for (const name of ['ws_message', 'slack_event']) {
    const readers = client.listeners(name) as ((...packet: unknown[]) => unknown)[];
    client.removeAllListeners(name);
    client.on(name, async (...packet: unknown[]) => {
      if (name === 'ws_message' && isFarewell(packet[0])) return farewell();
      try {
        for (const read of readers) await read(...packet);
      } catch (error) {
        counters.count('packet.malformed');
        log.warn({ reason: reasonOf(error) }, 'Slack: a packet that could not be handled, passed over');
      }
    });
  }
}

/**
 * The library's own reconnecting gives up, unhandled, when Slack's API is out of reach for a while, and makes new
 * connections as fast as Slack ends them; so it is switched off (`autoReconnectEnabled: false`) and done here.
 */
export class Connection {
  readonly #newClient: () => Client;
  readonly #bot: Pick<Bot, 'log' | 'counters'>;
  readonly #stopping = new AbortController();
  readonly #clients = new Set<Client>();
  readonly #lines = new Set<Line>();
  #kept: Promise<void> = Promise.resolve();

  constructor(newClient: () => Client, bot: Pick<Bot, 'log' | 'counters'>) {
    this.#newClient = newClient;
    this.#bot = bot;
  }

  /** Whether Slack has said hello on a connection that still stands. */
  get up(): boolean {
    return this.#lines.size > 0;
  }

  /** Connects for the first time. @throws what Slack says */
  async start(): Promise<void> {
    const line = await withRetries(() => this.#connect(), {
      attempts: ATTEMPTS,
      pause: (error) => (error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : null),
      signal: this.#stopping.signal,
    });
    this.#kept = this.#keep(line);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#clients].map((client) => client.disconnect()));
    await this.#kept;
  }

  async #connect(): Promise<Line> {
    const { signal } = this.#stopping;
    const client = this.#newClient();
    let end: () => void = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    guard(client, this.#bot, end);
    const line: Line = { client, since: Date.now(), over };
    client.on('disconnected', () => {
      this.#clients.delete(client);
      this.#lines.delete(line);
      end();
    });
    this.#clients.add(client);
    const late = setTimeout(() => void client.disconnect(), HELLO_MS);
    try {
      await client.start();
    } catch (error) {
      this.#clients.delete(client);
      throw error;
    } finally {
      clearTimeout(late);
    }
    if (signal.aborted) void client.disconnect();
    else if (this.#clients.has(client)) this.#lines.add(line);
    return line;
  }

  /** Puts one connection after another, for as long as the bot runs. */
  async #keep(first: Line): Promise<void> {
    const { signal } = this.#stopping;
    let line = first;
    /** Connections in a row that did not last. */
    let brief = 0;
    while (!signal.aborted) {
      await line.over;
      if (signal.aborted) return;
      this.#bot.counters.count('socket.lost');
      this.#bot.log.info(
        `Slack: ${this.#lines.has(line) ? 'connection to be renewed' : 'connection lost'}, reconnecting`,
      );
      brief = Date.now() - line.since < SETTLED_MS ? brief + 1 : 0;
      try {
        const next = await this.#reconnect(brief, signal);
        this.#leave(line.client);
        line = next;
      } catch {
        // Rejects only when the bot stops.
        return;
      }
    }
  }

  async #reconnect(brief: number, signal: AbortSignal): Promise<Line> {
    const paused = (failed: number) => (failed > 0 ? doubling(FIRST_PAUSE_MS, failed, LONGEST_PAUSE_MS) : 0);
    await sleep(paused(brief), undefined, { signal, ref: false });
    const line = await withRetries(() => this.#connect(), {
      attempts: Number.POSITIVE_INFINITY,
      pause: (error, failed) => {
        const asked = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0;
        const pause = Math.max(asked, paused(brief + failed));
        this.#bot.log.warn({ reason: reasonOf(error), pause }, 'Slack: could not reconnect, trying again');
        return pause;
      },
      signal,
      background: true,
    });
    this.#bot.counters.count('socket.reconnected');
    return line;
  }

  #leave(client: Client): void {
    if (!this.#clients.has(client)) return;
    setTimeout(() => void client.disconnect(), LEAVING_MS).unref();
  }
}
