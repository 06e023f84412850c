/**
 * Small facts that must outlive a request: seen message ids, cached look-ups, ratings. Every backing keeps
 * JSON-able values under string keys, each with an optional expiry.
 */

/** What a store remembers across calls. Every duration is in milliseconds. */
export interface StateStore {
  /** The value under the key, or undefined when there is none or it has expired. */
  get<T>(key: string): Promise<T | undefined>;
  /** Replaces value and expiry; without `ttl` the entry never expires. */
  set<T>(key: string, value: T, ttl?: number): Promise<void>;
  /** Writes only where nothing unexpired stands, and says whether it did: true means "first time seen". */
  setIfAbsent<T>(key: string, value: T, ttl?: number): Promise<boolean>;
  /** Removes the entry and says whether an unexpired one stood there. */
  delete(key: string): Promise<boolean>;
  /**
   * Reads, changes and writes in one step that no other call, thread or process can come between.
   *
   * @param change gets the current value (undefined where there is none) and returns the new one; undefined
   *   deletes the entry. It must be synchronous. When it throws, nothing changes and the error is passed on.
   * @param ttl the new time to live; without it the entry keeps the expiry it had
   * @returns what stands there now
   */
  update<T>(
    key: string,
    change: (current: T | undefined) => T | undefined,
    ttl?: number,
  ): Promise<T | undefined>;
  /** Every unexpired entry whose key begins with the prefix, in the order of the keys' UTF-8 bytes. */
  list<T>(prefix: string): Promise<{ key: string; value: T }[]>;
  /** Removes what has expired and returns how many entries that were. */
  sweep(): Promise<number>;
  /** Frees the backing. Calls made afterwards are rejected. */
  close(): Promise<void>;
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

/** Where a store keeps its entries. Synchronous, so that what runs inside `exclusively` is one step. */
export interface StateBacking {
  read(key: string): StateRecord | undefined;
  write(key: string, record: StateRecord): void;
  remove(key: string): void;
  /** Entries from the first key not before `start`, in the order of the keys' UTF-8 bytes. */
  from(start: string): Iterable<readonly [string, StateRecord]>;
  /** Runs the action in one transaction. */
  exclusively<R>(action: () => R): R;
  close(): Promise<void>;
}
