/** Following a store of catalogues: the newest is fetched at the start, and whenever another is published. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { placesOf } from '../engine/catalogue/place.ts';
import { type Fetched, fetchCatalogue } from '../indexer/store/fetch-catalogue.ts';
import { Music2MovieError } from '../shared/errors.ts';
import { storeAt } from './store-at.ts';

/** How often the store is asked, in milliseconds; each pause is up to a half longer, so that machines do not ask at once. */
const ASK_EVERY_MS = 15_000;
/** Processes take a new catalogue into use within this time of each other, in milliseconds. */
export const STAGGER_MS = 15_000;
/** What another process of this machine fetches is waited for as long as it takes, looked at so often. Milliseconds. */
const LOOK_MS = 1_000;

type Followed = Pick<Config, 'catalogueStore' | 's3' | 'catalogueDir'>;

const fetchNow = (config: Followed): Promise<Fetched | null> =>
  fetchCatalogue(storeAt(config.catalogueStore!.url, config), config.catalogueDir);

const isBusy = (error: unknown) => error instanceof Music2MovieError && error.id === 'index.busy';

/**
 * Makes sure that there is a catalogue, before anything starts: the store's newest, or the one that is here where the
 * store does not deliver.
 *
 * @throws Music2MovieError when there is none here and the store does not deliver
 */
export async function fetchFirst(config: Followed, logger: Pick<Logger, 'info' | 'warn'>): Promise<void> {
  for (;;) {
    try {
      note(await fetchNow(config), logger);
      return;
    } catch (error) {
      const have = (await placesOf(config.catalogueDir)).length > 0;
      if (isBusy(error) && !have) {
        await sleep(LOOK_MS);
        continue;
      }
      if (!have) throw error;
      if (!isBusy(error)) logger.warn({ reason: sentence(error) }, 'the catalogue that is here is used');
      return;
    }
  }
}

/** Asks the store now and then until it is stopped; what arrives is taken into use by whoever watches the folder. */
export function followStore(
  config: Followed,
  logger: Pick<Logger, 'info' | 'warn'>,
  everyMs = ASK_EVERY_MS,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  let said: string | null = null;
  const follow = async () => {
    while (!signal.aborted) {
      await sleep(everyMs * (1 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      try {
        note(await fetchNow(config), logger);
        said = null;
      } catch (error) {
        // Another process of this machine is at it, or the store is down: the same reason is told once.
        const reason = sentence(error);
        if (!isBusy(error) && reason !== said) {
          logger.warn({ reason }, 'the store of catalogues does not deliver; the old one stays');
          said = reason;
        }
      }
    }
  };
  const following = follow();
  return {
    async stop() {
      stopping.abort();
      // A file on its way is not waited for.
      await Promise.race([following, sleep(LOOK_MS, undefined, { ref: false })]);
    },
  };
}

function note(fetched: Fetched | null, logger: Pick<Logger, 'info'>): void {
  if (fetched) logger.info({ ...fetched }, 'a catalogue was fetched from the store');
}

const sentence = (error: unknown) =>
  error instanceof Music2MovieError ? `${error.message} ${error.hint ?? ''}`.trim() : String(error);
