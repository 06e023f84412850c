/** `doctor` for Slack: the five usual mistakes, each with what to do about it. Reads only, posts nothing. */
import type { Config } from '../../config.ts';
import { request } from '../../shared/http.ts';
import { bodyOf, CHECK_TIMEOUT_MS, type Finding, fault, fine } from '../common/doctor.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES, PATHS } from './constants.ts';
import { SIGNATURE_WINDOW_MS } from './limits.ts';

type SlackConfig = NonNullable<Config['slack']>;

const PORTAL = 'api.slack.com/apps';

interface Said {
  readonly body: Readonly<Record<string, unknown>>;
  readonly scopes: readonly string[] | null;
  /** Slack's clock, in milliseconds since the epoch. */
  readonly time: number | null;
}

/** What Slack says to a method; null when it can't be reached. */
async function ask(
  api: string,
  method: string,
  token: string | null,
  args: Record<string, string> = {},
): Promise<Said | null> {
  try {
    const { text, headers } = await request({
      source: 'Slack',
      url: `${api}/${method}`,
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: new URLSearchParams(args).toString(),
      timeoutMs: CHECK_TIMEOUT_MS,
    });
    const body = bodyOf(JSON.parse(text));
    const time = Date.parse(headers.get('date') ?? '');
    const scopes = headers.get('x-oauth-scopes');
    return {
      body,
      scopes: scopes === null ? null : scopes.split(',').map((scope) => scope.trim()),
      time: Number.isNaN(time) ? null : time,
    };
  } catch {
    return null;
  }
}

const errorOf = ({ body }: Said) => (body.ok === true ? null : String(body.error ?? 'unknown').slice(0, 60));

function scopeFinding(scopes: readonly string[]): Finding {
  const missing = NEEDED_SCOPES.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) {
    return fault(
      'Slack scopes',
      `The app lacks ${missing.join(', ')}.`,
      `Open ${PORTAL}, your app, “App Manifest”, paste src/bots/slack/manifest.json again, save, and press “Reinstall to Workspace” on “Install App”.`,
    );
  }
  const nicer = OPTIONAL_SCOPES.filter((scope) => !scopes.includes(scope));
  return fine(
    'Slack scopes',
    nicer.length > 0
      ? `All that is needed; without ${nicer.join(', ')} there are no previews under links.`
      : 'All of them.',
  );
}

function clockFinding(time: number): Finding | null {
  const off = Math.round((Date.now() - time) / 1000);
  if (Math.abs(off) * 1000 < SIGNATURE_WINDOW_MS / 2) return null;
  return fault(
    'Slack clock',
    `This machine’s clock is ${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'} Slack’s: signed requests are refused as stale.`,
    'Set the clock, best by switching on time synchronisation (timedatectl set-ntp true).',
  );
}

/** The token, its scopes, and which app it is of. */
async function botFindings(api: string, token: string): Promise<{ findings: Finding[]; app: string | null }> {
  const said = await ask(api, 'auth.test', token);
  if (!said) return { findings: [], app: null };
  const error = errorOf(said);
  if (error) {
    return {
      findings: [
        fault(
          'Slack bot token',
          `Slack refuses SLACK_BOT_TOKEN (${error}).`,
          `Open ${PORTAL}, your app, “OAuth & Permissions”, copy the “Bot User OAuth Token” into .env; if there is none, press “Install to Workspace”.`,
        ),
      ],
      app: null,
    };
  }
  const workspace = String(said.body.team ?? '').slice(0, 60);
  const findings = [fine('Slack bot token', `The token belongs to the workspace ${workspace}.`)];
  if (said.scopes) findings.push(scopeFinding(said.scopes));
  const bot = typeof said.body.bot_id === 'string' ? said.body.bot_id : null;
  const info = bot ? await ask(api, 'bots.info', token, { bot }) : null;
  const app = (info?.body.bot as { app_id?: unknown } | undefined)?.app_id;
  return { findings, app: typeof app === 'string' ? app : null };
}

