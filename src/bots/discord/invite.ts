import { ApplicationIntegrationType, OAuth2Scopes } from 'discord.js';
import { INVITE_PERMISSIONS } from './permissions.ts';

const AUTHORIZE = 'https://discord.com/oauth2/authorize';

/** Adds the bot to a server: its commands, and the permissions of `NEEDED`. */
export function serverInvite(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(INVITE_PERMISSIONS),
    integration_type: String(ApplicationIntegrationType.GuildInstall),
  });
  return `${AUTHORIZE}?${query}`;
}

/** Adds the commands to a person's own account, for use anywhere. */
export function userInvite(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: OAuth2Scopes.ApplicationsCommands,
    integration_type: String(ApplicationIntegrationType.UserInstall),
  });
  return `${AUTHORIZE}?${query}`;
}
