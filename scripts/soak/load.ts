/** How much the page keeps up with, and what it does at three times that. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureStarterCatalogue } from '../../src/indexer/starter.ts';
import { freePort, Program } from './program.ts';

const RATES = [25, 50, 100, 150, 200, 300, 400, 600];
const SECONDS = 5;
/** The aim, in milliseconds. */
const AIM_P99 = 50;
const SONGS = [
  'blue monday',
  'lose yourself',
  'zombie',
  'hold on',
  'clair de lune',
  'blinding lights',
  'queen',
  'toxic',
];

interface Measured {
  readonly rate: number;
  readonly answered: number;
  readonly shed: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
}

/** Asks at a steady rate, whether answers come or not, each from a household of its own. */
async function at(url: string, rate: number): Promise<Measured> {
  const times: number[] = [];
  let shed = 0;
  let failed = 0;
  const ask = async (n: number) => {
    const began = performance.now();
    try {
      const song = encodeURIComponent(SONGS[n % SONGS.length]!);
      const headers = { 'x-forwarded-for': `10.${n % 250}.${Math.floor(n / 250) % 250}.1` };
      const response = await fetch(`${url}/movie-for?song=${song}`, { headers });
      await response.text();
      if (response.status === 200) times.push(performance.now() - began);
      else if (response.status === 503) shed += 1;
      else failed += 1;
    } catch {
      failed += 1;
    }
  };
  const asked: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < rate * SECONDS; n += 1) {
    const due = began + (n * 1000) / rate;
    if (due > performance.now()) await sleep(due - performance.now());
    asked.push(ask(n));
  }
  await Promise.all(asked);
  times.sort((a, b) => a - b);
  const quantile = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0);
  return { rate, answered: times.length, shed, failed, p50: quantile(0.5), p99: quantile(0.99) };
}

export async function measureLoad(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'music2movie-load-'));
  const catalogue = path.join(folder, 'catalogue');
  await ensureStarterCatalogue(catalogue);
  const program = new Program({
    PORT: String(await freePort()),
    MUSIC2MOVIE_CATALOGUE: catalogue,
    MUSIC2MOVIE_STATE: path.join(folder, 'state'),
    MUSIC2MOVIE_OFFLINE: 'true',
    TRUST_PROXY: 'loopback',
    SOAK_CLOCK: path.join(folder, 'clock'),
  });
  await program.start();
  await at(program.url, 100);
  const measured: Measured[] = [];
  for (const rate of RATES) {
    const one = await at(program.url, rate);
    measured.push(one);
    if (one.p99 > AIM_P99 || one.shed > 0) break;
  }
  const best = measured.filter(({ p99, shed, failed }) => p99 <= AIM_P99 && shed + failed === 0).at(-1);
  if (best) measured.push(await at(program.url, best.rate * 3));
  const after = await at(program.url, 25);
  const rows = [...measured, after].map(
    (m) => `| ${m.rate} | ${m.answered} | ${m.shed} | ${m.failed} | ${m.p50} | ${m.p99} |`,
  );
  process.stdout.write(
    `| requests/s | answered | shed (503) | failed | p50 ms | p99 ms |\n|--:|--:|--:|--:|--:|--:|\n${rows.join('\n')}\n`,
  );
  process.stdout.write(
    best
      ? `Highest rate at a p99 below ${AIM_P99} ms: ${best.rate}/s.\n`
      : `No rate had a p99 below ${AIM_P99} ms.\n`,
  );
  await program.stop();
  rmSync(folder, { recursive: true, force: true });
}
