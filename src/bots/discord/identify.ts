/** Identifying with Discord: of all processes that share the state, as many at once as Discord allows. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StateStore } from '../../state/store.ts';

/** Discord takes one identification in this time for each of its places, in milliseconds. */
const EVERY_MS = 5_000;
/** Between two looks at whether a place is free, in milliseconds. */
const LOOK_MS = 250;

/** Where discord.js asks before a shard identifies. */
export interface IdentifyThrottler {
  /** Fulfilled when the shard may; rejected when the signal is aborted. */
  waitForIdentify(shard: number, signal: AbortSignal): Promise<void>;
}

/**
 * Takes turns through the state. Where it can't be reached, each process waits on its own: Discord refuses what comes
 * too early, and discord.js tries again.
 *
 * @param places how many shards may identify at once (`max_concurrency`), at least 1
 */
export function sharedThrottler(
  state: StateStore,
  places: number,
  everyMs = EVERY_MS,
  lookMs = LOOK_MS,
): IdentifyThrottler {
  return {
    async waitForIdentify(shard, signal) {
      const key = `lease:discord-identify:${shard % places}`;
      while (!(await state.setIfAbsent(key, shard, everyMs))) await sleep(lookMs, undefined, { signal });
      signal.throwIfAborted();
    },
  };
}
