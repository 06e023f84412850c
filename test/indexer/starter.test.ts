/** The starter catalogue renews itself; nobody else's catalogue is touched. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { MANIFEST, sealOf } from '../../src/engine/catalogue/format.ts';
import { placesOf } from '../../src/engine/catalogue/place.ts';
import { readManifest } from '../../src/engine/catalogue/verify.ts';
import { ensureStarterCatalogue } from '../../src/indexer/starter.ts';
import { temporaryFolder } from '../support/catalogue.ts';
import { tinyCatalogue, tinyWorld } from '../support/tiny.ts';

/** A folder with the manifest of a catalogue, changed. */
async function folderWith(changes: object): Promise<string> {
  const [place] = await placesOf(await tinyCatalogue());
  const { seal: _, ...manifest } = { ...(await readManifest(place!)), ...changes };
  const dir = await temporaryFolder();
  await writeFile(path.join(dir, MANIFEST), JSON.stringify({ ...manifest, seal: sealOf(manifest) }));
  return dir;
}

it.each([
  // The largest starter that did not say that it was one.
  ['program', { format: 3, isStarter: undefined, voteFloor: 0, counts: { movies: 9057 } }],
  ['model', { isStarter: true, model: '0'.repeat(64) }],
])(
  'a starter catalogue of an older %s is built anew, the old one staying beside it',
  async (_, changes) => {
    const dir = await folderWith(changes);
    const before = await readFile(path.join(dir, MANIFEST), 'utf8');
    const world = await tinyWorld();
    expect(await ensureStarterCatalogue(dir, world)).toBe(true);
    expect(await ensureStarterCatalogue(dir, world)).toBe(false);
    const places = await placesOf(dir);
    expect((await readManifest(places[0]!)).isStarter).toBe(true);
    expect(places.length).toBe(2);
    expect(await readFile(path.join(places[1]!, MANIFEST), 'utf8')).toBe(before);
  },
  120_000,
);

it('a catalogue of somebody’s own stays, whatever its age', async () => {
  const own = { isStarter: undefined, voteFloor: 20, model: '0'.repeat(64) };
  expect(await ensureStarterCatalogue(await folderWith(own))).toBe(false);
  await expect(ensureStarterCatalogue(await folderWith({ ...own, format: 3 }))).rejects.toThrow(/older/);
  await expect(ensureStarterCatalogue(await folderWith({ format: 9 }))).rejects.toThrow(/newer/);
});
