/** Starting the Slack bot: identify, connect or listen, answer until stopped. */
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, AuthorizationError, type HTTPReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Config } from '../../config.ts';
import type { SharedContext } from '../../conversation/context.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { Counters } from '../common/counters.ts';
import { RecentAnswers } from '../common/recent.ts';
import { type RitualTiming, startRituals } from '../common/ritual-clock.ts';
import type { StartBot } from '../common/runtime.ts';
import { TaskTracker } from '../common/task-tracker.ts';
import { apologise } from './apologies.ts';
import { type Bot, type Cooldowns, makeCooldowns } from './bot.ts';
import { Connection } from './connection.ts';
import { NEEDED_SCOPES, PATHS } from './constants.ts';
import { noteFailure } from './failures.ts';
import { Installations } from './installations.ts';
import { rejoinTeam } from './leaving.ts';
import { registerAll } from './listeners/index.ts';
import { boltLogger } from './logger.ts';
import { type Identity, identify, socketError } from './login.ts';
import { freePort, httpReceiver, SocketReceiver } from './receivers.ts';
import { clientOptions } from './retry.ts';
import { slackRituals } from './rituals.ts';

const CLOSE_MS = 900;
const MENTION_MS = 1000;

export interface SlackStart {
  readonly context: SharedContext;
  readonly config: Pick<Config, 'slack' | 'urls' | 'port' | 'host' | 'publicUrl'>;
  readonly logger: Bot['log'];
  /** Milliseconds without a sign of life until a socket counts as dropped; tests shorten them. */
  readonly pings?: { readonly client: number; readonly server: number };
  /** How much may be asked; tests ask more. */
  readonly cooldowns?: Cooldowns;
  /** Milliseconds that a pasted link waits for a mention of the app; tests know what will come. */
  readonly mentionMs?: number;
  readonly rituals?: RitualTiming;
}

export interface SlackBot {
  /** Whether Slack reaches the app. */
  ready(): boolean;
  readonly counters: Counters;
  /** Where Slack's requests are taken in HTTP mode; null in Socket Mode. */
  readonly url: string | null;
  /** Takes nothing more, lets running answers end (at most 10 s), and disconnects. */
  stop(): Promise<void>;
}

type SlackConfig = NonNullable<Config['slack']>;

function makeApp(start: SlackStart, receiver: HTTPReceiver | SocketReceiver, identity: Identity | null): App {
  return new App({
    receiver,
    logger: boltLogger(start.logger),
    clientOptions: clientOptions(start.config.urls.slackApi),
    // Nobody's messages are kept.
    convoStore: false,
    extendedErrorHandler: true,
    // Asked once at the start: Bolt's own way would make the first deliveries wait for it.
    ...(identity && { authorize: async () => ({ ...identity }) }),
  });
}

/** Missing scopes are logged and do not stop the bot. */
function warnOfMissingScopes({ scopes, workspace }: Identity, log: Bot['log']): void {
  log.info(`Slack: the bot belongs to ${workspace}`);
  const missing = scopes ? NEEDED_SCOPES.filter((scope) => !scopes.includes(scope)) : [];
  if (missing.length === 0) return;
  log.warn({ missing }, 'Slack: scopes are missing; paste the manifest again and reinstall the app');
}

interface Transport {
  readonly url: string | null;
  ready(): boolean;
  close(): Promise<void>;
}

async function connect(receiver: SocketReceiver, bot: Bot): Promise<Transport> {
  const connection = new Connection(() => receiver.newClient(), bot);
  try {
    await connection.start();
  } catch (error) {
    throw socketError(error);
  }
  bot.log.info('Slack: connected by Socket Mode');
  return { url: null, ready: () => connection.up, close: () => connection.stop() };
}

async function listen(app: App, receiver: HTTPReceiver, start: SlackStart): Promise<Transport> {
  const { host } = start.config;
  const server = await receiver.start({ port: await freePort(start.config), host });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  start.logger.info(`Slack: listening at ${url}${PATHS.events}`);
  const seen = start.config.publicUrl ?? url;
  if (start.config.publicUrl) start.logger.info(`Slack: its Request URL is ${seen}${PATHS.events}`);
  if (start.config.slack?.oauth)
    start.logger.info(`Slack: workspaces install the app at ${seen}${PATHS.install}`);
  let open = true;
  return {
    url,
    ready: () => open,
    close: async () => {
      open = false;
      const closed = app.stop();
      server.closeIdleConnections();
      await closed;
    },
  };
}

function receiverFor(
  start: SlackStart,
  bot: Bot,
  slack: SlackConfig,
  installations: Installations | null,
): HTTPReceiver | SocketReceiver {
  const { config, logger, pings } = start;
  return slack.appToken
    ? new SocketReceiver(slack.appToken.reveal(), config.urls.slackApi, logger, pings)
    : httpReceiver(config, slack, installations, bot);
}

/**
 * Connects (Socket Mode) or listens (HTTP), and answers.
 *
 * @throws ConfigurationError when Slack refuses a token; UpstreamError when it can't be reached
 */
export async function startSlack(start: SlackStart): Promise<SlackBot> {
  const { config, context, logger } = start;
  const { slack } = config;
  if (!slack) {
    throw new ConfigurationError('Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set.', {
      id: 'slack.not-set-up',
      hint: 'docs/slack.md says how to get one.',
    });
  }
  const oauth = slack.appToken ? null : slack.oauth;
  const installations = oauth ? new Installations(context.state, oauth.stateSecret) : null;
  const identity = !oauth && slack.botToken ? await identify(slack.botToken, config.urls.slackApi) : null;
  if (identity) {
    warnOfMissingScopes(identity, logger);
    await rejoinTeam(context.state, identity.team);
  }
  const bot: Bot = {
    shared: context,
    log: logger,
    counters: new Counters(),
    cooldowns: start.cooldowns ?? makeCooldowns(context.state),
    recent: new RecentAnswers(),
    tasks: new TaskTracker(),
    command: slack.command,
    mentionMs: start.mentionMs ?? MENTION_MS,
    installUrl: oauth && config.publicUrl ? `${config.publicUrl}${PATHS.install}` : null,
  };
  const receiver = receiverFor(start, bot, slack, installations);
  const app = makeApp(start, receiver, identity);
  registerAll(app, bot, installations);
  app.error(async ({ error, body }: { error: Error; body: unknown }) => {
    noteFailure(bot, 'bolt', error);
    // Nothing was authorised, so there is no token to write with.
    if (error instanceof AuthorizationError) await apologise(bot, body, null, error);
  });
  const transport =
    receiver instanceof SocketReceiver ? await connect(receiver, bot) : await listen(app, receiver, start);
  const clientOf = async (team: string, organisation: string | null) => {
    const query = { teamId: team, enterpriseId: organisation ?? undefined, isEnterpriseInstall: false };
    const found = identity ?? (await (receiver as HTTPReceiver).installer?.authorize(query));
    return new WebClient(found?.botToken, clientOptions(config.urls.slackApi));
  };
  const rituals = startRituals(slackRituals(bot, clientOf), start.rituals);
  return {
    url: transport.url,
    counters: bot.counters,
    ready: () => transport.ready(),
    async stop() {
      const closed = transport.close();
      await rituals.stop();
      await bot.tasks.drain();
      // A peer that keeps the connection open is not waited for.
      await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
      bot.log.info({ counts: bot.counters.snapshot() }, 'Slack: stopped');
    },
  };
}

/** What `music2movie start` calls. */
export const startBot: StartBot = (runtime, logger) =>
  startSlack({ context: runtime.context, config: runtime.config, logger });
