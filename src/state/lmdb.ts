import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Music2MovieError } from '../shared/errors.ts';
import { inOrder } from './change.js';
import { openFile, type StateFile, type Stored, toRecord } from './file.js';
import { KeyedStore } from './keyed-store.ts';
import { kindOf, quotas, ruleOf } from './kinds.ts';
import type { Clock, StateBacking, StateChange, StateHealth, StateRecord, StateStore } from './store.ts';
import { clockHolds, KEPT_GRACE_MS } from './sweep-clock.ts';
import { Unwritten } from './unwritten.ts';
import { Writer } from './writer.ts';

/** The two files of a state folder: what waits for the disk, and what may be lost. */
export const KEPT = 'kept.mdb';
export const PASSING = 'passing.mdb';

/** Where the time of the last sweep stands, in milliseconds since the epoch. */
const CLOCK_KEY = '!clock';

export interface LmdbOptions {
  readonly clock?: Clock | undefined;
  /** Names what is stored; without it keys are stored as they are. */
  readonly key?: string | undefined;
  /** Told when writing begins to fail, and when it works again. */
  readonly onHealth?: ((health: StateHealth, reason: string) => void) | undefined;
}

/**
 * Opens the store that survives restarts and may be shared by several processes on one machine. `open.ts` checks the
 * files first: a damaged one would end the process inside LMDB, where no `catch` helps.
 *
 * @throws whatever the file system says when the folder cannot be made or written
 */
export function openLmdbState(dir: string, options: LmdbOptions | Clock = {}): StateStore {
  const { clock, key, onHealth } = typeof options === 'function' ? { clock: options } : options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return new KeyedStore(new LmdbBacking(dir, onHealth), { now: clock, key });
}

/** One file with its writer. */
class Part {
  readonly file: string;
  readonly db: StateFile;
  readonly writer: Writer;

  constructor(file: string, durable: boolean) {
    this.file = file;
    this.db = openFile(file, durable);
    for (const name of [file, `${file}-lock`]) if (existsSync(name)) chmodSync(name, 0o600);
    this.writer = new Writer({ file, durable }, () => this.db.resetReadTxn());
  }

  read(key: string): Stored | undefined {
    return this.db.get(key);
  }

  async close(): Promise<void> {
    await this.writer.close();
    await this.db.close();
  }
}

class LmdbBacking implements StateBacking {
  readonly #kept: Part;
  readonly #passing: Part;
  readonly #unwritten: Unwritten;
  readonly #onHealth: (health: StateHealth, reason: string) => void;
  /** Files whose last write failed. */
  readonly #failing = new Set<Part>();
  #entries: Record<string, number> = {};
  /** Time of the first sweep. */
  #openedAt = Infinity;

  constructor(dir: string, onHealth: (health: StateHealth, reason: string) => void = () => {}) {
    this.#kept = new Part(join(dir, KEPT), true);
    this.#passing = new Part(join(dir, PASSING), false);
    this.#onHealth = onHealth;
    this.#unwritten = new Unwritten({
      write: (change) => this.#tried(this.#passing, (writer) => writer.change(change)),
      failing: () => this.#failing.has(this.#passing),
      stands: (key) => recordOf(this.#passing.read(key)),
    });
  }

  read(key: string): StateRecord | undefined {
    if (!ruleOf(key).passing) return recordOf(this.#kept.read(key));
    const unwritten = this.#unwritten.get(key);
    if (unwritten !== undefined) return unwritten ?? undefined;
    return recordOf(this.#passing.read(key));
  }

  within(prefix: string): Iterable<readonly [string, StateRecord]> {
    const found = new Map<string, StateRecord>();
    for (const { db } of [this.#kept, this.#passing]) {
      for (const { key, value } of db.getRange({ start: prefix })) {
        if (!key.startsWith(prefix)) break;
        // The file's own notes.
        if (key.startsWith('!')) continue;
        found.set(key, toRecord(value));
      }
    }
    this.#unwritten.layOver(found, prefix);
    return inOrder(found);
  }

  async change(change: StateChange): Promise<boolean> {
    const { key } = change;
    const { passing, most } = ruleOf(key);
    if (passing) return this.#unwritten.change(change);
    if (change.do !== 'remove' && (this.#entries[kindOf(key)] ?? 0) >= most && !this.read(key)) {
      throw new Music2MovieError('configuration', 'No more of this can be kept.', {
        id: 'state.full',
        hint: `There are ${most} entries of the kind ${kindOf(key)} already; music2movie state prune frees what has expired.`,
        exitCode: 1,
      });
    }
    const stood = change.do !== 'remove' && this.read(key) !== undefined;
    const made = await this.#tried(this.#kept, (writer) => writer.change(change));
    if (made && change.do !== 'remove' && !stood)
      this.#entries[kindOf(key)] = (this.#entries[kindOf(key)] ?? 0) + 1;
    return made;
  }

  async #tried<T>(part: Part, write: (writer: Writer) => Promise<T>): Promise<T> {
    try {
      const done = await write(part.writer);
      this.#turn(part, false, 'written');
      return done;
    } catch (error) {
      this.#turn(part, true, (error instanceof Music2MovieError && error.hint) || String(error));
      throw error;
    }
  }

  #turn(part: Part, fails: boolean, reason: string): void {
    if (fails === this.#failing.has(part)) return;
    const before = this.health();
    if (fails) this.#failing.add(part);
    else this.#failing.delete(part);
    if (this.health() !== before) this.#onHealth(this.health(), reason);
    // The other file may be written again as well: nothing else would try it before it is asked for.
    if (!fails) this.#unwritten.flush();
  }

  async sweep(now: number): Promise<number> {
    this.#unwritten.sweep(now);
    if (this.#failing.has(this.#passing)) this.#unwritten.flush();
    this.#openedAt = Math.min(this.#openedAt, now);
    const grace = (await this.#clockIsPlausible(now)) ? KEPT_GRACE_MS : Infinity;
    const kept = await this.#tried(this.#kept, (writer) => writer.sweep({ now, grace, most: {} }));
    const passing = await this.#tried(this.#passing, (writer) =>
      writer.sweep({ now, grace: 0, most: quotas() }),
    );
    this.#entries = { ...kept.entries, ...passing.entries };
    return kept.removed + passing.removed;
  }

  /** After a jump of months the clock may be wrong: nothing that is kept is deleted until it has held for a week. */
  async #clockIsPlausible(now: number): Promise<boolean> {
    const seen = Number(this.#kept.read(CLOCK_KEY)?.v ?? now);
    const plausible = clockHolds(seen, now, this.#openedAt);
    const record = { json: String(now), expires: null };
    const change = { do: 'put', key: CLOCK_KEY, record, now } as const;
    if (plausible) await this.#tried(this.#kept, (writer) => writer.change(change));
    return plausible;
  }

  health(): StateHealth {
    return this.#failing.size > 0 ? 'failing' : 'disk';
  }

  size() {
    const bytes = [this.#kept, this.#passing].map(
      ({ file }) => statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    );
    return { entries: this.#entries, bytes: bytes.reduce((sum, one) => sum + one, 0) };
  }

  async close(): Promise<void> {
    await Promise.all([this.#kept.close(), this.#passing.close()]);
  }
}

const recordOf = (stored: Stored | undefined): StateRecord | undefined => stored && toRecord(stored);
