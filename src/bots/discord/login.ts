/** Getting connected: what went wrong, in words for whoever runs the bot. */
import { type Client, DiscordjsError, DiscordjsErrorCodes, Events } from 'discord.js';
import { ConfigurationError, UpstreamError } from '../../shared/errors.ts';

/** Close codes of the gateway (discord.com/developers/docs/topics/opcodes-and-status-codes#gateway). */
const WRONG_TOKEN = 4004;
const INVALID_INTENTS = 4013;
const DISALLOWED_INTENTS = 4014;
/** An invalid shard, sharding required, an invalid version of the API. */
const NOT_UNDERSTOOD: ReadonlySet<number> = new Set([4010, 4011, 4012]);

export type LoginProblem = 'token' | 'intents' | 'invalid-intents' | 'not-understood' | 'unreachable';

/** What a close code of the gateway, or REST's status 401, means. @param code null: the line just broke */
export function problemOf(code: number | null): LoginProblem {
  if (code === WRONG_TOKEN || code === 401) return 'token';
  if (code === DISALLOWED_INTENTS) return 'intents';
  if (code === INVALID_INTENTS) return 'invalid-intents';
  return code !== null && NOT_UNDERSTOOD.has(code) ? 'not-understood' : 'unreachable';
}

/** Logs in and waits until Discord calls the bot ready; null when it is. */
export async function tryLogin(
  client: Client,
  token: string,
): Promise<{ problem: LoginProblem; error: unknown } | null> {
  let closed: number | null = null;
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  client.on(Events.ShardDisconnect, ({ code }) => {
    closed = code;
  });
  try {
    await client.login(token);
    await ready;
    return null;
  } catch (error) {
    const wrong = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
    return { problem: wrong ? 'token' : problemOf(closed), error };
  }
}

/** The id of the failure that a bot can go on without: links in servers are not seen then. */
export const INTENTS_REFUSED = 'discord.intents';

/** The failure for whoever runs the program. */
export function loginError(problem: LoginProblem, underlying: unknown): ConfigurationError | UpstreamError {
  switch (problem) {
    case 'token':
      return new ConfigurationError('Discord does not accept DISCORD_TOKEN.', {
        id: 'discord.token',
        hint: 'Open discord.com/developers/applications, your application, “Bot”, “Reset Token”, and put the new token into .env.',
        underlying,
      });
    case 'intents':
      return new ConfigurationError('Discord refuses the message content intent.', {
        id: INTENTS_REFUSED,
        hint: 'Switch on “Message Content Intent” in the developer portal under “Bot”, or set DISCORD_MESSAGE_CONTENT=false.',
        underlying,
      });
    case 'invalid-intents':
      return new ConfigurationError('Discord does not accept the intents (close code 4013).', {
        id: 'discord.invalid-intents',
        hint: 'What the bot asks for is no longer known to Discord: install a newer Music2Movie.',
        underlying,
      });
    case 'not-understood':
      return new ConfigurationError('Discord does not accept the connection (close codes 4010 to 4012).', {
        id: 'discord.not-understood',
        hint: 'Install a newer Music2Movie; if DISCORD_API_URL is set, check where it leads.',
        underlying,
      });
    case 'unreachable':
      return new UpstreamError('Discord could not be reached.', {
        id: 'discord.unreachable',
        hint: 'Check the connection to the internet and discordstatus.com, then start again.',
        underlying,
      });
  }
}
