/** The ways of matching that `evaluate` compares, each as vectors whose dot product ranks films. */
import type { Catalogue } from '../engine/catalogue/reader.ts';
import type { FilmRecord } from '../engine/catalogue/records.ts';
import { songQuery } from '../engine/matching/query.ts';
import { clip } from '../engine/model/numbers.ts';
import type { ModelSpec } from '../engine/model/spec.ts';
import type { Song } from '../engine/types.ts';
import { seededRandom } from '../shared/random.ts';

export interface Method {
  readonly name: string;
  /** Scores of the given rows without popularity, for AUC. */
  contentScores(song: Song, rows: readonly number[]): Float64Array;
  /** Scores of every row as the method would rank them. */
  allScores(song: Song): Float32Array;
}

/** Dot products of a vector with rows of a block. */
function dots(
  block: Float32Array,
  dims: number,
  vector: ArrayLike<number>,
  rows: Iterable<number>,
  out: Float32Array | Float64Array,
): typeof out {
  let n = 0;
  for (const row of rows) {
    const offset = row * dims;
    let sum = 0;
    for (let d = 0; d < vector.length; d++) sum += vector[d]! * block[offset + d]!;
    out[n++] = sum;
  }
  return out;
}

function* upTo(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield i;
}

/** Our method over a catalogue: logits, without popularity for AUC. */
export function ourMethod(catalogue: Catalogue): Method {
  const { vectors, manifest, columns, model } = catalogue;
  const dims = manifest.dimensions;
  const ask = (song: Song, popularity: boolean) => {
    const query = model.query(songQuery(catalogue, [song]).placed.vector);
    // The bias of a film says how often it is picked for anything: popularity by another name.
    if (!popularity) query[model.spec.dims] = 0;
    return query;
  };
  return {
    name: 'music2movie',
    contentScores: (song, rows) =>
      dots(vectors, dims, ask(song, false), rows, new Float64Array(rows.length)) as Float64Array,
    allScores: (song) =>
      dots(
        vectors,
        dims,
        ask(song, true),
        upTo(columns.count),
        new Float32Array(columns.count),
      ) as Float32Array,
  };
}

const scale = (value: number, [low, high]: readonly [number, number]) =>
  high > low ? clip((value - low) / (high - low), 0, 1) : 0;

/** For a song whose sound nobody measured. */
const SILENT = {
  tempo: 0,
  danceability: 0,
  energy: 0,
  loudness: 0,
  valence: 0,
  speechiness: 0,
  acousticness: 0,
  instrumentalness: 0,
};

/** The paper's nine song features, min-max scaled, in the order it lists them. */
export function paperSong(song: Song, ranges: ModelSpec['ranges']): number[] {
  const f = song.features ?? SILENT;
  return [
    scale(song.popularity ?? 0, ranges.songPopularity!),
    scale(f.tempo ?? 0, ranges.tempo!),
    f.danceability,
    f.energy,
    scale(f.loudness, ranges.loudness!),
    f.valence,
    f.speechiness,
    f.acousticness,
    f.instrumentalness,
  ];
}

/** The paper's film features without posters, min-max scaled, in the order it lists them. */
export function paperFilm(film: FilmRecord, ranges: ModelSpec['ranges']): number[] {
  return [
    scale(film.rating, ranges.rating!),
    scale(film.votes, ranges.votes!),
    scale(film.revenue, ranges.revenue!),
    scale(film.runtime ?? 0, ranges.runtime!),
    scale(film.popularity, ranges.filmPopularity!),
    scale(film.runtime ?? 0, ranges.runtime!),
    (film.sentiment + 1) / 2,
  ];
}

/**
 * The paper's method: its features, min-max scaled, compared by cosine. The paper leaves open how nine song
 * numbers meet seven film numbers; here both are taken in the order listed and the shorter is filled with zeros.
 */
export function paperMethod(catalogue: Catalogue): Method {
  const { columns, records, model } = catalogue;
  const { ranges } = model.spec;
  const dims = 9;
  const block = new Float32Array(columns.count * dims);
  for (const [row, id] of columns.ids.entries()) {
    const vector = paperFilm(records.films.get(id)!, ranges);
    const length = Math.hypot(...vector) || 1;
    block.set(
      vector.map((x) => x / length),
      row * dims,
    );
  }
  const unit = (song: Song) => {
    const vector = paperSong(song, ranges);
    const length = Math.hypot(...vector) || 1;
    return vector.map((x) => x / length);
  };
  return {
    name: 'paper',
    contentScores: (song, rows) =>
      dots(block, dims, unit(song), rows, new Float64Array(rows.length)) as Float64Array,
    allScores: (song) =>
      dots(block, dims, unit(song), upTo(columns.count), new Float32Array(columns.count)) as Float32Array,
  };
}

/** The most voted films for everyone. */
export function popularityMethod(catalogue: Catalogue): Method {
  const { columns } = catalogue;
  const all = Float32Array.from(columns.votes);
  return {
    name: 'popularity',
    contentScores: (_song, rows) => Float64Array.from(rows, (row) => columns.votes[row]!),
    allScores: () => all,
  };
}

/** Chance, the same at every run. */
export function randomMethod(catalogue: Catalogue): Method {
  const seedOf = (song: Song) =>
    [...song.id].reduce((seed, char) => (Math.imul(seed, 31) + char.charCodeAt(0)) >>> 0, 17);
  const all = (song: Song) => {
    const random = seededRandom(seedOf(song));
    return Float32Array.from({ length: catalogue.columns.count }, random);
  };
  return {
    name: 'random',
    contentScores: (song, rows) => {
      const scores = all(song);
      return Float64Array.from(rows, (row) => scores[row]!);
    },
    allScores: all,
  };
}
