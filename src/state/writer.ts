/** The main thread's side of a writer: what is asked for while a batch is being written becomes the next batch. */
import { Worker } from 'node:worker_threads';
import { Music2MovieError } from '../shared/errors.ts';
import type { StateChange } from './store.ts';
import type { WriterJob, WriterReply, WriterSetup } from './writer-job.ts';

/** Changes that may wait; more are refused, as a disk that slow will not catch up. */
const MAX_WAITING = 20_000;

interface Waiting {
  readonly change: StateChange;
  readonly resolve: (made: boolean) => void;
  readonly reject: (error: Error) => void;
}

type SweepJob = Extract<WriterJob, { do: 'sweep' }>;

export class Writer {
  readonly #setup: WriterSetup;
  readonly #written: () => void;
  /** Started with the first job, and anew after it has died. */
  #worker: Worker | null = null;
  #waiting: Waiting[] = [];
  #replied: ((reply: WriterReply) => void) | null = null;
  /** The job in hand; jobs follow each other. */
  #job: Promise<unknown> = Promise.resolve();
  #scheduled = false;

  /** @param written called when something has been written, before those who waited are told */
  constructor(setup: WriterSetup, written: () => void) {
    this.#setup = setup;
    this.#written = written;
  }

  /** @throws Music2MovieError `state.disk` when it could not be written */
  change(change: StateChange): Promise<boolean> {
    if (this.#waiting.length >= MAX_WAITING)
      return Promise.reject(notWritten('too much waits to be written'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ change, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      void this.#next(() => this.#writeAll());
    });
  }

  /** Removes what has expired, in the writer's thread. @throws Music2MovieError `state.disk` */
  async sweep(job: Omit<SweepJob, 'do'>): Promise<NonNullable<WriterReply['swept']>> {
    const reply = await this.#next(() => this.#run({ do: 'sweep', ...job }));
    if (!reply.swept) throw notWritten(reply.error ?? 'no reply');
    return reply.swept;
  }

  /** Writes what waits and ends the thread. */
  async close(): Promise<void> {
    await this.#job;
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    await this.#next(() => this.#run({ do: 'close' }));
    worker.ref();
    await ended;
  }

  #next<R>(job: () => Promise<R>): Promise<R> {
    const next = this.#job.then(job);
    this.#job = next.catch(() => {});
    return next;
  }

  async #writeAll(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#scheduled = false;
    const reply = await this.#run({ do: 'changes', changes: batch.map(({ change }) => change) });
    this.#written();
    for (const [at, { resolve, reject }] of batch.entries()) {
      if (reply.made) resolve(reply.made[at]!);
      else reject(notWritten(reply.error ?? 'no reply'));
    }
  }

  #run(job: WriterJob): Promise<WriterReply> {
    this.#worker ??= this.#start();
    this.#worker.ref();
    const replied = new Promise<WriterReply>((resolve) => {
      this.#replied = resolve;
    });
    this.#worker.postMessage(job);
    return replied;
  }

  #start(): Worker {
    const entry = new URL('./writer-thread.js', import.meta.url);
    const worker = new Worker(entry, { workerData: this.#setup, execArgv: [] });
    const ended = (reason: string) => {
      if (this.#worker === worker) this.#worker = null;
      this.#reply({ error: reason });
    };
    worker.on('message', (reply: WriterReply) => {
      // Nobody waits for a writer that has nothing to do.
      worker.unref();
      this.#reply(reply);
    });
    worker.on('error', (error) => ended(error.message));
    worker.on('exit', () => ended('the thread that writes the state has ended'));
    return worker;
  }

  #reply(reply: WriterReply): void {
    const told = this.#replied;
    this.#replied = null;
    told?.(reply);
  }
}

function notWritten(reason: string): Music2MovieError {
  return new Music2MovieError('configuration', 'What should be kept could not be written.', {
    id: 'state.disk',
    hint: `Check the disk and the folder of the state (${reason}).`,
    exitCode: 1,
  });
}
