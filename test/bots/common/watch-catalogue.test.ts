import { copyFile, cp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CatalogueWatch, watchCatalogue } from '../../../src/bots/common/watch-catalogue.ts';
import { FILES } from '../../../src/engine/catalogue/format.ts';
import { buildsIn, CURRENT, readCurrent } from '../../../src/engine/catalogue/place.ts';
import { Engine } from '../../../src/engine/engine.ts';
import type { MatchEngine } from '../../../src/engine/types.ts';
import { buildFrom, filmRow, placeOf, songRow, temporaryFolder } from '../../support/catalogue.ts';

let out: string;
let engine: MatchEngine;
let watch: CatalogueWatch;
const warnings: unknown[] = [];
const logger = { info: () => {}, warn: (fields: unknown) => void warnings.push(fields) };

const build = (films: number, to = out) =>
  buildFrom(
    Array.from({ length: films }, (_, n) => filmRow(n + 1)),
    [songRow(1)],
    to,
  );

beforeAll(async () => {
  out = path.join(await temporaryFolder(), 'catalogue');
  await build(30);
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
});

test('an unchanged catalogue is left alone', async () => {
  const before = engine;
  expect(await watch.check()).toBe(false);
  expect(engine).toBe(before);
});

test('a newly published catalogue answers from then on', async () => {
  const before = engine.info.movies;
  await build(20);
  expect(await watch.check()).toBe(true);
  expect(engine.info.movies).toBe(20);
  expect(before).toBe(30);
  const [song] = engine.findSongs('song 1');
  expect(engine.moviesFor(song!.song).matches).toHaveLength(5);
});

test('a damaged newcomer is refused and the old one goes on answering', async () => {
  const before = engine;
  // Of the builds there only the one in use stays, as one from the same second could be taken for newer.
  for (const id of await buildsIn(out)) {
    if (id !== (await readCurrent(out))) await rm(path.join(out, id), { recursive: true });
  }
  // Damaged before it is published: the watch looks at once.
  const other = path.join(await temporaryFolder(), 'catalogue');
  await build(40, other);
  const place = await placeOf(other);
  await writeFile(path.join(place, FILES.columns), 'garbage');
  await cp(place, path.join(out, path.basename(place)), { recursive: true });
  await copyFile(path.join(other, CURRENT), path.join(out, CURRENT));
  expect(await watch.check()).toBe(false);
  expect(engine).toBe(before);
  expect(warnings).toHaveLength(1);
  const [song] = engine.findSongs('song 1');
  expect(engine.moviesFor(song!.song).matches).toHaveLength(5);
});
