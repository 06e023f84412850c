/** Films, streamed: clean rows → records, vectors and columns, in bounded memory. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { allocateColumns, FLAG_UNFIT, UNKNOWN } from '../engine/catalogue/columns.ts';
import { FILES, ROW_HASHES } from '../engine/catalogue/format.ts';
import { type FilmRecord, type Records, storeKey } from '../engine/catalogue/records.ts';
import { packedLength, packProfile } from '../engine/feel/profile.ts';
import type { Model } from '../engine/model/model.ts';
import { normaliseText } from '../engine/search/index.ts';
import type { Progress } from '../shared/progress.ts';
import type { CleanFilm, FilmCleaner } from './clean-films.ts';
import type { FeelData } from './feel/data.ts';
import { readFilmRows } from './forms/read.ts';
import { Growable } from './growable.ts';
import { requireMemory } from './memory-guard.ts';
import type { TableInput } from './song-stage.ts';
import type { ReadProgress } from './tables.ts';

/** Votes that a film needs to be found by default (matching notes). */
export const VOTE_FLOOR = 20;

/** Records written in one transaction. */
const BATCH = 2_000;
/** Films described in one go. */
const PAUSE_EVERY = 500;

export interface FilmStage {
  readonly count: number;
  /** Rows in the main index: the first ones. */
  readonly indexed: number;
  /** Films whose row was that of an earlier build. */
  readonly unchanged: number;
  readonly facets: { genres: string[]; languages: string[]; countries: string[] };
}

/** The small facts of a film that ordering and filters need. */
interface Row {
  readonly id: number;
  readonly votes: number;
  readonly rating: number;
  readonly year: number;
  readonly runtime: number;
  readonly language: string;
  readonly genres: readonly string[];
  readonly unfit: boolean;
  readonly hash: bigint;
}

/**
 * Films of the table, then those of the starter that it lacks: every full catalogue contains the starter's.
 */
async function* cleanFilms(
  { file, starter, cleaner, profiler, gate }: TableInput<FilmCleaner>,
  onProgress: (progress: ReadProgress) => void,
): AsyncGenerator<{ film: CleanFilm; hash: bigint; known: FilmCleaner['known'] }> {
  const kept = new Set<number>();
  for await (const row of readFilmRows(file, { onProgress, profiler })) {
    const film = cleaner.clean(row);
    if (!film) continue;
    kept.add(film.id);
    yield { film, hash: cleaner.rowHash, known: cleaner.known };
  }
  gate();
  if (starter === null) return;
  const own = cleaner.another();
  for await (const row of readFilmRows(starter)) {
    const film = own.clean(row);
    if (film && !kept.has(film.id)) yield { film, hash: own.rowHash, known: own.known };
  }
}

