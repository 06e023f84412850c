import { openLmdbState } from './lmdb.ts';
import { openMemoryState } from './memory.ts';
import type { Clock, StateStore } from './store.ts';

/**
 * Opens the store in the folder, or one in memory where the folder cannot be written: the program then
 * works, but forgets what it has seen when it ends.
 *
 * @param warn told once, with the reason, when the store is in memory only
 */
export function openState(dir: string, warn: (reason: string) => void, clock?: Clock): StateStore {
  try {
    return openLmdbState(dir, clock);
  } catch (error) {
    warn(error instanceof Error ? error.message : String(error));
    return openMemoryState(clock);
  }
}
