/** What somebody's own taste adds to films that fit a song: how much nearer they are to the songs that the person loves. */
import type { Catalogue } from '../catalogue/reader.ts';
import type { SongQuery } from './query.ts';
import { logitOf } from './rank.ts';

/** Standard deviations from the mean film at which taste says no more. */
const MOST = 2;

/**
 * What to add to each film, by TMDB id, within ±`weight`; the mean of all is 0, so that an answer as a whole becomes no
 * surer.
 *
 * @param taste the songs that somebody loves, as one query
 * @param rows films that fit the song
 * @param weight 0…1
 */
export function tasteShifts(
  catalogue: Catalogue,
  taste: SongQuery,
  rows: readonly number[],
  weight: number,
): Map<number, number> {
  const { mean, deviation } = taste.scale;
  const standings = rows.map((row) => {
    const standing = (logitOf(catalogue, taste.placed.vector, row) - mean) / deviation;
    return Math.max(-MOST, Math.min(MOST, standing)) / MOST;
  });
  const middle = standings.reduce((sum, one) => sum + one, 0) / Math.max(1, standings.length);
  return new Map(
    rows.map((row, at) => [catalogue.columns.ids[row]!, (weight * (standings[at]! - middle)) / 2]),
  );
}
