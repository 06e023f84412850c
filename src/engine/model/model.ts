/** The fitted model: loaded from its folder, checked, and applied. It is never changed by what it is applied to. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CatalogueError } from '../../shared/errors.ts';
import type { FeelProfile } from '../feel/profile.ts';
import type { FeelSpace } from '../feel/vectors.ts';
import type { Song } from '../types.ts';
import {
  audioScores,
  type FilmFacts,
  type FilmLayout,
  factVector,
  filmLayout,
  filmVector,
  GRAM_WEIGHT,
  genreShares,
  type Places,
  placesOf,
  type SongGenres,
  songVector,
  soundVector,
  yearBumps,
} from './features.ts';
import { liftOf } from './lift.ts';
import { addProduct, clip, sigmoid } from './numbers.ts';
import { songGrams, weighGrams } from './song-names.ts';
import { contributionsTo, type PlacedSong, placeSong, type SongTower } from './song-tower.ts';
import {
  factGroups,
  filmGroups,
  type Group,
  MODEL_FORMAT,
  type ModelSpec,
  modelSpecSchema,
  songGroups,
  soundGroups,
} from './spec.ts';
import { namesVector, type TextSpace, textVector } from './text.ts';
import { type ModelWeights, packWeights, unpackWeights } from './weights.ts';

export interface ModelParts {
  readonly spec: ModelSpec;
  readonly weights: ModelWeights;
  /** Terms of film texts and grams of song names, in row order. */
  readonly terms: readonly string[];
  readonly grams: readonly string[];
}

export const MODEL_FILES = {
  spec: 'model.json',
  weights: 'weights.bin',
  vocabulary: 'vocabulary.txt',
  grams: 'grams.txt',
} as const;

/** The files that are lists of names, one a line. */
const LISTS = [
  [MODEL_FILES.vocabulary, 'terms'],
  [MODEL_FILES.grams, 'grams'],
] as const;

const lines = (bytes: Buffer) => (bytes.length === 0 ? [] : bytes.toString('utf8').split('\n'));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const positions = (names: readonly string[]) => new Map(names.map((name, index) => [name, index]));

/** Numbers of an indexed vector behind the shared space: logit bias, popularity, slack. */
const EXTRA_DIMS = 3;

/** Votes of ten, a hundred … as a coordinate: 0 at 500 votes. */
const POPULARITY_CENTRE = Math.log10(501);

/** How a song stands to the catalogue: what its scores are measured in. */
export interface ScoreScale {
  /** Mean and standard deviation of the song's logits over well-known films. */
  readonly mean: number;
  readonly deviation: number;
}

/** A fitted model, ready to be applied. */
export class Model {
  readonly spec: ModelSpec;
  readonly weights: ModelWeights;
  readonly space: FeelSpace;
  /** The space of film texts. */
  readonly textSpace: TextSpace;
  /** The audio numbers of a song vector, in order. */
  readonly audioNames: readonly string[];
  readonly songGroups: readonly Group[];
  readonly filmGroups: readonly Group[];
  readonly genreIndex: ReadonlyMap<string, number>;
  readonly termIndex: ReadonlyMap<string, number>;
  readonly worldIndex: ReadonlyMap<string, number>;
  /** Indices of the labels that are never imputed by sound. */
  readonly regionalGenres: ReadonlySet<number>;
  readonly songPlaces: Places;
  readonly filmPlaces: Places;
  readonly #soundPlaces: Places;
  readonly #factPlaces: Places;
  readonly #songTower: SongTower;
  readonly #layout: FilmLayout;
  readonly #grams: ReadonlyMap<string, number>;
  /** Hash of the spec file, recorded in catalogues so that model and catalogue cannot be mixed. */
  readonly id: string;

