/** Candidates in the order of their logits: the nearest of the index and the songs' picks together. */
import { rowOf } from '../catalogue/columns.ts';
import type { Catalogue } from '../catalogue/reader.ts';
import { type Candidates, candidates } from './candidates.ts';
import type { RowFilter } from './filters.ts';
import { evidenceOf, type SongQuery } from './query.ts';

/** One candidate and how it stands to the song. */
export interface Ranked {
  readonly row: number;
  /** Logit without popularity bias and without what a pick adds. */
  readonly logit: number;
  /** What a pick adds, as `Model.lift` takes it; 0 for no pick. */
  readonly pick: number;
  /** What readers' grades add; 0 for none. */
  readonly relevance: number;
  /** What votes add; 0 for none. */
  readonly shift: number;
}

const NO_SHIFTS: ReadonlyMap<number, number> = new Map();

export interface Ranking {
  /** Best first. */
  readonly films: Iterable<Ranked>;
  readonly path: Candidates['path'];
  readonly more: boolean;
}

/** Logit of a film for a projected song, popularity left out. */
export function logitOf(catalogue: Catalogue, projected: ArrayLike<number>, row: number): number {
  const { vectors, manifest, model } = catalogue;
  const at = row * manifest.dimensions;
  const { dims, scale } = model.spec;
  let sum = vectors[at + dims]!;
  for (let d = 0; d < dims; d++) sum += projected[d]! * vectors[at + d]!;
  return scale * sum;
}

/** What rows are put in order by: one list a catalogue, as one order is made before the next one begins. */
const rooms = new WeakMap<Catalogue, Float64Array>();

function roomForKeys(catalogue: Catalogue): Float64Array {
  const known = rooms.get(catalogue);
  if (known) return known;
  const keys = new Float64Array(catalogue.columns.count);
  rooms.set(catalogue, keys);
  return keys;
}

/**
 * The best candidates, of which each is described only when it is looked at: an answer shows few of them.
 *
 * @param vector from `Model.query`
 * @param wanted rows taken from the index; picks and films that readers or votes raise come in addition
 * @param shifts what votes add, by TMDB id
 */
export function ranking(
  catalogue: Catalogue,
  query: SongQuery,
  vector: Float32Array,
  filter: RowFilter,
  wanted: number,
  shifts: ReadonlyMap<number, number> = NO_SHIFTS,
): Ranking {
  const { columns, vectors, manifest, model } = catalogue;
  const { dims, scale } = model.spec;
  const found = candidates(catalogue, vector, filter, wanted);
  const most = found.rows.length + query.picks.size + query.relevance.size + shifts.size;
  const rows = new Uint32Array(most);
  rows.set(found.rows);
  let count = found.rows.length;
  const raise = (film: number) => {
    const row = rowOf(columns, film);
    if (row >= 0 && row < filter.to && filter.test(row)) rows[count++] = row;
  };
  for (const film of query.picks.keys()) raise(film);
  for (const [film, shift] of shifts) if (shift > 0) raise(film);
  for (const [film, value] of query.relevance) if (value > 0) raise(film);

  const keys = roomForKeys(catalogue);
  const candidateRows = rows.subarray(0, count);
  for (const row of candidateRows) {
    const film = columns.ids[row]!;
    const logit = logitOf(catalogue, query.placed.vector, row);
    const popularity = vector[dims + 1]! * vectors[row * manifest.dimensions + dims + 1]! * scale;
    const added = (query.relevance.get(film) ?? 0) + (shifts.get(film) ?? 0);
    keys[row] = model.lift(logit, query.scale, query.picks.get(film) ?? 0, added, popularity);
  }
  // Whole numbers, because every fraction that a comparison gives back is an object of its own.
  candidateRows.sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a]! > keys[b]! ? -1 : 1));
  return { films: described(catalogue, query, candidateRows, shifts), path: found.path, more: found.more };
}

function* described(
  catalogue: Catalogue,
  query: SongQuery,
  rows: Uint32Array,
  shifts: ReadonlyMap<number, number>,
): Generator<Ranked> {
  let before = -1;
  for (const row of rows) {
    // A film that was found and picked stands there twice, one after the other.
    if (row === before) continue;
    before = row;
    const film = catalogue.columns.ids[row]!;
    const logit = logitOf(catalogue, query.placed.vector, row);
    yield { row, logit, ...evidenceOf(query, film), shift: shifts.get(film) ?? 0 };
  }
}

/** As {@link ranking}, every candidate described. */
export function rank(...asked: Parameters<typeof ranking>): Ranking & { readonly films: readonly Ranked[] } {
  const found = ranking(...asked);
  return { ...found, films: [...found.films] };
}
