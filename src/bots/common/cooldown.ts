/** Token buckets per user, channel or whatever a key names. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { StateStore } from '../../state/store.ts';

export type Taken =
  | { readonly ok: true }
  | { readonly ok: false /** Whole seconds, at least 1. */; readonly seconds: number };

export interface Cooldown {
  /** Takes some, one by default, from the key's bucket, or says how long to wait. */
  take(key: string, points?: number): Promise<Taken>;
}

/** Where the buckets are when machines share them. */
export interface SharedBuckets {
  readonly state: StateStore;
  /** Tells them from other buckets. */
  readonly name: string;
}

/**
 * A bucket that allows `points` within `seconds` for each key. It is in memory, as a restart may forgive, unless the
 * state is shared among machines: then all of them fill one.
 */
export function makeCooldown(points: number, seconds: number, shared?: SharedBuckets): Cooldown {
  const own = inMemory(points, seconds);
  return shared?.state.shared ? amongMachines(points, seconds, shared, own) : own;
}

function inMemory(points: number, seconds: number): Cooldown {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return {
    async take(key, taken = 1) {
      try {
        await limiter.consume(key, taken);
        return { ok: true };
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return wait(refused.msBeforeNext);
      }
    },
  };
}

const wait = (ms: number): Taken => ({ ok: false, seconds: Math.max(1, Math.ceil(ms / 1000)) });

/** What was taken from a bucket since it was begun. */
interface Bucket {
  readonly taken: number;
  /** When it is full again, in milliseconds since the epoch. */
  readonly until: number;
}

/** Addresses remembered as refused; the oldest are forgotten beyond that. */
const MAX_REFUSED = 10_000;

/** @param own decides while the state can't be reached */
function amongMachines(
  points: number,
  seconds: number,
  { state, name }: SharedBuckets,
  own: Cooldown,
): Cooldown {
  const ms = seconds * 1000;
  /** Until when a key is refused: whoever floods costs the state nothing. */
  const refused = new Map<string, number>();
  return {
    async take(key, more = 1) {
      const now = Date.now();
      const until = refused.get(key) ?? 0;
      if (until > now) return wait(until - now);
      let after: Bucket;
      try {
        after = (await state.update<Bucket>(
          `bucket:${name}:${key}`,
          (bucket) =>
            bucket && bucket.until > now
              ? { taken: bucket.taken + more, until: bucket.until }
              : { taken: more, until: now + ms },
          ms,
        ))!;
      } catch {
        return own.take(key, more);
      }
      if (after.taken <= points) return { ok: true };
      refused.delete(key);
      refused.set(key, after.until);
      if (refused.size > MAX_REFUSED) refused.delete(refused.keys().next().value!);
      return wait(after.until - now);
    },
  };
}
