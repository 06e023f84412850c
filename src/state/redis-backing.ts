/** Entries on a server that speaks Redis' protocol (Valkey, Redis): shared by processes on many machines. */
import { randomBytes } from 'node:crypto';
import { Music2MovieError } from '../shared/errors.ts';
import { inOrder } from './change.js';
import { kindOf, quotas, ruleOf } from './kinds.ts';
import { ENTRY, EXPIRY, NAMES, type ScriptedRedis } from './redis-scripts.ts';
import type { StateBacking, StateChange, StateHealth, StateRecord } from './store.ts';
import { clockHolds, KEPT_GRACE_MS } from './sweep-clock.ts';
import { Unwritten } from './unwritten.ts';

/** The server drops passing entries by itself this long after their time, should nobody sweep. Milliseconds. */
const DROP_AFTER_MS = 2 * 3600_000;
/** Names asked for, or removed, at once. */
const BATCH = 500;
/** How long one command may take, in milliseconds: less than the three seconds that Discord waits for an answer. */
const COMMAND_MS = 2_500;
/** Where the time of the last sweep stands, in milliseconds since the epoch. */
const CLOCK = 'clock';

export type OnHealth = (health: StateHealth, reason: string) => void;

export class RedisBacking implements StateBacking {
  readonly shared = true;
  readonly #redis: ScriptedRedis;
  readonly #prefix: string;
  readonly #onHealth: OnHealth;
  readonly #unwritten: Unwritten;
  /** Names the changes of this process. */
  readonly #process = randomBytes(9).toString('base64url');
  #changes = 0;
  #health: StateHealth = 'disk';
  #size = { entries: {} as Record<string, number>, bytes: 0 };
  #openedAt = Infinity;

