/** The numeric part of a model and its file: sections one after another, little-endian. */
import {
  factDims,
  filmDims,
  type ModelSpec,
  predictedSongDims,
  songDims,
  soundDims,
  textDims,
} from './spec.ts';

export interface ModelWeights {
  /** song dims × k, row-major. */
  readonly song: Float32Array;
  /** The song tower's hidden layer: song dims × units, its bias, and units × k (see `SongTower`). */
  readonly songHidden: Float32Array;
  readonly songHiddenBias: Float32Array;
  readonly songOutput: Float32Array;
  /** film dims × k */
  readonly film: Float32Array;
  /** Scale of each learned film vector, and its logit bias. */
  readonly learnedScale: Float32Array;
  readonly learnedBias: Float32Array;
  /** Inverse document frequency of each term of film texts. */
  readonly idf: Float32Array;
  readonly rowScale: Float32Array;
  /** Inverse document frequency of each gram of song names. */
  readonly gramIdf: Float32Array;
  /** Scale of each row of `sound`, and the mean that predictions start from. */
  readonly soundScale: Float32Array;
  readonly soundMean: Float32Array;
  /** fact dims × (terms + worlds), and the mean that predictions start from. */
  readonly facts: Float32Array;
  readonly factMean: Float32Array;
  readonly termIdf: Float32Array;
  readonly worldIdf: Float32Array;
  /** terms × terms */
  readonly smoothing: Float32Array;
  /** Mean feel direction of films. */
  readonly filmMean: Float32Array;
  /** Mean year bumps of songs, for a song of unknown year. */
  readonly eraMean: Float32Array;
  /** Mean of [film vector, bias] over well-known films, and their covariance ((k+1) × (k+1)). */
  readonly catalogueMean: Float32Array;
  readonly catalogueCovariance: Float32Array;
  /** TMDB ids of the films with learned vectors, ascending. */
  readonly learnedIds: Int32Array;
  /** learned films × k */
  readonly learned: Int8Array;
  /** terms × text dims */
  readonly rows: Int8Array;
  /** sound dims × (terms + worlds + year bumps) */
  readonly sound: Int8Array;
}

type Name = keyof ModelWeights;

const FLOATS = [
  'song',
  'songHidden',
  'songHiddenBias',
  'songOutput',
  'film',
  'learnedScale',
  'learnedBias',
  'idf',
  'rowScale',
  'gramIdf',
  'soundScale',
  'soundMean',
  'facts',
  'factMean',
  'termIdf',
  'worldIdf',
  'smoothing',
  'filmMean',
  'eraMean',
  'catalogueMean',
  'catalogueCovariance',
] as const satisfies readonly Name[];
const INTEGERS = ['learnedIds'] as const satisfies readonly Name[];
const BYTES = ['learned', 'rows', 'sound'] as const satisfies readonly Name[];

/** Numbers in each section. */
function lengths(spec: ModelSpec): Record<Name, number> {
  const { feel, film, song, dims } = spec;
  const terms = feel.terms.length;
  const worlds = feel.worlds.length;
  return {
    song: songDims(spec) * dims,
    songHidden: songDims(spec) * song.hidden,
    songHiddenBias: song.hidden,
    songOutput: song.hidden * dims,
    film: filmDims(spec) * dims,
    learnedScale: film.learned,
    learnedBias: film.learned,
    idf: film.terms,
    rowScale: film.terms,
    gramIdf: song.grams,
    soundScale: soundDims(spec),
    soundMean: predictedSongDims(spec),
    facts: factDims(spec) * (terms + worlds),
    factMean: terms + worlds,
    termIdf: terms,
    worldIdf: worlds,
    smoothing: terms * terms,
    filmMean: terms,
    eraMean: film.yearCentres.length,
    catalogueMean: dims + 1,
    catalogueCovariance: (dims + 1) ** 2,
    learnedIds: film.learned,
    learned: film.learned * dims,
    rows: film.terms * textDims(film),
    sound: soundDims(spec) * predictedSongDims(spec),
  };
}

export function packWeights(weights: ModelWeights): Buffer {
  return Buffer.concat(
    [...FLOATS, ...INTEGERS, ...BYTES].map((name) => {
      const section = weights[name];
      return Buffer.from(section.buffer, section.byteOffset, section.byteLength);
    }),
  );
}

/** The sections of a file, or null where its size is not what the spec asks for. */
export function unpackWeights(bytes: Buffer, spec: ModelSpec): ModelWeights | null {
  const numbers = lengths(spec);
  const sum = (names: readonly Name[]) => names.reduce((total, name) => total + numbers[name], 0);
  if (bytes.length !== 4 * sum([...FLOATS, ...INTEGERS]) + sum(BYTES)) return null;
  // A copy at offset 0 of its own buffer: typed arrays need aligned memory.
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  let at = 0;
  const sections: Partial<Record<Name, Float32Array | Int32Array | Int8Array>> = {};
  for (const name of FLOATS) {
    sections[name] = new Float32Array(buffer, at, numbers[name]);
    at += 4 * numbers[name];
  }
  for (const name of INTEGERS) {
    sections[name] = new Int32Array(buffer, at, numbers[name]);
    at += 4 * numbers[name];
  }
  for (const name of BYTES) {
    sections[name] = new Int8Array(buffer, at, numbers[name]);
    at += numbers[name];
  }
  return sections as unknown as ModelWeights;
}

/**
 * One signed byte a number and one scale a row: a quarter of the size, a relative error below 1/254.
 *
 * @param values rows × width, row-major
 */
export function quantiseRows(
  values: ArrayLike<number>,
  rows: number,
  width: number,
): { bytes: Int8Array; scale: Float32Array } {
  const bytes = new Int8Array(rows * width);
  const scale = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let d = 0; d < width; d++) largest = Math.max(largest, Math.abs(values[row * width + d]!));
    if (largest === 0) continue;
    scale[row] = largest / 127;
    for (let d = 0; d < width; d++)
      bytes[row * width + d] = Math.round(values[row * width + d]! / scale[row]!);
  }
  return { bytes, scale };
}
