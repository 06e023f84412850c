/** `music2movie start`: the page, and every bot that has its token. */
import type { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { askText } from '../../commands/index.ts';
import { openRuntime, type RunningBot, type Runtime, type StartBot } from '../bots/common/runtime.ts';
import { watchCatalogue } from '../bots/common/watch-catalogue.ts';
import { createWebServer } from '../bots/web/start.ts';
import { type Config, loadConfig, loadEnvFile } from '../config.ts';
import { plainText } from '../conversation/plain-text.ts';
import { ensureStarterCatalogue } from '../indexer/starter.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';

/** Ports tried after the one asked for. */
const SPARE_PORTS = 20;
/** How long a shutdown may take, in milliseconds; a second signal ends it at once. */
const SHUTDOWN_MS = 10_000;
/** Songs for the sample answer, the first that the catalogue holds. */
const SAMPLES = ['Blue Monday New Order', 'Clair de Lune Claude Debussy', 'Hold On Chord Overstreet'];

export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  program
    .command('start')
    .description('start the page at http://127.0.0.1:3000 (PORT), and each bot that has its token')
    .addHelpText('after', '\nSettings come from the environment or a file named .env; see .env.example.')
    .action(async () => {
      if (io.env === process.env) loadEnvFile();
      const running = await start(io, loadConfig(io.env));
      await untilSignal();
      io.out('\nStopping…\n');
      exit(await running.stop());
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
 * Starts the page and the bots.
 *
 * @throws ConfigurationError when no port is free
 * @throws CatalogueError when the catalogue is damaged
 */
export async function start(io: CliIo, config: Config): Promise<Running> {
  const logger = pino({ level: config.logLevel }, { write: (line) => io.err(line) });
  if (await ensureStarterCatalogue(config.catalogueDir)) {
    io.out('Built the starter catalogue; data/README.md tells how to build the full one.\n');
  }
  const runtime = await openRuntime(config, logger);
  const bots: RunningBot[] = [];
  const app = await createWebServer({
    context: runtime.context,
    config,
    // The address is printed below for people; the server's own line about it would only repeat it.
    logger: logger.child({ part: 'page' }, config.logLevel === 'info' ? { level: 'warn' } : {}),
    surfaces: () => Object.fromEntries(bots.map((bot, at) => [String(at), bot.ready() ? 'ready' : 'down'])),
  });
  let url: string;
  try {
    url = await listen(app, config, io);
    bots.push(...(await startBots(runtime, logger, io)));
  } catch (error) {
    await app.close();
    await runtime.close();
    throw error;
  }
  const watch = await watchCatalogue(config.catalogueDir, runtime.swap, logger);
  const onHangup = () => void watch.check();
  process.on('SIGHUP', onHangup);
  await printWelcome(io, runtime, url);
  const stop = () => {
    watch.stop();
    process.off('SIGHUP', onHangup);
    return stopAll(app, bots, runtime, logger);
  };
  return { url, stop };
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

/** Starts each bot whose tokens are set. Its code is loaded only then. */
async function startBots(runtime: Runtime, logger: Logger, io: CliIo): Promise<RunningBot[]> {
  const { discord, slack } = runtime.config;
  const bots: RunningBot[] = [];
  const wanted = [discord && 'discord', slack && 'slack'].filter((name) => name !== null);
  for (const name of wanted) {
    const file = new URL(`../bots/${name}/start.ts`, import.meta.url).href;
    const { startBot } = (await import(file)) as { startBot: StartBot };
    bots.push(await startBot(runtime, logger.child({ bot: name })));
    io.out(`The ${name === 'slack' ? 'Slack' : 'Discord'} bot is running.\n`);
  }
  return bots;
}

async function printWelcome(io: CliIo, runtime: Runtime, url: string): Promise<void> {
  const engine = runtime.context.engine();
  const sample = SAMPLES.map((text) => engine.findSongs(text, 1)[0]?.song).find((song) => song !== undefined);
  if (sample) {
    const context = {
      ...runtime.context,
      locale: 'en',
      audience: { private: false, ageRestricted: false },
      user: null,
    };
    io.out(`\n${plainText(await askText(`spotify:track:${sample.id}`, context))}\n`);
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

/** Waits for the first SIGINT or SIGTERM; the next one kills, as usual. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      process.off('SIGINT', heard);
      process.off('SIGTERM', heard);
      resolve();
    };
    process.on('SIGINT', heard);
    process.on('SIGTERM', heard);
  });
}

async function stopAll(
  app: FastifyInstance,
  bots: readonly RunningBot[],
  runtime: Runtime,
  logger: Logger,
): Promise<number> {
  const late = setTimeout(() => {
    logger.error('shutdown took too long and was cut off');
    process.exit(1);
  }, SHUTDOWN_MS);
  const results = await Promise.allSettled([app.close(), ...bots.map((bot) => bot.stop())]);
  await runtime.close();
  clearTimeout(late);
  const failed = results.filter((result) => result.status === 'rejected');
  for (const { reason } of failed) logger.error({ err: reason }, 'did not stop cleanly');
  return failed.length > 0 ? 1 : 0;
}
