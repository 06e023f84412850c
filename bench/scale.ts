/**
 * Measures indexing and answering at the size of the whole data set: a table of 1.1 million films is made, cleaned
 * down to 436,591 as the real one is, indexed, opened and asked, beside other ways of searching.
 *
 *   npm run bench:scale -- [--rows N] [--keep] [--no-growth]
 *
 * Every measured thing runs in a process of its own. Prints Markdown.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { STARTER } from '../src/indexer/starter.ts';
import type { BuildFigures } from './scale/build-child.ts';
import { makeFilms, REAL, survivors } from './scale/make-films.ts';
import type { RivalFigures } from './scale/rivals-child.ts';
import type { ServeFigures } from './scale/serve-child.ts';

/** Films at which the growth of the costs is looked at, besides the largest. */
const GROWTH = [10_000, 100_000];
const SHARED = path.resolve(import.meta.dirname, '../../shared/data');
/** What a child may print. */
const MOST_OUTPUT = 1 << 20;

const run = promisify(execFile);

async function inChild<T>(script: string, ...args: string[]): Promise<T> {
  const file = path.join(import.meta.dirname, 'scale', script);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', file, ...args], {
    maxBuffer: MOST_OUTPUT,
  });
  return JSON.parse(stdout) as T;
}

interface Measured {
  readonly csvBytes: number;
  readonly build: BuildFigures;
  readonly serve: ServeFigures;
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: String(REAL.rows) },
    keep: { type: 'boolean', default: false },
    'no-growth': { type: 'boolean', default: false },
  },
});

/** The real tables where they stand beside the project, the starter's rows otherwise. */
function source(name: string, starter: string): string {
  const real = path.join(SHARED, name);
  return existsSync(real) ? real : starter;
}

async function measure(folder: string, rows: number): Promise<Measured> {
  const movies = path.join(folder, 'movies.csv');
  const out = path.join(folder, 'catalogue');
  console.error(`Making ${rows.toLocaleString('en')} rows …`);
  await makeFilms(source('tmdb_movies.csv', STARTER.movies), movies, rows);
  console.error('Building …');
  const build = await inChild<BuildFigures>(
    'build-child.ts',
    source('spotify_tracks.csv', STARTER.songs),
    movies,
    out,
  );
  if (build.films !== survivors(rows)) throw new Error(`${build.films} films instead of ${survivors(rows)}`);
  console.error('Asking …');
  return { csvBytes: (await stat(movies)).size, build, serve: await inChild('serve-child.ts', out) };
}

const n = (value: number, digits = 0) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const mb = (bytes: number) => `${n(bytes / 1e6)} MB`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

function stageTable({ stages, seconds, peakMb, filmRows, songRows }: BuildFigures): string {
  const units: Record<string, number> = { Films: filmRows, Songs: songRows };
  const named = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  return table(
    ['stage', 'seconds', 'rows/s', 'peak memory by then'],
    [
      ...stages.map((stage) => [
        stage.name,
        n(stage.seconds, 1),
        n((units[stage.name] ?? stage.done) / Math.max(stage.seconds, 0.001)),
        `${n(stage.peakMb)} MB`,
      ]),
      ['hashing, ordering, records, syncing', n(seconds - named, 1), '', ''],
      ['**all**', `**${n(seconds, 1)}**`, '', `**${n(peakMb)} MB**`],
    ],
  );
}

function report(measured: readonly Measured[], rivals: RivalFigures): string {
  const { csvBytes, build, serve } = measured.at(-1)!;
  const own = serve.own === null ? '' : `, of which ${n(serve.own)} MB its own and the rest pages of files`;
  const written = build.written === null ? '' : ` ${mb(build.written)} were written in all.`;
  return [
    `${cpus().length} × ${cpus()[0]!.model}, Node ${process.version}; load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')} at the end.`,
    '',
    `A table of ${n(build.filmRows)} rows (${mb(csvBytes)}) gave ${n(build.films)} films, of which ${n(build.indexed)} pass the default filters. The catalogue has ${mb(build.catalogueBytes)}.${written}`,
    '',
    stageTable(build),
    '',
    `Opened in ${n(serve.openMs)} ms. Resident memory: ${serve.rss.map((value) => n(value)).join(' → ')} MB (before, opened, after all answers)${own}.`,
    '',
    table(
      ['question', 'p50 ms', 'p99 ms', 'p99 processor ms'],
      serve.answering.map(({ name, p50, p99, cpuP99 }) => [name, n(p50, 2), n(p99, 2), n(cpuP99, 2)]),
    ),
    '',
    table(
      ['films', 'build s', 'peak memory', 'catalogue', 'open ms', 'resident', 'default p50 / p99 ms'],
      measured.map(({ build: b, serve: s }) => [
        n(b.films),
        n(b.seconds, 1),
        `${n(b.peakMb)} MB`,
        mb(b.catalogueBytes),
        n(s.openMs),
        `${n(s.rss[2])} MB`,
        `${n(s.answering[0]!.p50, 2)} / ${n(s.answering[0]!.p99, 2)}`,
      ]),
    ),
    '',
    `The five nearest of ${n(rivals.films)} films:`,
    '',
    table(
      ['', 'built in s', 'p50 ms', 'p99 ms', 'recall@5'],
      rivals.rivals.map(({ name, build: b, p50, p99, recall }) => [
        name,
        b === null ? '' : n(b, 1),
        n(p50, 2),
        n(p99, 2),
        recall === null ? '' : n(recall, 3),
      ]),
    ),
    ...rivals.absent.map((reason) => `\nNot measured: ${reason}.`),
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const rows = Number(values.rows);
  if (!Number.isInteger(rows) || rows < 1000) throw new Error('--rows takes a whole number of at least 1000');
  const growth = GROWTH.map((films) => Math.ceil((films * REAL.rows) / REAL.films)).filter(
    (size) => size < rows,
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'music2movie-scale-'));
  try {
    const measured: Measured[] = [];
    for (const size of [...(values['no-growth'] ? [] : growth), rows])
      measured.push(await measure(folder, size));
    const rivals = await inChild<RivalFigures>('rivals-child.ts', path.join(folder, 'catalogue'));
    console.log(report(measured, rivals));
  } finally {
    if (values.keep) console.error(`Kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

await main();
