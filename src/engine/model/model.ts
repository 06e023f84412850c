/** The fitted model: loaded from its folder, checked, and applied. It is never changed by what it is applied to. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CatalogueError } from '../errors.ts';
import type { Film, Song } from '../types.ts';
import {
  type FilmFacts,
  type FilmLayout,
  filmLayout,
  filmVector,
  type SongGenres,
  songVector,
} from './features.ts';
import { filmMood, MOOD_DIMS, type Mood, moodVector, songMood } from './mood.ts';
import { normalise } from './numbers.ts';
import { mainstreamAngle, popularityCoordinate } from './popularity.ts';
import { Projection, sumOf } from './projection.ts';
import {
  filmDims,
  filmGroups,
  type Group,
  type ModelSpec,
  modelSpecSchema,
  songDims,
  songGroups,
} from './spec.ts';
import { type TextSpace, textVector } from './text.ts';

/** The numeric part of a model, as `weights.bin` keeps it (little-endian, in this order). */
export interface ModelWeights {
  /** song dims × k, row-major, canonical correlations multiplied in. */
  readonly song: Float32Array;
  /** film dims × k */
  readonly film: Float32Array;
  /** Fitted means of the song vector. */
  readonly songMean: Float32Array;
  readonly filmMean: Float32Array;
  /** Inverse document frequency of each term. */
  readonly idf: Float32Array;
  readonly rowScale: Float32Array;
  /** terms × text dims */
  readonly rows: Int8Array;
}

export interface ModelParts {
  readonly spec: ModelSpec;
  readonly weights: ModelWeights;
  readonly terms: readonly string[];
}

export const MODEL_FILES = {
  spec: 'model.json',
  weights: 'weights.bin',
  vocabulary: 'vocabulary.txt',
} as const;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A fitted model, ready to be applied. */
export class Model {
  readonly spec: ModelSpec;
  readonly weights: ModelWeights;
  readonly space: TextSpace;
  readonly songGroups: readonly Group[];
  readonly filmGroups: readonly Group[];
  readonly genreIndex: ReadonlyMap<string, number>;
  /** Indices of the labels that are never imputed by sound. */
  readonly boundGenres: ReadonlySet<number>;
  readonly #layout: FilmLayout;
  readonly #songSide: Projection;
  readonly #filmSide: Projection;
  /** Hash of the spec file, recorded in catalogues so that model and catalogue cannot be mixed. */
  readonly id: string;

  constructor(parts: ModelParts, id = '') {
    this.spec = parts.spec;
    this.weights = parts.weights;
    this.id = id;
    this.songGroups = songGroups(parts.spec);
    this.filmGroups = filmGroups(parts.spec);
    this.genreIndex = new Map(parts.spec.song.genres.map((genre, index) => [genre, index]));
    this.boundGenres = new Set(
      parts.spec.song.boundGenres.flatMap((name) => this.genreIndex.get(name) ?? []),
    );
    this.#layout = filmLayout(parts.spec);
    const { song, songMean, film, filmMean } = parts.weights;
    this.#songSide = new Projection(song, songMean, parts.spec.dims, this.songGroups);
    this.#filmSide = new Projection(film, filmMean, parts.spec.dims, this.filmGroups);
    this.space = {
      terms: parts.terms,
      vocabulary: new Map(parts.terms.map((term, index) => [term, index])),
      idf: parts.weights.idf,
      rows: parts.weights.rows,
      rowScale: parts.weights.rowScale,
      dims: parts.spec.film.textDims,
    };
  }

  /** Dimensions of content and mood together; an indexed vector has one more for popularity. */
  get contentDims(): number {
    return this.spec.dims + MOOD_DIMS;
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
    for (const name of [MODEL_FILES.weights, MODEL_FILES.vocabulary]) {
      const bytes = await read(name);
      const expected = spec.files[name];
      if (!expected || expected.bytes !== bytes.length || expected.sha256 !== sha256(bytes)) {
        throw damaged(`its file ${name} does not match the recorded size and hash`);
      }
      files[name] = bytes;
    }
    const terms = files[MODEL_FILES.vocabulary]!.toString('utf8').split('\n');
    return new Model(
      { spec, weights: unpackWeights(files[MODEL_FILES.weights]!, spec), terms },
      sha256(specBytes),
    );
  }

  /** The song vector projected: the content part (k numbers, not normalised). */
  projectSong(x: Float64Array): Float64Array {
    return sumOf(this.songParts(x));
  }

  /** The film vector projected: the content part (k numbers, not normalised). */
  projectFilm(r: Float64Array): Float64Array {
    return sumOf(this.filmParts(r));
  }

  /** Each group's share of the projected song: they sum to `projectSong(x)`. */
  songParts(x: Float64Array): Float64Array[] {
    return this.#songSide.parts(x);
  }

  /** Each group's share of the projected film: they sum to `projectFilm(r)`. */
  filmParts(r: Float64Array): Float64Array[] {
    return this.#filmSide.parts(r);
  }

