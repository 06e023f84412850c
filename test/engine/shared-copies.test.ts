/** Copies of a catalogue's mapped files that all processes of a machine map: made once, sound, gone with their build. */
import { chmod, cp, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { keepFor } from '../../src/bots/common/runtime.ts';
import { loadConfig } from '../../src/config.ts';
import { FILES } from '../../src/engine/catalogue/format.ts';
import { Engine } from '../../src/engine/engine.ts';
import { prune } from '../../src/indexer/publish.ts';
import { buildFrom, filmRow, temporaryFolder, variedSongs } from '../support/catalogue.ts';

let built: string;
beforeAll(async () => {
  const films = Array.from({ length: 20 }, (_, at) => filmRow(at + 1));
  built = (await buildFrom(films, variedSongs(12))).dir;
}, 120_000);

async function copy(): Promise<string> {
  const dir = path.join(await temporaryFolder(), 'catalogue');
  await cp(built, dir, { recursive: true });
  return dir;
}
const sharedIn = async (dir: string) => (await readdir(dir)).filter((name) => name.startsWith('.serving'));

it('are one folder for all who open it, which nothing done to the build reaches', async () => {
  const dir = await copy();
  const engines = await Promise.all([1, 2, 3].map(() => Engine.open(dir, { keep: 'shared' })));
  const [folder, ...more] = await sharedIn(dir);
  expect([folder?.startsWith('.serving-shared-'), more]).toEqual([true, []]);
  const file = path.join(dir, folder!, FILES.index);
  const { ino } = await stat(file);
  const [place] = (await readdir(dir)).filter((name) => /^\d/.test(name));
  await writeFile(path.join(dir, place!, FILES.index), '');
  for (const engine of engines) {
    expect(engine.moviesFor(engine.findSongs('song', 1)[0]!.song.id).matches.length).toBeGreaterThan(0);
  }
  await engines[0]!.close();
  expect((await stat(file)).ino).toBe(ino);
  for (const engine of engines.slice(1)) await engine.close();
});

it('are made anew where they are not what they were, and go with their build', async () => {
  const dir = await copy();
  await (await Engine.open(dir, { keep: 'shared' })).close();
  const [folder] = await sharedIn(dir);
  const file = path.join(dir, folder!, FILES.index);
  await chmod(file, 0o644);
  await writeFile(file, 'something else');
  const engine = await Engine.open(dir, { keep: 'shared' });
  expect((await stat(file)).size).toBeGreaterThan(100);
  await engine.close();
  const id = folder!.slice('.serving-shared-'.length);
  const later = `30000101T000000Z-${id.slice(-8)}`;
  await cp(path.join(dir, id), path.join(dir, later), { recursive: true });
  await writeFile(path.join(dir, 'current'), `${later}\n`);
  expect(await prune(dir, 1)).toEqual([id]);
  expect(await sharedIn(dir)).toEqual([]);
});

it('are for programs that are one of several', () => {
  const of = (env: Record<string, string>) => keepFor(loadConfig({ DISCORD_TOKEN: 'token', ...env }));
  expect([of({}), of({ MUSIC2MOVIE_ROLES: 'page' }), of({ DISCORD_SHARDS: '0/2' })]).toEqual([
    true,
    'shared',
    'shared',
  ]);
});
