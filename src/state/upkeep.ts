/** What a running program does for its state: expired entries are deleted, what is kept is copied once a day. */
import { SNAPSHOT_EVERY_MS, snapshotDue, takeSnapshot } from './check.ts';
import type { StateStore } from './store.ts';

/** How often expired entries are deleted, in milliseconds; the first time soon after the start. */
const SWEEP_EVERY_MS = 3600_000;
const FIRST_SWEEP_MS = 5_000;

export interface Upkeep {
  /** Ends it, once what is under way is done. */
  stop(): Promise<void>;
}

/**
 * Looks after an open store until it is stopped.
 *
 * @param dir its folder; null for one in memory, of which there are no snapshots
 * @param failed told of a sweep or snapshot that failed; the next one is tried all the same
 */
export function startUpkeep(
  state: StateStore,
  dir: string | null,
  failed: (what: 'sweep' | 'snapshot', error: unknown) => void,
  { sweepEvery = SWEEP_EVERY_MS, firstSweep = FIRST_SWEEP_MS } = {},
): Upkeep {
  let running: Promise<unknown> = Promise.resolve();
  const sweep = () => {
    running = running.then(() => state.sweep()).catch((error) => failed('sweep', error));
  };
  const snapshot = async () => {
    if (dir === null || !snapshotDue(dir)) return;
    const checked = await takeSnapshot(dir);
    const reason = checked.sound ? checked.uncopied : checked.reason;
    if (reason !== undefined) failed('snapshot', new Error(reason));
  };
  const timers = [
    setTimeout(sweep, firstSweep),
    setInterval(sweep, sweepEvery),
    setInterval(() => {
      running = running.then(snapshot).catch((error) => failed('snapshot', error));
    }, SNAPSHOT_EVERY_MS / 24),
  ];
  for (const timer of timers) timer.unref();
  return {
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      await running;
    },
  };
}
