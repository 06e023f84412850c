/** Keeps a bot running beside the page: whatever happens to it, nothing else ends. */
import type { Logger } from 'pino';
import { Music2MovieError } from '../../shared/errors.ts';
import { doubling, withRetries } from '../../shared/retry.ts';
import type { RunningBot, Runtime, StartBot } from './runtime.ts';

/** `starting`: has not been up yet; `down`: was up, or was refused, and is tried again. */
export type SurfaceHealth = 'starting' | 'ready' | 'down';

export interface Supervised {
  health(): SurfaceHealth;
  /** What the bot counted, by reason. */
  counts(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** The first pause after a failed start, the longest, and when a start that takes long is said, in milliseconds. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3600_000;
const SLOW_MS = 30_000;
/**
 * How far the clock is set back before a bot starts anew, and how often that is looked at, in milliseconds: the platforms'
 * libraries keep times at which they may go on, and would wait until the clock has come there again.
 */
const SET_BACK_MS = 30_000;
const LOOK_MS = 2_000;

/**
 * Starts a bot in the background, again and again until it is up: after a refused token, too, as it may be mended at
 * the other end. Pauses grow from five seconds to an hour.
 *
 * @param load gives the code of the bot; loaded only now
 * @param up told once, when the bot answers
 */
export function supervise(
  name: string,
  load: () => Promise<StartBot>,
  { runtime, logger, up }: { readonly runtime: Runtime; readonly logger: Logger; readonly up: () => void },
  firstPause = FIRST_PAUSE_MS,
): Supervised {
  const stopping = new AbortController();
  const { signal } = stopping;
  let bot: RunningBot | null = null;
  let tried = false;

  const attempt = async () => {
    const slow = setTimeout(
      () => logger.warn(`${name} has not answered for ${SLOW_MS / 1000} s; the page runs all the same`),
      SLOW_MS,
    );
    slow.unref();
    try {
      const started = await (await load())(runtime, logger);
      // It came up after everything was told to end.
      if (signal.aborted) return await started.stop();
      bot = started;
      up();
    } finally {
      clearTimeout(slow);
      tried = true;
    }
  };

  const launch = () =>
    withRetries(attempt, {
      attempts: Number.POSITIVE_INFINITY,
      pause: (error, failed) => {
        const pause = doubling(firstPause, failed, LONGEST_PAUSE_MS);
        const again = `Trying again in ${Math.round(pause / 1000)} s.`;
        if (error instanceof Music2MovieError) {
          logger.error({ id: error.id }, [error.message, error.hint, again].filter(Boolean).join(' '));
        } else logger.error({ err: error }, `${name} could not be started. ${again}`);
        return pause;
      },
      signal,
      background: true,
    }).catch(() => {});
  void launch();

  let wall = Date.now() - performance.now();
  const watch = setInterval(() => {
    const now = Date.now() - performance.now();
    const step = now - wall;
    wall = now;
    if (step > -SET_BACK_MS || !bot) return;
    const old = bot;
    bot = null;
    logger.warn({ seconds: Math.round(-step / 1000) }, `the clock was set back: ${name} starts anew`);
    void old
      .stop()
      .catch((error) => logger.error({ err: error }, `${name} did not stop cleanly`))
      .then(() => (signal.aborted ? undefined : launch()));
  }, LOOK_MS);
  watch.unref();

  return {
    health: () => (bot?.ready() ? 'ready' : tried ? 'down' : 'starting'),
    counts: () => bot?.counters?.snapshot() ?? {},
    async stop() {
      clearInterval(watch);
      stopping.abort();
      await bot?.stop();
    },
  };
}
