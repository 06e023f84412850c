/** Opens a catalogue in a process of its own, asks it, and prints times and memory. */
import { existsSync, readFileSync } from 'node:fs';
import { Engine } from '../../src/engine/engine.ts';
import type { MoviesOptions } from '../../src/engine/types.ts';
import { percentile, seeded } from '../../test/engine/search/typos.ts';

export interface Answering {
  readonly name: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The same without waiting for other programs: processor time, all threads. */
  readonly cpuP99: number;
}

export interface ServeFigures {
  readonly openMs: number;
  /** Resident memory, MB: before opening, after it, after every answer. */
  readonly rss: readonly [number, number, number];
  /** Of the last, what is the process's own: the rest are pages of files, which the system takes back at need. */
  readonly own: number | null;
  readonly answering: readonly Answering[];
}

const SEED = 7;
const SONGS = 1000;
/** Questions about other songs first, until the code is compiled: a server answers for weeks. */
const WARM_UP = 5000;

const megabytes = () => process.memoryUsage().rss / 1024 / 1024;

function ownMegabytes(): number | null {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1]);
  return kilobytes ? kilobytes / 1024 : null;
}

const [dir] = process.argv.slice(2) as [string];
const before = megabytes();
const started = performance.now();
const engine = await Engine.open(dir);
const openMs = performance.now() - started;
const opened = megabytes();
const rareGenre = engine.facets.genres.at(-1)!;
const language = engine.facets.languages[1]!;
const questions: [string, MoviesOptions][] = [
  ['default', {}],
  ['rating 6 or more', { filters: { minRating: 6 } }],
  [`genre ${rareGenre}`, { filters: { genres: [rareGenre] } }],
  [`language ${language}`, { filters: { languages: [language] } }],
  ['years 1990–1999', { filters: { years: [1990, 1999] } }],
  [
    'several at once',
    { filters: { genres: [rareGenre], years: [1960, 1979], minRating: 6.5, minVotes: 100 } },
  ],
  ['any votes', { filters: { minVotes: 0 } }],
  [`any votes, genre ${rareGenre}`, { filters: { minVotes: 0, genres: [rareGenre] } }],
];
const keys = [...engine.catalogue.records.songs.getKeys({ limit: 20_000 })];
const random = seeded(SEED);
const anySong = () => keys[Math.floor(random() * keys.length)]!;
const ids = Array.from({ length: SONGS }, anySong);
for (let i = 0; i < WARM_UP; i++) engine.moviesFor(anySong(), questions[i % questions.length]![1]);
const answering = questions.map(([name, options]) => {
  const cpu: number[] = [];
  const times = ids.map((id) => {
    const before = process.cpuUsage();
    const at = performance.now();
    engine.moviesFor(id, options);
    const time = performance.now() - at;
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    return time;
  });
  return { name, p50: percentile(times, 0.5), p99: percentile(times, 0.99), cpuP99: percentile(cpu, 0.99) };
});
const figures: ServeFigures = { openMs, rss: [before, opened, megabytes()], own: ownMegabytes(), answering };
await engine.close();
console.log(JSON.stringify(figures));
