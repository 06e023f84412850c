/** The starter catalogue: built from the repository's own sources when there is none. */
import path from 'node:path';
import { placesOf } from '../engine/catalogue/place.ts';
import { readManifest } from '../engine/catalogue/verify.ts';
import { PROJECT_DIR, WRITABLE_DIR } from '../shared/places.ts';
import { buildCatalogue } from './build.ts';

const DATA = path.join(PROJECT_DIR, 'data');

/** Where the repository keeps what the starter catalogue is made of, and the fitted model. */
export const STARTER = {
  songs: path.join(DATA, 'starter', 'songs.csv'),
  movies: path.join(DATA, 'starter', 'movies.csv'),
  /** What the posters of its films look like, in numbers. */
  visual: path.join(DATA, 'starter', 'visual.json'),
  model: path.join(DATA, 'model'),
  /** The default place of a catalogue. */
  out: path.join(WRITABLE_DIR, 'catalogue'),
} as const;

/**
 * Builds the starter catalogue at `dir` unless a catalogue is there.
 *
 * @returns whether one was built
 * @throws CatalogueError when something damaged or newer stands there: it is never replaced unasked
 */
export async function ensureStarterCatalogue(dir: string = STARTER.out): Promise<boolean> {
  const places = await placesOf(path.resolve(dir));
  let failed: unknown = null;
  for (const place of places) {
    try {
      await readManifest(place);
      return false;
    } catch (error) {
      failed ??= error;
    }
  }
  if (failed !== null) throw failed;
  // Every starter film was chosen by hand, so none needs votes to be found.
  await buildCatalogue({
    songs: STARTER.songs,
    movies: STARTER.movies,
    model: STARTER.model,
    out: dir,
    voteFloor: 0,
    posters: { table: STARTER.visual },
  });
  return true;
}
