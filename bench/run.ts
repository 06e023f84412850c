/**
 * `npm run bench`: the engine, the song search and the page, one after another, as Markdown.
 *
 *   npm run bench [-- catalogue folder]
 *
 * Without a folder it measures the catalogue of the large data sets where they stand beside the project (built
 * once into data/bench-catalogue), else the starter catalogue.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureStarterCatalogue, STARTER } from '../src/indexer/starter.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SHARED = path.join(ROOT, '..', 'shared', 'data');
const SONGS = path.join(SHARED, 'spotify_tracks.csv');
const MOVIES = path.join(SHARED, 'tmdb_movies.csv');

function run(args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

async function catalogueToMeasure(): Promise<string> {
  const [named] = process.argv.slice(2);
  if (named) return named;
  if (!existsSync(SONGS)) {
    await ensureStarterCatalogue();
    return STARTER.out;
  }
  const out = path.join(ROOT, 'data', 'bench-catalogue');
  if (!existsSync(path.join(out, 'current'))) {
    run(['bin/music2movie.js', 'index', '--songs', SONGS, '--movies', MOVIES, '--out', out]);
  }
  return out;
}

const catalogue = await catalogueToMeasure();
run(['--import', 'tsx', 'bench/engine.ts', catalogue]);
run(['--import', 'tsx', 'bench/search.ts', ...(existsSync(SONGS) ? [SONGS] : [STARTER.songs])]);
if (existsSync(SONGS)) run(['--import', 'tsx', 'bench/songs.ts', catalogue]);
run(['--import', 'tsx', 'bench/web.ts']);
