/**
 * Measures the engine on a catalogue: opening, memory, and the time of an answer under each kind of filter,
 * beside an exhaustive search in plain JavaScript over the same vectors in the same run.
 *
 *   npx tsx bench/engine.ts [catalogue folder]
 */
import { pathToFileURL } from 'node:url';
import type { Catalogue } from '../src/engine/catalogue/reader.ts';
import { Engine } from '../src/engine/engine.ts';
import { candidates } from '../src/engine/matching/candidates.ts';
import { compileFilters } from '../src/engine/matching/filters.ts';
import { songQuery } from '../src/engine/matching/query.ts';
import type { Filters, MoviesOptions } from '../src/engine/types.ts';
import { STARTER } from '../src/indexer/starter.ts';
import { Music2MovieError } from '../src/shared/errors.ts';
import { percentile, seeded } from '../test/engine/search/typos.ts';

const DEFAULT_CATALOGUE = STARTER.out;
const SEED = 20261123;
/** Songs asked for under each filter. */
const SONGS = 1000;
/** Answers before the clock starts, so that nobody is timed while being compiled. */
const WARM_UP = 3000;
/** Songs that the exhaustive search is timed with: it is slow and steady. */
const BRUTE_SONGS = 100;
/** Candidates that a selection asks for first. */
const FIRST_DEPTH = 64;

export interface Timing {
  readonly name: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The same without waiting for other programs: processor time, all threads. */
  readonly cpuP99: number;
  /** Median of the exhaustive search, milliseconds. */
  readonly brute: number;
  /** Share of answers that came through the index. */
  readonly indexed: number;
  /** Share of the exact five nearest that the engine's search finds; what it makes of them is another matter. */
  readonly recall: number;
}

export interface EngineFigures {
  readonly movies: number;
  readonly songs: number;
  /** Milliseconds to open it, its files vouched for by the stamp as at every start but the first. */
  readonly openMs: number;
  /** Resident memory, MB: before opening, and after all answers. */
  readonly rssBefore: number;
  readonly rssAfter: number;
  readonly timings: readonly Timing[];
}

/** Kinds of questions, from the commonest to the one that no film passes. */
function questions(engine: Engine): [string, MoviesOptions][] {
  const [, secondLanguage = 'fr'] = engine.facets.languages;
  const rareLanguage = engine.facets.languages[Math.floor(engine.facets.languages.length / 3)] ?? 'fr';
  const [commonGenre = 'Drama'] = engine.facets.genres;
  const rareGenre = engine.facets.genres.at(-1) ?? 'Western';
  const filters = (name: string, value: Filters): [string, MoviesOptions] => [name, { filters: value }];
  return [
    ['default', {}],
    ['third page', { offset: 10 }],
    ['fifty films', { limit: 50 }],
    filters(`loose: not ${commonGenre}`, { notGenres: [commonGenre] }),
    filters('loose: rating 6 or more', { minRating: 6 }),
    filters(`genre: ${rareGenre}`, { genres: [rareGenre] }),
    filters(`language: ${secondLanguage}`, { languages: [secondLanguage] }),
    filters(`language: ${rareLanguage}`, { languages: [rareLanguage] }),
    filters('years: 1990–1999', { years: [1990, 1999] }),
    filters('years: 1925–1929', { years: [1925, 1929] }),
    filters('runtime: up to 80', { runtime: [0, 80] }),
    filters('selective: several at once', {
      genres: [rareGenre],
      years: [1960, 1979],
      minRating: 6.5,
      minVotes: 100,
    }),
    filters('any votes', { minVotes: 0 }),
    filters(`any votes, ${rareGenre}, 1950–1969`, { minVotes: 0, genres: [rareGenre], years: [1950, 1969] }),
    filters('none match', { years: [2099, 2100] }),
  ];
}

function queryOf(catalogue: Catalogue, id: string, options: MoviesOptions): Float32Array {
  const song = catalogue.records.songs.get(id)!;
  return catalogue.model.query(songQuery(catalogue, [song]).placed.vector, options.mainstream);
}

