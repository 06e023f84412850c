/**
 * Latent semantic analysis of texts: TF-IDF (sublinear, unit rows), then the leading right singular
 * vectors by subspace iteration (Halko, Martinsson & Tropp 2011, algorithm 4.4), which never forms the dense matrix.
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { type FilmText, filmTerms, weighTerms } from '../engine/model/text.ts';
import { quantiseRows } from '../engine/model/weights.ts';
import { seededRandom } from '../shared/random.ts';
import { symmetricPower } from './matrix.ts';
import { WORD_DIMS } from './word-vectors.ts';

export interface FittedTextSpace {
  readonly terms: string[];
  readonly idf: Float32Array;
  /** terms × dims in units of `rowScale` */
  readonly rows: Int8Array;
  readonly rowScale: Float32Array;
  /** Dimensions of each block of a row. */
  readonly blocks: readonly number[];
}

export interface TextSpaceOptions {
  readonly dims: number;
  /** Terms in fewer texts are left out. */
  readonly minTexts: number;
  /** Extra dimensions that speed up convergence. */
  readonly oversampling: number;
  readonly iterations: number;
  readonly seed: number;
}

export const TEXT_SPACE_DEFAULTS: TextSpaceOptions = {
  dims: 96,
  minTexts: 20,
  oversampling: 16,
  iterations: 7,
  seed: 20_261_123,
};

/** Sparse rows: term indices and weights of one text after another. */
interface SparseRows {
  readonly starts: Uint32Array;
  readonly terms: Uint32Array;
  readonly weights: Float32Array;
}

/**
 * The space of film texts: latent semantic analysis, and averaged word vectors behind it.
 *
 * @param wordVectors unit vectors of the words asked for
 */
export async function fitTextSpace(
  films: readonly FilmText[],
  wordVectors: (wanted: ReadonlySet<string>) => Promise<ReadonlyMap<string, Float32Array>>,
  options: TextSpaceOptions = TEXT_SPACE_DEFAULTS,
): Promise<FittedTextSpace> {
  const termsOf = filmTerms;
  const texts = films;
  const frequency = new Map<string, number>();
  for (const text of texts)
    for (const term of new Set(termsOf(text))) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const terms = [...frequency]
    .filter(([, count]) => count >= options.minTexts)
    .map(([term]) => term)
    .sort();
  const idf = Float32Array.from(
    terms,
    (term) => Math.log((1 + texts.length) / (1 + frequency.get(term)!)) + 1,
  );
  const vocabulary = new Map(terms.map((term, index) => [term, index]));
  const sparse = sparseRows(texts, termsOf, vocabulary, idf);
  const basis = leadingRightVectors(sparse, terms.length, options);
  const meanings = await wordVectors(new Set(terms));
  const width = options.dims + WORD_DIMS;
  const joined = new Float64Array(terms.length * width);
  // Both blocks at about the same size, so that one scale a row serves both; their lengths are made one later.
  const gain = 1 / (rootMeanSquare(basis) * Math.sqrt(WORD_DIMS) || 1);
  for (const [row, term] of terms.entries()) {
    for (let d = 0; d < options.dims; d++)
      joined[row * width + d] = gain * (basis[row * options.dims + d] ?? 0);
    const vector = meanings.get(term);
    if (vector) joined.set(vector, row * width + options.dims);
  }
  const { bytes, scale } = quantiseRows(joined, terms.length, width);
  return { terms, idf, rows: bytes, rowScale: scale, blocks: [options.dims, WORD_DIMS] };
}

function rootMeanSquare(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / Math.max(values.length, 1));
}

function sparseRows<T>(
  texts: readonly T[],
  termsOf: (text: T) => readonly string[],
  vocabulary: ReadonlyMap<string, number>,
  idf: Float32Array,
): SparseRows {
  const starts = new Uint32Array(texts.length + 1);
  const terms: number[] = [];
  const weights: number[] = [];
  for (const [row, text] of texts.entries()) {
    for (const [term, weight] of weighTerms(termsOf(text), vocabulary, idf)) {
      terms.push(term);
      weights.push(weight);
    }
    starts[row + 1] = terms.length;
  }
  return { starts, terms: Uint32Array.from(terms), weights: Float32Array.from(weights) };
}

/** Z = Aᵀ(A·Q) for sparse A, one row at a time. Q and Z are terms × width, row-major. */
function gramTimes(a: SparseRows, q: Float64Array, width: number): Float64Array {
  const z = new Float64Array(q.length);
  const y = new Float64Array(width);
  for (let row = 0; row + 1 < a.starts.length; row++) {
    y.fill(0);
    for (let n = a.starts[row]!; n < a.starts[row + 1]!; n++) {
      const w = a.weights[n]!;
      const offset = a.terms[n]! * width;
      for (let d = 0; d < width; d++) y[d]! += w * q[offset + d]!;
    }
    for (let n = a.starts[row]!; n < a.starts[row + 1]!; n++) {
      const w = a.weights[n]!;
      const offset = a.terms[n]! * width;
      for (let d = 0; d < width; d++) z[offset + d]! += w * y[d]!;
    }
  }
  return z;
}

/** AᵀB of two terms × width blocks. */
function blockProduct(a: Float64Array, b: Float64Array, width: number): Matrix {
  const sums = Array.from({ length: width }, () => new Float64Array(width));
  for (let offset = 0; offset < a.length; offset += width) {
    for (let i = 0; i < width; i++) {
      const value = a[offset + i]!;
      if (value === 0) continue;
      const target = sums[i]!;
      for (let j = 0; j < width; j++) target[j]! += value * b[offset + j]!;
    }
  }
  return new Matrix(sums);
}

/** Block times a small matrix. */
function timesSmall(a: Float64Array, m: Matrix, width: number): Float64Array {
  const rows = m.to2DArray();
  const columns = m.columns;
  const out = new Float64Array((a.length / width) * columns);
  for (let row = 0; row < a.length / width; row++) {
    for (let i = 0; i < width; i++) {
      const value = a[row * width + i]!;
      if (value === 0) continue;
      const source = rows[i]!;
      for (let j = 0; j < columns; j++) out[row * columns + j]! += value * source[j]!;
    }
  }
  return out;
}

/** Orthonormal columns spanning the block's: Q·(QᵀQ)^−½. */
function orthonormalise(q: Float64Array, width: number): Float64Array {
  return timesSmall(q, symmetricPower(blockProduct(q, q, width), -0.5), width);
}

function leadingRightVectors(a: SparseRows, terms: number, options: TextSpaceOptions): Float64Array {
  const width = Math.min(options.dims + options.oversampling, terms);
  const random = seededRandom(options.seed);
  let q: Float64Array = Float64Array.from({ length: terms * width }, () => random() - 0.5);
  q = orthonormalise(q, width);
  for (let i = 0; i < options.iterations; i++) q = orthonormalise(gramTimes(a, q, width), width);
  const ritz = blockProduct(q, gramTimes(a, q, width), width);
  const evd = new EigenvalueDecomposition(ritz, { assumeSymmetric: true });
  const order = evd.realEigenvalues
    .map((value, index) => [value, index] as const)
    .sort((x, y) => y[0] - x[0]);
  const columns = order.slice(0, options.dims).map(([, index]) => index);
  return timesSmall(q, evd.eigenvectorMatrix.subMatrixColumn(columns), width);
}
