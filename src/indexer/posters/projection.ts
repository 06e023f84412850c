/** Principal components of the network's features: fitted once, stored with the model, applied to every poster. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { z } from 'zod';
import { dot, normalise } from '../../engine/model/numbers.ts';
import { CatalogueError } from '../../shared/errors.ts';
import { seededRandom } from '../../shared/random.ts';
import type { NetworkIdentity } from './network.ts';

export interface Projection {
  /** What the features must come from. */
  readonly network: NetworkIdentity;
  readonly dims: number;
  /** Whether every component is scaled to unit variance. */
  readonly whiten: boolean;
  /** Posters that it was fitted on. */
  readonly posters: number;
  /** Share of the variance that each component holds, descending. */
  readonly explained: readonly number[];
  /** Mean of the unit-length features (width numbers). */
  readonly mean: Float32Array;
  /** What each component is multiplied by: 1, or one over its standard deviation. */
  readonly scale: Float32Array;
  /** dims × width, row-major, orthonormal rows. */
  readonly components: Float32Array;
}

export interface FitOptions {
  /** Default 32. */
  readonly dims?: number;
  /** Default false: neighbours by plain components agree better with genres (docs/POSTERS.md). */
  readonly whiten?: boolean;
  /** Rows to fit on at most, taken at equal steps. */
  readonly sample?: number;
}

/** File names beside the fitted model. */
export const PROJECTION_FILES = { spec: 'visual.json', weights: 'visual.bin' } as const;

/** Spare directions and rounds of the iteration: the components' shares of the variance are then settled to three digits. */
const OVERSAMPLE = 16;
const ROUNDS = 6;
const SEED = 20_161;

/**
 * Fits the principal components by subspace iteration on the data (Halko, Martinsson, Tropp 2011, algorithm 4.4),
 * with a fixed seed: the same rows in the same order give the same bytes on every machine.
 *
 * @param rows pooled features; each is taken at unit length, as bright posters excite every feature
 * @throws RangeError for fewer than two rows
 */
export function fitProjection(
  rows: readonly Float32Array[],
  network: NetworkIdentity,
  options: FitOptions = {},
): Projection {
  const { dims = 32, whiten = false, sample = 3000 } = options;
  if (rows.length < 2) throw new RangeError('a projection needs two posters at least');
  const taken = Math.min(sample, rows.length);
  const x = Array.from({ length: taken }, (_, i) =>
    normalise(Float32Array.from(rows[Math.floor((i * rows.length) / taken)]!)),
  );
  const { width } = network;
  const mean = new Float64Array(width);
  for (const row of x) for (let j = 0; j < width; j++) mean[j]! += row[j]! / taken;
  let total = 0;
  for (const row of x) {
    for (let j = 0; j < width; j++) row[j]! -= mean[j]!;
    total += dot(row, row);
  }
  const random = seededRandom(SEED);
  let basis: Float64Array[] = Array.from({ length: Math.min(width, dims + OVERSAMPLE) }, () =>
    Float64Array.from({ length: width }, () => random() - 0.5),
  );
  for (let round = 0; round < ROUNDS; round++) basis = orthonormalise(timesCovariance(x, basis));
  const { vectors, squares } = rayleighRitz(x, basis, dims);
  const components = new Float32Array(dims * width);
  for (const [d, vector] of vectors.entries()) components.set(vector, d * width);
  return {
    network,
    dims,
    whiten,
    posters: taken,
    explained: squares.map((square) => Number((square / (total || 1)).toPrecision(4))),
    mean: Float32Array.from(mean),
    scale: Float32Array.from(squares, (square) =>
      !whiten ? 1 : square > 1e-9 * total ? Math.sqrt((taken - 1) / square) : 0,
    ),
    components,
  };
}

/** A poster's features as `dims` numbers. @throws RangeError for features of another width */
export function applyProjection(projection: Projection, features: Float32Array): Float32Array {
  const { dims, mean, scale, components } = projection;
  const width = mean.length;
  if (features.length !== width)
    throw new RangeError(`${features.length} features where ${width} were fitted`);
  const centred = normalise(Float32Array.from(features));
  for (let j = 0; j < width; j++) centred[j]! -= mean[j]!;
  return Float32Array.from({ length: dims }, (_, d) => {
    let sum = 0;
    for (let j = 0, at = d * width; j < width; j++) sum += centred[j]! * components[at + j]!;
    return sum * scale[d]!;
  });
}

/** XᵀX·basis: one vector each, without ever forming XᵀX. */
function timesCovariance(x: readonly Float32Array[], basis: readonly Float64Array[]): Float64Array[] {
  const out = basis.map((vector) => new Float64Array(vector.length));
  for (const row of x) {
    for (const [k, vector] of basis.entries()) {
      const weight = dot(row, vector);
      const target = out[k]!;
      for (let j = 0; j < target.length; j++) target[j]! += weight * row[j]!;
    }
  }
  return out;
}

