/** The polite downloader: a few connections, one host, everything bounded, every failure written down. */
import { setMaxListeners } from 'node:events';
import { FailureLog } from './failures.ts';
import { FetchError, type FetchFault, type FetchOptions, PosterFetcher } from './fetch.ts';
import { isPosterPath, PosterFolder } from './folder.ts';

export interface DownloadSettings extends Partial<FetchOptions> {
  /** Requests at a time. TMDB's old rule was at most 20 per address; more than that is never used. */
  readonly connections?: number;
  /** Bytes that the folder may hold. */
  readonly budgetBytes?: number;
}

export interface DownloadOptions extends DownloadSettings {
  /** Where posters are kept. */
  readonly dir: string;
  /** The failures log; `<dir>/failures.ndjson` by default. */
  readonly failuresFile?: string;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Defaults, and where they come from. */
export const DOWNLOAD_DEFAULTS = {
  baseUrl: 'https://image.tmdb.org',
  /** The smallest class that still fills 224 pixels of height or more (most come as 185 × 278). */
  size: 'w185',
  connections: 8,
  /** Real w185 posters: 4 to 280 KB. */
  maxBytes: 2 * 1024 * 1024,
  /** About 380,000 posters of 22 KB (the mean of 3,000 real ones); those that have been looked at make room. */
  budgetBytes: 8 * 1024 ** 3,
  timeoutMs: 20_000,
  attempts: 5,
  retryDelayMs: 500,
} as const;

const MAX_CONNECTIONS = 20;

export interface DownloadReport {
  /** Different posters asked for. */
  requested: number;
  /** Were there already. */
  present: number;
  downloaded: number;
  /** Bytes downloaded. */
  bytes: number;
  /** Failed for good in an earlier run and were not asked for again. */
  knownFailures: number;
  /** Failed now, by reason (`bad-path` where the poster path is none). */
  failed: Partial<Record<FetchFault | 'bad-path', number>>;
  /** Did not fit into the budget. */
  overBudget: string[];
  /** Not tried, because the run stopped. */
  notTried: number;
  /** Why the run stopped before its end. */
  stopped: 'aborted' | 'unreachable' | 'rate-limited' | null;
}

export function emptyDownloadReport(): DownloadReport {
  return {
    requested: 0,
    present: 0,
    downloaded: 0,
    bytes: 0,
    knownFailures: 0,
    failed: {},
    overBudget: [],
    notTried: 0,
    stopped: null,
  };
}

/**
 * Downloads posters that are not there yet. May be killed at any moment and run again.
 *
 * @param posters TMDB poster paths (`/….jpg`), in the order of the wish
 * @throws ConfigurationError for an impossible address or size; a poster's failure is never thrown
 */
export async function downloadPosters(
  posters: Iterable<string>,
  options: DownloadOptions,
): Promise<DownloadReport> {
  const downloader = new Downloader(options);
  try {
    return await downloader.fetchAll(posters, options.onProgress, options.signal);
  } finally {
    downloader.close();
  }
}

/** A downloader with its folder and log, for callers that download in several goes and remove what they have used. */
export class Downloader {
  readonly folder: PosterFolder;
  readonly failures: FailureLog;
  readonly #fetcher: PosterFetcher;
  readonly #connections: number;
  /** Posters in a row for which the host gave nothing at all. */
  #silent = 0;
  #stopped: DownloadReport['stopped'] = null;

  /** @throws ConfigurationError for an impossible address or size */
  constructor(options: DownloadOptions) {
    const settings = { ...DOWNLOAD_DEFAULTS, ...options };
    this.#fetcher = new PosterFetcher(settings);
    this.#connections = Math.max(1, Math.min(MAX_CONNECTIONS, settings.connections));
    this.folder = new PosterFolder(options.dir, settings.budgetBytes);
    this.failures = new FailureLog(options.failuresFile ?? `${options.dir}/failures.ndjson`);
  }

  /** Why nothing more is asked of the host. */
  get stopped(): DownloadReport['stopped'] {
    return this.#stopped;
  }

  async fetchAll(
    posters: Iterable<string>,
    onProgress: (done: number, total: number) => void = () => {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<DownloadReport> {
    // Every connection listens for the stop; Node would take more than ten listeners for a leak.
    setMaxListeners(0, signal);
    const wanted = [...new Set(posters)];
    const report = { ...emptyDownloadReport(), requested: wanted.length };
    const queue = wanted.filter((poster) => this.#isOpen(poster, report));
    let next = 0;
    let done = wanted.length - queue.length;
    onProgress(done, wanted.length);
    const lane = async () => {
      while (next < queue.length && this.#stopped === null) {
        const poster = queue[next++]!;
        if (await this.#fetchOne(poster, report, signal)) onProgress(++done, wanted.length);
        else report.notTried++;
      }
    };
    await Promise.all(Array.from({ length: this.#connections }, lane));
    report.notTried += queue.length - next;
    report.stopped = this.#stopped;
    return report;
  }

  close(): void {
    this.failures.close();
  }

  #isOpen(poster: string, report: DownloadReport): boolean {
    if (!isPosterPath(poster)) {
      count(report, 'bad-path');
      if (!this.failures.get(poster)?.permanent)
        this.#log(poster, 'bad-path', 'not a poster path of TMDB', true);
      return false;
    }
    if (this.folder.has(poster)) {
      report.present++;
      return false;
    }
    const failure = this.failures.get(poster);
    if (failure?.permanent) {
      report.knownFailures++;
      return false;
    }
    return true;
  }

  /** @returns false where the poster was given back untried, because the run stopped */
  async #fetchOne(poster: string, report: DownloadReport, signal: AbortSignal): Promise<boolean> {
    let reserved = 0;
    // Grows the reservation to what is known of the size by now.
    const admit = (bytes: number) => {
      if (bytes <= reserved) return true;
      if (!this.folder.reserve(bytes - reserved)) return false;
      reserved = bytes;
      return true;
    };
    try {
      const bytes = await this.#fetcher.fetch(poster, admit, signal);
      this.folder.release(reserved - bytes.length);
      reserved = bytes.length;
      await this.folder.write(poster, bytes);
      reserved = 0;
      report.downloaded++;
      report.bytes += bytes.length;
      this.#silent = 0;
      this.failures.clear(poster);
      return true;
    } catch (error) {
      this.folder.release(reserved);
      if (signal.aborted) {
        this.#stopped ??= 'aborted';
        return false;
      }
      if (!(error instanceof FetchError)) throw error;
      return this.#failed(poster, error, report);
    }
  }

  #failed(poster: string, error: FetchError, report: DownloadReport): boolean {
    const answered = error.permanent || error.fault === 'budget';
    this.#silent = answered ? 0 : this.#silent + 1;
    if (this.#silent >= 3 * this.#connections)
      this.#stopped ??= error.fault === 'rate-limited' ? 'rate-limited' : 'unreachable';
    // A budget is this machine's matter and no failure of the poster.
    if (error.fault === 'budget') {
      report.overBudget.push(poster);
      return true;
    }
    count(report, error.fault);
    this.#log(poster, error.fault, error.message, error.permanent);
    return true;
  }

  #log(poster: string, reason: string, detail: string, permanent: boolean): void {
    this.failures.record({ poster, stage: 'download', reason, detail, permanent });
  }
}

function count(report: DownloadReport, reason: FetchFault | 'bad-path'): void {
  report.failed[reason] = (report.failed[reason] ?? 0) + 1;
}
