/** Telling Discord the commands in a process that holds no connection to it. */
import { REST, type RESTGetCurrentApplicationResult, Routes } from 'discord.js';
import { ConfigurationError } from '../../shared/errors.ts';
import { Counters } from '../common/counters.ts';
import type { StartBot } from '../common/runtime.ts';
import { loginError } from './login.ts';
import { registerOnce, registrationNote } from './register.ts';

const isRefusal = (error: unknown) => (error as { status?: unknown } | null)?.status === 401;

/**
 * Registers the commands, once.
 *
 * @throws ConfigurationError when Discord refuses the token; UpstreamError when it can't be reached
 */
export const startBot: StartBot = async ({ config, context }, logger) => {
  const { discord, urls } = config;
  if (!discord) {
    throw new ConfigurationError('DISCORD_TOKEN is not set.', {
      id: 'discord.token-missing',
      hint: 'docs/discord.md says how to get one.',
    });
  }
  const rest = new REST({ api: urls.discordApi, retries: 2, timeout: 10_000 }).setToken(
    discord.token.reveal(),
  );
  const counters = new Counters();
  try {
    const { id } = (await rest.get(Routes.currentApplication())) as RESTGetCurrentApplicationResult;
    const synced = await registerOnce(rest, id, discord.guildId, { state: context.state, may: true });
    counters.count(`commands.${synced.result}`);
    logger.info(registrationNote(synced, discord.guildId));
  } catch (error) {
    throw loginError(isRefusal(error) ? 'token' : 'unreachable', error);
  }
  return { ready: () => true, counters, stop: async () => {} };
};
