/**
 * Filters column by column: each pass goes once over a list of rows and keeps those whose value suits. Tight loops
 * over one typed array each, because a filter looks at several hundred thousand rows; a test that looks at every
 * column of a row takes several times as long.
 */

/** Keeps some of the first `count` rows of a list, in order, at its beginning. Returns how many. */
export type Pass = (rows: Uint32Array, count: number) => number;

/** Keeps rows with at least so many votes. */
export function votesFrom(column: Uint32Array, least: number): Pass {
  return (rows, count) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      rows[kept] = row;
      if (column[row]! >= least) kept++;
    }
    return kept;
  };
}

/** Keeps rows rated at least so. */
export function ratingFrom(column: Float32Array, least: number): Pass {
  return (rows, count) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      rows[kept] = row;
      if (column[row]! >= least) kept++;
    }
    return kept;
  };
}

/** Keeps rows with a number from `from` to `to`, both included. */
export function numberWithin(column: Int16Array, from: number, to: number): Pass {
  return (rows, count) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const value = column[row]!;
      rows[kept] = row;
      if (value >= from && value <= to) kept++;
    }
    return kept;
  };
}

/** Keeps rows with one of the genres wanted, if any is, and none of those unwanted. */
export function genresAmong(column: Uint32Array, wanted: number, unwanted: number): Pass {
  const all = wanted === 0 ? 1 : 0;
  return (rows, count) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const genres = column[row]!;
      rows[kept] = row;
      if (((genres & wanted) | all) !== 0 && (genres & unwanted) === 0) kept++;
    }
    return kept;
  };
}

/** Keeps rows whose language is one of these places in the list of `known` languages. */
export function languageAmong(column: Uint16Array, places: Iterable<number>, known: number): Pass {
  const among = new Uint8Array(known);
  for (const place of places) among[place] = 1;
  return (rows, count) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      rows[kept] = row;
      if (among[column[row]!] === 1) kept++;
    }
    return kept;
  };
}

/** Keeps rows without any of these flags. */
export function withoutFlags(column: Uint8Array, flags: number): Pass {
  return (rows, count) => {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      rows[kept] = row;
      if ((column[row]! & flags) === 0) kept++;
    }
    return kept;
  };
}
