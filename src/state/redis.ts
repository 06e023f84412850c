/** Opening the state on a server: connected, checked for the right key, on one clock with every other process. */
import type { Redis } from 'ioredis';
import { ConfigurationError } from '../shared/errors.ts';
import { loadOptional } from '../shared/optional.ts';
import { KeyedStore } from './keyed-store.ts';
import { type OnHealth, RedisBacking } from './redis-backing.ts';
import { withScripts } from './redis-scripts.ts';
import { pseudonymOf } from './secret-key.ts';
import type { Clock, StateStore } from './store.ts';

/** How long a start waits for a server that refuses or can't be found, and for one that says nothing. Milliseconds. */
const CONNECT_MS = 10_000;
const SILENT_MS = 60_000;
/** The longest pause between two attempts to connect, in milliseconds. */
const LONGEST_PAUSE_MS = 1_000;
/** The form of what stands on the server; raised when it changes. */
const REDIS_STATE_VERSION = 1;

export interface RedisStateOptions {
  readonly url: string;
  /** Names what is stored; without it keys are stored as they are. */
  readonly key?: string | undefined;
  readonly clock?: Clock | undefined;
  readonly onHealth?: OnHealth | undefined;
  /** Told what may cost entries, such as a server that keeps nothing on a disk. */
  readonly onDoubt?: ((reason: string) => void) | undefined;
  /** Before every key on the server. */
  readonly prefix?: string | undefined;
}

/**
 * Opens the store that many machines share.
 *
 * @throws ConfigurationError when the server can't be reached or refuses us, holds a state of another key or of a newer
 *   version, or the client is not installed
 */
export async function openRedisState(options: RedisStateOptions): Promise<StateStore> {
  const { url, key, clock, prefix = 'music2movie:' } = options;
  const { onHealth = () => {}, onDoubt = () => {} } = options;
  const { Redis } = await loadOptional('Keeping the state on a server', () => import('ioredis'));
  const settings = {
    keyPrefix: prefix,
    lazyConnect: true,
    maxRetriesPerRequest: null,
    enableAutoPipelining: true,
    retryStrategy: (failed: number) => Math.min(LONGEST_PAUSE_MS, 25 * 2 ** failed),
    // A server that became a replica refuses writes: the address leads to the new one.
    reconnectOnError: (error: Error) => (/^(READONLY|LOADING)/.test(error.message) ? 2 : false),
  };
  const redis = withScripts(new Redis(url, settings));
  let problem: string | null = null;
  redis.on('error', (error: Error) => {
    problem = error.message;
  });
  try {
    await connected(redis, () => problem);
    await checkVersion(redis);
    if (key !== undefined) await checkKey(redis, key);
    for (const doubt of await doubts(redis)) onDoubt(doubt);
    const now = clock ?? (await serverClock(redis));
    return new KeyedStore(new RedisBacking(redis, prefix, onHealth), { key, now });
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}

async function connected(redis: Redis, problem: () => string | null): Promise<void> {
  const late: NodeJS.Timeout[] = [];
  const tooLate = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new Error('too late'));
    // A busy machine may be slow to connect; what has failed will go on failing.
    late.push(
      setTimeout(() => problem() !== null && giveUp(), CONNECT_MS),
      setTimeout(giveUp, SILENT_MS),
    );
  });
  const refused = new Promise<never>((_, reject) => {
    redis.on('error', (error: Error) => {
      if (/^(WRONGPASS|NOAUTH|NOPERM)/.test(error.message)) reject(error);
    });
  });
  const ready = new Promise<void>((resolve) => redis.once('ready', () => resolve()));
  redis.connect().catch(() => {});
  try {
    await Promise.race([ready, tooLate, refused]);
  } catch (error) {
    throw new ConfigurationError('The server of the state could not be reached.', {
      id: 'state.unreachable',
      hint: `Check that it runs and that STATE_URL leads there (${problem() ?? 'no answer'}).`,
      underlying: error,
    });
  } finally {
    for (const timer of late) clearTimeout(timer);
  }
}

async function checkVersion(redis: Redis): Promise<void> {
  await redis.set('version', REDIS_STATE_VERSION, 'NX');
  const version = Number(await redis.get('version'));
  if (version <= REDIS_STATE_VERSION) return;
  throw new ConfigurationError('The state was written by a newer version of Music2Movie.', {
    id: 'state.newer',
    hint: `Run that version on every machine, or let STATE_URL name another database. (The state has version ${version}; this program knows up to ${REDIS_STATE_VERSION}.)`,
  });
}

/** Two keys on one server would be two states that cannot see each other's votes. */
async function checkKey(redis: Redis, key: string): Promise<void> {
  const name = pseudonymOf(key, 'which key names this state');
  await redis.set('key', name, 'NX');
  if ((await redis.get('key')) === name) return;
  throw new ConfigurationError('The state on the server was begun with another key.', {
    id: 'state.other-key',
    hint: 'Copy the key file (MUSIC2MOVIE_KEY_FILE) of the machine that began it to this one.',
  });
}

/** What may cost entries. Servers that tell nothing of themselves are believed. */
async function doubts(redis: Redis): Promise<string[]> {
  const info = await redis.info().catch(() => '');
  const value = (name: string) => new RegExp(`^${name}:(\\S*)`, 'm').exec(info)?.[1];
  const found: string[] = [];
  if (value('aof_enabled') === '0') {
    found.push('it does not log every change (appendonly no): a restart may lose votes');
  }
  const policy = value('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction' && value('maxmemory') !== '0') {
    found.push(`it deletes entries when its memory is full (maxmemory-policy ${policy}), votes among them`);
  }
  return found;
}

/** The server's clock as of now, carried on by this machine's steady one: all processes agree on what has expired. */
async function serverClock(redis: Redis): Promise<Clock> {
  const asked = performance.now();
  const [seconds, micros] = (await redis.time()).map(Number) as [number, number];
  const answered = performance.now();
  const offset = seconds * 1000 + micros / 1000 - (asked + answered) / 2;
  return () => Math.round(offset + performance.now());
}
