/** Token buckets per user, channel or whatever a key names; kept in memory, as a restart may forgive. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export type Taken =
  | { readonly ok: true }
  | { readonly ok: false /** Whole seconds, at least 1. */; readonly seconds: number };

export interface Cooldown {
  /** Takes some, one by default, from the key's bucket, or says how long to wait. */
  take(key: string, points?: number): Promise<Taken>;
}

/** A bucket that allows `points` within `seconds` for each key. */
export function makeCooldown(points: number, seconds: number): Cooldown {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return {
    async take(key, taken = 1) {
      try {
        await limiter.consume(key, taken);
        return { ok: true };
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return { ok: false, seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) };
      }
    },
  };
}