/** The five best films by an exhaustive search, written as anybody would. */
function bruteForce(catalogue: Catalogue, id: string, options: MoviesOptions): number[] {
  const { columns, vectors, manifest } = catalogue;
  const query = queryOf(catalogue, id, options);
  const filter = compileFilters(options.filters ?? {}, columns, manifest);
  const scored: [number, number][] = [];
  for (let row = 0; row < columns.count; row++) {
    if (!filter.test(row)) continue;
    let sum = 0;
    for (let d = 0; d < query.length; d++) sum += query[d]! * vectors[row * query.length + d]!;
    scored.push([sum, row]);
  }
  return scored
    .sort((a, b) => b[0] - a[0])
    .slice(0, 5)
    .map(([, row]) => row);
}

/** Of the exact five of each song, the share that is among the first five of the engine's own candidates. */
function recallOf(
  catalogue: Catalogue,
  ids: readonly string[],
  options: MoviesOptions,
  exact: number[][],
): number {
  const filter = compileFilters(options.filters ?? {}, catalogue.columns, catalogue.manifest);
  let found = 0;
  for (const [i, id] of ids.entries()) {
    const rows = candidates(catalogue, queryOf(catalogue, id, options), filter, FIRST_DEPTH).rows.slice(0, 5);
    found += exact[i]!.filter((row) => rows.includes(row)).length;
  }
  const all = exact.flat().length;
  return all === 0 ? 1 : found / all;
}

function timed(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

const megabytes = () => process.memoryUsage().rss / 1e6;

/** Measures the engine on the catalogue in `dir`. */
export async function measureEngine(dir: string, songs = SONGS): Promise<EngineFigures> {
  const rssBefore = megabytes();
  // Once before, so that a catalogue that was copied here has its stamp.
  await (await Engine.open(dir)).close();
  const started = performance.now();
  const engine = await Engine.open(dir);
  const openMs = performance.now() - started;
  const { catalogue } = engine;
  const random = seeded(SEED);
  const all = [...catalogue.records.songs.getKeys()];
  const ids = Array.from({ length: songs }, () => all[Math.floor(random() * all.length)]!);
  const timings: Timing[] = [];
  try {
    const asked = questions(engine);
    for (let i = 0; i < WARM_UP; i++) ask(engine, ids[i % songs]!, asked[i % asked.length]![1]);
    for (const [name, options] of asked) {
      let indexed = 0;
      const cpu: number[] = [];
      const times = ids.map((id) => {
        const before = process.cpuUsage();
        const time = timed(() => {
          if (ask(engine, id, options) === 'index') indexed++;
        });
        const { user, system } = process.cpuUsage(before);
        cpu.push((user + system) / 1000);
        return time;
      });
      const some = ids.slice(0, BRUTE_SONGS);
      const exact: number[][] = [];
      const brute = some.map((id) => timed(() => exact.push(bruteForce(catalogue, id, options))));
      timings.push({
        name,
        p50: percentile(times, 0.5),
        p99: percentile(times, 0.99),
        cpuP99: percentile(cpu, 0.99),
        brute: percentile(brute, 0.5),
        indexed: indexed / songs,
        recall: recallOf(catalogue, some, options, exact),
      });
    }
  } finally {
    await engine.close();
  }
  return {
    movies: engine.info.movies,
    songs: engine.info.songs,
    openMs,
    rssBefore,
    rssAfter: megabytes(),
    timings,
  };
}

function ask(engine: Engine, id: string, options: MoviesOptions): string {
  return engine.moviesFor(id, options).path;
}

/** The figures as Markdown. */
export function report(figures: EngineFigures): string {
  const n = (value: number) => value.toLocaleString('en');
  const rows = figures.timings.map(
    ({ name, p50, p99, cpuP99, brute, indexed, recall }) =>
      `| ${name} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${cpuP99.toFixed(2)} | ${brute.toFixed(1)} | ${(p50 / brute).toFixed(3)} | ${Math.round(100 * indexed)} % | ${recall.toFixed(3)} |`,
  );
  return [
    `${n(figures.movies)} films, ${n(figures.songs)} songs. Opened in ${figures.openMs.toFixed(0)} ms; resident memory ${figures.rssBefore.toFixed(0)} MB before, ${figures.rssAfter.toFixed(0)} MB after all answers.`,
    '',
    '| question | p50 ms | p99 ms | p99 processor ms | exhaustive p50 ms | ratio | through the index | of the exact five |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  try {
    console.log(report(await measureEngine(process.argv[2] ?? DEFAULT_CATALOGUE)));
  } catch (error) {
    if (!(error instanceof Music2MovieError)) throw error;
    console.error(`${error.message}\n${error.hint ?? ''}`);
    process.exitCode = error.exitCode;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
