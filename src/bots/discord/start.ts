/** Starting the Discord bot: log in, register commands, print the invites, answer until stopped. */
import { type Client, Events } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { SharedContext } from '../../conversation/context.ts';
import { forgetChannel } from '../../conversation/settings.ts';
import { ConfigurationError, UpstreamError } from '../../shared/errors.ts';
import { doubling, withRetries } from '../../shared/retry.ts';
import { Counters } from '../common/counters.ts';
import type { RunningBot, Runtime } from '../common/runtime.ts';
import { TaskTracker } from '../common/task-tracker.ts';
import { type Bot, makeCooldowns } from './bot.ts';
import { makeClient } from './client.ts';
import { commandDefinitions } from './definitions.ts';
import { noteFailure } from './failures.ts';
import { serverInvite, userInvite } from './invite.ts';
import { DEFER_AFTER_MS } from './limits.ts';
import { onInteraction } from './listeners/interactions.ts';
import { onMessage } from './listeners/messages.ts';
import { INTENTS_REFUSED, loginError, tryLogin } from './login.ts';
import { syncCommands } from './register.ts';

export interface DiscordStart {
  readonly context: SharedContext;
  readonly config: Pick<Config, 'discord' | 'urls'>;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  /** Aborted when the program ends before the bot is connected. */
  readonly signal?: AbortSignal;
  /** Milliseconds until a slow answer is announced; tests shorten it. */
  readonly deferAfter?: number;
}

export interface DiscordBot {
  /** Whether the connection stands. */
  ready(): boolean;
  readonly counters: Counters;
  readonly readsMessages: boolean;
  readonly invites: { readonly server: string; readonly user: string };
  /** Lets running answers end (at most 9 s) and closes the connection. */
  stop(): Promise<void>;
}

/** Attempts at a start while Discord can't be reached, and the first pause between them in milliseconds. */
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;

/** Between two starts while Discord stays out of reach. */
const RESTART_MS = 60_000;

/** A connected client. @throws ConfigurationError when Discord refuses it; UpstreamError when it can't be reached */
async function connectOnce(
  { config, logger }: DiscordStart,
  token: string,
  counters: Counters,
  messageContent: boolean,
): Promise<Client> {
  const onFault = (error: unknown) => {
    counters.count('packet.malformed');
    logger.warn({ error: String(error) }, 'Discord: a packet that could not be handled, passed over');
  };
  const client = makeClient({ api: config.urls.discordApi, messageContent, onFault });
  client.on(Events.Error, (error) => logger.warn({ error: error.message }, 'Discord: error'));
  client.on(Events.ShardError, (error) => logger.warn({ error: error.message }, 'Discord: connection error'));
  const failed = await tryLogin(client, token);
  if (!failed) return client;
  await client.destroy().catch(() => {});
  throw loginError(failed.problem, failed.error);
}

/** A connected client, without the privileged intent where Discord refuses it. */
async function connect(
  start: DiscordStart,
  token: string,
  counters: Counters,
): Promise<{ client: Client; readsMessages: boolean }> {
  const { config, logger, signal } = start;
  const login = (messageContent: boolean) =>
    withRetries(() => connectOnce(start, token, counters, messageContent), {
      attempts: ATTEMPTS,
      pause: (error, failed) => (error instanceof UpstreamError ? doubling(FIRST_PAUSE_MS, failed) : null),
      ...(signal && { signal }),
    });
  const readsMessages = config.discord?.messageContent === true;
  try {
    return { client: await login(readsMessages), readsMessages };
  } catch (error) {
    const refused = readsMessages && error instanceof ConfigurationError && error.id === INTENTS_REFUSED;
    if (!refused) throw error;
    logger.warn(`${error.message} ${error.hint} Going on without: pasted links in servers are not seen.`);
    return { client: await login(false), readsMessages: false };
  }
}

/** Counts and logs what happens to the connection; discord.js reconnects and resumes by itself. */
function watch(bot: Bot): void {
  const { client, counters, log } = bot;
  client.on(Events.ShardReconnecting, () => {
    counters.count('gateway.reconnecting');
    log.info('Discord: connection lost, reconnecting');
  });
  client.on(Events.ShardResume, (_, replayed) => {
    counters.count('gateway.resumed');
    log.info({ replayed }, 'Discord: resumed');
  });
  client.on(Events.ShardDisconnect, ({ code }) => {
    counters.count('gateway.closed');
    log.error({ code }, 'Discord: disconnected for good; start again once the cause is fixed (see `doctor`)');
  });
  client.rest.on('rateLimited', ({ route, timeToReset, scope }) => {
    counters.count('rest.rate-limited');
    log.info({ route, timeToReset, scope }, 'Discord: rate limit, waiting');
  });
  client.rest.on('invalidRequestWarning', ({ count, remainingTime }) => {
    counters.count('rest.invalid-requests');
    log.error(
      { count, remainingTime },
      'Discord: many refused requests; 10,000 in ten minutes lead to a ban',
    );
  });
  const forget = (id: string) => {
    forgetChannel(bot.shared.state, `discord:${id}`).catch((error) => noteFailure(bot, 'forget', error));
  };
  client.on(Events.ChannelDelete, (channel) => forget(channel.id));
  client.on(Events.GuildDelete, (guild) => {
    for (const id of guild.channels.cache.keys()) forget(id);
  });
}