  /** @param prefix what the client puts before every key */
  constructor(redis: ScriptedRedis, prefix: string, onHealth: OnHealth) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#onHealth = onHealth;
    this.#unwritten = new Unwritten({
      write: (change) => this.#write(change),
      failing: () => this.#health === 'failing',
      stands: () => undefined,
    });
    redis.on('ready', () => this.#turn('disk', 'connected'));
  }

  async read(key: string): Promise<StateRecord | undefined> {
    const { passing } = ruleOf(key);
    const here = passing ? this.#unwritten.get(key) : undefined;
    if (here !== undefined) return here ?? undefined;
    try {
      return recordOf(await this.#tried(() => this.#redis.get(ENTRY + key)));
    } catch (error) {
      if (passing) return undefined;
      throw error;
    }
  }

  async within(prefix: string): Promise<[string, StateRecord][]> {
    const found = new Map<string, StateRecord>();
    for await (const names of this.#names(prefix)) {
      const entries = await this.#tried(() => this.#redis.mget(names.map((name) => ENTRY + name)));
      for (const [at, entry] of entries.entries()) {
        const record = recordOf(entry);
        if (record) found.set(names[at]!, record);
      }
    }
    this.#unwritten.layOver(found, prefix);
    return inOrder(found);
  }

  /** Names that begin with the prefix, in batches. */
  async *#names(prefix: string): AsyncGenerator<string[]> {
    // No name holds the byte 255: all that begin with the prefix stand before it.
    const end = Buffer.concat([Buffer.from(`(${prefix}`), Buffer.from([255])]);
    let start = `[${prefix}`;
    for (;;) {
      const from = start;
      const names = await this.#tried(() => this.#redis.zrange(NAMES, from, end, 'BYLEX', 'LIMIT', 0, BATCH));
      if (names.length > 0) yield names;
      if (names.length < BATCH) return;
      start = `(${names.at(-1)}`;
    }
  }

  async change(change: StateChange): Promise<boolean> {
    return ruleOf(change.key).passing ? this.#unwritten.change(change) : this.#write(change);
  }

  async #write(change: StateChange): Promise<boolean> {
    const { key, now } = change;
    const { passing, most } = ruleOf(key);
    const record = change.do === 'remove' ? null : change.record;
    const expires = record?.expires ?? null;
    this.#changes += 1;
    const mark = `${this.#process}${this.#changes.toString(36)}`;
    const dropAfter =
      passing && expires !== null ? Math.max(1, Math.ceil(expires - now)) + DROP_AFTER_MS : '-';
    const sweepAt = expires === null ? '-' : expires + (passing ? 0 : KEPT_GRACE_MS);
    const made = await this.#tried(() =>
      this.#redis.stateChange(
        ENTRY + key,
        NAMES,
        EXPIRY,
        key,
        change.do,
        now,
        mark,
        record ? bodyOf(record) : '',
        dropAfter,
        sweepAt,
        change.do === 'swap' && change.before ? bodyOf(change.before) : '',
        passing ? '-' : most,
        kindOf(key),
      ),
    );
    if (made < 0) throw full(kindOf(key), most);
    return made === 1;
  }

  async sweep(now: number): Promise<number> {
    this.#unwritten.sweep(now);
    this.#openedAt = Math.min(this.#openedAt, now);
    const seen = Number((await this.#tried(() => this.#redis.get(CLOCK))) ?? now);
    const plausible = clockHolds(seen, now, this.#openedAt);
    if (plausible) await this.#tried(() => this.#redis.set(CLOCK, now));
    let removed = 0;
    for (;;) {
      const due = await this.#tried(() => this.#redis.zrangebyscore(EXPIRY, '-inf', now, 'LIMIT', 0, BATCH));
      const names = plausible ? due : due.filter((name) => ruleOf(name).passing);
      const gone = names.length > 0 ? await this.#remove(names, now) : 0;
      removed += gone;
      if (due.length < BATCH || gone === 0) break;
    }
    for (const [kind, most] of Object.entries(quotas())) {
      if (ruleOf(kind).passing) removed += await this.#makeRoom(kind, most);
    }
    this.#size = await this.#measured();
    return removed;
  }

  /** Of a passing kind over its quota, what expires first gives way. */
  async #makeRoom(kind: string, most: number): Promise<number> {
    const over = (await this.#count(kind)) - most;
    if (over <= 0) return 0;
    const all: [string, number][] = [];
    for await (const names of this.#names(`${kind}:`)) {
      const scores = await this.#tried(() => this.#redis.zmscore(EXPIRY, ...names));
      for (const [at, name] of names.entries()) all.push([name, Number(scores[at] ?? Infinity)]);
    }
    all.sort((a, b) => a[1] - b[1]);
    const doomed = all.slice(0, over).filter(([, expires]) => expires < Infinity);
    let removed = 0;
    for (let at = 0; at < doomed.length; at += BATCH) {
      const batch = doomed.slice(at, at + BATCH);
      removed += await this.#remove(
        batch.map(([name]) => name),
        Number.MAX_SAFE_INTEGER,
      );
    }
    return removed;
  }

  #remove(names: readonly string[], now: number): Promise<number> {
    return this.#tried(() => this.#redis.stateSweep(NAMES, EXPIRY, this.#prefix + ENTRY, now, ...names));
  }

  #count(kind: string): Promise<number> {
    return this.#tried(() => this.#redis.zlexcount(NAMES, `[${kind}:`, `(${kind};`));
  }

  async #measured() {
    const entries: Record<string, number> = {};
    for (const kind of Object.keys(quotas())) {
      const count = await this.#count(kind);
      if (count > 0) entries[kind] = count;
    }
    const info = await this.#tried(() => this.#redis.info('memory'));
    return { entries, bytes: Number(/^used_memory:(\d+)/m.exec(info)?.[1] ?? 0) };
  }

  async #tried<T>(ask: () => Promise<T>): Promise<T> {
    // While the connection is known to be lost, nobody waits for it.
    if (this.#health === 'failing' && this.#redis.status !== 'ready') throw unreachable('not connected');
    try {
      const done = await inTime(ask());
      this.#turn('disk', 'written');
      return done;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#turn('failing', reason);
      throw unreachable(reason);
    }
  }

  #turn(health: StateHealth, reason: string): void {
    if (health === this.#health) return;
    this.#health = health;
    this.#onHealth(health, reason);
    if (health === 'disk') this.#unwritten.flush();
  }

  health(): StateHealth {
    return this.#health;
  }

  size() {
    return this.#size;
  }

  async close(): Promise<void> {
    if (this.#redis.status !== 'ready') return this.#redis.disconnect();
    // Whatever was sent before is answered before this.
    await this.#redis.quit().catch(() => this.#redis.disconnect());
  }
}

/** Expiry and JSON as they stand in an entry. */
const bodyOf = ({ json, expires }: StateRecord) => `${expires ?? '-'} ${json}`;

function recordOf(entry: string | null | undefined): StateRecord | undefined {
  if (!entry) return undefined;
  const first = entry.indexOf(' ');
  const second = entry.indexOf(' ', first + 1);
  const expires = entry.slice(first + 1, second);
  return { json: entry.slice(second + 1), expires: expires === '-' ? null : Number(expires) };
}

/**
 * Rejects when a reply has not come in time. A process that was held up looks once more at what has arrived meanwhile.
 */
function inTime<T>(asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error('no reply in time'));
    const timer = setTimeout(() => setImmediate(() => setImmediate(late)), COMMAND_MS);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function unreachable(reason: string): Music2MovieError {
  return new Music2MovieError('configuration', 'What should be kept could not be written.', {
    id: 'state.disk',
    hint: `Check the server at STATE_URL (${reason}).`,
    exitCode: 1,
  });
}

function full(kind: string, most: number): Music2MovieError {
  return new Music2MovieError('configuration', 'No more of this can be kept.', {
    id: 'state.full',
    hint: `There are ${most} entries of the kind ${kind} already; music2movie state prune frees what has expired.`,
    exitCode: 1,
  });
}
