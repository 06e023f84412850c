/** Catalogues for tests: the starter one, built once per run, and small ones from rows written in a test. */
import { cp, mkdir, mkdtemp, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { placesOf } from '../../src/engine/catalogue/place.ts';
import type { AudioFeatures, Song } from '../../src/engine/types.ts';
import { type BuildReport, buildCatalogue } from '../../src/indexer/build.ts';
import { ensureStarterCatalogue, STARTER } from '../../src/indexer/starter.ts';
import { tinyWorld } from './tiny.ts';

const folders: string[] = [];
let clearing = false;

/** A new empty folder, removed after the tests of the file. */
export async function temporaryFolder(): Promise<string> {
  if (!clearing) {
    clearing = true;
    afterAll(async () => {
      clearing = false;
      for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
    });
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'music2movie-test-'));
  folders.push(folder);
  return folder;
}

/** Test files run in processes of their own: what their common parent's number names is shared by one run. */
const RUNS = path.join(tmpdir(), 'music2movie-runs');

async function removeOldRuns(): Promise<void> {
  for (const name of await readdir(RUNS).catch(() => [])) {
    try {
      process.kill(Number(name), 0);
    } catch {
      await rm(path.join(RUNS, name), { recursive: true, force: true });
    }
  }
}

/** What the first that asks builds and the others wait for. */
async function shared(
  name: string,
  isDone: (out: string) => Promise<boolean>,
  build: (out: string) => Promise<unknown>,
): Promise<string> {
  await removeOldRuns();
  const run = path.join(RUNS, String(process.ppid));
  const out = path.join(run, name);
  await mkdir(run, { recursive: true });
  const first = await mkdir(`${out}.lock`).then(
    () => true,
    () => false,
  );
  if (first) {
    // A build that fails must not keep the others waiting.
    await build(out).catch(async (error) => {
      await rmdir(`${out}.lock`);
      throw error;
    });
  }
  while (!(await isDone(out))) {
    await sleep(50);
    if (!(await exists(`${out}.lock`))) return shared(name, isDone, build);
  }
  return out;
}

/** A catalogue that all test files of one run share, read-only. */
export function sharedCatalogue(name: string, build: (out: string) => Promise<unknown>): Promise<string> {
  return shared(name, (out) => exists(path.join(out, 'current')), build);
}

/** A folder that all test files of one run share, read-only. */
export function sharedFolder(name: string, fill: (out: string) => Promise<unknown>): Promise<string> {
  return shared(name, exists, async (out) => {
    const part = `${out}.part`;
    await rm(part, { recursive: true, force: true });
    await mkdir(part);
    await fill(part);
    await rename(part, out);
  });
}

/** The starter catalogue without what its posters look like, read-only: copy it (`copyOf`) to change it. */
export function starterCatalogue(): Promise<string> {
  const { songs, movies, model } = STARTER;
  return sharedCatalogue('starter', (out) => ensureStarterCatalogue(out, { songs, movies, model }));
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

/** The folder of the build that is in use in a catalogue. */
export async function placeOf(catalogue: string): Promise<string> {
  const [place] = await placesOf(catalogue);
  return place ?? catalogue;
}

/** A copy of a catalogue's build that a test may damage: flat, as catalogues were before builds stood beside each other. */
export async function copyOf(catalogue: string): Promise<string> {
  const to = path.join(await temporaryFolder(), 'catalogue');
  await cp(await placeOf(catalogue), to, { recursive: true });
  return to;
}

export type Row = Readonly<Record<string, string | number>>;

const cell = (value: string | number) =>
  /[",\n\r]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

/** Rows as CSV; the first row's columns are the header. */
export function csv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0]!);
  const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? '')).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

/** A Spotify track id for a number. */
export function trackId(n: number): string {
  return `T${String(n).padStart(21, '0')}`;
}

