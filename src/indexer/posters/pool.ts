/** Worker processes that look at posters: all cores busy, a crash costs one poster at most. */
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigurationError, Music2MovieError } from '../../shared/errors.ts';
import type { PosterJob, PosterOutcome, WorkerMessage, WorkerSetup, WorkOrder } from './protocol.ts';

export interface PoolOptions extends WorkerSetup {
  /** Processes; as many as there are cores by default. */
  readonly workers?: number;
  /** How long a worker may take over one order before it is taken for stuck; ms, default 120,000. */
  readonly timeoutMs?: number;
}

/** Orders that a worker holds at a time: one under way, the next one's pictures being decoded. */
const ORDERS_PER_WORKER = 2;
/** Starts that may fail in a row before the pool gives up. */
const MAX_FAILED_STARTS = 3;
const STOP_GRACE_MS = 5_000;

interface Task {
  readonly jobs: readonly PosterJob[];
  /** Was under way when a worker crashed: runs alone, so that a second crash convicts it. */
  readonly suspect: boolean;
  readonly resolve: (outcomes: readonly PosterOutcome[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Worker {
  readonly process: ChildProcess;
  readonly tasks: Map<number, Task>;
  ready: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Open one, `embed` from several places at once (each call is one order), `close` it. */
export class PosterPool {
  readonly #options: PoolOptions;
  readonly #size: number;
  readonly #workers = new Set<Worker>();
  readonly #queue: Task[] = [];
  #nextId = 0;
  #failedStarts = 0;
  #closed: unknown = null;
  /** Workers that ended without being asked to. */
  crashes = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#size = Math.max(1, options.workers ?? availableParallelism());
  }

  /** How many orders keep every worker busy: more only wait. */
  get lanes(): number {
    return this.#size * ORDERS_PER_WORKER;
  }

  /** Process ids of the workers that run now. */
  get pids(): number[] {
    return [...this.#workers].flatMap(({ process }) => process.pid ?? []);
  }

  /**
   * Features of some posters, in their order. A poster that ends its worker twice is given up as `crashed`.
   * @throws ConfigurationError when the network is missing or unusable
   */
  embed(jobs: readonly PosterJob[]): Promise<readonly PosterOutcome[]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(this.#closed);
      this.#queue.push({ jobs, suspect: false, resolve, reject });
      while (this.#workers.size < this.#size) this.#start();
      this.#dispatch();
    });
  }

  /** Ends the workers; orders that still wait are rejected. */
  async close(): Promise<void> {
    this.#fail(new Error('The pool is closed.'));
    await Promise.all(
      [...this.#workers].map(async ({ process: child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = new Promise((resolve) => child.once('exit', resolve));
        const kill = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
        if (child.connected) child.disconnect();
        await ended;
        clearTimeout(kill);
      }),
    );
  }

  #start(): void {
    const { file, side, width, scaling } = this.#options;
    const setup: WorkerSetup = JSON.parse(JSON.stringify({ file, side, width, scaling }));
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [JSON.stringify(setup)], {
      execArgv: ['--import', tsx],
      serialization: 'advanced',
      // What libvips and the runtime print belongs to no report; faults come back as messages.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const worker: Worker = { process: child, tasks: new Map(), ready: false, timer: undefined };
    this.#workers.add(worker);
    child.on('message', (message) => this.#hear(worker, message as WorkerMessage));
    child.once('exit', () => this.#ended(worker));
    // A process that could not even be started reports an error and never exits.
    child.once('error', () => this.#ended(worker));
  }

  #hear(worker: Worker, message: WorkerMessage): void {
    if (message.kind === 'unusable') {
      const { id, sentence, hint } = message;
      this.#fail(new ConfigurationError(sentence, { id, hint }));
      worker.process.disconnect();
      return;
    }
    if (message.kind === 'ready') {
      worker.ready = true;
      this.#failedStarts = 0;
    } else {
      const task = worker.tasks.get(message.id);
      worker.tasks.delete(message.id);
      task?.resolve(message.outcomes);
      this.#watch(worker);
    }
    this.#dispatch();
  }

  #dispatch(): void {
    // Breadth first: a second order only where every worker has a first one.
    for (let depth = 0; depth < ORDERS_PER_WORKER; depth++) {
      for (const worker of this.#workers) {
        if (this.#queue.length === 0) return;
        if (!worker.ready || worker.tasks.size !== depth) continue;
        const alone = this.#queue[0]!.suspect || [...worker.tasks.values()].some((task) => task.suspect);
        if (alone && depth > 0) continue;
        this.#give(worker, this.#queue.shift()!);
      }
    }
  }

  #give(worker: Worker, task: Task): void {
    const order: WorkOrder = { id: this.#nextId++, jobs: task.jobs };
    worker.tasks.set(order.id, task);
    // A send that fails is followed by the worker's end, which deals with its tasks.
    worker.process.send(order, () => {});
    if (worker.tasks.size === 1) this.#watch(worker);
  }

  #watch(worker: Worker): void {
    clearTimeout(worker.timer);
    if (worker.tasks.size === 0) return;
    worker.timer = setTimeout(() => worker.process.kill('SIGKILL'), this.#options.timeoutMs ?? 120_000);
  }

  #ended(worker: Worker): void {
    clearTimeout(worker.timer);
    if (!this.#workers.delete(worker) || this.#closed) return;
    this.crashes++;
    if (!worker.ready && ++this.#failedStarts >= MAX_FAILED_STARTS) {
      this.#fail(
        new Music2MovieError('bug', "The image network's processes end before they have started.", {
          id: 'visual.worker',
        }),
      );
      return;
    }
    for (const task of worker.tasks.values()) this.#retry(task);
    if (this.#queue.length > 0) this.#start();
    this.#dispatch();
  }

  /** Puts a crashed worker's task back, poster by poster; a poster that was alone is the one to blame. */
  #retry(task: Task): void {
    if (task.suspect) {
      task.resolve(
        task.jobs.map(({ poster }) => ({ poster, fault: 'crashed', detail: 'its worker process ended' })),
      );
      return;
    }
    const parts = task.jobs.map(
      (job) =>
        new Promise<readonly PosterOutcome[]>((resolve, reject) => {
          this.#queue.unshift({ jobs: [job], suspect: true, resolve, reject });
        }),
    );
    Promise.all(parts).then((outcomes) => task.resolve(outcomes.flat()), task.reject);
  }

  #fail(error: unknown): void {
    this.#closed ??= error;
    const waiting = [
      ...this.#queue.splice(0),
      ...[...this.#workers].flatMap((worker) => [...worker.tasks.values()]),
    ];
    for (const worker of this.#workers) {
      clearTimeout(worker.timer);
      worker.tasks.clear();
    }
    for (const task of waiting) task.reject(error);
  }
}
