/** Every name that the code shares with the app's manifest; a test compares the two. */

import type { AnyCommand } from '../../../commands/command.ts';
import { COMMANDS } from '../../../commands/index.ts';
import { movieFor } from '../../../commands/movie-for.ts';

/** Slash commands by name. @param main how the host calls the main one (SLACK_COMMAND) */
export function slashCommands(main: string): ReadonlyMap<string, AnyCommand> {
  return new Map(COMMANDS.map((command) => [command === movieFor ? main : `/${command.name}`, command]));
}

/** `callback_id` of the command on a message. */
export const FIND_FILMS = 'find_films';

/** `callback_id` of the shortcut that is everywhere. */
export const ASK_SONG = 'ask_song';

/** `callback_id`s of the modals. */
export const VIEWS = { filters: 'filters', details: 'details', films: 'films', ask: 'ask' } as const;

/** Scopes without which something that the manual promises does not work. */
export const NEEDED_SCOPES = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'im:history',
  'links:read',
  'users:read',
] as const;

/** Scopes that whoever installs the app may refuse: previews under links, hello in channels, a place among the agents. */
export const OPTIONAL_SCOPES = ['links:write', 'channels:read', 'assistant:write'] as const;

/** Where Slack's requests come to in HTTP mode, and the pages of the installation. */
export const PATHS = {
  events: '/slack/events',
  install: '/slack/install',
  redirect: '/slack/oauth_redirect',
} as const;
