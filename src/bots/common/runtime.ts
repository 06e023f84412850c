/** What every surface of the program shares while it runs: the catalogue, the state, the look-ups. */
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { SharedContext } from '../../conversation/context.ts';
import { Engine } from '../../engine/engine.ts';
import type { MatchEngine } from '../../engine/types.ts';
import { createResolver } from '../../lookup/resolve/resolver.ts';
import { openState } from '../../state/open.ts';

export interface Runtime {
  readonly config: Config;
  readonly context: SharedContext;
  /** Answers from now on come from another catalogue; the old one is closed once its answers are given. */
  swap(engine: MatchEngine): Promise<void>;
  close(): Promise<void>;
}

/** A surface that runs beside the page. */
export interface RunningBot {
  /** Whether people are answered now, for `/readyz`. */
  ready(): boolean;
  /** Stops taking questions and finishes those in hand, within ten seconds. */
  stop(): Promise<void>;
}

/** What `src/bots/<platform>/start.ts` exports as `startBot`. */
export type StartBot = (runtime: Runtime, logger: Logger) => Promise<RunningBot>;

/** How long an old catalogue stays open after a swap, in milliseconds: longer than any answer takes. */
const SWAP_GRACE_MS = 5_000;

/**
 * Opens everything.
 *
 * @throws CatalogueError when the catalogue is missing or damaged
 */
export async function openRuntime(config: Config, logger: Logger): Promise<Runtime> {
  let engine: MatchEngine = await Engine.open(config.catalogueDir);
  const state = openState(config.stateDir, (reason) => {
    logger.warn({ reason }, 'state is kept in memory only and will be forgotten');
  });
  const retired = new Set<MatchEngine>();
  return {
    config,
    context: {
      engine: () => engine,
      resolver: createResolver({ known: () => engine, config, state, logger }),
      state,
      imageHost: config.offline ? null : config.urls.tmdbImage,
      report: (error) => logger.error({ err: error }, 'an answer failed'),
    },
    swap: async (next) => {
      const old = engine;
      engine = next;
      retired.add(old);
      await new Promise((resolve) => setTimeout(resolve, SWAP_GRACE_MS).unref());
      if (retired.delete(old)) await old.close();
    },
    close: async () => {
      await Promise.all([...retired, engine].map((one) => one.close()));
      retired.clear();
      await state.close();
    },
  };
}
