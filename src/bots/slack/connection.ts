/** Keeps a Socket Mode connection up: reconnects at once, then with growing pauses, for as long as it takes. */
import type { SocketModeReceiver } from '@slack/bolt';
import { withRetries } from '../../shared/retry.ts';
import type { Bot } from './bot.ts';
import { reasonOf } from './failures.ts';

type Client = SocketModeReceiver['client'];

/** Pauses before the second, third… try in a row, in milliseconds; the last one repeats. */
const PAUSES_MS = [250, 1000, 3000, 10_000, 30_000];

/** How long a connection may take until Slack's `hello`, in milliseconds. */
const HELLO_MS = 15_000;

/**
 * The library reads packets in an asynchronous listener that nobody awaits: one without a payload would end
 * the process. Here it is passed over.
 */
function guard(client: Client, { counters, log }: Pick<Bot, 'log' | 'counters'>): void {
  const readers = client.listeners('ws_message') as ((...packet: unknown[]) => unknown)[];
  client.removeAllListeners('ws_message');
  client.on('ws_message', async (...packet: unknown[]) => {
    try {
      for (const read of readers) await read(...packet);
    } catch (error) {
      counters.count('packet.malformed');
      log.warn({ reason: reasonOf(error) }, 'Slack: a packet that could not be handled, passed over');
    }
  });
}

/**
 * The library's own reconnecting gives up, unhandled, when Slack's API is out of reach for a while; so it is
 * switched off (`autoReconnectEnabled: false`) and done here.
 */
export class Connection {
  readonly #client: Client;
  readonly #bot: Pick<Bot, 'log' | 'counters'>;
  readonly #stopping = new AbortController();
  #up = false;
  #kept: Promise<void> = Promise.resolve();

  constructor(client: Client, bot: Pick<Bot, 'log' | 'counters'>) {
    this.#client = client;
    this.#bot = bot;
    guard(client, bot);
  }

  /** Whether Slack has said hello on a connection that still stands. */
  get up(): boolean {
    return this.#up;
  }

  /** Connects for the first time. @throws what Slack says */
  async start(): Promise<void> {
    await this.#connect();
    this.#kept = this.#keep();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#client.disconnect();
    await this.#kept;
  }

  async #connect(): Promise<void> {
    const late = setTimeout(() => void this.#client.disconnect(), HELLO_MS);
    try {
      await this.#client.start();
      this.#up = true;
    } finally {
      clearTimeout(late);
    }
  }

  async #keep(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await new Promise<void>((resolve) => this.#client.once('disconnected', () => resolve()));
      this.#up = false;
      if (signal.aborted) return;
      this.#bot.counters.count('socket.lost');
      this.#bot.log.info('Slack: connection lost, reconnecting');
      // Rejects only when the bot stops.
      await this.#reconnect(signal).catch(() => {});
    }
  }

  async #reconnect(signal: AbortSignal): Promise<void> {
    await withRetries(() => this.#connect(), {
      attempts: Number.POSITIVE_INFINITY,
      pause: (error, failed) => {
        const pause = PAUSES_MS[Math.min(failed, PAUSES_MS.length) - 1]!;
        this.#bot.log.warn({ reason: reasonOf(error), pause }, 'Slack: could not reconnect, trying again');
        return pause;
      },
      signal,
      background: true,
    });
    this.#bot.counters.count('socket.reconnected');
  }
}
