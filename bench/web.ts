/**
 * Latency of the page under load: 200 open connections, 300 requests of `/movie-for` a second at fixed
 * times, for 15 s, beside the same load on a bare Node server: `npx tsx bench/web.ts`.
 *
 * Requests start when they are due, whether or not earlier ones have been answered, and latency counts from
 * when they were due, so that a stall is not hidden. Servers run in processes of their own; loopback only.
 * Uses MUSIC2MOVIE_CATALOGUE, else data/catalogue.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createWebServer } from '../src/bots/web/start.ts';
import { loadConfig } from '../src/config.ts';
import { Engine } from '../src/engine/engine.ts';
import { createResolver } from '../src/lookup/resolve/resolver.ts';
import { openMemoryState } from '../src/state/memory.ts';

const CONNECTIONS = 200;
const RATE = 300;
const SECONDS = 15;
/** Left out at the start: compilation and first reads. */
const WARM_UP_SECONDS = 3;
const GOAL_MS = 50;
const SONGS = [
  'hold on',
  'blue monday',
  'clair de lune',
  'enter sandman',
  'creep',
  'halo',
  'thunder',
  'africa',
];

async function serve(kind: string): Promise<void> {
  let url: string;
  if (kind === 'bare') {
    const body = 'x'.repeat(20_000);
    const server = createServer((_, response) => response.end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  } else {
    const config = loadConfig({ ...process.env, MUSIC2MOVIE_OFFLINE: '1' });
    const engine = await Engine.open(config.catalogueDir);
    const state = openMemoryState();
    const resolver = createResolver({ known: engine, config, state });
    const context = { engine: () => engine, resolver, state, imageHost: null };
    const app = await createWebServer({ context, config: { rateLimitPerMinute: 1_000_000 } });
    url = await app.listen({ port: 0, host: '127.0.0.1' });
  }
  process.send?.(url);
}

interface Result {
  readonly sorted: readonly number[];
  readonly failed: number;
}

/** @param url of the server */
async function load(url: string): Promise<Result> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  let failed = 0;
  const ask = (at: number, counts: boolean) =>
    new Promise<void>((resolve) => {
      const song = encodeURIComponent(SONGS[Math.floor(at) % SONGS.length]!);
      const done = (ok: boolean) => {
        if (counts && ok) times.push(performance.now() - at);
        if (counts && !ok) failed++;
        resolve();
      };
      get(`${url}/movie-for?song=${song}`, { agent, headers: { 'hx-request': 'true' } }, (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode === 200));
      }).on('error', () => done(false));
    });
  // Every connection is open before the clock starts.
  await Promise.all(Array.from({ length: CONNECTIONS }, () => ask(performance.now(), false)));
  const start = performance.now();
  const pending: Promise<void>[] = [];
  const total = RATE * (SECONDS + WARM_UP_SECONDS);
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * RATE) + 1);
    for (; sent < due; sent++) {
      pending.push(ask(start + (sent * 1000) / RATE, sent >= RATE * WARM_UP_SECONDS));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  agent.destroy();
  return { sorted: times.sort((a, b) => a - b), failed };
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function measure(kind: 'bare' | 'page'): Promise<number> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['--serve', kind], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.once('message', (message) => resolve(String(message)));
      child.once('exit', (code) => reject(new Error(`The ${kind} server ended with status ${code}.`)));
    });
    const { sorted, failed } = await load(url);
    const show = (share: number) => `${percentile(sorted, share).toFixed(1)} ms`;
    console.log(
      `${kind.padEnd(5)} p50 ${show(0.5)}  p95 ${show(0.95)}  p99 ${show(0.99)}  ${sorted.length} answered, ${failed} failed`,
    );
    return failed > 0 ? Number.POSITIVE_INFINITY : percentile(sorted, 0.99);
  } finally {
    child.kill();
  }
}

if (process.argv[2] === '--serve') await serve(process.argv[3] ?? 'page');
else {
  console.log(`${CONNECTIONS} connections, ${RATE} requests/s, ${SECONDS} s`);
  await measure('bare');
  const p99 = await measure('page');
  console.log(`p99 ${p99 <= GOAL_MS ? 'within' : 'above'} the goal of ${GOAL_MS} ms`);
}