/** Answers what arrives; gives what is still being done. */
function listen(bot: Bot): TaskTracker {
  const tasks = new TaskTracker();
  bot.client.on(
    Events.InteractionCreate,
    (interaction) => void tasks.run(() => onInteraction(bot, interaction)),
  );
  bot.client.on(Events.MessageCreate, (message) => void tasks.run(() => onMessage(bot, message)));
  return tasks;
}

/** Registers the commands; a failure is logged and does not stop the bot. */
async function register(bot: Bot, guild: string | null): Promise<void> {
  const id = bot.client.application?.id;
  if (!id) return;
  try {
    const result = await syncCommands(bot.client.rest, id, guild, commandDefinitions(guild === null));
    bot.counters.count(`commands.${result}`);
    const where = guild === null ? 'everywhere' : `in the server ${guild}`;
    bot.log.info(
      result === 'unchanged' ? 'Discord: commands are up to date' : `Discord: commands registered ${where}`,
    );
  } catch (error) {
    noteFailure(bot, 'register', error);
    bot.log.error('Discord: the commands could not be registered. Invite the bot again with the link below.');
  }
}

/**
 * Connects and answers.
 *
 * @throws ConfigurationError when Discord refuses the token; UpstreamError when it can't be reached
 */
export async function startDiscord(start: DiscordStart): Promise<DiscordBot> {
  const { discord } = start.config;
  if (!discord) {
    throw new ConfigurationError('DISCORD_TOKEN is not set.', {
      id: 'discord.token-missing',
      hint: 'docs/discord.md says how to get one.',
    });
  }
  const counters = new Counters();
  const { client, readsMessages } = await connect(start, discord.token.reveal(), counters);
  const bot: Bot = {
    client,
    shared: start.context,
    log: start.logger,
    counters,
    readsMessages,
    cooldowns: makeCooldowns(),
    deferAfter: start.deferAfter ?? DEFER_AFTER_MS,
  };
  watch(bot);
  const tasks = listen(bot);
  await register(bot, discord.guildId);
  const application = client.application?.id ?? client.user?.id ?? '';
  const invites = { server: serverInvite(application), user: userInvite(application) };
  start.logger.info(`Discord: logged in as ${client.user?.tag}`);
  start.logger.info(`Discord: add the bot to a server: ${invites.server}`);
  start.logger.info(`Discord: add it to your own account: ${invites.user}`);
  return {
    ready: () => client.isReady(),
    counters,
    readsMessages,
    invites,
    async stop() {
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      await tasks.drain();
      await client.destroy();
      bot.log.info({ counts: counters.snapshot() }, 'Discord: stopped');
    },
  };
}

/** Tries a start again every minute until it succeeds or the program ends. */
function restart(attempt: () => Promise<void>, signal: AbortSignal, logger: Pick<Logger, 'error'>): void {
  const later = (failed: number) => (failed === 0 ? Promise.reject(new Error('not yet')) : attempt());
  withRetries(later, {
    attempts: Number.POSITIVE_INFINITY,
    pause: (error, failed) => {
      if (failed > 1) logger.error(error instanceof Error ? error.message : String(error));
      return RESTART_MS;
    },
    signal,
    background: true,
  }).catch(() => {});
}

/**
 * Starts the bot beside the page. While Discord can't be reached, the page runs on and the start is tried
 * again every minute.
 *
 * @throws ConfigurationError when Discord refuses the token
 */
export async function startBot(runtime: Runtime, logger: Logger): Promise<RunningBot> {
  const stopping = new AbortController();
  const { config, context } = runtime;
  let bot: DiscordBot | null = null;
  const attempt = async () => {
    bot = await startDiscord({ context, config, logger, signal: stopping.signal });
  };
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.error(`${error.message} ${error.hint} Trying again every minute.`);
    restart(attempt, stopping.signal, logger);
  }
  return {
    ready: () => bot?.ready() === true,
    async stop() {
      stopping.abort();
      await bot?.stop();
    },
  };
}
