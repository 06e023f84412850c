/**
 * Computes what the starter catalogue and the model know of posters, from posters and a network that are never
 * part of the project:
 *
 *   npx tsx scripts/starter-visuals.ts [--posters DIR] [--network FILE] [--side 224|32] [--measure]
 *
 * Fits the projection on every poster of the folder and writes data/model/visual.{json,bin}; writes the visual
 * features of the starter films that have a poster there to data/starter/visual.json. `--measure` writes
 * nothing and prints how fast posters are looked at and what the neighbour lists are worth.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FILM_COLUMNS } from '../src/indexer/clean-films.ts';
import type { PosterFilm } from '../src/indexer/posters/embed.ts';
import { type VisualFeatures, visualFeatures } from '../src/indexer/posters/index.ts';
import { nearestFilms } from '../src/indexer/posters/neighbours.ts';
import { PROJECTION_FILES, saveProjection } from '../src/indexer/posters/projection.ts';
import { writeVisualTable } from '../src/indexer/posters/table.ts';
import { readTable } from '../src/indexer/tables.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const MODEL_DIR = path.join(ROOT, 'data/model');
const NOTE =
  'Features of film posters: the pooled output of MobileNetV2 1.0 (ImageNet weights, Apache-2.0), reduced by the ' +
  'projection in data/model/visual.*, and four colour measures. Numbers only: no poster can be restored from them, ' +
  'and none is part of this project. Made by scripts/starter-visuals.ts.';

const { values } = parseArgs({
  options: {
    posters: { type: 'string', default: path.join(ROOT, '../shared/posters') },
    network: { type: 'string', default: path.join(ROOT, '../shared/models/mobilenetv2_1.0_224.onnx') },
    side: { type: 'string', default: '224' },
    measure: { type: 'boolean', default: false },
  },
});

const posterFilms: PosterFilm[] = readdirSync(values.posters)
  .flatMap((name) => /^(\d+)\.jpg$/.exec(name)?.[1] ?? [])
  .map((id) => ({ id: Number(id), poster: '' }));
const workDir = mkdtempSync(path.join(tmpdir(), 'm2m-starter-visuals-'));
try {
  const started = performance.now();
  let last = started;
  const visual = await visualFeatures(posterFilms, {
    network: values.network,
    dir: values.posters,
    workDir,
    side: Number(values.side),
    onProgress: () => {
      last = performance.now();
    },
  });
  if (!visual.projection) throw new Error(visual.note ?? 'no visual features');
  console.log(JSON.stringify(visual.report));
  if (values.measure) await measure(visual, (last - started) / 1000);
  else await write(visual);
} finally {
  rmSync(workDir, { recursive: true, force: true });
}

async function write({ rows, projection }: VisualFeatures): Promise<void> {
  await saveProjection(MODEL_DIR, projection!);
  const starter = await ids(path.join(ROOT, 'data/starter/movies.csv'));
  const known = new Map([...rows].filter(([id]) => starter.has(id)));
  const { dims, whiten, posters, network } = projection!;
  const weights = readFileSync(path.join(MODEL_DIR, PROJECTION_FILES.weights));
  await writeVisualTable(path.join(ROOT, 'data/starter/visual.json'), {
    provenance: {
      note: NOTE,
      network,
      projection: { dims, whiten, posters, sha256: createHash('sha256').update(weights).digest('hex') },
      made: new Date().toISOString().slice(0, 10),
      films: known.size,
      of: starter.size,
    },
    rows: known,
  });
  console.log(`${known.size} of ${starter.size} starter films have visual features.`);
}

async function ids(file: string): Promise<Set<number>> {
  const found = new Set<number>();
  for await (const { values: cells } of readTable(file, FILM_COLUMNS)) found.add(Number(cells.id));
  return found;
}

/** Speed with everything (start of the processes, decoding, network, store), and how alike the genres of neighbours are. */
async function measure({ rows, projection, report }: VisualFeatures, seconds: number): Promise<void> {
  console.log(
    `${report!.computed} posters in ${seconds.toFixed(1)} s: ${(report!.computed / seconds).toFixed(0)} per second`,
  );
  const explained = projection!.explained.reduce((sum, share) => sum + share, 0);
  console.log(`${projection!.dims} components hold ${(100 * explained).toFixed(0)} % of the variance`);
  const genres = new Map<number, Set<string>>();
  for await (const { values: cells } of readTable(path.join(ROOT, '../shared/data/tmdb_movies.csv'), [
    'id',
    'genres',
  ]))
    if (rows.has(Number(cells.id))) genres.set(Number(cells.id), new Set(cells.genres!.split(', ')));
  const table = nearestFilms(new Map([...rows].map(([id, { vector }]) => [id, vector])), 10);
  const all = [...genres.keys()];
  let near = 0;
  let any = 0;
  let pairs = 0;
  for (const [place, id] of all.entries()) {
    for (const [rank, other] of table.of(id).entries()) {
      if (!genres.has(other)) continue;
      near += overlap(genres.get(id)!, genres.get(other)!);
      any += overlap(genres.get(id)!, genres.get(all[(place + 97 * (rank + 1)) % all.length]!)!);
      pairs++;
    }
  }
  console.log(
    `genres shared (Jaccard) with the ten nearest: ${(near / pairs).toFixed(3)}; with any ten: ${(any / pairs).toFixed(3)}`,
  );
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((genre) => b.has(genre)).length;
  return both / (a.size + b.size - both);
}
