/**
 * Measures what a start takes, for docs/SCALING.md: with nothing set, and with a server for the state.
 *
 *   npx tsx bench/start.ts [--before <folder of an earlier version>] [--write]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { REDIS, startRedis } from '../test/support/redis.ts';

const MEASURED = fileURLToPath(new URL('../docs/scaling.json', import.meta.url));
const HERE = fileURLToPath(new URL('..', import.meta.url));
/** Starts of each kind, in turn; the middle one counts. */
const TIMES = 3;
/** After the start the program prepares its search for songs, in seconds of processor time; then it rests. */
const RESTING = 0.02;

const { values } = parseArgs({ options: { before: { type: 'string' }, write: { type: 'boolean' } } });

interface Start {
  /** Until it answers: processor seconds, as they depend less on what else runs than seconds do. */
  readonly cpu: number;
  readonly ms: number;
  /** Once it rests, in megabytes. */
  readonly rss: number;
}

/** Seconds of processor time and resident megabytes of a process. */
function taken(pid: number): { cpu: number; rss: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1];
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, rss: Number(kb) / 1024 };
}

async function startOnce(program: string, env: Record<string, string>): Promise<Start> {
  const state = mkdtempSync(path.join(tmpdir(), 'music2movie-start-'));
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(program, 'bin/music2movie.js'), 'start'], {
    cwd: state,
    env: { PATH: process.env.PATH, PORT: '0', MUSIC2MOVIE_STATE: path.join(state, 'state'), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes('Ctrl+C')) break;
  }
  const ms = Math.round(performance.now() - began);
  const { cpu } = taken(child.pid!);
  let before = cpu;
  for (;;) {
    await sleep(1_000);
    const now = taken(child.pid!);
    if (now.cpu - before < RESTING) break;
    before = now.cpu;
  }
  const { rss } = taken(child.pid!);
  child.kill('SIGKILL');
  await once(child, 'close');
  rmSync(state, { recursive: true, force: true });
  return { cpu, ms, rss };
}

const middle = (all: readonly number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!;

const folder = mkdtempSync(path.join(tmpdir(), 'music2movie-start-'));
const server = REDIS === null ? null : await startRedis();
const base = {
  MUSIC2MOVIE_CATALOGUE: path.join(folder, 'catalogue'),
  MUSIC2MOVIE_KEY_FILE: path.join(folder, 'key'),
};
// An earlier version may build another catalogue.
const earlier = { ...base, MUSIC2MOVIE_CATALOGUE: path.join(folder, 'earlier') };
const kinds: Record<string, () => Promise<Start>> = {
  ...(values.before && { before: () => startOnce(path.resolve(values.before!), earlier) }),
  now: () => startOnce(HERE, base),
  ...(server && { withServer: () => startOnce(HERE, { ...base, STATE_URL: server.url }) }),
};
const starts = new Map<string, Start[]>(Object.keys(kinds).map((kind) => [kind, []]));
// The first start of all builds the catalogue, and does not count.
for (let time = 0; time <= TIMES; time += 1) {
  for (const [kind, start] of Object.entries(kinds)) {
    const one = await start();
    if (time > 0) starts.get(kind)!.push(one);
  }
}
const figures = Object.fromEntries(
  [...starts].map(([kind, all]) => [
    kind,
    {
      cpu: Number(middle(all.map(({ cpu }) => cpu)).toFixed(2)),
      ms: middle(all.map(({ ms }) => ms)),
      rss: Math.round(middle(all.map(({ rss }) => rss))),
    },
  ]),
);
console.log(JSON.stringify(figures, null, 2));
if (values.write) {
  const measured = JSON.parse(readFileSync(MEASURED, 'utf8'));
  measured.start = { ...measured.start, ...figures };
  writeFileSync(MEASURED, `${JSON.stringify(measured, null, 2)}\n`);
}
await server?.stop();
rmSync(folder, { recursive: true, force: true });
