/** The fitted model: loaded from its folder, checked, and applied. It is never changed by what it is applied to. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CatalogueError } from '../../shared/errors.ts';
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
import type { SoundtrackTable } from './soundtracks.ts';
import {
  filmDims,
  filmGroups,
  type Group,
  MODEL_FORMAT,
  type ModelSpec,
  modelSpecSchema,
  songGroups,
} from './spec.ts';
import { type TextSpace, textVector } from './text.ts';
import { type ModelWeights, packWeights, unpackWeights } from './weights.ts';

export interface ModelParts {
  readonly spec: ModelSpec;
  readonly weights: ModelWeights;
  /** Terms of film texts and of song texts, in row order. */
  readonly terms: readonly string[];
  readonly songTerms: readonly string[];
  /** Keys of the artists whose soundtracks are known, in row order. */
  readonly artists: readonly string[];
}

export const MODEL_FILES = {
  spec: 'model.json',
  weights: 'weights.bin',
  vocabulary: 'vocabulary.txt',
  songVocabulary: 'song-vocabulary.txt',
  artists: 'artists.txt',
} as const;

/** The files that are lists of names, one a line. */
const LISTS = [
  [MODEL_FILES.vocabulary, 'terms'],
  [MODEL_FILES.songVocabulary, 'songTerms'],
  [MODEL_FILES.artists, 'artists'],
] as const;

const lines = (bytes: Buffer) => (bytes.length === 0 ? [] : bytes.toString('utf8').split('\n'));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A film's vector and the projections of its groups, filled anew for each film. */
export interface FilmRoom {
  readonly vector: Float64Array;
  readonly parts: Float64Array[];
}

/** A fitted model, ready to be applied. */
export class Model {
  readonly spec: ModelSpec;
  readonly weights: ModelWeights;
  /** The space of film texts. */
  readonly space: TextSpace;
  /** The space of song texts. */
  readonly songSpace: TextSpace;
  readonly soundtracks: SoundtrackTable;
  /** The audio numbers of a song vector, in order. */
  readonly audioNames: readonly string[];
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
    this.audioNames = parts.spec.song.audio.map(({ name }) => name);
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
    const places = (names: readonly string[]) => new Map(names.map((name, index) => [name, index]));
    this.space = {
      terms: parts.terms,
      vocabulary: places(parts.terms),
      idf: parts.weights.idf,
      rows: parts.weights.rows,
      rowScale: parts.weights.rowScale,
      dims: parts.spec.film.textDims,
    };
    this.songSpace = {
      terms: parts.songTerms,
      vocabulary: places(parts.songTerms),
      idf: parts.weights.songIdf,
      rows: parts.weights.songRows,
      rowScale: parts.weights.songRowScale,
      dims: parts.spec.song.textDims,
    };
    this.soundtracks = {
      rowOf: places(parts.artists),
      films: parts.weights.artistFilms,
      rows: parts.weights.artistRows,
      scale: parts.weights.artistScale,
      dims: filmDims(parts.spec),
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
        songTerms: lines(files[MODEL_FILES.songVocabulary]!),
        artists: lines(files[MODEL_FILES.artists]!),
      },
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

  /**
   * Each group's share of the projected film: they sum to `projectFilm(r)`.
   *
   * @param into what {@link filmRoom} gave, to be filled anew
   */
  filmParts(r: Float64Array, into?: FilmRoom): Float64Array[] {
    return this.#filmSide.parts(r, into?.parts);
  }

  /** Room for one film after the other: an answer would leave fifty arrays to collect. */
  filmRoom(): FilmRoom {
    return { vector: new Float64Array(this.#layout.dims), parts: this.#filmSide.room() };
  }

  songVector(song: Song, genres: SongGenres): Float64Array {
    return songVector(song, genres, this.spec, this);
  }

  /** @param into what {@link filmRoom} gave, to be filled anew */
  filmVector(
    film: FilmFacts,
    text: ArrayLike<number> = textVector(film, this.space),
    into?: FilmRoom,
  ): Float64Array {
    return filmVector(film, this.spec, this.#layout, this.space, text, into?.vector);
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
  throw damaged(`model.json is not as expected (${parsed.error.issues[0]?.path.join('.') ?? 'root'})`);
}
