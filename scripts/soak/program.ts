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
  /** Up and not about to be killed. */
  up = false;
  /** How often it was killed: whoever saw another number was cut off. */
  kills = 0;
  readonly samples: Sample[] = [];

  constructor(env: Record<string, string>) {
    this.#env = env;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#env.PORT}`;
  }

  async start(): Promise<void> {
    const env = { PATH: process.env.PATH ?? '', NODE_OPTIONS: `--import ${CLOCK}`, ...this.#env };
    const child = spawn(process.execPath, [ENTRY, 'start'], { env });
    this.#child = child;
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

  async sample(): Promise<void> {
    const text = await fetch(`${this.url}/metrics`).then(
      (r) => r.text(),
      () => '',
    );
    const value = (name: string) => Number(new RegExp(`^${name} ([\\d.e+]+)$`, 'm').exec(text)?.[1]);
    const megabytes = value('process_resident_memory_bytes') / 1e6;
    if (!megabytes) return;
    this.samples.push({
      seconds: (performance.now() - this.#began) / 1000,
      megabytes,
      handles: value('nodejs_active_handles_total'),
    });
  }
}
