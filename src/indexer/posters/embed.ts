/** Films → embeddings in the store: from a folder of posters, or downloading what is missing, all cores busy. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Oddity } from './decode.ts';
import { Downloader, type DownloadReport, type DownloadSettings, emptyDownloadReport } from './download.ts';
import { FailureLog } from './failures.ts';
import { isPosterPath, type PosterFolder } from './folder.ts';
import { identifyNetwork, type NetworkIdentity, type NetworkOptions } from './network.ts';
import { PosterPool } from './pool.ts';
import type { PosterFault, PosterJob, PosterOutcome } from './protocol.ts';
import { EmbeddingStore } from './store.ts';

/** A film as far as its poster goes. */
export interface PosterFilm {
  readonly id: number;
  /** TMDB's poster path. */
  readonly poster: string;
}

export interface EmbedOptions extends NetworkOptions {
  /** The network's ONNX file. */
  readonly network: string;
  /** Where posters are: as the downloader keeps them, under their TMDB name, or as `<film id>.jpg`. */
  readonly dir: string;
  /** Set (if only to `{}`): what is missing is downloaded into `dir`. */
  readonly download?: DownloadSettings;
  /** Where the embedding store and the failures log are kept from run to run. */
  readonly workDir: string;
  /** Worker processes; one per core by default. */
  readonly workers?: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops after what is under way; what is done by then stays done. */
  readonly signal?: AbortSignal;
}

export interface EmbedReport {
  films: number;
  /** Different posters of those films. */
  posters: number;
  /** Had their embedding from an earlier run. */
  stored: number;
  computed: number;
  /** No file in the folder, and none downloaded. */
  missing: number;
  /** Files that gave nothing, by reason; each stands in the failures log. */
  faults: Partial<Record<PosterFault, number>>;
  /** Taken, but out of the ordinary. */
  oddities: Partial<Record<Oddity, number>>;
  /** Worker processes that had to be replaced. */
  crashes: number;
  /** Null where nothing was downloaded. */
  download: DownloadReport | null;
}

export interface Embedded {
  readonly store: EmbeddingStore;
  readonly identity: NetworkIdentity;
  readonly report: EmbedReport;
}

export const WORK_FILES = { store: 'embeddings', failures: 'poster-failures.ndjson' } as const;

/** Posters in one order to a worker: a few hundred milliseconds of work, one transaction, little lost by a crash. */
const ORDER = 16;
/** Posters downloaded ahead of the workers at most (twice this many are on their way). */
const CHUNK = { least: 16, most: 512, bytesEach: 64 * 1024 } as const;

/** The key of a film's poster in the store; films without a usable path are known by their own id. */
export function posterKey(film: PosterFilm): string {
  return isPosterPath(film.poster) ? film.poster : `#${film.id}`;
}

/**
 * Computes what the store lacks. The caller closes `store`.
 *
 * @throws ConfigurationError when the network is missing or unusable or a setting is impossible;
 *   the signal's reason when stopped
 */
export async function embedPosters(films: readonly PosterFilm[], options: EmbedOptions): Promise<Embedded> {
  const identity = await identifyNetwork(options.network, options);
  const store = EmbeddingStore.open(path.join(options.workDir, WORK_FILES.store), identity);
  try {
    const run = new EmbedRun(films, options, store);
    await run.finish();
    options.signal?.throwIfAborted();
    return { store, identity, report: run.report };
  } catch (error) {
    await store.close();
    throw error;
  }
}

class EmbedRun {
  readonly report: EmbedReport;
  readonly #options: EmbedOptions;
  readonly #store: EmbeddingStore;
  /** Key → film, of what is to be computed. */
  readonly #open: ReadonlyMap<string, PosterFilm>;
  readonly #pool: PosterPool;
  readonly #underWay = new Set<Promise<void>>();
  #failures: FailureLog | undefined;
  #folder: PosterFolder | undefined;
  #done: number;

  constructor(films: readonly PosterFilm[], options: EmbedOptions, store: EmbeddingStore) {
    this.#options = options;
    this.#store = store;
    const all = new Map(films.map((film) => [posterKey(film), film]));
    this.#open = new Map([...all].filter(([key]) => !store.has(key)));
    this.#done = all.size - this.#open.size;
    this.#pool = new PosterPool({ ...options, file: options.network });
    this.report = {
      films: films.length,
      posters: all.size,
      stored: this.#done,
      computed: 0,
      missing: 0,
      faults: {},
      oddities: {},
      crashes: 0,
      download: null,
    };
  }