/** A row of a table of films that passes every rule, but for what is changed. */
export function filmRow(id: number, changes: Row = {}): Row {
  return {
    id,
    title: `Film ${'abcdefghijklmnopqrstuvwxyz'[id % 26]}${id}`,
    original_title: '',
    original_language: 'en',
    release_date: '1999-05-04',
    status: 'Released',
    adult: 'False',
    genres: 'Drama',
    runtime: 100,
    vote_average: 6.5,
    vote_count: 200,
    popularity: 5.5,
    revenue: 0,
    production_countries: 'United States of America',
    spoken_languages: 'English',
    keywords: 'friendship',
    poster_path: `/${id}.jpg`,
    imdb_id: '',
    tagline: '',
    overview: 'A lonely man in a small town finds a friend and loses a war.',
    ...changes,
  };
}

/** A row of a table of tracks that passes every rule, but for what is changed. */
export function songRow(n: number, changes: Row = {}): Row {
  return {
    track_id: trackId(n),
    artists: `Artist ${n % 7}`,
    album_name: `Album ${n % 5}`,
    track_name: `Song ${n}`,
    popularity: 50,
    duration_ms: 200_000,
    explicit: 'False',
    danceability: 0.5,
    energy: 0.6,
    key: 5,
    loudness: -7,
    mode: 1,
    speechiness: 0.05,
    acousticness: 0.3,
    instrumentalness: 0,
    liveness: 0.1,
    valence: 0.5,
    tempo: 120,
    time_signature: 4,
    track_genre: 'pop',
    ...changes,
  };
}

/** Songs as different as they come: sound and genre run through their ranges. */
export function variedSongs(count: number): Row[] {
  const genres = ['pop', 'rock', 'classical', 'metal', 'hip-hop', 'indian', 'ambient', 'disney'];
  return Array.from({ length: count }, (_, n) =>
    songRow(n, {
      energy: ((n * 37) % 100) / 100,
      valence: ((n * 61) % 100) / 100,
      acousticness: ((n * 17) % 100) / 100,
      tempo: 60 + ((n * 13) % 120),
      mode: n % 2,
      popularity: (n * 7) % 100,
      track_genre: genres[n % genres.length]!,
    }),
  );
}

export interface Inputs {
  readonly songs: string;
  readonly movies: string;
}

/** Writes both tables into a new folder. Text is written as it is. */
export async function writeInputs(
  films: readonly Row[] | string | Buffer,
  songs: readonly Row[] | string | Buffer,
): Promise<Inputs> {
  const folder = await temporaryFolder();
  const inputs = { songs: path.join(folder, 'songs.csv'), movies: path.join(folder, 'movies.csv') };
  const content = (table: readonly Row[] | string | Buffer) =>
    typeof table === 'string' || Buffer.isBuffer(table) ? table : csv(table);
  await writeFile(inputs.movies, content(films));
  await writeFile(inputs.songs, content(songs));
  return inputs;
}

/** Builds a catalogue from rows, with the tiny world's model; nothing in it is described unless `feel` says so. */
export async function buildFrom(
  films: readonly Row[] | string | Buffer,
  songs: readonly Row[] | string | Buffer = [songRow(1)],
  out?: string,
  feel?: string,
): Promise<{ dir: string; report: BuildReport; inputs: Inputs }> {
  const inputs = await writeInputs(films, songs);
  const dir = out ?? path.join(await temporaryFolder(), 'catalogue');
  const { model, noFeel } = await tinyWorld();
  const report = await buildCatalogue({ ...inputs, out: dir, model, feel: feel ?? noFeel });
  return { dir, report, inputs };
}

/** A song as it comes from outside the catalogue. */
export function outsideSong(
  changes: Partial<Omit<Song, 'features'>> = {},
  features: Partial<AudioFeatures> = {},
): Song {
  return {
    id: 'X'.repeat(22),
    title: 'From Elsewhere',
    artists: ['Nobody Known'],
    album: '',
    genres: ['pop'],
    popularity: 50,
    durationMs: 200_000,
    explicit: false,
    features: {
      danceability: 0.5,
      energy: 0.6,
      key: 5,
      loudness: -7,
      mode: 1,
      speechiness: 0.05,
      acousticness: 0.3,
      instrumentalness: 0,
      liveness: 0.1,
      valence: 0.5,
      tempo: 120,
      timeSignature: 4,
      ...features,
    },
    ...changes,
  };
}
