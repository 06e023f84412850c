/** The two ways in which Slack reaches the app. */
import { createServer } from 'node:net';
import { HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { Config } from '../../config.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import type { Bot } from './bot.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES, PATHS } from './constants.ts';
import type { Installations } from './installations.ts';
import { boltLogger } from './logger.ts';
import { clientOptions } from './retry.ts';

type SlackConfig = NonNullable<Config['slack']>;

/** Largest request taken, in bytes: many times what Slack sends. */
const BODY_LIMIT = 1_000_000;
/** Ports tried after the one asked for. */
const SPARE_PORTS = 20;

/** Socket Mode: no public address needed. @param pings milliseconds without a sign of life; tests shorten them */
export function socketReceiver(
  appToken: string,
  slackApi: string,
  log: Bot['log'],
  pings: { readonly client: number; readonly server: number } = { client: 5000, server: 30_000 },
): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger: boltLogger(log),
    clientPingTimeout: pings.client,
    serverPingTimeout: pings.server,
    autoReconnectEnabled: false,
    // Here and not at the app: Bolt takes the address for opening sockets from the installer's options only.
    installerOptions: { clientOptions: clientOptions(slackApi) },
  });
}

/** HTTP: Slack sends signed requests to a public address. With OAuth, any workspace can install the app. */
export function httpReceiver(
  config: Pick<Config, 'publicUrl' | 'urls'>,
  slack: SlackConfig,
  installations: Installations | null,
  log: Bot['log'],
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
            authorizationUrl: new URL('/oauth/v2/authorize', config.urls.slackApi).href,
          },
        }
      : {};
  return new HTTPReceiver({
    signingSecret: signingSecret?.reveal() ?? '',
    endpoints: [PATHS.events],
    logger: boltLogger(log),
    bodyLimit: BODY_LIMIT,
    customRoutes: [{ path: '/healthz', method: 'GET', handler: (_, response) => void response.end('ok') }],
    ...installer,
  });
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
