/** Posters as groups of the film vector, to measure what they are worth (docs/MATCHING.md). */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dot } from '../engine/model/numbers.ts';
import { COLOUR_NAMES } from '../indexer/posters/decode.ts';
import { posterMatrix } from '../indexer/posters/matrix.ts';
import { identifyNetwork } from '../indexer/posters/network.ts';
import { applyProjection, fitProjection } from '../indexer/posters/projection.ts';
import { UserError } from '../shared/errors.ts';
import { mean } from './metrics.ts';

/** Poster features of films, scaled to a root mean square length of 1. */
export interface VisualRows {
  readonly name: string;
  readonly dims: number;
  readonly rows: ReadonlyMap<number, Float64Array>;
}

/** A group of the film vector; films without a poster stand at the middle of it. */
export interface VisualGroup extends VisualRows {
  readonly weight: number;
}

export interface PosterFiles {
  /** Folder of `<film id>.jpg`. */
  readonly posters: string;
  /** MobileNetV2 as ONNX. */
  readonly network: string;
}

/** The network's own input size, and the paper's. */
const SIDES = [224, 32] as const;

/**
 * Each kind of poster feature: 32 components of the network's features at either size, and four plain colours.
 *
 * @throws UserError when the folder holds no poster, ConfigurationError for an unusable network
 */
export async function visualRows({ posters, network }: PosterFiles): Promise<VisualRows[]> {
  const names = await readdir(posters).catch(() => []);
  const films = names.flatMap((name) => {
    const id = /^(\d+)\.jpg$/.exec(name)?.[1];
    return id ? [{ id: Number(id), poster: '' }] : [];
  });
  if (films.length < 2) {
    throw new UserError(`There are no posters in ${posters}.`, {
      id: 'fit.posters',
      hint: 'Give a folder of pictures named after their films: 27205.jpg, 155.jpg, …',
    });
  }
  films.sort((a, b) => a.id - b.id);
  const workDir = await mkdtemp(path.join(tmpdir(), 'm2m-fit-posters-'));
  try {
    const { ids, features, colours } = await posterMatrix(films, SIDES, { network, dir: posters, workDir });
    const groups: VisualRows[] = [];
    for (const side of SIDES) {
      const rows = features.get(side)!;
      const projection = fitProjection([...rows], await identifyNetwork(network, { side }));
      const projected = rows.map((row) => Float64Array.from(applyProjection(projection, row)));
      groups.push(scaled(`posters at ${side} pixels`, ids, projected));
    }
    const plain = colours.map((colour) => Float64Array.from(COLOUR_NAMES, (name) => colour[name]));
    return [...groups, scaled('poster colours', ids, standardised(plain))];
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Columns of mean 0 and variance 1. */
function standardised(rows: readonly Float64Array[]): Float64Array[] {
  const out = rows.map((row) => row.slice());
  for (let d = 0; d < (out[0]?.length ?? 0); d++) {
    const centre = mean(out.map((row) => row[d]!));
    const sd = Math.sqrt(mean(out.map((row) => (row[d]! - centre) ** 2))) || 1;
    for (const row of out) row[d] = (row[d]! - centre) / sd;
  }
  return out;
}

function scaled(name: string, ids: readonly number[], rows: readonly Float64Array[]): VisualRows {
  const dims = rows[0]!.length;
  const unit = Math.sqrt(mean(rows.map((row) => dot(row, row)))) || 1;
  return { name, dims, rows: new Map(ids.map((id, n) => [id, rows[n]!.map((x) => x / unit)])) };
}
