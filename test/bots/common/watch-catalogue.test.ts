import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CatalogueWatch, watchCatalogue } from '../../../src/bots/common/watch-catalogue.ts';
import { FILES } from '../../../src/engine/catalogue/format.ts';
import { Engine } from '../../../src/engine/engine.ts';
import type { MatchEngine } from '../../../src/engine/types.ts';
import { buildCatalogue } from '../../../src/indexer/build.ts';
import { STARTER } from '../../../src/indexer/starter.ts';
import { placeOf } from '../../support/catalogue.ts';

let folder: string;
let out: string;
let smaller: string;
let engine: MatchEngine;
let watch: CatalogueWatch;
const warnings: unknown[] = [];
const logger = { info: () => {}, warn: (fields: unknown) => void warnings.push(fields) };

const build = (movies: string) =>
  buildCatalogue({ songs: STARTER.songs, movies, model: STARTER.model, out, voteFloor: 0 });

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'm2m-watch-'));
  out = path.join(folder, 'catalogue');
  smaller = path.join(folder, 'movies.csv');
  const lines = (await readFile(STARTER.movies, 'utf8')).split('\n');
  await writeFile(smaller, `${lines.slice(0, 200).join('\n')}\n`);
  await build(STARTER.movies);
  const first = await Engine.open(out);
  engine = first;
  watch = await watchCatalogue(
    out,
    first.catalogue.manifest.seal,
    async (next) => {
      const old = engine;
      engine = next;
      await old.close();
    },
    logger as never,
    { intervalMs: 3_600_000 },
  );
});

afterAll(async () => {
  watch.stop();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

test('an unchanged catalogue is left alone', async () => {
  const before = engine;
  expect(await watch.check()).toBe(false);
  expect(engine).toBe(before);
});

test('a newly published catalogue answers from then on', async () => {
  const before = engine.info.movies;
  await build(smaller);
  expect(await watch.check()).toBe(true);
  expect(engine.info.movies).toBe(199);
  expect(before).toBeGreaterThan(199);
  const [song] = engine.findSongs('bohemian rhapsody');
  expect(engine.moviesFor(song!.song).matches).toHaveLength(5);
});

test('a damaged newcomer is refused and the old one goes on answering', async () => {
  const before = engine;
  await build(STARTER.movies);
  await writeFile(path.join(await placeOf(out), FILES.columns), 'garbage');
  expect(await watch.check()).toBe(false);
  expect(engine).toBe(before);
  expect(warnings).toHaveLength(1);
  const [song] = engine.findSongs('bohemian rhapsody');
  expect(engine.moviesFor(song!.song).matches).toHaveLength(5);
});