  constructor(parts: ModelParts, id = '') {
    const { spec, weights } = parts;
    this.spec = spec;
    this.weights = weights;
    this.id = id;
    this.audioNames = spec.song.audio.map(({ name }) => name);
    this.songGroups = songGroups(spec);
    this.filmGroups = filmGroups(spec);
    this.songPlaces = placesOf(this.songGroups);
    this.filmPlaces = placesOf(this.filmGroups);
    this.#soundPlaces = placesOf(soundGroups(spec));
    this.#factPlaces = placesOf(factGroups(spec));
    this.genreIndex = positions(spec.song.genres);
    this.termIndex = positions(spec.feel.terms);
    this.worldIndex = positions(spec.feel.worlds);
    this.regionalGenres = new Set(
      spec.song.regionalGenres.flatMap((name) => this.genreIndex.get(name) ?? []),
    );
    this.#songTower = {
      linear: weights.song,
      hidden: weights.songHidden,
      hiddenBias: weights.songHiddenBias,
      output: weights.songOutput,
    };
    this.#layout = filmLayout(spec);
    this.#grams = positions(parts.grams);
    this.space = {
      termIdf: weights.termIdf,
      worldIdf: weights.worldIdf,
      smoothing: weights.smoothing,
      filmMean: weights.filmMean,
      meanShare: spec.feel.meanShare,
    };
    this.textSpace = {
      terms: parts.terms,
      vocabulary: positions(parts.terms),
      idf: weights.idf,
      rows: weights.rows,
      rowScale: weights.rowScale,
      blocks: spec.film.textBlocks,
    };
  }

  /** Length of an indexed vector: the shared space, bias, popularity, slack. */
  get dimensions(): number {
    return this.spec.dims + EXTRA_DIMS;
  }

  /**
   * Reads and checks a model folder.
   * @throws CatalogueError when a file is missing, damaged or of another format
   */
  static async load(dir: string): Promise<Model> {
    const read = (name: string) =>
      readFile(path.join(dir, name)).catch((error) => {
        throw new CatalogueError(`The fitted model lacks its file ${name}.`, {
          id: 'model.missing',
          hint: 'Restore data/model from the repository, or fit a new one with `npx music2movie fit`.',
          underlying: error,
        });
      });
    const specBytes = await read(MODEL_FILES.spec);
    const spec = parseSpec(specBytes.toString('utf8'));
    const files: Record<string, Buffer> = {};
    for (const name of [MODEL_FILES.weights, ...LISTS.map(([file]) => file)]) {
      const bytes = await read(name);
      const expected = spec.files[name];
      if (!expected || expected.bytes !== bytes.length || expected.sha256 !== sha256(bytes)) {
        throw damaged(`its file ${name} does not match the recorded size and hash`);
      }
      files[name] = bytes;
    }
    const weights = unpackWeights(files[MODEL_FILES.weights]!, spec);
    if (!weights) throw damaged('weights.bin has another size than model.json asks for');
    return new Model(
      {
        spec,
        weights,
        terms: lines(files[MODEL_FILES.vocabulary]!),
        grams: lines(files[MODEL_FILES.grams]!),
      },
      sha256(specBytes),
    );
  }

  /** An empty profile of this vocabulary. */
  emptyProfile(basis: FeelProfile['basis'], year: number | null = null): FeelProfile {
    const { terms, worlds } = this.spec.feel;
    return {
      terms: new Float32Array(terms.length),
      worlds: new Float32Array(worlds.length),
      year,
      basis,
    };
  }

  /**
   * What a song's labels, audio and names lead one to expect: strengths 0…1, and year bumps.
   */
  predictSong(
    song: Song,
    genres: SongGenres,
  ): { terms: Float32Array; worlds: Float32Array; bumps: Float64Array } {
    const { spec, weights } = this;
    const shares = genreShares(genres, spec.song.genres.length);
    const meaning = namesVector(song, this.textSpace);
    const x = soundVector(shares, audioScores(song, spec), meaning, spec, this.#soundPlaces);
    const width = weights.soundMean.length;
    const out = Float64Array.from(weights.soundMean);
    const add = (row: number, value: number) => {
      const scale = value * weights.soundScale[row]!;
      const at = row * width;
      for (let d = 0; d < width; d++) out[d]! += scale * weights.sound[at + d]!;
    };
    for (let i = 0; i < x.length; i++) if (x[i] !== 0) add(i, x[i]!);
    for (const [gram, weight] of weighGrams(songGrams(song), this.#grams, weights.gramIdf))
      add(this.#soundPlaces.names! + gram, GRAM_WEIGHT * weight);
    const terms = spec.feel.terms.length;
    const worlds = spec.feel.worlds.length;
    const positive = (value: number) => clip(value, 0, 1);
    return {
      terms: Float32Array.from(out.subarray(0, terms), positive),
      worlds: Float32Array.from(out.subarray(terms, terms + worlds), positive),
      bumps: out.subarray(terms + worlds).map(positive),
    };
  }

  /** The song vector of a profile with the song's labels and audio. @param bumps year bumps for an unknown year */
  songVector(profile: FeelProfile, song: Song, genres: SongGenres, bumps?: ArrayLike<number>): Float64Array {
    const { spec } = this;
    return songVector(
      {
        terms: profile.terms,
        worlds: profile.worlds,
        bumps: yearBumps(profile.year, spec.film, bumps ?? this.weights.eraMean),
        genres: genreShares(genres, spec.song.genres.length),
        audio: audioScores(song, spec),
      },
      spec,
      this.songPlaces,
      this.space,
    );
  }

  /** A song vector in the shared space. */
  placeSong(x: Float64Array): PlacedSong {
    return placeSong(x, this.#songTower, this.spec.dims);
  }

  textOf(film: FilmFacts): Float64Array {
    return textVector(film, this.textSpace);
  }

  /**
   * A film's profile: predicted from its facts, or the described one with a share of the predicted.
   *
   * @param described strengths of someone who knows the film, where there are any
   */
  filmProfile(
    film: FilmFacts,
    text: ArrayLike<number>,
    described?: Pick<FeelProfile, 'terms' | 'worlds'>,
  ): FeelProfile {
    const { spec, weights } = this;
    const terms = spec.feel.terms.length;
    const x = factVector(film, text, spec, this.#factPlaces, this.#layout);
    const width = weights.factMean.length;
    const out = Float64Array.from(weights.factMean);
    addProduct(x, weights.facts, width, out);
    const share = described ? spec.film.predictedShare : 1;
    const mix = (at: number, own?: Float32Array) => (_: number, i: number) => {
      const predicted = clip(out[at + i]!, 0, 1);
      return own ? share * predicted + (1 - share) * own[i]! : predicted;
    };
    return {
      terms: Float32Array.from(out.subarray(0, terms), mix(0, described?.terms)),
      worlds: Float32Array.from(out.subarray(terms), mix(terms, described?.worlds)),
      year: film.year,
      basis: described ? 'described' : 'predicted',
    };
  }

  filmVector(film: FilmFacts, profile: FeelProfile, text: ArrayLike<number>): Float64Array {
    return filmVector(
      film,
      profile.terms,
      profile.worlds,
      text,
      this.spec,
      this.filmPlaces,
      this.#layout,
      this.space,
    );
  }

  /** Row of a film with a learned vector, or −1. */
  learnedRow(filmId: number): number {
    const { learnedIds } = this.weights;
    let low = 0;
    let high = learnedIds.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (learnedIds[middle] === filmId) return middle;
      if (learnedIds[middle]! < filmId) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** A film in the shared space and its logit bias: what its facts give, plus what was learned of it. */
  projectFilm(filmId: number, r: Float64Array): { vector: Float64Array; bias: number } {
    const vector = new Float64Array(this.spec.dims);
    addProduct(r, this.weights.film, vector.length, vector);
    const row = this.learnedRow(filmId);
    if (row < 0) return { vector, bias: this.spec.bias };
    const { learned, learnedScale, learnedBias } = this.weights;
    const at = row * this.spec.dims;
    for (let d = 0; d < vector.length; d++) vector[d]! += learnedScale[row]! * learned[at + d]!;
    return { vector, bias: learnedBias[row]! };
  }

  /**
   * A film's indexed vector of unit length: [vector ; bias ; popularity] ÷ scale, and slack. As every film is
   * divided by the same number, the order by cosine is the order by logit (maximum inner product search after
   * Bachrach et al. 2014).
   */
  indexed({ vector, bias }: { vector: Float64Array; bias: number }, votes: number): Float64Array {
    const { dims, scale } = this.spec;
    const out = new Float64Array(this.dimensions);
    for (let d = 0; d < dims; d++) out[d] = vector[d]! / scale;
    out[dims] = bias / scale;
    out[dims + 1] = (Math.log10(1 + votes) - POPULARITY_CENTRE) / scale;
    let squares = 0;
    for (let d = 0; d < dims + 2; d++) squares += out[d]! ** 2;
    if (squares > 1) {
      // Longer than any film of the fit: shortened, which only makes it a little less likely.
      for (let d = 0; d < dims + 2; d++) out[d]! /= Math.sqrt(squares);
      squares = 1;
    }
    out[dims + 2] = Math.sqrt(1 - squares);
    return out;
  }

  /**
   * A query: its dot product with an indexed vector, times `spec.scale`, is the logit.
   *
   * @param projected the song in the shared space
   * @param popularityBias 0 hidden gems … 0.5 the default … 1 well known
   */
  query(projected: ArrayLike<number>, popularityBias = 0.5): Float32Array {
    const { dims } = this.spec;
    const { hidden, standard, known } = this.spec.popularityBias;
    const m = clip(popularityBias, 0, 1);
    const out = new Float32Array(this.dimensions);
    for (let d = 0; d < dims; d++) out[d] = projected[d]!;
    out[dims] = 1;
    out[dims + 1] =
      m < 0.5 ? hidden + (standard - hidden) * 2 * m : standard + (known - standard) * (2 * m - 1);
    return out;
  }

  /** What a song's logits are measured in; popularity bias is left out. */
  scoreScale(projected: ArrayLike<number>): ScoreScale {
    const { dims } = this.spec;
    const { catalogueMean, catalogueCovariance } = this.weights;
    const width = dims + 1;
    let mean = catalogueMean[dims]!;
    let variance = 0;
    for (let i = 0; i < width; i++) {
      const a = i < dims ? projected[i]! : 1;
      if (i < dims) mean += a * catalogueMean[i]!;
      let sum = 0;
      const at = i * width;
      for (let j = 0; j < dims; j++) sum += catalogueCovariance[at + j]! * projected[j]!;
      variance += a * (sum + catalogueCovariance[at + dims]!);
    }
    return { mean, deviation: Math.sqrt(Math.max(variance, 1e-6)) };
  }

  /**
   * What films are ranked and scored by: the film's standing among well-known films for this song, which judges
   * believe up to a ceiling, and what picks, grades and votes add.
   *
   * @param logit without popularity bias
   * @param pick what a pick adds at standing 0, ≥ 0 and at most the song's own
   * @param shift what readers' grades and votes add
   * @param popularity what the popularity bias adds to the logit: for ranking, not for a score
   */
  lift(logit: number, scale: ScoreScale, pick: number, shift = 0, popularity = 0): number {
    const { mean, deviation } = scale;
    const ranked = (logit + popularity - mean) / deviation;
    return liftOf((logit - mean) / deviation, pick, this.spec.calibration, ranked) + shift;
  }

  /** How likely a judge would call a pair of this lift fitting, 0…1. */
  score(lift: number, basis: FeelProfile['basis']): number {
    const { slope, intercepts } = this.spec.calibration;
    return sigmoid(slope * lift + (basis === 'predicted' ? intercepts.sound : intercepts[basis]));
  }

  /**
   * What numbers of the song vector add to the logit of a film (see `contributionsTo`).
   *
   * @param filmVector the film in the shared space
   */
  contributionsTo(
    song: PlacedSong,
    filmVector: ArrayLike<number>,
  ): (indices: number | readonly number[]) => number {
    return contributionsTo(song, this.#songTower, filmVector);
  }

  /** Writes the model folder; `spec.files` is filled in here. Returns the model's id. */
  static async save(dir: string, parts: ModelParts): Promise<string> {
    const weights = packWeights(parts.weights);
    const files: [name: string, bytes: Buffer][] = [
      [MODEL_FILES.weights, weights],
      ...LISTS.map(([file, list]): [string, Buffer] => [file, Buffer.from(parts[list].join('\n'), 'utf8')]),
    ];
    const spec: ModelSpec = {
      ...parts.spec,
      files: Object.fromEntries(
        files.map(([name, bytes]) => [name, { bytes: bytes.length, sha256: sha256(bytes) }]),
      ),
    };
    const text = Buffer.from(`${JSON.stringify(spec, null, 1)}\n`, 'utf8');
    for (const [name, bytes] of files) await writeFile(path.join(dir, name), bytes);
    await writeFile(path.join(dir, MODEL_FILES.spec), text);
    return sha256(text);
  }
}

function damaged(what: string): CatalogueError {
  return new CatalogueError(`The fitted model is damaged: ${what}.`, {
    id: 'model.damaged',
    hint: 'Restore data/model from the repository, or fit a new one with `npx music2movie fit`.',
  });
}

function parseSpec(text: string): ModelSpec {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged('model.json is not valid JSON');
  }
  const format = (value as { format?: unknown } | null)?.format;
  const parsed = modelSpecSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  if (typeof format === 'number' && format > MODEL_FORMAT) {
    throw new CatalogueError('The fitted model was made by a newer version of Music2Movie.', {
      id: 'model.newer',
      hint: 'Update the program, or use the model that came with it.',
    });
  }
  if (typeof format === 'number' && format < MODEL_FORMAT) {
    throw new CatalogueError('The fitted model was made by an older version of Music2Movie.', {
      id: 'model.older',
      hint: 'Build the catalogue again with `npx music2movie index`, or fit a new model with `npx music2movie fit`.',
    });
  }
  throw damaged(`model.json is not as expected (${parsed.error.issues[0]?.path.join('.') ?? 'root'})`);
}
