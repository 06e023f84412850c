/** The two ways in which Slack reaches the app. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { type App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Config } from '../../config.ts';
import { wordsFor } from '../../i18n/index.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import type { Bot } from './bot.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES, PATHS } from './constants.ts';
import { BODY_LIMIT, guardRequests } from './guarded-requests.ts';
import type { Installations } from './installations.ts';
import { boltLogger } from './logger.ts';
import { clientOptions } from './retry.ts';

type SlackConfig = NonNullable<Config['slack']>;

/** Ports tried after the one asked for. */
const SPARE_PORTS = 20;

/** Socket Mode: no public address needed. Makes a client for each connection, so that two may stand at a time. */
export class SocketReceiver implements Receiver {
  readonly #options: ConstructorParameters<typeof SocketModeReceiver>[0];
  #app: App | null = null;

  /** @param pings milliseconds without a sign of life; tests shorten them */
  constructor(
    appToken: string,
    slackApi: string,
    log: Bot['log'],
    pings: { readonly client: number; readonly server: number } = { client: 5000, server: 30_000 },
  ) {
    this.#options = {
      appToken,
      logger: boltLogger(log),
      clientPingTimeout: pings.client,
      serverPingTimeout: pings.server,
      autoReconnectEnabled: false,
      // Here and not at the app: Bolt takes the address for opening sockets from the installer's options only.
      installerOptions: { clientOptions: clientOptions(slackApi) },
    };
  }

  init(app: App): void {
    this.#app = app;
  }

  /** A client that is not connected yet and brings what it hears to the app. */
  newClient(): SocketModeReceiver['client'] {
    const receiver = new SocketModeReceiver(this.#options);
    if (this.#app) receiver.init(this.#app);
    return receiver.client;
  }

  // Connections are opened and closed by Connection.
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
}

/** What a browser shows where nothing was installed. Nothing from the request stands in it. */
function notInstalled(
  _error: Error,
  _options: unknown,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const cancelled =
    new URL(request.url ?? '/', 'http://localhost').searchParams.get('error') === 'access_denied';
  const { t } = wordsFor(request.headers['accept-language']?.split(/[,;]/, 1)[0] ?? 'en');
  const told = cancelled ? t('slack.install.cancelled') : t('slack.install.failed');
  response.writeHead(cancelled ? 200 : 400, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><meta charset="utf-8"><title>Music2Movie</title><p>${told}</p>` +
      `<p><a href="${PATHS.install}">${t('slack.install.again')}</a></p>`,
  );
}

/** HTTP: Slack sends signed requests to a public address. With OAuth, any workspace can install the app. */
export function httpReceiver(
  config: Pick<Config, 'publicUrl' | 'urls'>,
  slack: SlackConfig,
  installations: Installations | null,
  bot: Pick<Bot, 'counters' | 'log'>,
): HTTPReceiver {
  const { oauth, signingSecret } = slack;
  const redirect = config.publicUrl ? { redirectUri: `${config.publicUrl}${PATHS.redirect}` } : {};
  const installer =
    oauth && installations
      ? {
          clientId: oauth.clientId,
          clientSecret: oauth.clientSecret.reveal(),
          stateSecret: oauth.stateSecret.reveal(),
          installationStore: installations,
          scopes: [...NEEDED_SCOPES, ...OPTIONAL_SCOPES],
          ...redirect,
          installerOptions: {
            directInstall: true,
            installPath: PATHS.install,
            redirectUriPath: PATHS.redirect,
            clientOptions: clientOptions(config.urls.slackApi),
            callbackOptions: { failure: notInstalled },
            authorizationUrl: new URL('/oauth/v2/authorize', config.urls.slackApi).href,
          },
        }
      : {};
  const receiver = new HTTPReceiver({
    signingSecret: signingSecret?.reveal() ?? '',
    endpoints: [PATHS.events],
    logger: boltLogger(bot.log),
    bodyLimit: BODY_LIMIT,
    customRoutes: [{ path: '/healthz', method: 'GET', handler: (_, response) => void response.end('ok') }],
    ...installer,
  });
  guardRequests(receiver, signingSecret?.reveal() ?? '', bot);
  return receiver;
}

/** Whether the port can be listened at just now. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/**
 * The port asked for, or the next free one: the page may have taken it.
 *
 * @throws ConfigurationError when twenty in a row are taken
 */
export async function freePort({ port, host }: Pick<Config, 'port' | 'host'>): Promise<number> {
  if (port === 0) return 0;
  for (let at = port; at <= Math.min(65_535, port + SPARE_PORTS); at += 1) {
    if (await isFree(at, host)) return at;
  }
  throw new ConfigurationError(`No port from ${port} to ${port + SPARE_PORTS} is free for Slack.`, {
    id: 'slack.no-port',
    hint: 'Set PORT to a free one.',
  });
}
