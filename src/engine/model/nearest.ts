/** Nearest tracks by sound: where the genres of a song from outside the catalogue are taken from. */

/** How many of the nearest tracks lend their genres (chosen by cross-validation, docs/MATCHING.md). */
export const NEAREST_TRACKS = 50;

/** Audio z-scores of many tracks, row by row, with each track's genre indices. */
export interface SoundTable {
  readonly count: number;
  readonly dims: number;
  /** count × dims */
  readonly audio: Float32Array;
  genresOf(row: number): readonly number[];
}

/** Rows of the `k` tracks closest to `scores` in Euclidean distance, nearest first. */
export function nearestRows(scores: Float64Array, table: SoundTable, k = NEAREST_TRACKS): number[] {
  const { dims, audio } = table;
  const rows: number[] = [];
  const distances: number[] = [];
  for (let row = 0; row < table.count; row++) {
    const worst = distances.length < k ? Number.POSITIVE_INFINITY : distances[distances.length - 1]!;
    let sum = 0;
    const offset = row * dims;
    for (let d = 0; d < dims && sum < worst; d++) {
      const difference = scores[d]! - audio[offset + d]!;
      sum += difference * difference;
    }
    if (sum >= worst) continue;
    let at = distances.length;
    while (at > 0 && distances[at - 1]! > sum) at--;
    distances.splice(at, 0, sum);
    rows.splice(at, 0, row);
    if (rows.length > k) {
      rows.pop();
      distances.pop();
    }
  }
  return rows;
}

/**
 * Mean genre weights of the nearest tracks: genre index → 0…1.
 *
 * @param bound genre indices that sound says nothing about
 */
export function nearestGenres(
  scores: Float64Array,
  table: SoundTable,
  bound: ReadonlySet<number>,
  k = NEAREST_TRACKS,
): Map<number, number> {
  const rows = nearestRows(scores, table, k);
  const weights = new Map<number, number>();
  for (const row of rows) {
    for (const genre of table.genresOf(row)) {
      if (!bound.has(genre)) weights.set(genre, (weights.get(genre) ?? 0) + 1 / rows.length);
    }
  }
  return weights;
}
