/**
 * Facts that must outlive a request: votes, settings, seen message ids, cached look-ups. Every backing keeps
 * JSON-able values under string keys `<kind>:<name>`, each with an optional expiry; `kinds.ts` says how each kind
 * is kept.
 */

/** What a store remembers across calls. Every duration is in milliseconds. Nothing here waits for a disk on the event loop. */
export interface StateStore {
  /** Whether processes of other machines see the same entries. */
  readonly shared: boolean;
  /** The value under the key, or undefined when there is none or it has expired. */
  get<T>(key: string): Promise<T | undefined>;
  /** Replaces value and expiry; without `ttl` the entry never expires. */
  set<T>(key: string, value: T, ttl?: number): Promise<void>;
  /** Writes only where nothing unexpired stands, and says whether it did: true means "first time seen". */
  setIfAbsent<T>(key: string, value: T, ttl?: number): Promise<boolean>;
  /**
   * Makes sure that the value stands for at least half of `ttl`: writes nothing where it does already. For what can
   * be told from its key, such as a name derived from the content.
   */
  keep<T>(key: string, value: T, ttl: number): Promise<void>;
  /** Removes the entry and says whether an unexpired one stood there. */
  delete(key: string): Promise<boolean>;
  /**
   * Reads, changes and writes in one step that no other call, thread or process can come between.
   *
   * @param change gets the current value (undefined where there is none) and returns the new one; undefined
   *   deletes the entry. Synchronous, and perhaps called again where somebody else was faster. When it throws,
   *   nothing changes and the error is passed on.
   * @param ttl the new time to live; without it the entry keeps the expiry it had
   * @returns what stands there now
   */
  update<T>(
    key: string,
    change: (current: T | undefined) => T | undefined,
    ttl?: number,
  ): Promise<T | undefined>;
  /**
   * Every unexpired entry whose key begins with the prefix, in the order of the stored keys' UTF-8 bytes. The keys
   * given are as stored, perhaps hashed; every method takes them.
   *
   * @param prefix ends with `:` unless it is a kind, or empty
   */
  list<T>(prefix: string): Promise<{ key: string; value: T }[]>;
  /** Removes what has expired and, of kinds over their quota, what expires first. Gives how many entries that were. */
  sweep(): Promise<number>;
  /** A name for a person or place that only this store's key file can give: 22 characters, 132 bits. */
  pseudonym(text: string): string;
  /** How the store is, for `/readyz` and metrics. */
  health(): StateHealth;
  /** Entries by kind and the size on disk, as of the last sweep. */
  size(): StateSize;
  /** Writes what is still to be written and frees the backing. Calls made afterwards are rejected. */
  close(): Promise<void>;
}

/**
 * `disk`: all is kept; `memory`: nothing outlives the process; `failing`: the last write did not reach the disk, so
 * that votes and settings are refused.
 */
export type StateHealth = 'disk' | 'memory' | 'failing';

export interface StateSize {
  readonly entries: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/** Milliseconds since the epoch; tests pass their own. */
export type Clock = () => number;

/** One entry as a backing keeps it. */
export interface StateRecord {
  /** The value as JSON. */
  readonly json: string;
  /** Milliseconds since the epoch; null never expires. */
  readonly expires: number | null;
}

/** One change; all of it happens or nothing. `now` decides what counts as standing there. */
export type StateChange = { readonly key: string; readonly now: number } & (
  | { readonly do: 'put'; readonly record: StateRecord }
  /** Only where nothing unexpired stands. */
  | { readonly do: 'add'; readonly record: StateRecord }
  /** Only where exactly `before` stands (null: nothing unexpired); a null record removes. */
  | { readonly do: 'swap'; readonly before: StateRecord | null; readonly record: StateRecord | null }
  /** True when something unexpired stood there. */
  | { readonly do: 'remove' }
);

type Entries = Iterable<readonly [key: string, StateRecord]>;

/** Where a store keeps its entries. Reads of a mapped file are there at once, those over a network are waited for. */
export interface StateBacking {
  /** Whether other machines see the same entries; default false. */
  readonly shared?: boolean;
  /** @throws Music2MovieError `state.disk` when what is kept can't be reached */
  read(key: string): StateRecord | undefined | Promise<StateRecord | undefined>;
  /** Entries whose key begins with the prefix, in the order of the keys' UTF-8 bytes. */
  within(prefix: string): Entries | Promise<Entries>;
  /**
   * Makes a change and says whether it was made.
   *
   * @throws Music2MovieError `state.disk` when it could not be written
   */
  change(change: StateChange): Promise<boolean>;
  /** @returns entries removed */
  sweep(now: number): Promise<number>;
  health(): StateHealth;
  size(): StateSize;
  close(): Promise<void>;
}
