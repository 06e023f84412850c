/** Takes a newly published catalogue into use while the program runs; the old one stays when the new one fails. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { fingerprint } from '../../engine/catalogue/place.ts';
import { Engine } from '../../engine/engine.ts';
import type { MatchEngine } from '../../engine/types.ts';
import { Music2MovieError } from '../../shared/errors.ts';

export interface CatalogueWatch {
  /** Looks now, whether or not files have changed (on SIGHUP, say). @returns whether another catalogue is in use since */
  check(): Promise<boolean>;
  stop(): void;
}

export interface WatchOptions {
  /** How often the files are looked at, in milliseconds. */
  readonly intervalMs?: number;
  /** What is new waits for up to this long, so that many processes do not open it at once; milliseconds. */
  readonly staggerMs?: number;
  /** Whose copies are mapped; default this process's own. */
  readonly keep?: true | 'shared';
}

/** How often the files are looked at, in milliseconds. A poll sees changes on every file system. */
const INTERVAL_MS = 5_000;

/**
 * Watches a catalogue's folder. What fails its checks is tried again as soon as a file changes.
 *
 * @param inUse seal of the build that answers now: the folder may point to another one, half copied, by then
 * @param swap puts an opened engine in use; the watch never closes it
 */
export async function watchCatalogue(
  dir: string,
  inUse: string,
  swap: (engine: MatchEngine) => Promise<void>,
  logger: Pick<Logger, 'info' | 'warn'>,
  { intervalMs = INTERVAL_MS, staggerMs = 0, keep = true }: WatchOptions = {},
): Promise<CatalogueWatch> {
  let seen = await fingerprint(dir);
  let seal = inUse;
  let said: string | null = null;
  let looking: Promise<boolean> | undefined;
  /** The same reason is told once, not at every look at a copy in progress. */
  const warn = (error: unknown) => {
    const reason = error instanceof Music2MovieError ? error.message : String(error);
    if (reason !== said)
      logger.warn({ reason }, 'the new catalogue failed its checks; the old one stays in use');
    said = reason;
  };
  const look = async (evenIfUnchanged: boolean): Promise<boolean> => {
    const now = await fingerprint(dir);
    if (now === seen && !evenIfUnchanged) return false;
    if (!evenIfUnchanged) await sleep(Math.random() * staggerMs, undefined, { ref: false });
    seen = now;
    try {
      const engine = await Engine.open(dir, { keep });
      const { manifest, insteadOf } = engine.catalogue;
      if (insteadOf) warn(insteadOf);
      else said = null;
      if (manifest.seal === seal) {
        await engine.close();
        return false;
      }
      seal = manifest.seal;
      const { movies, songs } = engine.info;
      logger.info({ movies, songs }, 'a newly built catalogue is in use');
      void swap(engine);
      return true;
    } catch (error) {
      warn(error);
      return false;
    }
  };
  const begin = (evenIfUnchanged: boolean) => {
    looking ??= look(evenIfUnchanged).finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const timer = setInterval(() => void begin(false), intervalMs);
  timer.unref();
  return { check: () => begin(true), stop: () => clearInterval(timer) };
}
