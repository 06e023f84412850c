/** The program under test, as a process that is started, killed and asked for its figures. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A port that nobody has now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const ENTRY = fileURLToPath(new URL('../../bin/music2movie.js', import.meta.url));
const CLOCK = new URL('./clock.mjs', import.meta.url).href;

export interface Sample {
  readonly seconds: number;
  readonly megabytes: number;
  readonly handles: number;
}

export class Program {
  readonly #env: Record<string, string>;
  readonly #began = performance.now();
  #child: ChildProcess | null = null;
  /** Everything it has written. */
  said = '';
  #saidBefore = 0;
  /** Up and not about to be killed. */
  up = false;
  /** How often it was killed: whoever saw another number was cut off. */
  kills = 0;
  readonly samples: Sample[] = [];

  constructor(env: Record<string, string>) {
    this.#env = env;
  }

  /** Where it answers; empty until it has said so, where the system chose its port. */
  get url(): string {
    const { PORT } = this.#env;
    return PORT === '0'
      ? (this.#last(/(?:Open|How it is:) (http:\/\/[^\s/]+)/g) ?? '')
      : `http://127.0.0.1:${PORT}`;
  }

  /** Where Slack's requests are taken. */
  get slackUrl(): string {
    return this.#last(/Slack: listening at (http:\/\/[^\s"]+)/g) ?? '';
  }

  /** What it said last, since it was started. */
  #last(pattern: RegExp): string | null {
    return [...this.said.slice(this.#saidBefore).matchAll(pattern)].at(-1)?.[1] ?? null;
  }

  async start(): Promise<void> {
    const env = { PATH: process.env.PATH ?? '', NODE_OPTIONS: `--import ${CLOCK}`, ...this.#env };
    const child = spawn(process.execPath, [ENTRY, 'start'], { env });
    this.#child = child;
    this.#saidBefore = this.said.length;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        this.said += chunk;
      });
    for (;;) {
      if (child.exitCode !== null)
        throw new Error(`the program ended with ${child.exitCode}: ${this.said.slice(-2000)}`);
      const ready = await fetch(`${this.url}/readyz`).then(
        (r) => r.status === 200,
        () => false,
      );
      if (ready) break;
      await sleep(100);
    }
    this.up = true;
  }

  async kill(): Promise<void> {
    const ended = this.#child === null || this.#child.exitCode !== null || this.#child.signalCode !== null;
    if (ended) return;
    this.up = false;
    this.kills += 1;
    this.#child!.kill('SIGKILL');
    await once(this.#child!, 'close');
  }

  /** @returns its exit status, and the milliseconds that it took */
  async stop(): Promise<{ code: number | null; ms: number }> {
    this.up = false;
    const began = performance.now();
    this.#child!.kill('SIGTERM');
    const [code] = (await once(this.#child!, 'close')) as [number | null];
    return { code, ms: performance.now() - began };
  }

  async #metrics(): Promise<(name: string) => number> {
    const text = await fetch(`${this.url}/metrics`).then(
      (r) => r.text(),
      () => '',
    );
    return (name) => Number(new RegExp(`^${name} ([\\d.e+-]+)$`, 'm').exec(text)?.[1]);
  }

  /** Waits until it has done what it does by itself after its start. */
  async settled(): Promise<void> {
    let before = 0;
    while (this.up) {
      const seconds = (await this.#metrics())('process_cpu_seconds_total');
      if (seconds - before < 0.02) return;
      before = seconds;
      await sleep(1_000);
    }
  }

  async sample(): Promise<void> {
    const value = await this.#metrics();
    const megabytes = value('process_resident_memory_bytes') / 1e6;
    if (!megabytes) return;
    this.samples.push({
      seconds: (performance.now() - this.#began) / 1000,
      megabytes,
      handles: value('nodejs_active_handles_total'),
    });
  }
}
