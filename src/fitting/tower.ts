/**
 * Two towers into one space, learned from picks: a song's picks are to be the likeliest films among all
 * (softmax over sampled films; Covington et al. 2016, Yi et al. 2019). A film that somebody picked also learns a
 * vector and a bias of its own, as in matrix factorisation, so that what its facts don't say is not lost.
 */
import { Matrix } from 'ml-matrix';
import { addProduct, dotAt } from '../engine/model/numbers.ts';
import type { SongTower } from '../engine/model/song-tower.ts';
import { seededRandom, shuffle } from '../shared/random.ts';
import { Adam } from './adam.ts';
import { solvePositive, sparseOf } from './linear.ts';
import { leadingTriplets } from './matrix.ts';

export interface TowerExample {
  /** Song vector. */
  readonly x: Float64Array;
  /** Positions of the picked films. */
  readonly films: readonly number[];
  readonly weight: number;
}

export interface TowerSettings {
  readonly dims: number;
  readonly epochs: number;
  readonly learningRate: number;
  /** Weight decay of both towers, and of the learned film vectors. */
  readonly decay: number;
  readonly learnedDecay: number;
  /** Share of a song vector's numbers that is left out at random. */
  readonly dropout: number;
  /** Hidden units of the song tower, and the share of them that is left out at random. */
  readonly hidden: number;
  readonly hiddenDropout: number;
  /** Films drawn beside those that the songs of a batch picked. */
  readonly negatives: number;
  readonly batch: number;
  readonly seed: number;
}

export const TOWER_DEFAULTS: TowerSettings = {
  dims: 64,
  epochs: 4,
  learningRate: 2e-3,
  decay: 5e-4,
  learnedDecay: 1e-3,
  dropout: 0.1,
  hidden: 64,
  hiddenDropout: 0.2,
  negatives: 500,
  batch: 192,
  seed: 20_261_127,
};

export interface Towers {
  readonly song: SongTower;
  /** film dims × k */
  readonly film: Float32Array;
  /** films × k; zeros for films that nobody picked */
  readonly learned: Float32Array;
  /** Logit bias of each film. */
  readonly bias: Float32Array;
  /** Bias of a film that nobody picked. */
  readonly unpicked: number;
}

/** How many examples picked each film. */
export function pickCounts(examples: readonly TowerExample[], films: number): Float64Array {
  const counts = new Float64Array(films);
  for (const example of examples) for (const film of example.films) counts[film]!++;
  return counts;
}

/**
 * A bilinear ridge regression of picks on both vectors, and its leading singular vectors: where learning starts.
 */
export function initialTowers(
  examples: readonly TowerExample[],
  films: readonly Float32Array[],
  counts: Float64Array,
  dims: number,
): { song: Float32Array; film: Float32Array } {
  const nx = examples[0]!.x.length;
  const ny = films[0]!.length;
  const cross = new Float64Array(nx * ny);
  const xx = new Float64Array(nx * nx);
  const target = new Float64Array(ny);
  for (const { x, films: picked, weight } of examples) {
    target.fill(0);
    for (const film of picked) {
      const share = weight / Math.sqrt(counts[film]!);
      const y = films[film]!;
      for (let d = 0; d < ny; d++) target[d]! += share * y[d]!;
    }
    const { indices, values } = sparseOf(x);
    for (let a = 0; a < indices.length; a++) {
      const value = values[a]!;
      const at = indices[a]! * ny;
      for (let d = 0; d < ny; d++) cross[at + d]! += value * target[d]!;
      const row = indices[a]! * nx;
      for (let b = 0; b < indices.length; b++) xx[row + indices[b]!]! += weight * value * values[b]!;
    }
  }
  for (let i = 0; i < nx; i++) xx[i * nx + i]! += 300;
  solvePositive(xx, cross, nx, ny);
  const yy = new Float64Array(ny * ny);
  for (const y of films) {
    for (let a = 0; a < ny; a++) {
      const value = 0.1 * y[a]!;
      if (value === 0) continue;
      const row = a * ny;
      for (let b = 0; b < ny; b++) yy[row + b]! += value * y[b]!;
    }
  }
  for (let i = 0; i < ny; i++) yy[i * ny + i]! += 100;
  const transposed = new Float64Array(ny * nx);
  for (let i = 0; i < nx; i++) for (let j = 0; j < ny; j++) transposed[j * nx + i] = cross[i * ny + j]!;
  solvePositive(yy, transposed, ny, nx);
  const bilinear = new Matrix(
    Array.from({ length: nx }, (_, i) => Array.from({ length: ny }, (__, j) => transposed[j * nx + i]!)),
  );
  const { u, s, v } = leadingTriplets(bilinear, dims);
  const song = new Float32Array(nx * dims);
  const film = new Float32Array(ny * dims);
  for (let k = 0; k < dims; k++) {
    const root = Math.sqrt(s[k]!);
    for (let i = 0; i < nx; i++) song[i * dims + k] = root * u.get(i, k);
    for (let j = 0; j < ny; j++) film[j * dims + k] = root * v.get(j, k);
  }
  const gain = Math.sqrt(3 / (spreadOf(examples, films, song, film, dims) || 1));
  return { song: song.map((w) => w * gain), film: film.map((w) => w * gain) };
}

