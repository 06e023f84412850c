/** Takes a newly published catalogue into use while the program runs; the old one stays when the new one fails. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { MANIFEST } from '../../engine/catalogue/format.ts';
import { Engine } from '../../engine/engine.ts';
import type { MatchEngine } from '../../engine/types.ts';
import { Music2MovieError } from '../../shared/errors.ts';

export interface CatalogueWatch {
  /** Looks now (on SIGHUP, say). @returns whether another catalogue is in use since */
  check(): Promise<boolean>;
  stop(): void;
}

/** How often the manifest is looked at, in milliseconds. A poll sees renames on every file system. */
const INTERVAL_MS = 5_000;

/**
 * Watches a catalogue folder.
 *
 * @param swap puts an opened engine in use; the watch never closes it
 */
export async function watchCatalogue(
  dir: string,
  swap: (engine: MatchEngine) => Promise<void>,
  logger: Pick<Logger, 'info' | 'warn'>,
  intervalMs = INTERVAL_MS,
): Promise<CatalogueWatch> {
  let seen = await identity(dir);
  let checking: Promise<boolean> | undefined;
  const look = async (): Promise<boolean> => {
    const now = await identity(dir);
    // Between the two renames of a build there is no folder; the next look finds one.
    if (now === null || now === seen) return false;
    seen = now;
    try {
      const engine = await Engine.open(dir);
      logger.info(
        { movies: engine.info.movies, songs: engine.info.songs },
        'a newly built catalogue is in use',
      );
      void swap(engine);
      return true;
    } catch (error) {
      const reason = error instanceof Music2MovieError ? error.message : String(error);
      logger.warn({ reason }, 'the new catalogue failed its checks; the old one stays in use');
      return false;
    }
  };
  const check = () => {
    checking ??= look().finally(() => {
      checking = undefined;
    });
    return checking;
  };
  const timer = setInterval(() => void check(), intervalMs);
  timer.unref();
  return { check, stop: () => clearInterval(timer) };
}

/** What tells one published manifest from another, or null where there is none. */
async function identity(dir: string): Promise<string | null> {
  return stat(path.join(dir, MANIFEST), { bigint: true }).then(
    (s) => `${s.ino}:${s.mtimeNs}:${s.size}`,
    () => null,
  );
}