async function socketFindings(api: string, token: string, app: string | null): Promise<Finding[]> {
  const said = await ask(api, 'apps.connections.open', token);
  if (!said) return [];
  const error = errorOf(said);
  if (error) {
    return [
      fault(
        'Slack Socket Mode',
        `Slack opens no socket for SLACK_APP_TOKEN (${error}).`,
        `Open ${PORTAL}, your app: “Socket Mode” must be on, and “Basic Information” → “App-Level Tokens” must list a token with connections:write; copy it into .env as SLACK_APP_TOKEN.`,
      ),
    ];
  }
  // An app-level token tells its app: xapp-1-A0123456789-…
  const own = /^xapp-\d-(A[A-Z0-9]+)-/.exec(token)?.[1];
  if (app && own && app !== own) {
    return [
      fault(
        'Slack Socket Mode',
        `SLACK_APP_TOKEN is of the app ${own}, SLACK_BOT_TOKEN of ${app}: events of one would be answered by the other.`,
        `Open ${PORTAL}, choose one of the two apps, and copy both tokens from it.`,
      ),
    ];
  }
  return [fine('Slack Socket Mode', 'Slack opens sockets for the app.')];
}

function httpFindings(config: Pick<Config, 'publicUrl'>, slack: SlackConfig): Finding[] {
  const secret = slack.signingSecret?.reveal() ?? '';
  const findings: Finding[] = [];
  if (!/^[0-9a-f]{32}$/.test(secret)) {
    findings.push(
      fault(
        'Slack signing secret',
        'SLACK_SIGNING_SECRET has not the form of one: 32 digits and letters a to f.',
        `Open ${PORTAL}, your app, “Basic Information” → “App Credentials”, press “Show” at “Signing Secret” (not at “Client Secret” or “Verification Token”) and copy it.`,
      ),
    );
  } else findings.push(fine('Slack signing secret', 'It has the form of one.'));
  if (config.publicUrl === null) {
    findings.push(
      fault(
        'Slack address',
        'MUSIC2MOVIE_PUBLIC_URL is not set, so nobody can tell whether Slack reaches this machine.',
        `Set it to the address that your proxy or tunnel gives this machine, and enter that address with ${PATHS.events} behind it in the app’s manifest; or use Socket Mode, which needs none.`,
      ),
    );
  }
  return findings;
}

/** Whether Slack would get an answer at the public address: our own refusal of an unsigned request is one. */
async function reachFinding(publicUrl: string): Promise<Finding> {
  const address = `${publicUrl}${PATHS.events}`;
  try {
    const { status } = await request({
      source: 'The address',
      url: address,
      method: 'POST',
      timeoutMs: CHECK_TIMEOUT_MS,
    });
    if (status === 401) return fine('Slack address', `${address} answers.`);
    return fault(
      'Slack address',
      `${address} answers with status ${status}, not as the bot would.`,
      'Start the bot, and let your proxy or tunnel pass the whole path on to the port that the bot names when it starts.',
    );
  } catch {
    return fault(
      'Slack address',
      `${address} can’t be reached.`,
      'Start the bot and the proxy or tunnel in front of it, and check MUSIC2MOVIE_PUBLIC_URL.',
    );
  }
}

/**
 * Looks for the five usual mistakes: a bot token that Slack refuses; missing scopes; Socket Mode that is off,
 * or an app-level token without its scope or of another app; another secret in the signing secret's place; an
 * address that Slack can't reach, or a clock that makes every signature stale. Empty when Slack is not set up.
 * Never throws, never shows a secret.
 */
export async function diagnoseSlack(
  config: Pick<Config, 'slack' | 'urls' | 'publicUrl'>,
): Promise<Finding[]> {
  const { slack, publicUrl } = config;
  if (!slack) return [];
  const api = config.urls.slackApi;
  const reached = await ask(api, 'api.test', null);
  if (!reached) {
    return [
      fault(
        'Slack',
        'Slack can’t be reached.',
        'Check the connection, a proxy or firewall in between, SLACK_API_URL and slack-status.com.',
      ),
    ];
  }
  const bot = slack.botToken ? await botFindings(api, slack.botToken.reveal()) : { findings: [], app: null };
  if (slack.appToken) {
    return [...bot.findings, ...(await socketFindings(api, slack.appToken.reveal(), bot.app))];
  }
  const clock = reached.time === null ? null : clockFinding(reached.time);
  return [
    ...bot.findings,
    ...httpFindings(config, slack),
    ...(publicUrl ? [await reachFinding(publicUrl)] : []),
    ...(clock ? [clock] : []),
  ];
}
