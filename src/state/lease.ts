/** What one process at a time does: whoever holds the lease, until it lets go, or dies and the time runs out. */
import { randomUUID } from 'node:crypto';
import type { StateStore } from './store.ts';

export interface Lease {
  /** Holds it for another `ttl`. @returns false where it ran out and somebody else may have it */
  renew(): Promise<boolean>;
  /** Lets go, so that others need not wait for the time to run out. */
  release(): Promise<void>;
}

/**
 * Takes a lease among all processes that share the state.
 *
 * @param ttl milliseconds for which it is held unless renewed
 * @returns null where another holds it
 * @throws Music2MovieError `state.disk` when the state can't be reached and others could hold it
 */
export async function takeLease(state: StateStore, name: string, ttl: number): Promise<Lease | null> {
  const key = `lease:${name}`;
  const holder = randomUUID();
  if (!(await state.setIfAbsent(key, holder, ttl))) return null;
  const onlyMine = (next: string | undefined) => (current: string | undefined) => {
    if (current !== holder) throw new Lost();
    return next;
  };
  const change = (next: string | undefined, time?: number) =>
    state.update<string>(key, onlyMine(next), time).then(
      () => true,
      (error) => {
        if (error instanceof Lost) return false;
        throw error;
      },
    );
  return {
    renew: () => change(holder, ttl),
    release: async () => {
      await change(undefined);
    },
  };
}

/** Somebody else's now, or nobody's. */
class Lost extends Error {}
