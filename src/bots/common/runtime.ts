/** What every surface of the program shares while it runs: the catalogue, the state, the look-ups. */
import type { Logger } from 'pino';
import { ROLES } from '../../config/roles.ts';
import type { Config } from '../../config.ts';
import type { SharedContext } from '../../conversation/context.ts';
import { Engine } from '../../engine/engine.ts';
import type { MatchEngine } from '../../engine/types.ts';
import { createListening } from '../../lookup/listenbrainz/listening.ts';
import { createResolver } from '../../lookup/resolve/resolver.ts';
import { createWatching } from '../../lookup/tmdb/watching.ts';
import { openState, type StateNews } from '../../state/open.ts';
import { startUpkeep } from '../../state/upkeep.ts';
import { Counters } from './counters.ts';

export interface Runtime {
  readonly config: Config;
  readonly context: SharedContext;
  /** Requests to other services, by `host outcome`. */
  readonly upstreams: Counters;
  /** The seal of the build that was opened first. */
  readonly seal: string;
  /** Answers from now on come from another catalogue; the old one is closed once its answers are given. */
  swap(engine: MatchEngine): Promise<void>;
  close(): Promise<void>;
}

/** A surface that runs beside the page. */
export interface RunningBot {
  /** Whether people are answered now, for `/readyz`. */
  ready(): boolean;
  /** What it did and did not do, by reason. */
  readonly counters?: Counters | undefined;
  /** Stops taking questions and finishes those in hand, within ten seconds. */
  stop(): Promise<void>;
}

/** What `src/bots/<platform>/start.ts` exports as `startBot`. */
export type StartBot = (runtime: Runtime, logger: Logger) => Promise<RunningBot>;

/** How long an old catalogue stays open after a swap, in milliseconds: longer than any answer takes. */
const SWAP_GRACE_MS = 5_000;

/** Where this is one process of several, all of them map the same copies. */
export const keepFor = ({ roles, discord }: Pick<Config, 'roles' | 'discord'>): true | 'shared' =>
  roles.length < ROLES.length || discord?.shards ? 'shared' : true;

/** Opens the catalogue so that it outlives whatever happens to its files. */
async function openKept(config: Config, logger: Logger): Promise<Engine> {
  const engine = await Engine.open(config.catalogueDir, { keep: keepFor(config) });
  const { insteadOf, kept } = engine.catalogue;
  if (insteadOf) logger.warn({ reason: insteadOf.message }, 'an older catalogue is in use');
  if (!kept) logger.warn('its files could not be copied: do not overwrite the catalogue while this runs');
  return engine;
}

/**
 * Opens everything.
 *
 * @throws CatalogueError when the catalogue is missing or damaged
 */
export async function openRuntime(config: Config, logger: Logger): Promise<Runtime> {
  const first = await openKept(config, logger);
  let engine: MatchEngine = first;
  const state = await openState(config.stateDir, (news) => logNews(news, logger), {
    keyFile: config.keyFile,
    url: config.stateUrl?.reveal(),
  });
  const inMemory = state.health() === 'memory';
  // What is in memory is nobody else's to look after.
  const upkeep =
    inMemory || config.roles.includes('rituals')
      ? startUpkeep(state, inMemory || config.stateUrl ? null : config.stateDir, (what, error) =>
          logger.error({ err: error }, `the state: a ${what} failed`),
        )
      : null;
  const upstreams = new Counters();
  const observe = (host: string, outcome: string) => upstreams.count(`${host} ${outcome}`);
  const retired = new Set<MatchEngine>();
  return {
    config,
    upstreams,
    seal: first.catalogue.manifest.seal,
    context: {
      engine: () => engine,
      resolver: createResolver({ known: () => engine, config, state, logger, observe }),
      watching: createWatching(config, state, observe),
      listening: createListening(config, observe),
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
      await upkeep?.stop();
      await state.close();
    },
  };
}

/** Says loudly what is out of the ordinary with the state. */
function logNews(news: StateNews, logger: Logger): void {
  switch (news.kind) {
    case 'memory':
      logger.error({ reason: news.reason }, 'state is kept in memory only and will be forgotten');
      break;
    case 'repaired': {
      const { file, reason, aside, restored } = news;
      const instead = restored ? 'restored from the newest snapshot' : 'begun anew, as there is no snapshot';
      logger.error({ file, reason, aside, restored }, `the state was damaged: set aside and ${instead}`);
      break;
    }
    case 'migrated':
      logger.info({ entries: news.entries }, 'the state was brought to the present form');
      break;
    case 'doubt':
      logger.warn({ reason: news.reason }, 'the server of the state may lose what should be kept');
      break;
    case 'health':
      if (news.health === 'failing') {
        logger.error({ reason: news.reason }, 'state cannot be written: votes and settings are refused');
      } else logger.info('state can be written again');
  }
}