/** Modified Gram-Schmidt, twice for accuracy; a vector that depends on those before it becomes zero. */
function orthonormalise(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++) {
      for (const other of done) {
        const share = dot(vector, other);
        for (let j = 0; j < vector.length; j++) vector[j]! -= share * other[j]!;
      }
    }
    if (Math.sqrt(dot(vector, vector)) <= 1e-10 * before) vector.fill(0);
    done.push(normalise(vector));
  }
  return done;
}

/** The leading principal directions within the span of the basis, and Σ(x·v)² along each. */
function rayleighRitz(x: readonly Float32Array[], basis: readonly Float64Array[], dims: number) {
  const size = basis.length;
  const moments = Matrix.zeros(size, size);
  for (const row of x) {
    const y = basis.map((vector) => dot(row, vector));
    for (let a = 0; a < size; a++)
      for (let b = a; b < size; b++) moments.set(a, b, moments.get(a, b) + y[a]! * y[b]!);
  }
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) moments.set(a, b, moments.get(b, a));
  const evd = new EigenvalueDecomposition(moments, { assumeSymmetric: true });
  const order = evd.realEigenvalues
    .map((value, index) => [value, index] as const)
    .sort((p, q) => q[0] - p[0]);
  const leading = Array.from({ length: dims }, (_, d) => order[d] ?? ([0, -1] as const));
  const vectors = leading.map(([, index]) => {
    const vector = new Float64Array(basis[0]!.length);
    for (const [k, direction] of index < 0 ? [] : basis.entries()) {
      const share = evd.eigenvectorMatrix.get(k, index);
      for (let j = 0; j < vector.length; j++) vector[j]! += share * direction[j]!;
    }
    return withFixedSign(vector);
  });
  return { vectors, squares: leading.map(([value]) => Math.max(0, value)) };
}

/** A direction and its opposite are the same component: the greatest entry is made positive. */
function withFixedSign(vector: Float64Array): Float64Array {
  let greatest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(greatest)) greatest = value;
  return greatest < 0 ? vector.map((value) => -value) : vector;
}

const specSchema = z.object({
  format: z.literal(1),
  network: z.object({
    sha256: z.string(),
    side: z.number().int().positive(),
    width: z.number().int().positive(),
    scaling: z.enum(['symmetric', 'imagenet']),
  }),
  dims: z.number().int().positive(),
  whiten: z.boolean(),
  posters: z.number().int().positive(),
  explained: z.array(z.number()),
  /** Of visual.bin: Float32, little-endian: mean, scale, components. */
  bytes: z.number().int(),
  sha256: z.string(),
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Writes `visual.bin` and `visual.json` into a model folder. */
export async function saveProjection(dir: string, projection: Projection): Promise<void> {
  const { network, dims, whiten, posters, explained, mean, scale, components } = projection;
  const weights = Buffer.from(Float32Array.from([...mean, ...scale, ...components]).buffer);
  const spec: z.infer<typeof specSchema> = {
    format: 1,
    network,
    dims,
    whiten,
    posters,
    explained: [...explained],
    bytes: weights.length,
    sha256: sha256(weights),
  };
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, PROJECTION_FILES.weights), weights);
  await writeFile(path.join(dir, PROJECTION_FILES.spec), `${JSON.stringify(spec, null, 1)}\n`);
}

/**
 * Reads a projection, or null where the folder has none.
 * @throws CatalogueError `visual.damaged`
 */
export async function loadProjection(dir: string): Promise<Projection | null> {
  const text = await readFile(path.join(dir, PROJECTION_FILES.spec), 'utf8').catch(() => null);
  if (text === null) return null;
  const spec = parseSpec(text);
  const weights = await readFile(path.join(dir, PROJECTION_FILES.weights)).catch(() => Buffer.alloc(0));
  const { dims, network } = spec;
  const expected = 4 * (network.width + dims + dims * network.width);
  if (weights.length !== spec.bytes || weights.length !== expected || sha256(weights) !== spec.sha256)
    throw damaged('visual.bin does not match visual.json');
  const values = new Float32Array(Uint8Array.from(weights).buffer);
  return {
    network,
    dims,
    whiten: spec.whiten,
    posters: spec.posters,
    explained: spec.explained,
    mean: values.slice(0, network.width),
    scale: values.slice(network.width, network.width + dims),
    components: values.slice(network.width + dims),
  };
}

function parseSpec(text: string): z.infer<typeof specSchema> {
  try {
    return specSchema.parse(JSON.parse(text));
  } catch (error) {
    throw damaged('visual.json is not as expected', error);
  }
}

function damaged(what: string, underlying?: unknown): CatalogueError {
  return new CatalogueError(`The fitted projection of poster features is damaged: ${what}.`, {
    id: 'visual.damaged',
    hint: 'Restore data/model from the repository, or compute it anew with scripts/starter-visuals.ts.',
    underlying,
  });
}
