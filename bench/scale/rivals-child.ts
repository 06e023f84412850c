/** The same search by other means, over all film vectors of a catalogue, in a process of its own. */
import { Catalogue } from '../../src/engine/catalogue/reader.ts';
import { songQuery } from '../../src/engine/matching/query.ts';
import { percentile, seeded } from '../../test/engine/search/typos.ts';

export interface Rival {
  readonly name: string;
  /** Seconds; null where nothing is built, or it was built before. */
  readonly build: number | null;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Share of the exact five nearest that were found; null where another question is answered. */
  readonly recall: number | null;
}

export interface RivalFigures {
  readonly films: number;
  readonly rivals: readonly Rival[];
  /** Rivals that could not be measured, each with the reason. */
  readonly absent: readonly string[];
}

const SEED = 11;
const QUERIES = 300;
const EXHAUSTIVE_QUERIES = 100;
const K = 5;
/** The paper compares a song and a film in so many numbers. */
const PAPER_DIMS = 9;
const LINKS = { m: 16, efConstruction: 128, ef: 128 } as const;

/** What is used of hnswlib-node. */
interface Hnswlib {
  HierarchicalNSW: new (
    space: 'cosine',
    dims: number,
  ) => {
    initIndex(max: number, m: number, efConstruction: number, seed: number): void;
    setEf(ef: number): void;
    addPoint(vector: number[], label: number): void;
    searchKnn(vector: number[], k: number): { neighbors: number[] };
  };
}

const [dir] = process.argv.slice(2) as [string];
const catalogue = await Catalogue.open(dir);
const { vectors, manifest, index, restIndex } = catalogue;
const dims = manifest.dimensions;
const { movies: films, indexed } = manifest.counts;
const random = seeded(SEED);

const songs = [...catalogue.records.songs.getKeys()];

/** A song as it is asked for: songs lie beside the films, not among them, which makes them harder to search by. */
function makeQuery(): Float32Array {
  const song = catalogue.records.songs.get(songs[Math.floor(random() * songs.length)]!)!;
  return catalogue.model.query(songQuery(catalogue, [song]).placed.vector);
}

function bruteForce(query: Float32Array): number[] {
  const best: [number, number][] = [];
  for (let row = 0; row < films; row++) {
    let sum = 0;
    for (let d = 0, at = row * dims; d < dims; d++) sum += query[d]! * vectors[at + d]!;
    if (best.length === K && sum <= best[K - 1]![0]) continue;
    best.push([sum, row]);
    best.sort((a, b) => b[0] - a[0]);
    if (best.length > K) best.length = K;
  }
  return best.map(([, row]) => row);
}

function indexes(query: Float32Array): number[] {
  const hits: [number, number][] = [];
  for (const [searched, size] of [
    [index, indexed],
    [restIndex, films - indexed],
  ] as const) {
    if (size === 0) continue;
    const { keys, distances } = searched.search(query, Math.min(K, size), 1);
    for (let i = 0; i < keys.length; i++) hits.push([distances[i]!, Number(keys[i])]);
  }
  return hits
    .sort((a, b) => a[0] - b[0])
    .slice(0, K)
    .map(([, row]) => row);
}

/** The paper's way: the cosine of the song with every film, norms and all, then the whole list sorted. */
function paper(table: Float64Array, query: Float64Array): number[] {
  const scores = new Float64Array(films);
  const norm = Math.hypot(...query);
  for (let row = 0; row < films; row++) {
    let sum = 0;
    let squares = 0;
    for (let d = 0, at = row * PAPER_DIMS; d < PAPER_DIMS; d++) {
      sum += query[d]! * table[at + d]!;
      squares += table[at + d]! ** 2;
    }
    scores[row] = sum / (norm * Math.sqrt(squares) || 1);
  }
  return [
    ...Uint32Array.from(scores.keys())
      .sort((a, b) => scores[b]! - scores[a]!)
      .subarray(0, K),
  ];
}

const queries = Array.from({ length: QUERIES }, makeQuery);
const exact = queries.slice(0, EXHAUSTIVE_QUERIES).map(bruteForce);

function measure(
  name: string,
  build: number | null,
  count: number,
  search: (query: Float32Array) => number[],
): Rival {
  const found: number[][] = [];
  const times = queries.slice(0, count).map((query) => {
    const started = performance.now();
    found.push(search(query));
    return performance.now() - started;
  });
  const hits = exact.flatMap((rows, i) => rows.filter((row) => found[i]!.includes(row)));
  return {
    name,
    build,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    recall: hits.length / (K * exact.length),
  };
}

async function hnswlib(): Promise<Rival | string> {
  // Not among the dependencies: it compiles on the machine where it is installed.
  const name = 'hnswlib-node';
  const library = (await import(name).catch(() => null)) as { default: Hnswlib } | null;
  if (!library)
    return `${name} is not installed (npm install --no-save --ignore-scripts=false ${name}@3.0.0)`;
  const started = performance.now();
  const graph = new library.default.HierarchicalNSW('cosine', dims);
  graph.initIndex(films, LINKS.m, LINKS.efConstruction, SEED);
  for (let row = 0; row < films; row++)
    graph.addPoint(Array.from(vectors.subarray(row * dims, (row + 1) * dims)), row);
  graph.setEf(LINKS.ef);
  const seconds = (performance.now() - started) / 1000;
  return measure(name, seconds, QUERIES, (query) => graph.searchKnn(Array.from(query), K).neighbors);
}

const table = Float64Array.from({ length: films * PAPER_DIMS }, random);
const paperQuery = Float64Array.from({ length: PAPER_DIMS }, random);
const rivals = [
  measure('usearch, both indexes', null, QUERIES, indexes),
  measure('brute force, JavaScript', null, EXHAUSTIVE_QUERIES, bruteForce),
  { ...measure("the paper's way", null, EXHAUSTIVE_QUERIES, () => paper(table, paperQuery)), recall: null },
];
const hnsw = await hnswlib();
const figures: RivalFigures = {
  films,
  rivals: typeof hnsw === 'string' ? rivals : [...rivals, hnsw],
  absent: typeof hnsw === 'string' ? [hnsw] : [],
};
await catalogue.close();
console.log(JSON.stringify(figures));