/** A hidden layer that starts awake for half of the songs and says next to nothing yet (He et al. 2015). */
function initialLayer(
  examples: readonly TowerExample[],
  k: number,
  units: number,
  random: () => number,
): Omit<SongTower, 'linear'> {
  const nx = examples[0]!.x.length;
  let squares = 0;
  for (const { x } of examples) for (const value of x) squares += (value * value) / examples.length;
  const spread = 1 / Math.sqrt(squares || 1);
  return {
    hidden: Float32Array.from({ length: nx * units }, () => spread * normal(random)),
    hiddenBias: new Float32Array(units),
    output: Float32Array.from({ length: units * k }, () => 0.01 * normal(random)),
  };
}

/** A number of the standard normal distribution (Box & Muller 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Standard deviation of the logits of some songs over some films. */
function spreadOf(
  examples: readonly TowerExample[],
  films: readonly Float32Array[],
  song: Float32Array,
  film: Float32Array,
  dims: number,
): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  const every = Math.max(1, Math.floor(films.length / 400));
  const filmVectors: Float32Array[] = [];
  for (let f = 0; f < films.length; f += every) filmVectors.push(times(films[f]!, film, dims));
  for (const { x } of examples.slice(0, 60)) {
    const u = times(x, song, dims);
    for (const v of filmVectors) {
      let logit = 0;
      for (let d = 0; d < dims; d++) logit += u[d]! * v[d]!;
      sum += logit;
      squares += logit * logit;
      count++;
    }
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** A vector times a matrix with k columns. */
export function times(
  x: ArrayLike<number>,
  w: Float32Array,
  k: number,
  out = new Float32Array(k),
): Float32Array {
  out.fill(0);
  addProduct(x, w, k, out);
  return out;
}

/**
 * @param films film vectors, one for each position that examples name
 */
export function trainTowers(
  examples: readonly TowerExample[],
  films: readonly Float32Array[],
  settings: TowerSettings = TOWER_DEFAULTS,
  say: (text: string) => void = () => {},
): Towers {
  const { dims: k } = settings;
  const counts = pickCounts(examples, films.length);
  const random = seededRandom(settings.seed);
  const { song: linear, film } = initialTowers(examples, films, counts, k);
  const song = { linear, ...initialLayer(examples, k, settings.hidden, random) };
  // Learned vectors stand in rows of their own: most films have none.
  const rowOf = new Int32Array(films.length).fill(-1);
  let rows = 0;
  for (let f = 0; f < films.length; f++) if (counts[f]! > 0) rowOf[f] = rows++;
  const raw = Float64Array.from(counts, (count) => 0.3 * Math.log(count + 0.3));
  const centre = raw.reduce((sum, value) => sum + value, 0) / raw.length;
  const unpicked = 0.3 * Math.log(0.3) - centre;
  const learned = new Float32Array(rows * k);
  const bias = new Float32Array(rows);
  for (let f = 0; f < films.length; f++) if (rowOf[f]! >= 0) bias[rowOf[f]!] = raw[f]! - centre;
  const parameters = { ...song, film, learned, bias };
  const step = new Step(examples, films, rowOf, parameters, unpicked, settings);
  const order = Uint32Array.from(examples.keys());
  let count = 0;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    shuffle(order, random);
    let loss = 0;
    const rate = settings.learningRate * (1 - epoch / settings.epochs);
    for (let from = 0; from < order.length; from += settings.batch)
      loss += step.run(order.subarray(from, from + settings.batch), rate, ++count, random);
    say(`Epoch ${epoch + 1} of ${settings.epochs}: loss ${(loss / examples.length).toFixed(3)}`);
  }
  const all = new Float32Array(films.length * k);
  const biases = new Float32Array(films.length).fill(unpicked);
  for (let f = 0; f < films.length; f++) {
    const row = rowOf[f]!;
    if (row < 0) continue;
    all.set(learned.subarray(row * k, (row + 1) * k), f * k);
    biases[f] = bias[row]!;
  }
  return { song, film, learned: all, bias: biases, unpicked };
}

