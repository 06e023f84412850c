/** Keeps track of what is being done, so that a shutdown can wait for it. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that a shutdown waits for running answers, within the ten seconds that it may take altogether. */
export const DRAIN_MS = 9_000;

export class TaskTracker {
  readonly #running = new Set<Promise<void>>();

  /** Runs to its end; never rejects. @param failed told of whatever goes wrong */
  async run(task: () => Promise<void>, failed: (error: unknown) => void = () => {}): Promise<void> {
    const running = task().catch(failed);
    this.#running.add(running);
    await running;
    this.#running.delete(running);
  }

  /** Waits until nothing is left to do, at most so many milliseconds. */
  async drain(most = DRAIN_MS): Promise<void> {
    const ended = new AbortController();
    const all = async () => {
      while (this.#running.size > 0) await Promise.allSettled(this.#running);
    };
    await Promise.race([all(), sleep(most, undefined, { signal: ended.signal }).catch(() => {})]);
    ended.abort();
  }
}
