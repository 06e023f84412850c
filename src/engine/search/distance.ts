import { MAX_WORD } from './normalise.ts';

const ROW = MAX_WORD + 2;
const rows = [new Uint8Array(ROW), new Uint8Array(ROW), new Uint8Array(ROW)] as const;

/**
 * Damerau–Levenshtein distance (optimal string alignment: a swap of neighbours is one step) between a word and
 * a stretch of a pool of words.
 * @param word at most MAX_WORD code units
 * @param pool code units; the other word is pool[from … to), at most MAX_WORD long
 * @param limit steps of interest
 * @param asBeginning true compares with the best beginning of the other word instead of all of it
 * @returns the distance, or limit + 1 when it is greater than the limit
 */
export function distance(
  word: Uint16Array,
  pool: Uint16Array,
  from: number,
  to: number,
  limit: number,
  asBeginning: boolean,
): number {
  const width = word.length;
  const height = asBeginning ? Math.min(to - from, width + limit) : to - from;
  if (Math.abs(width - height) > limit) return limit + 1;
  let [before, above, row] = rows as readonly [Uint8Array, Uint8Array, Uint8Array];
  for (let x = 0; x <= width; x++) above[x] = x;
  let best = asBeginning ? above[width]! : limit + 1;
  for (let y = 1; y <= height; y++) {
    const unit = pool[from + y - 1]!;
    row[0] = y;
    let least = y;
    for (let x = 1; x <= width; x++) {
      const same = word[x - 1] === unit;
      let cost = above[x - 1]! + (same ? 0 : 1);
      if (above[x]! + 1 < cost) cost = above[x]! + 1;
      if (row[x - 1]! + 1 < cost) cost = row[x - 1]! + 1;
      if (!same && x > 1 && y > 1 && word[x - 2] === unit && word[x - 1] === pool[from + y - 2]) {
        if (before[x - 2]! + 1 < cost) cost = before[x - 2]! + 1;
      }
      row[x] = cost;
      if (cost < least) least = cost;
    }
    if (asBeginning && row[width]! < best) best = row[width]!;
    // A swap reaches over one row, so a row may only end the search together with the one before it.
    if (least > limit + 1) break;
    [before, above, row] = [above, row, before];
    if (y === height && !asBeginning) best = above[width]!;
  }
  return Math.min(best, limit + 1);
}
