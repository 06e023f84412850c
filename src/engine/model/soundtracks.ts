/** The company that an artist's songs keep: the films whose soundtracks they stand on, as one mean film. */
import { artistKey } from './artists.ts';

/** Mean films of artists, as a fitted model keeps them. */
export interface SoundtrackTable {
  /** Artist key → row. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** Films behind each row. */
  readonly films: ArrayLike<number>;
  /** artists × dims, row-major, in units of `scale`: mean film vector less the fitted mean. */
  readonly rows: Int8Array;
  readonly scale: ArrayLike<number>;
  /** Length of a film vector. */
  readonly dims: number;
}

/**
 * Σ(film − mean) / (films + prior) over all films of all the artists: the mean film, drawn to the middle where
 * few films are known. Zeros where none is.
 *
 * @param prior films' worth of doubt
 */
export function soundtrackProfile(
  artists: readonly string[],
  table: SoundtrackTable,
  prior: number,
): Float64Array {
  const { dims } = table;
  const profile = new Float64Array(dims);
  let films = 0;
  for (const key of new Set(artists.map(artistKey))) {
    const row = table.rowOf.get(key);
    if (row === undefined) continue;
    const count = table.films[row]!;
    const unit = count * table.scale[row]!;
    films += count;
    for (let d = 0; d < dims; d++) profile[d]! += unit * table.rows[row * dims + d]!;
  }
  if (films > 0) for (let d = 0; d < dims; d++) profile[d]! /= films + prior;
  return profile;
}
