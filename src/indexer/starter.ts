/** The starter catalogue: built from the repository's own sources when there is none. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST } from '../engine/catalogue/format.ts';
import { placesOf } from '../engine/catalogue/place.ts';
import { hashFile, readManifest } from '../engine/catalogue/verify.ts';
import { MODEL_FILES } from '../engine/model/model.ts';
import { CatalogueError } from '../shared/errors.ts';
import { PROJECT_DIR, WRITABLE_DIR } from '../shared/places.ts';

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

/** What a starter catalogue is built from. */
export interface StarterSources {
  readonly songs: string;
  readonly movies: string;
  readonly model: string;
  readonly visual?: string;
  /** Folder of the feel data. */
  readonly feel?: string;
}

/** Starter catalogues from before they said so had no vote floor, and no more films than this. */
const MOST_STARTER_FILMS = 10_000;

/**
 * Builds the starter catalogue at `dir` unless a catalogue is there. A starter catalogue of an older program or model
 * is built anew; the old one stays beside it. Any other is never replaced unasked.
 *
 * @returns whether one was built
 * @throws CatalogueError when something damaged, newer or not of ours stands there
 */
export async function ensureStarterCatalogue(
  dir: string = STARTER.out,
  from: StarterSources = STARTER,
): Promise<boolean> {
  const places = await placesOf(path.resolve(dir));
  let failed: unknown = null;
  for (const place of places) {
    try {
      const manifest = await readManifest(place);
      if (!manifest.isStarter || manifest.model === (await modelOf(from))) return false;
      failed = null;
      break;
    } catch (error) {
      if (await isOldStarter(place, error)) continue;
      failed ??= error;
    }
  }
  if (failed !== null) throw failed;
  // Nearly every start finds a catalogue, and needs nothing of what builds one.
  const { buildCatalogue } = await import('./build.ts');
  const { songs, movies, model, feel, visual } = from;
  await buildCatalogue({
    songs,
    movies,
    model,
    out: dir,
    // Every starter film was chosen by hand, so none needs votes to be found.
    voteFloor: 0,
    isStarter: true,
    ...(feel !== undefined && { feel }),
    ...(visual !== undefined && { posters: { table: visual } }),
  });
  return true;
}

const modelOf = ({ model }: StarterSources) => hashFile(path.join(model, MODEL_FILES.spec));

/** Whether what could not be read is a starter catalogue of an older program. */
async function isOldStarter(place: string, error: unknown): Promise<boolean> {
  if (!(error instanceof CatalogueError) || error.id !== 'catalogue.older') return false;
  const manifest = JSON.parse(await readFile(path.join(place, MANIFEST), 'utf8'));
  return (
    manifest.isStarter === true ||
    (manifest.voteFloor === 0 && Number(manifest.counts?.movies) <= MOST_STARTER_FILMS)
  );
}
