/** Posters → `films.visual`: from pictures and a network, or from features that were computed before. */
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readColumns } from '../engine/catalogue/columns.ts';
import { FILES, VISUAL } from '../engine/catalogue/format.ts';
import { openRecords } from '../engine/catalogue/records.ts';
import { hashFile } from '../engine/catalogue/verify.ts';
import { packVisual } from '../engine/catalogue/visual.ts';
import { UserError } from '../shared/errors.ts';
import type { Progress } from '../shared/progress.ts';
import type { DownloadSettings } from './posters/download.ts';
import type { PosterFilm } from './posters/embed.ts';
import { type VisualRow, visualFeatures } from './posters/index.ts';
import { identifyNetwork } from './posters/network.ts';
import { loadProjection } from './posters/projection.ts';
import { readVisualTable } from './posters/table.ts';

/** Where the visual features of films come from: pictures. */
export interface PosterSource {
  /** Folder of the posters. */
  readonly dir: string;
  /** Set (if only to `{}`): what is missing is downloaded into `dir`. */
  readonly download?: DownloadSettings;
  /** The image network's ONNX file. */
  readonly network: string;
  /** Pixels that the network is shown: 224, or the paper's 32. */
  readonly side: number;
  /** Where embeddings are kept from build to build. */
  readonly workDir: string;
}

/** … or a table like the starter's, computed before. */
export interface TableSource {
  readonly table: string;
}

export interface VisualStage {
  /** Films with visual features; 0 where the catalogue goes without. */
  readonly films: number;
  /** Length of a film's features. */
  readonly dims: number;
  /** What a person should know of it, in one sentence or none. */
  readonly note: string | null;
}

/**
 * What the stage's result depends on besides the films, for the build's key.
 * @throws UserError when the folder of posters is missing
 */
export async function visualKey(source: PosterSource | TableSource): Promise<unknown> {
  const hash = (file: string) => hashFile(file).catch(() => null);
  if ('table' in source) return [await hash(source.table)];
  const isFolder = await stat(source.dir).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (!isFolder && !source.download) {
    throw new UserError(`There is no folder of posters at ${source.dir}.`, {
      id: 'index.posters-missing',
      hint: 'Check the path, or let posters be fetched with `--posters download`.',
    });
  }
  return [path.resolve(source.dir), source.download !== undefined, await hash(source.network), source.side];
}

/**
 * Writes `films.visual` into a catalogue whose films are written, unless no film has features.
 *
 * @param model folder of the fitted model, whose projection is taken where it fits the network
 * @throws ConfigurationError for an unusable network
 */
export async function indexPosters(
  source: PosterSource | TableSource,
  model: string,
  dir: string,
  count: number,
  progress: Progress,
): Promise<VisualStage> {
  const films = await filmsInRowOrder(dir, count);
  const { rows, note } =
    'table' in source ? await fromTable(source.table) : await fromPosters(source, films, model, progress);
  const vectors = films.map(({ id }) => rows.get(id)?.vector ?? null);
  const dims = vectors.find((vector) => vector !== null)?.length ?? 0;
  if (dims === 0) return { films: 0, dims, note: note ?? 'No film of this catalogue has visual features.' };
  await writeFile(path.join(dir, VISUAL), packVisual(vectors, dims));
  return { films: vectors.filter((vector) => vector !== null).length, dims, note };
}

async function filmsInRowOrder(dir: string, count: number): Promise<PosterFilm[]> {
  const { ids } = readColumns(await readFile(path.join(dir, FILES.columns)), count);
  const folder = path.dirname(path.join(dir, FILES.records));
  const records = openRecords(folder, true);
  try {
    return Array.from(ids, (id) => ({ id, poster: records.films.get(id)!.poster }));
  } finally {
    await records.root.close();
    await rm(path.join(folder, 'lock.mdb'), { force: true });
  }
}

interface Found {
  readonly rows: ReadonlyMap<number, VisualRow>;
  readonly note: string | null;
}

async function fromTable(file: string): Promise<Found> {
  const table = await readVisualTable(file);
  return { rows: table?.rows ?? new Map(), note: null };
}

async function fromPosters(
  source: PosterSource,
  films: readonly PosterFilm[],
  model: string,
  progress: Progress,
): Promise<Found> {
  const stage = progress.stage('Posters', films.length, 'posters');
  let done = 0;
  const visual = await visualFeatures(films, {
    ...source,
    ...(await fittingProjection(source, model)),
    onProgress: (now) => {
      done = now;
      stage.update(now);
    },
  });
  stage.finish(done);
  return { rows: visual.rows, note: visual.note };
}

/** The model's projection, unless it was fitted on another network or size: then one is fitted on these posters. */
async function fittingProjection({ network, side }: PosterSource, model: string) {
  const projection = await loadProjection(model);
  const identity = await identifyNetwork(network, { side }).catch(() => null);
  const fits =
    identity !== null && projection?.network.sha256 === identity.sha256 && projection.network.side === side;
  return fits ? { projection: projection! } : {};
}