export async function indexFilms(
  input: TableInput<FilmCleaner>,
  model: Model,
  records: Records,
  dir: string,
  progress: Progress,
  feel: Pick<FeelData, 'films'>,
  voteFloor = VOTE_FLOOR,
): Promise<FilmStage> {
  const dims = model.dimensions;
  const feelBytes = packedLength(model.spec.feel.terms.length, model.spec.feel.worlds.length);
  const vectors = new Growable((n) => new Float32Array(n));
  const feels = new Growable((n) => new Uint8Array(n));
  const rows: Row[] = [];
  const titles = new Map<string, number[]>();
  const countries = new Map<string, number>();
  let batch: CleanFilm[] = [];
  let stage: ReturnType<Progress['stage']> | undefined;
  let megabytes = 0;
  let unchanged = 0;
  const flush = () => {
    requireMemory();
    records.root.transactionSync(() => {
      for (const film of batch) records.films.putSync(film.id, film as FilmRecord);
    });
    batch = [];
  };
  const films = cleanFilms(input, ({ bytes, totalBytes }) => {
    megabytes = totalBytes / 1e6;
    stage ??= progress.stage('Films', megabytes, 'MB');
    stage.update(bytes / 1e6);
  });
  for await (const { film, hash, known } of films) {
    if (known) {
      unchanged++;
      vectors.push(known.vector);
      feels.push(known.feel);
    } else {
      const text = model.textOf(film);
      const profile = model.filmProfile(film, text, feel.films.get(film.id));
      const place = model.projectFilm(film.id, model.filmVector(film, profile, text));
      vectors.push(model.indexed(place, film.votes));
      feels.push(packProfile(profile));
    }
    rows.push({
      id: film.id,
      votes: film.votes,
      rating: film.rating,
      year: film.year ?? UNKNOWN,
      runtime: film.runtime ?? UNKNOWN,
      language: film.language,
      genres: film.genres,
      unfit: film.unfit,
      hash,
    });
    for (const title of new Set([normaliseText(film.title), normaliseText(film.originalTitle)])) {
      const key = storeKey(title);
      titles.set(key, [...(titles.get(key) ?? []), rows.length - 1]);
    }
    for (const country of film.countries) countries.set(country, (countries.get(country) ?? 0) + 1);
    batch.push(film);
    if (batch.length >= BATCH) flush();
    // Rows come faster than they are described: without a pause no signal would be heard.
    if (rows.length % PAUSE_EVERY === 0) await setImmediate();
  }
  flush();
  stage?.finish(megabytes);
  putTitles(records, titles, rows);

  const passes = (row: Row) => row.votes >= voteFloor && !row.unfit;
  const order = orderRows(rows, passes);
  const count = rows.length;
  const facets = {
    genres: frequent(rows.map((row) => row.genres)),
    languages: frequent(rows.map((row) => [row.language])),
    countries: [...countries].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name),
  };
  const ordered = permute(vectors.view(), order, dims, (n) => new Float32Array(n));
  await writeFile(path.join(dir, FILES.vectors), bytesOf(ordered));
  const orderedFeels = permute(feels.view(), order, feelBytes, (n) => new Uint8Array(n));
  await writeFile(path.join(dir, FILES.feel), orderedFeels);
  await writeFile(path.join(dir, FILES.columns), packColumns(rows, order, facets));
  const hashes = BigUint64Array.from(order, (source) => rows[source]!.hash);
  await writeFile(path.join(dir, ROW_HASHES), bytesOf(hashes));
  return { count, indexed: rows.filter(passes).length, unchanged, facets };
}

const bytesOf = (view: Float32Array | BigUint64Array) =>
  Buffer.from(view.buffer, view.byteOffset, view.byteLength);

/** Default-passing films first, then by votes, then by id: a vote floor is then a run of rows. */
function orderRows(rows: readonly Row[], passes: (row: Row) => boolean): Uint32Array {
  return Uint32Array.from(rows.keys()).sort((a, b) => {
    const x = rows[a]!;
    const y = rows[b]!;
    return Number(passes(y)) - Number(passes(x)) || y.votes - x.votes || x.id - y.id;
  });
}

function permute<T extends Float32Array | Uint8Array>(
  values: T,
  order: Uint32Array,
  dims: number,
  make: (n: number) => T,
): T {
  const out = make(order.length * dims);
  for (const [row, source] of order.entries())
    out.set(values.subarray(source * dims, (source + 1) * dims), row * dims);
  return out;
}

/** Names by how often they occur, most frequent first. */
function frequent(lists: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const name of list) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
}

/** The genre column has a bit each for this many names. */
const GENRE_BITS = 32;

function packColumns(rows: readonly Row[], order: Uint32Array, facets: FilmStage['facets']): Uint8Array {
  const { columns, bytes } = allocateColumns(rows.length);
  const genreBit = new Map(facets.genres.slice(0, GENRE_BITS).map((name, bit) => [name, bit]));
  const languageIndex = new Map(facets.languages.map((name, index) => [name, index]));
  for (const [row, source] of order.entries()) {
    const film = rows[source]!;
    columns.ids[row] = film.id;
    columns.votes[row] = film.votes;
    columns.rating[row] = film.rating;
    columns.year[row] = film.year;
    columns.runtime[row] = film.runtime;
    columns.language[row] = languageIndex.get(film.language)!;
    columns.flags[row] = film.unfit ? FLAG_UNFIT : 0;
    let mask = 0;
    for (const genre of film.genres) {
      const bit = genreBit.get(genre);
      if (bit !== undefined) mask |= 1 << bit;
    }
    columns.genres[row] = mask >>> 0;
  }
  columns.byId.set(Uint32Array.from(rows.keys()).sort((a, b) => columns.ids[a]! - columns.ids[b]!));
  return bytes;
}

function putTitles(
  records: Records,
  titles: ReadonlyMap<string, readonly number[]>,
  rows: readonly Row[],
): void {
  records.root.transactionSync(() => {
    for (const key of [...titles.keys()].sort()) {
      const films = titles
        .get(key)!
        .map((row) => rows[row]!)
        .sort((a, b) => b.votes - a.votes || a.id - b.id);
      records.titles.putSync(
        key,
        films.map((film) => film.id),
      );
    }
  });
}
