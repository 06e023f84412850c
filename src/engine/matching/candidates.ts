/** Candidate films for a query, best first: through the index where it suffices, else by an exact scan. */
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
      return { rows: found.slice(0, wanted), path: 'index', more: found.length > wanted || k < reach };
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

function searchIndexes(catalogue: Catalogue, query: Float32Array, filter: RowFilter, k: number): number[] {
  const { counts } = catalogue.manifest;
  const hits: [number, number][] = [];
  const collect = (index: Catalogue['index'], size: number) => {
    if (size === 0) return;
    const { keys, distances } = index.search(query, Math.min(k, size), 1);
    for (let i = 0; i < keys.length; i++) hits.push([Number(keys[i]), distances[i]!]);
  };
  collect(catalogue.index, counts.indexed);
  if (!filter.mainOnly) {
    collect(catalogue.restIndex, counts.movies - counts.indexed);
    hits.sort((a, b) => a[1] - b[1]);
    hits.length = Math.min(hits.length, k);
  }
  return hits.map(([row]) => row).filter((row) => filter.test(row));
}

/** Exact: the cosine of every row that passes. */
function scan(catalogue: Catalogue, query: Float32Array, filter: RowFilter, wanted: number): Candidates {
  const { vectors } = catalogue;
  const dims = query.length;
  const best = new TopRows(wanted);
  let passed = 0;
  for (let row = filter.from; row < filter.to; row++) {
    if (!filter.test(row)) continue;
    passed++;
    const offset = row * dims;
    let sum = 0;
    for (let d = 0; d < dims; d++) sum += query[d]! * vectors[offset + d]!;
    best.offer(row, sum);
  }
  return { rows: best.rows(), path: 'scan', more: passed > wanted };
}

/** The k rows of largest value seen, of equals the first ones, in a binary heap with the least on top. */
class TopRows {
  readonly #limit: number;
  readonly #values: number[] = [];
  readonly #rows: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Rows must come in ascending order. */
  offer(row: number, value: number): void {
    if (this.#rows.length < this.#limit) {
      this.#rows.push(row);
      this.#values.push(value);
      this.#up(this.#rows.length - 1);
    } else if (value > this.#values[0]!) {
      this.#rows[0] = row;
      this.#values[0] = value;
      this.#down(0);
    }
  }

  rows(): number[] {
    const order = [...this.#rows.keys()].sort((i, j) => (this.#less(i, j) ? 1 : -1));
    return order.map((i) => this.#rows[i]!);
  }

  #less(i: number, j: number): boolean {
    const difference = this.#values[i]! - this.#values[j]!;
    return difference < 0 || (difference === 0 && this.#rows[i]! > this.#rows[j]!);
  }

  #swap(i: number, j: number): void {
    const row = this.#rows[i]!;
    const value = this.#values[i]!;
    this.#rows[i] = this.#rows[j]!;
    this.#values[i] = this.#values[j]!;
    this.#rows[j] = row;
    this.#values[j] = value;
  }

  #up(from: number): void {
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#less(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #down(from: number): void {
    const count = this.#rows.length;
    let i = from;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= count) return;
      const right = left + 1;
      const least = right < count && this.#less(right, left) ? right : left;
      if (!this.#less(least, i)) return;
      this.#swap(i, least);
      i = least;
    }
  }
}
