/** Candidate films for a query, best first: through the index where it suffices, else by an exact scan. */

import { TopItems } from '../../shared/top-items.ts';
import type { Catalogue } from '../catalogue/reader.ts';
import type { RowFilter } from './filters.ts';

export interface Candidates {
  /** Rows in descending order of the indexed cosine (popularity included). */
  readonly rows: readonly number[];
  readonly path: 'index' | 'scan';
  /** Whether more rows pass the filter than are listed. */
  readonly more: boolean;
}

/** Rows fetched beyond those asked for when a filter will drop some. */
const OVERFETCH = 256;
/** So few rows are scanned as fast as the index is searched, and exactly. */
const SCAN_AT_ONCE = 4096;
/** Rows looked at to guess how many pass a filter. */
const SAMPLE = 256;

/**
 * @param query unit vector of the manifest's dimensions
 * @param wanted rows that the caller can use
 */
export function candidates(
  catalogue: Catalogue,
  query: Float32Array,
  filter: RowFilter,
  wanted: number,
): Candidates {
  const reach = filter.to - filter.from;
  const k = Math.min(filter.narrow ? Math.max(OVERFETCH, 2 * wanted) : wanted, reach);
  const { counts } = catalogue.manifest;
  const searched = filter.mainOnly ? counts.indexed : counts.movies;
  if (reach > SCAN_AT_ONCE && k * passingShare(filter) * (reach / searched) >= wanted) {
    const found = searchIndexes(catalogue, query, filter, k);
    if (found.length >= wanted) {
      const rows = found.length > wanted ? found.slice(0, wanted) : found;
      return { rows, path: 'index', more: found.length > wanted || k < reach };
    }
  }
  return scan(catalogue, query, filter, wanted);
}

/** The share of rows that pass, guessed from some: where it is small, the index would be asked in vain. */
function passingShare(filter: RowFilter): number {
  if (!filter.narrow) return 1;
  const step = Math.max(1, Math.floor((filter.to - filter.from) / SAMPLE));
  let seen = 0;
  let passed = 0;
  for (let row = filter.from; row < filter.to; row += step) {
    seen++;
    if (filter.test(row)) passed++;
  }
  return passed / Math.max(seen, 1);
}

/** The nearest `k` rows of the indexes, less those that do not pass. */
function searchIndexes(catalogue: Catalogue, query: Float32Array, filter: RowFilter, k: number): number[] {
  const { indexed, movies } = catalogue.manifest.counts;
  const main = searchIndex(catalogue.index, indexed, query, k);
  const rest = filter.mainOnly ? NONE : searchIndex(catalogue.restIndex, movies - indexed, query, k);
  const rows: number[] = [];
  // Both come nearest first; of equals those of the main index.
  for (let i = 0, j = 0; i + j < k && (i < main.count || j < rest.count); ) {
    const fromMain = j >= rest.count || (i < main.count && main.distances[i]! <= rest.distances[j]!);
    const row = fromMain ? main.rows[2 * i++]! : rest.rows[2 * j++]!;
    if (!filter.narrow || filter.test(row)) rows.push(row);
  }
  return rows;
}

interface Nearest {
  /** Halves of 64-bit keys, the lower one first: no catalogue has so many films that the upper one counts. */
  readonly rows: Uint32Array;
  readonly distances: Float32Array;
  readonly count: number;
}

const NONE: Nearest = { rows: new Uint32Array(0), distances: new Float32Array(0), count: 0 };

function searchIndex(index: Catalogue['index'], size: number, query: Float32Array, k: number): Nearest {
  if (size === 0) return NONE;
  const { keys, distances } = index.search(query, Math.min(k, size), 1);
  return {
    rows: new Uint32Array(keys.buffer, keys.byteOffset, 2 * keys.length),
    distances,
    count: keys.length,
  };
}

/** Room for the rows that pass a filter: one list a catalogue, as a scan is over before the next one begins. */
const rooms = new WeakMap<Catalogue, Uint32Array>();

/** Exact: the cosine of every row that passes. */
function scan(catalogue: Catalogue, query: Float32Array, filter: RowFilter, wanted: number): Candidates {
  let rows = rooms.get(catalogue);
  if (!rows) {
    rows = new Uint32Array(catalogue.columns.count);
    rooms.set(catalogue, rows);
  }
  const passed = filter.list(rows);
  return {
    rows: bestRows(catalogue.vectors, query, rows, passed, wanted),
    path: 'scan',
    more: passed > wanted,
  };
}

/**
 * The rows of the largest dot products, the largest first, of equals the first row.
 *
 * @param vectors rows × the query's length
 * @param rows ascending; the first `count` are looked at
 */
export function bestRows(
  vectors: Float32Array,
  query: Float32Array,
  rows: Uint32Array,
  count: number,
  wanted: number,
): number[] {
  const dims = query.length;
  const best = new TopItems(wanted);
  let i = 0;
  // Four at a time: each sum waits for its last addition, and the processor can do others meanwhile.
  for (; i + 4 <= count; i += 4) {
    const a = rows[i]! * dims;
    const b = rows[i + 1]! * dims;
    const c = rows[i + 2]! * dims;
    const d = rows[i + 3]! * dims;
    let sumA = 0;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    for (let at = 0; at < dims; at++) {
      const value = query[at]!;
      sumA += value * vectors[a + at]!;
      sumB += value * vectors[b + at]!;
      sumC += value * vectors[c + at]!;
      sumD += value * vectors[d + at]!;
    }
    best.offer(rows[i]!, sumA);
    best.offer(rows[i + 1]!, sumB);
    best.offer(rows[i + 2]!, sumC);
    best.offer(rows[i + 3]!, sumD);
  }
  for (; i < count; i++) {
    const offset = rows[i]! * dims;
    let sum = 0;
    for (let at = 0; at < dims; at++) sum += query[at]! * vectors[offset + at]!;
    best.offer(rows[i]!, sum);
  }
  return best.sorted();
}
