/** One connection to Discord: logging in, registering the commands, answering until it is stopped or lost. */
import { type APIRequest, Events, RESTEvents, Status } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { SharedContext } from '../../conversation/context.ts';
import { forgetRituals } from '../../conversation/rituals.ts';
import { forgetChannel } from '../../conversation/settings.ts';
import { ConfigurationError, type Music2MovieError, UpstreamError } from '../../shared/errors.ts';
import { doubling, withRetries } from '../../shared/retry.ts';
import { Counters } from '../common/counters.ts';
import { type RitualTiming, startRituals } from '../common/ritual-clock.ts';
import { TaskTracker } from '../common/task-tracker.ts';
import { type Bot, type Cooldowns, makeCooldowns } from './bot.ts';
import { makeClient } from './client.ts';
import { noteFailure } from './failures.ts';
import { serverInvite, userInvite } from './invite.ts';
import { DEFER_AFTER_MS } from './limits.ts';
import { onInteraction } from './listeners/interactions.ts';
import { onMessage } from './listeners/messages.ts';
import { INTENTS_REFUSED, loginError, problemOf, tryLogin } from './login.ts';
import { onDeleted } from './posted.ts';
import { followPresences } from './presences.ts';
import { registerOnce, registrationNote } from './register.ts';
import { discordRituals } from './rituals.ts';
import { leaveServer, rejoinServer } from './settings.ts';

export interface DiscordStart {
  readonly context: SharedContext;
  readonly config: Pick<Config, 'discord' | 'urls' | 'roles'>;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  /** Aborted when the program ends before the bot is connected. */
  readonly signal?: AbortSignal;
  /** Milliseconds until a slow answer is announced; tests shorten it. */
  readonly deferAfter?: number;
  /** Tests shorten them. */
  readonly cooldowns?: Cooldowns;
  readonly rituals?: RitualTiming;
}

export interface DiscordBot {
  /** Whether people are answered: the connection stands, and Discord has not ended it for good. */
  ready(): boolean;
  readonly counters: Counters;
  readonly readsMessages: boolean;
  readonly invites: { readonly server: string; readonly user: string };
  /** Fulfilled, with what to do, once Discord has ended the connection for good; discord.js mends any other loss. */
  readonly lost: Promise<Music2MovieError>;
  /** Lets running answers end (at most 9 s) and closes the connection. */
  stop(): Promise<void>;
}

/** Attempts at a start while Discord can't be reached, and the first pause between them in milliseconds. */
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;

/** A client that is logging in or logged in, with everything that listens to it. */
interface Connection {
  readonly bot: Bot;
  readonly tasks: TaskTracker;
  readonly lost: Promise<Music2MovieError>;
  isLost(): boolean;
  /** The commands are being registered, once the first shard is up. */
  readonly registered: Promise<void>;
}

/** Privileged intents asked for. */
type Privileged = Pick<NonNullable<Config['discord']>, 'messageContent' | 'presence'>;

/** Makes a client that answers as soon as any of its shards is up. */
function prepare(start: DiscordStart, counters: Counters, privileged: Privileged): Connection {
  const { config, context, logger } = start;
  const onFault = (error: unknown) => {
    counters.count('packet.malformed');
    logger.warn({ error: String(error) }, 'Discord: a packet that could not be handled, passed over');
  };
  const client = makeClient({
    api: config.urls.discordApi,
    ...privileged,
    onFault,
    sharding: config.discord?.shards ? { ...config.discord.shards, state: context.state } : null,
  });
  const bot: Bot = {
    client,
    shared: context,
    log: logger,
    counters,
    readsMessages: privileged.messageContent,
    playing: privileged.presence ? followPresences(client) : null,
    cooldowns: start.cooldowns ?? makeCooldowns(context.state),
    deferAfter: start.deferAfter ?? DEFER_AFTER_MS,
    commandIds: new Map(),
  };
  const tasks = listen(bot);
  let isLost = false;
  const lost = new Promise<Music2MovieError>((resolve) => {
    watch(bot, (code) => {
      isLost = true;
      resolve(loginError(problemOf(code), null));
    });
  });
  const registered = new Promise<void>((resolve) => {
    client.once(Events.ShardReady, () => resolve(register(bot, config)));
  });
  return { bot, tasks, lost, isLost: () => isLost, registered };
}

/** Connects. @throws ConfigurationError when Discord refuses the client; UpstreamError when it can't be reached */
async function connectOnce(
  start: DiscordStart,
  token: string,
  counters: Counters,
  privileged: Privileged,
): Promise<Connection> {
  const connection = prepare(start, counters, privileged);
  const { client } = connection.bot;
  const failed = await tryLogin(client, token);
  if (!failed) return connection;
  await client.destroy().catch(() => {});
  throw loginError(failed.problem, failed.error);
}

