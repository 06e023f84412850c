/** Starting the Discord bot beside the page, and keeping it running. */
import type { Logger } from 'pino';
import { ConfigurationError, type Music2MovieError, UpstreamError } from '../../shared/errors.ts';
import { doubling, withRetries } from '../../shared/retry.ts';
import type { RunningBot, Runtime } from '../common/runtime.ts';
import { type DiscordBot, startDiscord } from './connection.ts';

export { type DiscordBot, type DiscordStart, startDiscord } from './connection.ts';

/** Between two starts: at first, and at the longest. Milliseconds. */
const RESTART_MS = 60_000;
const LONGEST_RESTART_MS = 3600_000;

const sentence = (error: unknown) =>
  error instanceof ConfigurationError || error instanceof UpstreamError
    ? `${error.message} ${error.hint}`
    : String(error);

/**
 * Starts the bot beside the page. While Discord can't be reached, or once it ends the connection for good, the page
 * runs on, `/readyz` says so, and the start is tried again after pauses that grow from a minute to an hour.
 *
 * @param restartMs the first of these pauses in milliseconds; tests shorten it
 * @throws ConfigurationError when Discord refuses the token at the start
 */
export async function startBot(
  runtime: Runtime,
  logger: Logger,
  restartMs = RESTART_MS,
): Promise<RunningBot> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { config, context } = runtime;
  let bot: DiscordBot | null = null;

  const attempt = async () => {
    const started = await startDiscord({ context, config, logger, signal });
    bot = started;
    void started.lost.then((error) => onLost(started, error));
  };
  const onLost = async (lost: DiscordBot, error: Music2MovieError) => {
    if (signal.aborted) return;
    logger.error(`${sentence(error)} Trying again with growing pauses.`);
    await lost.stop();
    if (bot === lost) bot = null;
    restart();
  };
  const restart = () => {
    withRetries((failed) => (failed === 0 ? Promise.reject(new Error('not yet')) : attempt()), {
      attempts: Number.POSITIVE_INFINITY,
      pause: (error, failed) => {
        if (failed > 1) logger.error(`${sentence(error)} Trying again with growing pauses.`);
        return doubling(restartMs, failed, LONGEST_RESTART_MS);
      },
      signal,
      background: true,
    }).catch(() => {});
  };

  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.error(`${sentence(error)} Trying again with growing pauses.`);
    restart();
  }
  return {
    ready: () => bot?.ready() === true,
    get counters() {
      return bot?.counters;
    },
    async stop() {
      stopping.abort();
      await bot?.stop();
    },
  };
}
