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

export interface Ranking {
  readonly films: readonly Ranked[];
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

/**
 * @param vector from `Model.query`
 * @param wanted rows taken from the index; picks and films that readers or votes raise come in addition
 * @param shifts what votes add, by TMDB id
 */
export function rank(
  catalogue: Catalogue,
  query: SongQuery,
  vector: Float32Array,
  filter: RowFilter,
  wanted: number,
  shifts: ReadonlyMap<number, number> = new Map(),
): Ranking {
  const { columns, vectors, manifest, model } = catalogue;
  const { dims, scale } = model.spec;
  const found = candidates(catalogue, vector, filter, wanted);
  const rows = new Set(found.rows);
  const raised = [...shifts].flatMap(([film, shift]) => (shift > 0 ? [film] : []));
  for (const [film, value] of query.relevance) if (value > 0) raised.push(film);
  for (const film of [...query.picks.keys(), ...raised]) {
    const row = rowOf(columns, film);
    if (row >= 0 && row < filter.to && filter.test(row)) rows.add(row);
  }
  const films: (Ranked & { readonly key: number })[] = [];
  for (const row of rows) {
    const logit = logitOf(catalogue, query.placed.vector, row);
    const evidence = evidenceOf(query, columns.ids[row]!);
    const popularity = vector[dims + 1]! * vectors[row * manifest.dimensions + dims + 1]! * scale;
    const shift = shifts.get(columns.ids[row]!) ?? 0;
    const { pick, relevance } = evidence;
    const key = model.lift(logit, query.scale, pick, relevance + shift, popularity);
    films.push({ row, logit, pick, relevance, shift, key });
  }
  films.sort((a, b) => b.key - a.key || a.row - b.row);
  return { films, path: found.path, more: found.more };
}
