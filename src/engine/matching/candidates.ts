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
  const found = k > 0 ? searchIndexes(catalogue, query, filter, k) : [];
  if (found.length >= wanted || (!filter.narrow && k === reach)) {
    return { rows: found.slice(0, wanted), path: 'index', more: found.length > wanted || k < reach };
  }
  return scan(catalogue, query, filter, wanted);
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

/** The k rows of largest value seen, in a binary heap with the smallest on top. */
class TopRows {
  readonly #limit: number;
  readonly #values: number[] = [];
  readonly #rows: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(row: number, value: number): void {
    if (this.#limit === 0) return;
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
    return this.#rows
      .map((row, i) => [row, this.#values[i]!] as const)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([row]) => row);
  }

  #swap(i: number, j: number): void {
    [this.#rows[i], this.#rows[j]] = [this.#rows[j]!, this.#rows[i]!];
    [this.#values[i], this.#values[j]] = [this.#values[j]!, this.#values[i]!];
  }

  #up(from: number): void {
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.#values[parent]! <= this.#values[i]!) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #down(from: number): void {
    let i = from;
    for (;;) {
      const left = 2 * i + 1;
      let smallest = i;
      for (const child of [left, left + 1]) {
        if (child < this.#values.length && this.#values[child]! < this.#values[smallest]!) smallest = child;
      }
      if (smallest === i) return;
      this.#swap(i, smallest);
      i = smallest;
    }
  }
}