/** A connection, without the privileged intents that Discord refuses: the last one first. */
async function connect(start: DiscordStart, token: string, counters: Counters): Promise<Connection> {
  const { config, logger, signal } = start;
  const login = (privileged: Privileged) =>
    withRetries(() => connectOnce(start, token, counters, privileged), {
      attempts: ATTEMPTS,
      pause: (error, failed) => (error instanceof UpstreamError ? doubling(FIRST_PAUSE_MS, failed) : null),
      ...(signal && { signal }),
    });
  let wanted: Privileged = {
    messageContent: config.discord?.messageContent === true,
    presence: config.discord?.presence === true,
  };
  for (;;) {
    try {
      return await login(wanted);
    } catch (error) {
      const isRefused = error instanceof ConfigurationError && error.id === INTENTS_REFUSED;
      if (!isRefused || (!wanted.messageContent && !wanted.presence)) throw error;
      if (wanted.presence) {
        logger.warn(
          'Discord refuses an intent: “Presence Intent” may be off in the portal, or set DISCORD_PRESENCE=false. Going on without: what people play is not seen.',
        );
        wanted = { ...wanted, presence: false };
      } else {
        logger.warn(`${error.message} ${error.hint} Going on without: pasted links in servers are not seen.`);
        wanted = { messageContent: false, presence: false };
      }
    }
  }
}

/** Whether a request was refused because of the bot's token, not of one that an interaction came with. */
const isOwnToken = ({ route }: Pick<APIRequest, 'route'>) => !/^\/(?:interactions|webhooks)\//.test(route);

/**
 * Counts and logs what happens to the connection; discord.js reconnects and resumes by itself.
 *
 * @param onLost told of a close code, or of REST's 401, after which it does not
 */
function watch(bot: Bot, onLost: (code: number) => void): void {
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
    log.error({ code }, 'Discord: disconnected for good (see `doctor`)');
    onLost(code);
  });
  client.rest.on(RESTEvents.Response, (request, { status }) => {
    if (status !== 401 || !isOwnToken(request)) return;
    counters.count('rest.unauthorised');
    log.error({ route: request.route }, 'Discord: the token is refused');
    onLost(status);
  });
  client.on(Events.Error, (error) => log.warn({ error: error.message }, 'Discord: error'));
  client.on(Events.ShardError, (error) => log.warn({ error: error.message }, 'Discord: connection error'));
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
  client.on(Events.ChannelDelete, (channel) => {
    const { state } = bot.shared;
    const server = channel.isDMBased() ? '' : channel.guildId;
    Promise.all([
      forgetChannel(state, `discord:${channel.id}`),
      forgetRituals(`discord:${server}:${channel.id}`, state),
    ]).catch((error) => noteFailure(bot, 'forget', error));
  });
  client.on(Events.GuildDelete, (guild) => {
    leaveServer(bot.shared.state, guild.id, guild.channels.cache.keys()).catch((error) =>
      noteFailure(bot, 'forget', error),
    );
  });
  client.on(Events.GuildCreate, (guild) => {
    rejoinServer(bot.shared.state, guild.id, guild.channels.cache.keys()).catch((error) =>
      noteFailure(bot, 'rejoin', error),
    );
  });
}

/** Ids of messages that a packet says are deleted. */
function deletedIn(packet: unknown): readonly string[] {
  const { t, d } = (packet ?? {}) as { t?: unknown; d?: { id?: unknown; ids?: unknown } | null };
  const ids = t === 'MESSAGE_DELETE' ? [d?.id] : t === 'MESSAGE_DELETE_BULK' ? d?.ids : [];
  return (Array.isArray(ids) ? ids : []).filter((id) => typeof id === 'string');
}

/** Answers what arrives; gives what is still being done. */
function listen(bot: Bot): TaskTracker {
  const tasks = new TaskTracker();
  const { client } = bot;
  client.on(Events.InteractionCreate, (interaction) => void tasks.run(() => onInteraction(bot, interaction)));
  client.on(Events.MessageCreate, (message) => void tasks.run(() => onMessage(bot, message)));
  // discord.js tells of deleted messages only where it keeps messages.
  client.on(Events.Raw, (packet: unknown) => {
    for (const id of deletedIn(packet)) void tasks.run(() => onDeleted(bot, id));
  });
  return tasks;
}

/** Registers the commands, or reads those that another process registers; a failure is logged and does not stop the bot. */
async function register(bot: Bot, { discord, roles }: DiscordStart['config']): Promise<void> {
  const id = bot.client.application?.id;
  const guild = discord?.guildId ?? null;
  if (!id) return;
  try {
    const may = roles.includes('registration');
    const synced = await registerOnce(bot.client.rest, id, guild, { state: bot.shared.state, may });
    for (const [name, command] of synced.ids) bot.commandIds.set(name, command);
    bot.counters.count(`commands.${synced.result}`);
    bot.log.info(registrationNote(synced, guild));
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
  const connection = await connect(start, discord.token.reveal(), counters);
  const { bot, tasks, lost, registered } = connection;
  const { client, readsMessages } = bot;
  await registered;
  const application = client.application?.id ?? client.user?.id ?? '';
  const invites = { server: serverInvite(application), user: userInvite(application) };
  start.logger.info(`Discord: logged in as ${client.user?.tag}`);
  start.logger.info(`Discord: add the bot to a server: ${invites.server}`);
  start.logger.info(`Discord: add it to your own account: ${invites.user}`);
  const rituals = startRituals(discordRituals(bot), start.rituals);
  const isUp = () => client.ws.shards.some(({ status }) => status === Status.Ready);
  return {
    ready: () => !connection.isLost() && isUp(),
    counters,
    readsMessages,
    invites,
    lost,
    async stop() {
      client.removeAllListeners(Events.InteractionCreate);
      client.removeAllListeners(Events.MessageCreate);
      client.removeAllListeners(Events.Raw);
      await rituals.stop();
      await tasks.drain();
      await client.destroy();
      bot.log.info({ counts: counters.snapshot() }, 'Discord: stopped');
    },
  };
}
