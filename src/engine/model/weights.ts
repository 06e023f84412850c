/** The numeric part of a model and its file: sections one after another, little-endian. */
import { filmDims, type ModelSpec, songDims } from './spec.ts';

export interface ModelWeights {
  /** song dims × k, row-major, canonical correlations multiplied in. */
  readonly song: Float32Array;
  /** film dims × k */
  readonly film: Float32Array;
  /** Fitted means of the song vector. */
  readonly songMean: Float32Array;
  readonly filmMean: Float32Array;
  /** Inverse document frequency of each term of film texts. */
  readonly idf: Float32Array;
  readonly rowScale: Float32Array;
  /** The same of song texts. */
  readonly songIdf: Float32Array;
  readonly songRowScale: Float32Array;
  /** Soundtracks that each artist's mean film rests on. */
  readonly artistFilms: Float32Array;
  readonly artistScale: Float32Array;
  /** terms × text dims */
  readonly rows: Int8Array;
  readonly songRows: Int8Array;
  /** artists × film dims */
  readonly artistRows: Int8Array;
}

type Name = keyof ModelWeights;

const FLOATS = [
  'song',
  'film',
  'songMean',
  'filmMean',
  'idf',
  'rowScale',
  'songIdf',
  'songRowScale',
  'artistFilms',
  'artistScale',
] as const satisfies readonly Name[];
const BYTES = ['rows', 'songRows', 'artistRows'] as const satisfies readonly Name[];

/** Numbers in each section. */
function lengths(spec: ModelSpec): Record<Name, number> {
  const { song, film } = spec;
  return {
    song: songDims(spec) * spec.dims,
    film: filmDims(spec) * spec.dims,
    songMean: songDims(spec),
    filmMean: filmDims(spec),
    idf: film.terms,
    rowScale: film.terms,
    songIdf: song.terms,
    songRowScale: song.terms,
    artistFilms: song.soundtracks.artists,
    artistScale: song.soundtracks.artists,
    rows: film.terms * film.textDims,
    songRows: song.terms * song.textDims,
    artistRows: song.soundtracks.artists * filmDims(spec),
  };
}

export function packWeights(weights: ModelWeights): Buffer {
  return Buffer.concat(
    [...FLOATS, ...BYTES].map((name) => {
      const section = weights[name];
      return Buffer.from(section.buffer, section.byteOffset, section.byteLength);
    }),
  );
}

/** The sections of a file, or null where its size is not what the spec asks for. */
export function unpackWeights(bytes: Buffer, spec: ModelSpec): ModelWeights | null {
  const numbers = lengths(spec);
  const sum = (names: readonly Name[]) => names.reduce((total, name) => total + numbers[name], 0);
  if (bytes.length !== 4 * sum(FLOATS) + sum(BYTES)) return null;
  // A copy at offset 0 of its own buffer: typed arrays need aligned memory.
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  let at = 0;
  const sections: Partial<Record<Name, Float32Array | Int8Array>> = {};
  for (const name of FLOATS) {
    sections[name] = new Float32Array(buffer, at, numbers[name]);
    at += 4 * numbers[name];
  }
  for (const name of BYTES) {
    sections[name] = new Int8Array(buffer, at, numbers[name]);
    at += numbers[name];
  }
  return sections as unknown as ModelWeights;
}