  async finish(): Promise<void> {
    if (this.#open.size === 0) return;
    const stop = new AbortController();
    const forward = () => stop.abort(this.#options.signal?.reason);
    this.#options.signal?.addEventListener('abort', forward);
    if (this.#options.signal?.aborted) forward();
    const orders = this.#options.download ? this.#downloadedOrders(stop.signal) : this.#folderOrders();
    const lane = async () => {
      while (!stop.signal.aborted) {
        const order = await orders.next();
        if (order.done) return;
        const work = this.#pool.embed(order.value).then((outcomes) => this.#keep(outcomes));
        this.#underWay.add(work);
        await work.finally(() => this.#underWay.delete(work));
      }
    };
    try {
      await Promise.all(Array.from({ length: this.#pool.lanes }, lane));
    } finally {
      stop.abort();
      this.#options.signal?.removeEventListener('abort', forward);
      await this.#pool.close();
      // Lets a download that is under way end before its folder is left.
      await orders.return(undefined).catch(() => {});
      this.#failures?.close();
      const { computed, faults } = this.report;
      this.report.crashes = this.#pool.crashes;
      this.report.missing = this.#open.size - computed - Object.values(faults).reduce((sum, n) => sum + n, 0);
    }
  }

  /** Jobs for the files that stand in the folder. */
  async *#folderOrders(): AsyncGenerator<PosterJob[], void, undefined> {
    this.#failures = this.#openFailures();
    let order: PosterJob[] = [];
    for (const [poster, film] of this.#open) {
      const file = this.#find(film);
      if (file) order.push({ poster, file });
      else this.#progress();
      if (order.length < ORDER) continue;
      yield order;
      order = [];
    }
    if (order.length > 0) yield order;
  }

  /** Jobs as downloads arrive, chunk by chunk; one chunk is downloaded while the one before it is looked at. */
  async *#downloadedOrders(signal: AbortSignal): AsyncGenerator<PosterJob[], void, undefined> {
    const downloader = new Downloader({
      ...this.#options.download,
      dir: this.#options.dir,
      failuresFile: this.#failuresFile,
    });
    this.#failures = downloader.failures;
    this.#folder = downloader.folder;
    const total = { ...emptyDownloadReport(), requested: this.#open.size };
    this.report.download = total;
    let arriving: Promise<DownloadReport> | undefined;
    try {
      for (let wanted = [...this.#open.keys()]; wanted.length > 0; ) {
        const chunks = inChunks(wanted, chunkSize(downloader.folder.budgetBytes));
        wanted = [];
        const before = total.downloaded;
        arriving = downloader.fetchAll(chunks[0]!, undefined, signal);
        for (const [index, chunk] of chunks.entries()) {
          const report = await arriving!;
          addReport(total, report);
          const following = chunks[index + 1];
          arriving = following && downloader.fetchAll(following, undefined, signal);
          wanted.push(...report.overBudget);
          const here = chunk.filter((poster) => downloader.folder.has(poster));
          for (let i = here.length; i < chunk.length; i++) this.#progress();
          for (const part of inChunks(here, ORDER))
            yield part.map((poster) => ({ poster, file: downloader.folder.file(poster) }));
          if (downloader.folder.used > downloader.folder.budgetBytes / 2) this.#makeRoom();
        }
        // What did not fit gets another go once everything before it has been looked at and removed.
        await Promise.allSettled(this.#underWay);
        this.#done -= wanted.length;
        const progress = total.downloaded > before;
        const room = wanted.length > 0 && this.#makeRoom();
        if (!(progress || room) || downloader.stopped !== null) {
          total.overBudget = wanted;
          break;
        }
      }
    } finally {
      await arriving?.catch(() => {});
    }
  }

  #keep(outcomes: readonly PosterOutcome[]): void {
    const { report } = this;
    const sound = outcomes.filter((outcome) => 'features' in outcome);
    this.#store.putAll(sound.map((outcome) => [outcome.poster, outcome]));
    for (const { poster, oddities } of sound) {
      report.computed++;
      this.#failures?.clear(poster);
      for (const oddity of oddities) report.oddities[oddity] = (report.oddities[oddity] ?? 0) + 1;
    }
    for (const outcome of outcomes) {
      this.#progress();
      if (!('fault' in outcome)) continue;
      const { poster, fault, detail } = outcome;
      report.faults[fault] = (report.faults[fault] ?? 0) + 1;
      // What was downloaded as it stands on the host will be no better tomorrow; a folder's file may be replaced.
      const permanent = this.#folder !== undefined && fault !== 'crashed' && fault !== 'unreadable';
      this.#failures?.record({ poster, stage: 'decode', reason: fault, detail, permanent });
      if (permanent) this.#folder?.remove(poster);
    }
  }

  /** Removes files whose embedding is stored. Says whether any went. */
  #makeRoom(): boolean {
    const folder = this.#folder!;
    let removed = false;
    for (const poster of [...folder.posters]) {
      if (!this.#store.has(poster)) continue;
      folder.remove(poster);
      removed = true;
    }
    return removed;
  }

  #find(film: PosterFilm): string | undefined {
    const { dir } = this.#options;
    const name = film.poster.slice(1);
    const candidates = isPosterPath(film.poster)
      ? [path.join(dir, name.slice(0, 2), name), path.join(dir, name)]
      : [];
    return [...candidates, path.join(dir, `${film.id}.jpg`)].find((file) => existsSync(file));
  }

  get #failuresFile(): string {
    return path.join(this.#options.workDir, WORK_FILES.failures);
  }

  #openFailures(): FailureLog {
    return new FailureLog(this.#failuresFile);
  }

  #progress(): void {
    this.#options.onProgress?.(++this.#done, this.report.posters);
  }
}

function chunkSize(budgetBytes: number): number {
  const affordable = Math.floor(budgetBytes / (4 * CHUNK.bytesEach));
  return Math.max(CHUNK.least, Math.min(CHUNK.most, affordable));
}

function inChunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

function addReport(total: DownloadReport, part: DownloadReport): void {
  for (const key of ['present', 'downloaded', 'bytes', 'knownFailures', 'notTried'] as const)
    total[key] += part[key];
  for (const [reason, count] of Object.entries(part.failed) as [keyof DownloadReport['failed'], number][])
    total.failed[reason] = (total.failed[reason] ?? 0) + count;
  total.stopped ??= part.stopped;
}
