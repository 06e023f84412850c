/** Getting connected: what went wrong, in words for whoever runs the bot. */
import { type Client, DiscordjsError, DiscordjsErrorCodes, Events } from 'discord.js';
import { ConfigurationError, UpstreamError } from '../../shared/errors.ts';

/** Close codes of the gateway (discord.com/developers/docs/topics/opcodes-and-status-codes#gateway). */
const WRONG_TOKEN = 4004;
const DISALLOWED_INTENTS = 4014;

export type LoginProblem = 'token' | 'intents' | 'unreachable';

/** What kind of failure a login ended in. @param closed the gateway's close code, where it gave one */
function problemOf(error: unknown, closed: number | null): LoginProblem {
  const wrong = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  if (wrong || closed === WRONG_TOKEN) return 'token';
  return closed === DISALLOWED_INTENTS ? 'intents' : 'unreachable';
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
    return { problem: problemOf(error, closed), error };
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
    case 'unreachable':
      return new UpstreamError('Discord could not be reached.', {
        id: 'discord.unreachable',
        hint: 'Check the connection to the internet and discordstatus.com, then start again.',
        underlying,
      });
  }
}