  songVector(song: Song, genres: SongGenres): Float64Array {
    return songVector(song, genres, this.spec);
  }

  filmVector(film: FilmFacts, text: ArrayLike<number> = textVector(film, this.space)): Float64Array {
    return filmVector(film, this.spec, this.#layout, this.space, text);
  }

  songMood(song: Pick<Song, 'features'>): Mood {
    return songMood(song, this.spec);
  }

  filmMood(film: Pick<Film, 'genres' | 'sentiment'> & { negativity: number }): Mood {
    return filmMood(film, this.spec);
  }

  /** Content and mood of unit length: [√(1−β)·content, √β·mood]. */
  embed(content: Float64Array, mood: Mood): Float64Array {
    const { beta } = this.spec.mood;
    const out = new Float64Array(this.contentDims);
    const unit = normalise(Float64Array.from(content));
    for (let d = 0; d < unit.length; d++) out[d] = Math.sqrt(1 - beta) * unit[d]!;
    const m = moodVector(mood, this.spec);
    for (let d = 0; d < MOOD_DIMS; d++) out[this.spec.dims + d] = Math.sqrt(beta) * m[d]!;
    return out;
  }

  popularity(votes: number, rating: number): number {
    return popularityCoordinate(votes, rating, this.spec.popularity);
  }

  /** A film's indexed vector: [√(1−p²)·embedding ; p], unit length. */
  indexed(embedding: Float64Array, popularity: number): Float64Array {
    const out = new Float64Array(embedding.length + 1);
    const shrink = Math.sqrt(1 - popularity * popularity);
    for (let d = 0; d < embedding.length; d++) out[d] = shrink * embedding[d]!;
    out[embedding.length] = popularity;
    return out;
  }

  /** A query of unit length: [cos t·embedding ; sin t], t from the mainstream knob (0…1, 0.5 the default). */
  query(embedding: ArrayLike<number>, mainstream = 0.5): Float32Array {
    const t = mainstreamAngle(mainstream, this.spec.mainstream);
    const out = new Float32Array(embedding.length + 1);
    for (let d = 0; d < embedding.length; d++) out[d] = Math.cos(t) * embedding[d]!;
    out[embedding.length] = Math.sin(t);
    return out;
  }

  /** Writes the model folder; `spec.files` is filled in here. Returns the model's id. */
  static async save(dir: string, parts: ModelParts): Promise<string> {
    const weights = packWeights(parts.weights);
    const vocabulary = Buffer.from(parts.terms.join('\n'), 'utf8');
    const spec: ModelSpec = {
      ...parts.spec,
      files: {
        [MODEL_FILES.weights]: { bytes: weights.length, sha256: sha256(weights) },
        [MODEL_FILES.vocabulary]: { bytes: vocabulary.length, sha256: sha256(vocabulary) },
      },
    };
    const text = Buffer.from(`${JSON.stringify(spec, null, 1)}\n`, 'utf8');
    await writeFile(path.join(dir, MODEL_FILES.weights), weights);
    await writeFile(path.join(dir, MODEL_FILES.vocabulary), vocabulary);
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
  if (typeof format === 'number' && format > 1) {
    throw new CatalogueError('The fitted model was made by a newer version of Music2Movie.', {
      id: 'model.newer',
      hint: 'Update the program, or use the model that came with it.',
    });
  }
  throw damaged(`model.json is not as expected (${parsed.error.issues[0]?.path.join('.') ?? 'root'})`);
}

const FLOAT_SECTIONS = ['song', 'film', 'songMean', 'filmMean', 'idf', 'rowScale'] as const;

function packWeights(w: ModelWeights): Buffer {
  const floats = FLOAT_SECTIONS.map((name) =>
    Buffer.from(w[name].buffer, w[name].byteOffset, w[name].byteLength),
  );
  return Buffer.concat([...floats, Buffer.from(w.rows.buffer, w.rows.byteOffset, w.rows.byteLength)]);
}

function unpackWeights(bytes: Buffer, spec: ModelSpec): ModelWeights {
  const lengths = {
    song: songDims(spec) * spec.dims,
    film: filmDims(spec) * spec.dims,
    songMean: songDims(spec),
    filmMean: filmDims(spec),
    idf: spec.film.terms,
    rowScale: spec.film.terms,
  };
  const rows = spec.film.terms * spec.film.textDims;
  const expected = 4 * FLOAT_SECTIONS.reduce((sum, name) => sum + lengths[name], 0) + rows;
  if (bytes.length !== expected) throw damaged('weights.bin has another size than model.json asks for');
  // A copy at offset 0 of its own buffer: typed arrays need aligned memory.
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  let at = 0;
  const floats = Object.fromEntries(
    FLOAT_SECTIONS.map((name) => {
      const section = new Float32Array(buffer, at, lengths[name]);
      at += section.byteLength;
      return [name, section];
    }),
  ) as Record<(typeof FLOAT_SECTIONS)[number], Float32Array>;
  return { ...floats, rows: new Int8Array(buffer, at, rows) };
}
