/** `music2movie start`: the page, and every bot that has its token. */
import type { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { askText } from '../../commands/index.ts';
import { keepFor, openRuntime, type Runtime, type StartBot } from '../bots/common/runtime.ts';
import { type Supervised, supervise } from '../bots/common/supervise.ts';
import { watchCatalogue } from '../bots/common/watch-catalogue.ts';
import { closeGently, createWebServer } from '../bots/web/start.ts';
import type { Role } from '../config/roles.ts';
import { type Config, loadConfig, loadEnvFile, readEnvFile } from '../config.ts';
import { plainText } from '../conversation/plain-text.ts';
import { ensureStarterCatalogue } from '../indexer/starter.ts';
import { Metrics } from '../operation/metrics.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { fetchFirst, followStore, STAGGER_MS } from './follow-store.ts';
import type { CliIo } from './io.ts';
import { untilSignal } from './until-signal.ts';

/** Ports tried after the one asked for. */
const SPARE_PORTS = 20;
/** How long a shutdown may take, in milliseconds; a second signal ends it at once. */
const SHUTDOWN_MS = 10_000;
/** How long a stop waits for a start that is still under way, in milliseconds. A catalogue is published whole or not at all. */
const START_GRACE_MS = 3_000;
/** How long connections that nobody needs any more may keep the process, in milliseconds. */
const LINGER_MS = 300;
/** Songs for the sample answer, the first that the catalogue holds. */
const SAMPLES = ['Lose Yourself Eminem', 'Clair de Lune Claude Debussy', 'Blue Monday New Order'];

export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  program
    .command('start')
    .description('start the page at http://127.0.0.1:3000 (PORT), and each bot that has its token')
    .addHelpText('after', '\nSettings come from the environment or a file named .env; see .env.example.')
    .action(async () => {
      // Heard from the first moment.
      const told = untilSignal();
      if (io.env === process.env) loadEnvFile();
      const config = loadConfig(io.env);
      const logger = pino({ level: config.logLevel }, { write: (line) => io.err(line) });
      const starting = start(io, config, logger);
      const fatal = untilFatal(logger);
      const first = await Promise.race([starting.then(() => 'up'), told.then(() => 'told')]);
      // A start that failed has rejected above; one that hangs is not waited for.
      if (first === 'told') setTimeout(() => process.exit(0), START_GRACE_MS).unref();
      const running = await starting;
      const broken = await Promise.race([told.then(() => false), fatal.then(() => true)]);
      io.out('\nStopping…\n');
      const code = broken ? Math.max(1, await running.stop()) : await running.stop();
      exit(code);
      // A login that hangs somewhere keeps nothing alive.
      setTimeout(() => process.exit(code), LINGER_MS).unref();
    });
}

/** The program while it runs. */
export interface Running {
  /** Where the page is. */
  readonly url: string;
  /** @returns the exit status: 0 in time, 1 when something had to be cut off */
  stop(): Promise<number>;
}

/**
 * Starts the page, and the bots beside it: the page answers whatever becomes of them.
 *
 * @throws ConfigurationError when no port is free
 * @throws CatalogueError when the catalogue is damaged
 */
export async function start(io: CliIo, config: Config, logger: Logger): Promise<Running> {
  if (config.catalogueStore) await fetchFirst(config, logger);
  else if (await ensureStarterCatalogue(config.catalogueDir)) {
    io.out('Built the starter catalogue; data/README.md tells how to build the full one.\n');
  }
  const runtime = await openRuntime(config, logger);
  const { context } = runtime;
  const bots = new Map<string, Supervised>();
  const each = <T>(of: (bot: Supervised) => T) =>
    Object.fromEntries([...bots].map(([name, bot]) => [name, of(bot)] as const));
  const metrics = new Metrics({
    catalogue: () => context.engine().info,
    state: () => ({ health: context.state.health(), size: context.state.size() }),
    surfaces: () => ({
      ...(config.roles.includes('page') && { page: true }),
      ...each((bot) => bot.health() === 'ready'),
    }),
    events: () => each((bot) => bot.counts()),
    upstreams: () => runtime.upstreams.snapshot(),
  });
  /** The runtime as one surface sees it: what it answers and where it fails is counted under its name. */
  const of = (surface: string): Runtime => ({
    ...runtime,
    context: {
      ...context,
      observe: metrics.answersOf(surface),
      report: (error) => {
        metrics.failed(surface);
        // The page logs its own with the request's id.
        if (surface !== 'page') context.report?.(error);
      },
    },
  });
  const app = await createWebServer({
    context: of('page').context,
    config,
    // The address is printed below for people; the server's own line about it would only repeat it.
    logger: logger.child({ part: 'page' }, pageLevel(config)),
    onlyOperation: !config.roles.includes('page'),
    surfaces: () => each((bot) => bot.health()),
    metrics,
  });
  let url: string;
  try {
    url = await listen(app, config, io);
  } catch (error) {
    await app.close();
    await runtime.close();
    throw error;
  }
  for (const { role, title, said, file } of wantedBots(config)) {
    const load = async () =>
      ((await import(new URL(file, import.meta.url).href)) as { startBot: StartBot }).startBot;
    const up = () => io.out(`${said}\n`);
    const around = { runtime: of(role), logger: logger.child({ bot: role }), up };
    bots.set(role, supervise(title, load, around));
  }
  const watch = await watchCatalogue(config.catalogueDir, runtime.seal, runtime.swap, logger, {
    staggerMs: config.catalogueStore ? STAGGER_MS : 0,
    keep: keepFor(config),
  });
  const store = config.catalogueStore ? followStore(config, logger) : null;
  const onHangup = () => {
    reloadLevel(io, logger);
    void watch.check();
  };
  process.on('SIGHUP', onHangup);
  await printWelcome(io, runtime, url);
  // Without it the first question for songs of a film would wait.
  void runtime.context.engine().prepare();
  return {
    url,
    stop: () => {
      watch.stop();
      void store?.stop();
      process.off('SIGHUP', onHangup);
      return stopAll(app, [...bots.values()], runtime, logger);
    },
  };
}

