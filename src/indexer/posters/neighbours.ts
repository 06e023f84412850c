/** "Looks like this film": each film's nearest posters by the cosine of their projected vectors. */
import usearch from 'usearch';
import { dot, normalise } from '../../engine/model/numbers.ts';

/** Above this many films the exact comparison of all with all (seconds) gives way to an index. */
const EXACT_LIMIT = 20_000;
/** Rows compared at a time: two blocks of 32 numbers fit into the processor's cache. */
const BLOCK = 256;
/** Graph links and candidate lists of the index: recall above .99 at the sizes met here. */
const INDEX = { connectivity: 16, expansionAdd: 128, expansionSearch: 128 } as const;

/** Nearest films of many films, in three flat arrays: half a million lists fit into 40 MB. */
export class NeighbourTable {
  /** Film ids, as given. */
  readonly ids: Uint32Array;
  /** Neighbours a film has at most. */
  readonly perFilm: number;
  /** ids.length × perFilm places in `ids`, nearest first; `EMPTY` where there are fewer. */
  readonly places: Uint32Array;
  readonly #row: ReadonlyMap<number, number>;

  static readonly EMPTY = 0xffffffff;

  constructor(ids: Uint32Array, perFilm: number, places: Uint32Array) {
    this.ids = ids;
    this.perFilm = perFilm;
    this.places = places;
    this.#row = new Map(Array.from(ids, (id, row) => [id, row]));
  }

  /** Ids of the films that look most like this one, nearest first; empty for a film without visual features. */
  of(filmId: number): number[] {
    const row = this.#row.get(filmId);
    if (row === undefined) return [];
    const places = this.places.subarray(row * this.perFilm, (row + 1) * this.perFilm);
    return Array.from(
      places.filter((place) => place !== NeighbourTable.EMPTY),
      (place) => this.ids[place]!,
    );
  }
}

/**
 * Finds every film's nearest films. Ties go to the film given first; the same rows give the same table.
 *
 * @param vectors by film id, all of one length; a film whose vector is zero or not finite gets no neighbours
 * @param perFilm 1 … 100
 * @param exact compares all with all; by default up to 20,000 films, an index beyond
 */
export function nearestFilms(
  vectors: ReadonlyMap<number, Float32Array>,
  perFilm = 10,
  exact = vectors.size <= EXACT_LIMIT,
): NeighbourTable {
  if (!Number.isInteger(perFilm) || perFilm < 1 || perFilm > 100)
    throw new RangeError(`1 to 100 neighbours, not ${perFilm}`);
  const sound = [...vectors].filter(([, v]) => v.every(Number.isFinite) && v.some((x) => x !== 0));
  const ids = Uint32Array.from(sound, ([id]) => id);
  const units = sound.map(([, vector]) => normalise(Float32Array.from(vector)));
  const places = new Uint32Array(ids.length * perFilm).fill(NeighbourTable.EMPTY);
  if (exact) scan(units, perFilm, places);
  else search(units, perFilm, places);
  return new NeighbourTable(ids, perFilm, places);
}

function scan(units: readonly Float32Array[], perFilm: number, places: Uint32Array): void {
  const best = new Float64Array(places.length).fill(Number.NEGATIVE_INFINITY);
  const offer = (row: number, other: number, similarity: number) => {
    const first = row * perFilm;
    let at = first + perFilm - 1;
    if (similarity <= best[at]!) return;
    for (; at > first && similarity > best[at - 1]!; at--) {
      best[at] = best[at - 1]!;
      places[at] = places[at - 1]!;
    }
    best[at] = similarity;
    places[at] = other;
  };
  for (let block = 0; block < units.length; block += BLOCK) {
    const end = Math.min(block + BLOCK, units.length);
    for (let other = 0; other < units.length; other++) {
      const vector = units[other]!;
      for (let row = block; row < end; row++) if (row !== other) offer(row, other, dot(units[row]!, vector));
    }
  }
}

function search(units: readonly Float32Array[], perFilm: number, places: Uint32Array): void {
  const dims = units[0]?.length ?? 0;
  if (dims === 0) return;
  const index = new usearch.Index({
    metric: usearch.MetricKind.Cos,
    quantization: usearch.ScalarKind.F32,
    dimensions: dims,
    multi: false,
    connectivity: INDEX.connectivity,
    expansion_add: INDEX.expansionAdd,
    expansion_search: INDEX.expansionSearch,
  });
  // One thread, one order: with more, usearch builds another graph every time.
  for (const [row, vector] of units.entries()) index.add(BigInt(row), vector, 1);
  for (const [row, vector] of units.entries()) {
    const { keys } = index.search(vector, Math.min(perFilm + 1, units.length), 1) as { keys: BigUint64Array };
    const others = Array.from(keys, Number).filter((place) => place !== row);
    places.set(others.slice(0, perFilm), row * perFilm);
  }
}
