/**
 * Work that takes minutes (looking at posters, building a catalogue, publishing it), queued on the server of the state: a
 * worker that dies is followed by another, which goes on behind the last step that was done.
 */
import { randomUUID } from 'node:crypto';
import type { Job, Queue } from 'bullmq';
import { hashOf } from '../shared/hash.ts';
import { loadOptional } from '../shared/optional.ts';

/** One piece of work: commands of this program, one after the other. */
export interface Work {
  readonly steps: readonly (readonly string[])[];
}

/** Where the queue is, and how long a worker may be silent until it counts as dead, in milliseconds. */
export interface QueueOptions {
  readonly url: string;
  readonly deadMs?: number;
}

export interface Queued {
  readonly id: string;
  readonly state: string;
  readonly work: Work;
  /** Steps that are done. */
  readonly done: number;
  /** Why it failed last; null where it did not. */
  readonly failure: string | null;
}

const NAME = 'work';
const PREFIX = 'music2movie-jobs';
const DEAD_MS = 30_000;
/** Work that fails is tried as often, after a pause that doubles. */
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 10_000;
/** How often one piece of work may be left by workers that die. */
const MOST_DEATHS = 20;
/** Finished and failed work that is still listed. */
const KEPT = 50;

const load = () => loadOptional('Queued work', () => import('bullmq'));
const connectionTo = ({ url }: QueueOptions) => ({ connection: { url }, prefix: PREFIX });

/** Opens the queue, and closes it behind whatever is done with it. */
async function withQueue<T>(options: QueueOptions, use: (queue: Queue<Work>) => Promise<T>): Promise<T> {
  const { Queue } = await load();
  const queue = new Queue<Work>(NAME, connectionTo(options));
  try {
    return await use(queue);
  } finally {
    await queue.close();
  }
}

/** What the same work has in common. */
const nameOf = (work: Work) => hashOf(JSON.stringify(work.steps), 16);

/**
 * Adds work. The same work that is waiting or being done already is not added again.
 *
 * @param every when it is done again and again, in cron's five fields; null for once
 * @returns its id, and whether it stood already
 * @throws ConfigurationError where the package is absent
 */
export function addWork(
  options: QueueOptions,
  work: Work,
  every: string | null = null,
): Promise<{ id: string; stood: boolean }> {
  const name = nameOf(work);
  const how = {
    attempts: ATTEMPTS,
    backoff: { type: 'exponential', delay: FIRST_PAUSE_MS },
    removeOnComplete: KEPT,
    removeOnFail: KEPT,
    deduplication: { id: name },
  };
  return withQueue(options, async (queue) => {
    if (every !== null) {
      const stood = (await queue.getJobScheduler(name)) !== undefined;
      await queue.upsertJobScheduler(name, { pattern: every }, { name: NAME, data: work, opts: how });
      return { id: name, stood };
    }
    const jobId = randomUUID();
    const { id } = await queue.add(NAME, work, { ...how, jobId });
    return { id: id!, stood: id !== jobId };
  });
}

/** Takes away what waits or is done again and again. @returns false where there is none of that id, or it is being done */
export function removeWork(options: QueueOptions, id: string): Promise<boolean> {
  return withQueue(options, async (queue) => {
    if (await queue.removeJobScheduler(id)) return true;
    const job = await queue.getJob(id);
    if (!job || (await job.isActive())) return false;
    await job.remove();
    return true;
  });
}

/** Everything that waits, is being done, or was done lately. */
export function listWork(options: QueueOptions): Promise<Queued[]> {
  return withQueue(options, async (queue) => {
    const jobs = await queue.getJobs();
    return Promise.all(
      jobs.map(async (job) => ({
        id: job.id ?? '',
        state: await job.getState(),
        work: job.data,
        done: stepsDone(job),
        failure: job.failedReason || null,
      })),
    );
  });
}

const stepsDone = ({ progress }: Pick<Job, 'progress'>) => (typeof progress === 'number' ? progress : 0);

export interface Working {
  /** Takes nothing more; what is being done is ended and waits for another worker. */
  stop(): Promise<void>;
}

/**
 * Does work until it is stopped, one piece at a time.
 *
 * @param run does one step; the signal is aborted where this worker stops or counts as dead, and nothing more may be done
 * @param say told of what begins, ends and fails
 * @throws ConfigurationError where the package is absent
 */
export async function startWorking(
  options: QueueOptions,
  run: (step: readonly string[], signal: AbortSignal) => Promise<void>,
  say: (sentence: string) => void,
): Promise<Working> {
  const { Worker } = await load();
  const { deadMs = DEAD_MS } = options;
  const stopping = new AbortController();
  let current = new AbortController();
  const act = async (job: Job<Work>) => {
    current = new AbortController();
    const signal = AbortSignal.any([current.signal, stopping.signal]);
    const { steps } = job.data;
    for (let at = stepsDone(job); at < steps.length; at += 1) {
      say(`${job.id}: step ${at + 1} of ${steps.length}: ${steps[at]!.join(' ')}`);
      await run(steps[at]!, signal);
      signal.throwIfAborted();
      await job.updateProgress(at + 1);
    }
  };
  const worker = new Worker<Work>(NAME, act, {
    ...connectionTo(options),
    lockDuration: deadMs,
    stalledInterval: deadMs / 2,
    maxStalledCount: MOST_DEATHS,
  });
  worker.on('completed', ({ id }) => say(`${id}: done`));
  worker.on('failed', (job, error) => say(`${job?.id}: failed: ${error.message}`));
  // Another worker may have it by now.
  worker.on('lockRenewalFailed', () => current.abort());
  worker.on('error', (error) => say(`the server: ${error.message}`));
  await worker.waitUntilReady();
  return {
    async stop() {
      // The lock runs out, and another worker goes on.
      stopping.abort();
      await worker.close(true);
    },
  };
}