/** The page's own lines are few unless its requests are to be logged. */
const pageLevel = ({ logLevel, accessLog }: Config) =>
  logLevel === 'info' && !accessLog ? { level: 'warn' } : {};

/** On SIGHUP, LOG_LEVEL is read again from .env; what else stands there needs a restart. */
function reloadLevel(io: CliIo, logger: Logger): void {
  try {
    const level = loadConfig({ ...io.env, ...readEnvFile() }).logLevel;
    if (logger.level === level) return;
    logger.level = level;
    logger.info({ level }, 'another log level is in use');
  } catch (error) {
    logger.warn(
      { reason: error instanceof Error ? error.message : String(error) },
      'the settings were not reloaded',
    );
  }
}

interface BotFile {
  readonly role: Role;
  /** Its file, from here. */
  readonly file: string;
  readonly title: string;
  /** Said once it is up. */
  readonly said: string;
}

/** The bots whose tokens are set, as far as this process has their roles. */
function wantedBots({ discord, slack, roles }: Config): BotFile[] {
  const wanted: BotFile[] = [];
  if (discord && roles.includes('discord')) {
    wanted.push({
      role: 'discord',
      file: '../bots/discord/start.ts',
      title: 'Discord',
      said: 'The Discord bot is running.',
    });
  } else if (discord && roles.includes('registration')) {
    wanted.push({
      role: 'registration',
      file: '../bots/discord/registration.ts',
      title: 'Discord’s registration',
      said: 'Discord knows the commands.',
    });
  }
  if (slack && roles.includes('slack')) {
    wanted.push({
      role: 'slack',
      file: '../bots/slack/start.ts',
      title: 'Slack',
      said: 'The Slack bot is running.',
    });
  }
  return wanted;
}

/** Listens at the port asked for or at the next free one, and says so. */
async function listen(app: FastifyInstance, config: Config, io: CliIo): Promise<string> {
  const last = config.port === 0 ? 0 : Math.min(65_535, config.port + SPARE_PORTS);
  for (let port = config.port; port <= last; port++) {
    try {
      const url = await app.listen({ port, host: config.host });
      if (port !== config.port) io.out(`Port ${config.port} is taken; using ${port} instead.\n`);
      return url;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    }
  }
  throw new ConfigurationError(`No port from ${config.port} to ${last} is free.`, {
    id: 'start.no-port',
    hint: 'Set PORT to a free one, or to 0 to let the system choose.',
  });
}

async function printWelcome(io: CliIo, runtime: Runtime, url: string): Promise<void> {
  const engine = runtime.context.engine();
  const { roles } = runtime.config;
  if (!roles.includes('page')) {
    io.out(`This process does: ${roles.join(', ')}. How it is: ${url}/readyz\nCtrl+C stops it.\n`);
    return;
  }
  const sample = SAMPLES.map((text) => engine.findSongs(text, 1)[0]?.song).find((song) => song !== undefined);
  if (sample) {
    const context = {
      ...runtime.context,
      locale: 'en',
      audience: { private: false, ageRestricted: false },
      user: null,
    };
    const answer = await askText(`spotify:track:${sample.id}`, context);
    io.out(`\n${plainText(answer, { columns: Math.max(20, io.columns) })}\n`);
  }
  const { movies, songs } = engine.info;
  io.out(`\nMusic2Movie knows ${movies} films and ${songs} songs. ${searchNote(runtime)}\n`);
  io.out(`Open ${url}\nCtrl+C stops it.\n`);
}

/** What leaves the machine when somebody names a song that the catalogue lacks. */
function searchNote({ config, context }: Runtime): string {
  const services = context.resolver.searches ?? [];
  if (config.offline) return 'Nothing is looked up on the network.';
  if (services.length === 0) return 'Links are looked up on the network, words are not.';
  const list = new Intl.ListFormat('en').format(services);
  return `Others are looked up at ${list}: only their words are sent (MUSIC2MOVIE_SEARCH_ONLINE=false stops it).`;
}

/** Waits for what nobody caught. A rejected promise is logged and counted; after an exception the program stops in order. */
function untilFatal(logger: Logger): Promise<void> {
  process.on('unhandledRejection', (error) =>
    logger.error({ err: error }, 'something failed that nobody waited for'),
  );
  return new Promise((resolve) => {
    process.on('uncaughtException', (error) => {
      logger.fatal({ err: error }, 'something failed that nobody caught: stopping');
      resolve();
    });
  });
}

async function stopAll(
  app: FastifyInstance,
  bots: readonly Supervised[],
  runtime: Runtime,
  logger: Logger,
): Promise<number> {
  const late = setTimeout(() => {
    logger.error('shutdown took too long and was cut off');
    process.exit(1);
  }, SHUTDOWN_MS);
  const results = await Promise.allSettled([closeGently(app), ...bots.map((bot) => bot.stop())]);
  await runtime.close();
  clearTimeout(late);
  const failed = results.filter((result) => result.status === 'rejected');
  for (const { reason } of failed) logger.error({ err: reason }, 'did not stop cleanly');
  return failed.length > 0 ? 1 : 0;
}