/** A film less likely than this adds nothing to a song's gradient. */
const NEGLIGIBLE = 2e-5;

/** Everything that is learned. */
type Parameters = Readonly<Record<'film' | 'learned' | 'bias' | keyof SongTower, Float32Array>>;

/** One step of gradient descent, with the arrays that it fills anew each time. */
class Step {
  readonly #examples: readonly TowerExample[];
  readonly #films: readonly Float32Array[];
  readonly #rowOf: Int32Array;
  readonly #p: Parameters;
  readonly #unpicked: number;
  readonly #settings: TowerSettings;
  readonly #adam: Record<keyof Parameters, Adam>;
  readonly #gradient: Parameters;
  readonly #decays: Readonly<Record<keyof Parameters, number>>;
  readonly #place: Int32Array;

  constructor(
    examples: readonly TowerExample[],
    films: readonly Float32Array[],
    rowOf: Int32Array,
    parameters: Parameters,
    unpicked: number,
    settings: TowerSettings,
  ) {
    this.#examples = examples;
    this.#films = films;
    this.#rowOf = rowOf;
    this.#p = parameters;
    this.#unpicked = unpicked;
    this.#settings = settings;
    const { decay, learnedDecay: learned } = settings;
    this.#decays = {
      linear: decay,
      hidden: decay,
      hiddenBias: 0,
      output: decay,
      film: decay,
      learned,
      bias: 1e-4,
    };
    const like = <T>(make: (length: number) => T) =>
      Object.fromEntries(
        Object.entries(parameters).map(([name, block]) => [name, make(block.length)]),
      ) as Record<keyof Parameters, T>;
    this.#adam = like((length) => new Adam(length));
    this.#gradient = like((length) => new Float32Array(length));
    this.#place = new Int32Array(films.length).fill(-1);
  }

  /** @returns the summed loss of the batch */
  run(batch: Uint32Array, rate: number, count: number, random: () => number): number {
    const { dims: k, dropout, hidden: units, hiddenDropout } = this.#settings;
    const { linear, hidden, hiddenBias, output, film, learned, bias } = this.#p;
    const g = this.#gradient;
    for (const block of Object.values(g)) block.fill(0);
    const { sampled, positives } = this.#sample(batch, random);
    const n = sampled.length;
    // A drawn film stands for all that were not drawn.
    const drawn = n - positives;
    const correction = drawn > 0 ? Math.log((this.#films.length - positives) / drawn) : 0;
    const v = new Float32Array(n * k);
    const logitBias = new Float32Array(n);
    for (let j = 0; j < n; j++) {
      const f = sampled[j]!;
      const out = v.subarray(j * k, (j + 1) * k);
      times(this.#films[f]!, film, k, out);
      const row = this.#rowOf[f]!;
      if (row >= 0) for (let d = 0; d < k; d++) out[d]! += learned[row * k + d]!;
      logitBias[j] = (row >= 0 ? bias[row]! : this.#unpicked) + (j >= positives ? correction : 0);
    }
    const gv = new Float32Array(n * k);
    const gb = new Float32Array(n);
    const touched = new Uint8Array(n);
    const p = new Float32Array(n);
    const u = new Float32Array(k);
    const gu = new Float32Array(k);
    const h = new Float32Array(units);
    const gh = new Float32Array(units);
    const keep = 1 / (1 - dropout);
    const keepUnit = 1 / (1 - hiddenDropout);
    let loss = 0;
    for (const at of batch) {
      const { x, films: picked, weight } = this.#examples[at]!;
      const kept: number[] = [];
      const values: number[] = [];
      for (let i = 0; i < x.length; i++) {
        if (x[i] === 0 || random() < dropout) continue;
        kept.push(i);
        values.push(x[i]! * keep);
      }
      u.fill(0);
      h.set(hiddenBias);
      for (let a = 0; a < kept.length; a++) {
        const value = values[a]!;
        const w = kept[a]! * k;
        for (let d = 0; d < k; d++) u[d]! += value * linear[w + d]!;
        const r = kept[a]! * units;
        for (let q = 0; q < units; q++) h[q]! += value * hidden[r + q]!;
      }
      for (let q = 0; q < units; q++) {
        h[q] = h[q]! > 0 && random() >= hiddenDropout ? keepUnit * h[q]! : 0;
        if (h[q] !== 0) for (let d = 0; d < k; d++) u[d]! += h[q]! * output[q * k + d]!;
      }
      let largest = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < n; j++) {
        const logit = logitBias[j]! + dotAt(u, v, j * k, k);
        p[j] = logit;
        if (logit > largest) largest = logit;
      }
      let total = 0;
      for (let j = 0; j < n; j++) total += p[j] = Math.exp(p[j]! - largest);
      for (let j = 0; j < n; j++) p[j]! /= total;
      const share = 1 / picked.length;
      for (const f of picked) {
        const j = this.#place[f]!;
        loss -= share * Math.log(p[j]! + 1e-12);
      }
      for (const f of picked) p[this.#place[f]!]! -= share;
      const scale = weight / batch.length;
      gu.fill(0);
      for (let j = 0; j < n; j++) {
        // Most films are out of question for a song, and their share of its gradient is next to nothing.
        if (p[j]! < NEGLIGIBLE && p[j]! > -NEGLIGIBLE) continue;
        const delta = scale * p[j]!;
        touched[j] = 1;
        gb[j]! += delta;
        const base = j * k;
        for (let d = 0; d < k; d++) {
          gu[d]! += delta * v[base + d]!;
          gv[base + d]! += delta * u[d]!;
        }
      }
      for (let q = 0; q < units; q++) {
        gh[q] = h[q] === 0 ? 0 : keepUnit * dotAt(gu, output, q * k, k);
        if (h[q] === 0) continue;
        g.hiddenBias[q]! += gh[q]!;
        for (let d = 0; d < k; d++) g.output[q * k + d]! += h[q]! * gu[d]!;
      }
      for (let a = 0; a < kept.length; a++) {
        const value = values[a]!;
        const w = kept[a]! * k;
        for (let d = 0; d < k; d++) g.linear[w + d]! += value * gu[d]!;
        const r = kept[a]! * units;
        for (let q = 0; q < units; q++) g.hidden[r + q]! += value * gh[q]!;
      }
    }
    for (let j = 0; j < n; j++) {
      if (touched[j] === 0) continue;
      const f = sampled[j]!;
      const y = this.#films[f]!;
      const base = j * k;
      for (let i = 0; i < y.length; i++) {
        const value = y[i]!;
        if (value === 0) continue;
        const w = i * k;
        for (let d = 0; d < k; d++) g.film[w + d]! += value * gv[base + d]!;
      }
      const row = this.#rowOf[f]!;
      if (row < 0) continue;
      g.bias[row]! += gb[j]!;
      for (let d = 0; d < k; d++) g.learned[row * k + d]! += gv[base + d]!;
    }
    for (const f of sampled) this.#place[f] = -1;
    const update = (name: keyof Parameters, from?: number, to?: number) =>
      this.#adam[name].update(this.#p[name], g[name], this.#decays[name], rate, count, from, to);
    for (const name of ['linear', 'hidden', 'hiddenBias', 'output', 'film'] as const) update(name);
    for (let j = 0; j < n; j++) {
      const row = this.#rowOf[sampled[j]!]!;
      if (touched[j] === 0 || row < 0) continue;
      update('learned', row * k, (row + 1) * k);
      update('bias', row, row + 1);
    }
    return loss;
  }

  /** The films that the batch picked, then drawn ones; `#place` tells where each stands. */
  #sample(batch: Uint32Array, random: () => number): { sampled: Uint32Array; positives: number } {
    const sampled: number[] = [];
    const take = (f: number) => {
      if (this.#place[f]! >= 0) return;
      this.#place[f] = sampled.length;
      sampled.push(f);
    };
    for (const at of batch) for (const f of this.#examples[at]!.films) take(f);
    const positives = sampled.length;
    const wanted = Math.min(positives + this.#settings.negatives, this.#films.length);
    while (sampled.length < wanted) take(Math.floor(random() * this.#films.length));
    return { sampled: Uint32Array.from(sampled), positives };
  }
}
