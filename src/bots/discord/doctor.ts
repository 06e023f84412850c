/** `doctor` for Discord: the usual mistakes, each with what to do about it. Reads only, sends nothing. */
import type { Config } from '../../config.ts';
import { request } from '../../shared/http.ts';
import { bodyOf, CHECK_TIMEOUT_MS, type Finding, fault, fine } from '../common/doctor.ts';
import { serverInvite } from './invite.ts';

const PORTAL = 'discord.com/developers/applications';

/** Application flags that allow the message content intent (discord.com/developers/docs/resources/application). */
const MESSAGE_CONTENT = (1 << 18) | (1 << 19);
const PRESENCE = (1 << 12) | (1 << 13);

type Answered = { readonly status: number; readonly body: Record<string, unknown> };

async function get(config: Pick<Config, 'urls'>, token: string, path: string): Promise<Answered | null> {
  try {
    const { status, text } = await request({
      source: 'Discord',
      url: `${config.urls.discordApi}/v10${path}`,
      headers: { authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (music2movie, 0)' },
      timeoutMs: CHECK_TIMEOUT_MS,
    });
    return { status, body: bodyOf(jsonIn(text)) };
  } catch {
    return null;
  }
}

/** What the text holds as JSON; null for what is none, as a proxy's page. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const RESET = `Open ${PORTAL}, choose your application, “Bot”, “Reset Token”, and put the new token into .env as DISCORD_TOKEN.`;

/** What a text that is no token looks like instead, or null for the form of a token. */
function malformed(token: string): string | null {
  const [id = ''] = token.split('.');
  const parts = /^[\w-]{17,}\.[\w-]{5,}\.[\w-]{25,}$/.test(token);
  if (parts && /^\d{15,21}$/.test(Buffer.from(id, 'base64url').toString('latin1'))) return null;
  if (/^\d{15,21}$/.test(token)) return 'DISCORD_TOKEN holds the application’s id, not the bot’s token.';
  if (/^[0-9a-f]{64}$/.test(token))
    return 'DISCORD_TOKEN holds the application’s public key, not the bot’s token.';
  if (/^[\w-]{32}$/.test(token)) return 'DISCORD_TOKEN holds the OAuth2 client secret, not the bot’s token.';
  return 'DISCORD_TOKEN has not the form of a bot token: three parts with dots between.';
}

function intentFinding(config: NonNullable<Config['discord']>, flags: number): Finding {
  const allowed = (flags & MESSAGE_CONTENT) !== 0;
  if (!config.messageContent) {
    return fine(
      'Discord links',
      'The message content intent is off: pasted links are answered by menu, mention and direct message.',
    );
  }
  if (allowed) return fine('Discord links', 'The message content intent is on: pasted links are seen.');
  return fault(
    'Discord links',
    'DISCORD_MESSAGE_CONTENT is true, but the intent is off in the portal (Discord would close with 4014).',
    `Open ${PORTAL}, your application, “Bot”, switch on “Message Content Intent” and save; or set DISCORD_MESSAGE_CONTENT=false.`,
  );
}

/** Whether the status of people may be seen; null where nobody asked for that. */
function presenceFinding(config: NonNullable<Config['discord']>, flags: number): Finding | null {
  if (!config.presence) return null;
  if ((flags & PRESENCE) !== 0)
    return fine('Discord status', 'The presence intent is on: /movie-now sees what people play.');
  return fault(
    'Discord status',
    'DISCORD_PRESENCE is true, but the intent is off in the portal (the bot goes on without).',
    `Open ${PORTAL}, your application, “Bot”, switch on “Presence Intent” and save; or set DISCORD_PRESENCE=false.`,
  );
}

/** What “Add App” in the bot's profile asks for, by the kind of installation (0: a server, 1: a person). */
const INSTALLS = [
  { type: '0', name: 'Guild Install', scopes: ['applications.commands', 'bot'] },
  { type: '1', name: 'User Install', scopes: ['applications.commands'] },
] as const;

/** Whether “Add App” asks for the right scopes; null where Discord does not say. */
function installFinding(config: unknown): Finding | null {
  if (typeof config !== 'object' || config === null) return null;
  const installs = config as Record<string, { oauth2_install_params?: { scopes?: unknown } } | undefined>;
  const wrong = INSTALLS.filter(({ type, scopes }) => {
    const asked = installs[type]?.oauth2_install_params?.scopes;
    return !Array.isArray(asked) || scopes.some((scope) => !asked.includes(scope));
  });
  if (wrong.length === 0)
    return fine('Discord “Add App”', '“Add App” in the profile asks for the right scopes.');
  const fixes = wrong.map(({ name, scopes }) => `${name}: ${scopes.join(' and ')}`);
  return fault(
    'Discord “Add App”',
    '“Add App” in the bot’s profile does not ask for every scope that it needs; the printed links do.',
    `Open ${PORTAL}, your application, “Installation”, and set the scopes under “Default Install Settings”: ${fixes.join('; ')}.`,
  );
}

async function placeFinding(
  config: Pick<Config, 'urls'>,
  token: string,
  application: string,
  guild: string | null,
): Promise<Finding> {
  const invite = `Open this link and choose the server: ${serverInvite(application)}`;
  if (guild === null) {
    const answer = await get(config, token, `/applications/${application}/commands`);
    return answer?.status === 200
      ? fine('Discord commands', 'Commands can be registered everywhere.')
      : fault('Discord commands', 'The application’s commands can’t be read.', invite);
  }
  const answer = await get(config, token, `/applications/${application}/guilds/${guild}/commands`);
  if (answer?.status === 200) return fine('Discord commands', 'Commands can be registered in the server.');
  const member = await get(config, token, `/guilds/${guild}`);
  return member?.status === 200
    ? fault(
        'Discord commands',
        'The bot is in the server, but was invited without the scope “applications.commands”.',
        invite,
      )
    : fault('Discord commands', 'The bot is not in the server that DISCORD_GUILD_ID names.', invite);
}

/**
 * Looks for the usual mistakes: a text that is no token, a token that Discord refuses, an intent that is off in the
 * portal, a server without the bot or its commands, “Add App” without its scopes, an address that can't be reached. Empty when
 * Discord is not set up. Never throws, never shows the token.
 */
export async function diagnoseDiscord(config: Pick<Config, 'discord' | 'urls'>): Promise<Finding[]> {
  if (!config.discord) return [];
  const token = config.discord.token.reveal();
  const wrong = malformed(token);
  if (wrong) return [fault('Discord token', wrong, RESET)];
  const me = await get(config, token, '/applications/@me');
  if (!me || me.status >= 500) {
    return [
      fault(
        'Discord',
        me ? `Discord answers with status ${me.status}.` : 'Discord can’t be reached.',
        'Check the connection, a proxy or firewall in between, DISCORD_API_URL and discordstatus.com.',
      ),
    ];
  }
  if (me.status === 401) return [fault('Discord token', 'Discord refuses DISCORD_TOKEN (401).', RESET)];
  if (me.status !== 200 || typeof me.body.id !== 'string') {
    return [
      fault(
        'Discord',
        `The application could not be read (status ${me.status}).`,
        'Wait a few minutes and try again; if it stays, check DISCORD_API_URL.',
      ),
    ];
  }
  const { id, name, flags } = me.body;
  const install = installFinding(me.body.integration_types_config);
  const granted = typeof flags === 'number' ? flags : 0;
  const presence = presenceFinding(config.discord, granted);
  return [
    fine('Discord token', `The token belongs to ${typeof name === 'string' ? name.slice(0, 60) : id}.`),
    intentFinding(config.discord, granted),
    ...(presence ? [presence] : []),
    await placeFinding(config, token, id, config.discord.guildId),
    ...(install ? [install] : []),
  ];
}
