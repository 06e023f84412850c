import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Music2MovieError } from '../shared/errors.ts';
import { alive, inOrder, outcomeOf } from './change.ts';
import { openFile, type StateFile, type Stored, toRecord } from './file.ts';
import { KeyedStore } from './keyed-store.ts';
import { kindOf, quotas, ruleOf } from './kinds.ts';
import type { Clock, StateBacking, StateChange, StateHealth, StateRecord, StateStore } from './store.ts';
import { Writer } from './writer.ts';

/** The two files of a state folder: what waits for the disk, and what may be lost. */
export const KEPT = 'kept.mdb';
export const PASSING = 'passing.mdb';

/** What is kept stays this long beyond its expiry, so that a clock set wrong for a day deletes no vote. */
const KEPT_GRACE_MS = 30 * 24 * 3600_000;

/** Where the time of the last sweep stands, in milliseconds since the epoch. */
const CLOCK_KEY = '!clock';
/** A step of the clock between two sweeps that is not believed at once, and how long it must hold, in milliseconds. */
const CLOCK_JUMP_MS = 90 * 24 * 3600_000;
const CLOCK_HELD_MS = 7 * 24 * 3600_000;

/** Passing entries remembered while they can't be written; the oldest are forgotten beyond that. */
const MAX_UNWRITTEN = 20_000;

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
  /** Passing entries that are being written, or could not be; null was removed. */
  readonly #unwritten = new Map<string, StateRecord | null>();
  readonly #onHealth: (health: StateHealth, reason: string) => void;
  #health: StateHealth = 'disk';
  #entries: Record<string, number> = {};
  /** Time of the first sweep. */
  #openedAt = Infinity;

  constructor(dir: string, onHealth: (health: StateHealth, reason: string) => void = () => {}) {
    this.#kept = new Part(join(dir, KEPT), true);
    this.#passing = new Part(join(dir, PASSING), false);
    this.#onHealth = onHealth;
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
    for (const [key, record] of this.#unwritten) {
      if (record && key.startsWith(prefix)) found.set(key, record);
      else found.delete(key);
    }
    return inOrder(found);
  }

  async change(change: StateChange): Promise<boolean> {
    const { key } = change;
    const { passing, most } = ruleOf(key);
    if (passing) return this.#pass(change);
    if (change.do !== 'remove' && (this.#entries[kindOf(key)] ?? 0) >= most && !this.read(key)) {
      throw new Music2MovieError('configuration', 'No more of this can be kept.', {
        id: 'state.full',
        hint: `There are ${most} entries of the kind ${kindOf(key)} already; music2movie state prune frees what has expired.`,
        exitCode: 1,
      });
    }
    const stood = change.do !== 'remove' && this.read(key) !== undefined;
    const made = await this.#tried(this.#kept.writer.change(change));
    if (made && change.do !== 'remove' && !stood)
      this.#entries[kindOf(key)] = (this.#entries[kindOf(key)] ?? 0) + 1;
    return made;
  }

  /** What others can decide as well waits for the file; the rest stands at once, and stays where writing fails. */
  async #pass(change: StateChange): Promise<boolean> {
    const { key } = change;
    if (this.#health === 'failing' && this.#unwritten.has(key)) return this.#decideHere(change);
    const written = this.#tried(this.#passing.writer.change(change));
    if (change.do === 'put') {
      const { record } = change;
      this.#remember(key, record);
      void written.then(
        () => this.#forget(key, record),
        () => {},
      );
      return true;
    }
    try {
      return await written;
    } catch (error) {
      if (!(error instanceof Music2MovieError && error.id === 'state.disk')) throw error;
      return this.#decideHere(change);
    }
  }

  #decideHere(change: StateChange): boolean {
    const [made, record] = outcomeOf(change, this.read(change.key));
    if (record !== undefined) this.#remember(change.key, record);
    return made;
  }

  #remember(key: string, record: StateRecord | null): void {
    this.#unwritten.delete(key);
    this.#unwritten.set(key, record);
    if (this.#unwritten.size > MAX_UNWRITTEN) this.#unwritten.delete(this.#unwritten.keys().next().value!);
  }

  #forget(key: string, record: StateRecord): void {
    if (this.#unwritten.get(key) === record) this.#unwritten.delete(key);
  }

  async #tried<T>(writing: Promise<T>): Promise<T> {
    try {
      const done = await writing;
      this.#turn('disk', 'written');
      return done;
    } catch (error) {
      this.#turn('failing', (error instanceof Music2MovieError && error.hint) || String(error));
      throw error;
    }
  }

  #turn(health: StateHealth, reason: string): void {
    if (health === this.#health) return;
    this.#health = health;
    this.#onHealth(health, reason);
    if (health !== 'disk') return;
    const now = Date.now();
    for (const [key, record] of this.#unwritten) {
      const change = record
        ? ({ do: 'put', key, record, now } as const)
        : ({ do: 'remove', key, now } as const);
      const written = this.#passing.writer.change(change);
      written.then(() => this.#unwritten.get(key) === record && this.#unwritten.delete(key)).catch(() => {});
    }
  }

  async sweep(now: number): Promise<number> {
    for (const [key, record] of this.#unwritten) {
      if (record && !alive(record, now)) this.#unwritten.delete(key);
    }
    this.#openedAt = Math.min(this.#openedAt, now);
    const grace = (await this.#clockIsPlausible(now)) ? KEPT_GRACE_MS : Infinity;
    const kept = await this.#tried(this.#kept.writer.sweep({ now, grace, most: {} }));
    const passing = await this.#tried(this.#passing.writer.sweep({ now, grace: 0, most: quotas() }));
    this.#entries = { ...kept.entries, ...passing.entries };
    return kept.removed + passing.removed;
  }

  /** After a jump of months the clock may be wrong: nothing that is kept is deleted until it has held for a week. */
  async #clockIsPlausible(now: number): Promise<boolean> {
    const seen = Number(this.#kept.read(CLOCK_KEY)?.v ?? now);
    const plausible = Math.abs(now - seen) < CLOCK_JUMP_MS || now - this.#openedAt > CLOCK_HELD_MS;
    const record = { json: String(now), expires: null };
    if (plausible) await this.#tried(this.#kept.writer.change({ do: 'put', key: CLOCK_KEY, record, now }));
    return plausible;
  }

  health(): StateHealth {
    return this.#health;
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
