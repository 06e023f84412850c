/** The app's own identity: who the bot token belongs to, and what it may do. */
import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import type { Secret } from '../../config.ts';
import { ConfigurationError, UpstreamError } from '../../shared/errors.ts';
import { reasonOf } from './failures.ts';
import { call, clientOptions } from './retry.ts';

export interface Identity {
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
  /** The workspace's id; empty where Slack does not say. */
  readonly team: string;
  /** The workspace's name, for the log. */
  readonly workspace: string;
  /** Null where Slack does not say. */
  readonly scopes: readonly string[] | null;
}

/**
 * Asks Slack who the token belongs to.
 *
 * @throws ConfigurationError when Slack refuses the token; UpstreamError when it can't be reached
 */
export async function identify(token: Secret, slackApi: string): Promise<Identity> {
  const client = new WebClient(token.reveal(), clientOptions(slackApi));
  try {
    const found = await call(() => client.auth.test(), true);
    return {
      botToken: token.reveal(),
      botId: found.bot_id ?? '',
      botUserId: found.user_id ?? '',
      team: found.team_id ?? '',
      workspace: found.team ?? '',
      scopes: found.response_metadata?.scopes ?? null,
    };
  } catch (error) {
    if (error instanceof WebAPIPlatformError) {
      throw new ConfigurationError(`Slack refuses SLACK_BOT_TOKEN (${reasonOf(error)}).`, {
        id: 'slack.token',
        hint: 'Copy the “Bot User OAuth Token” again (api.slack.com/apps → your app → OAuth & Permissions); docs/slack.md shows where.',
        underlying: error,
      });
    }
    throw new UpstreamError('Slack can’t be reached.', {
      id: 'slack.unreachable',
      hint: 'Check the connection, a proxy or firewall in between, SLACK_API_URL and slack-status.com.',
      underlying: error,
    });
  }
}

/** The same for the app-level token. */
export function socketError(error: unknown): ConfigurationError | UpstreamError {
  if (error instanceof WebAPIPlatformError) {
    return new ConfigurationError(`Slack refuses SLACK_APP_TOKEN (${reasonOf(error)}).`, {
      id: 'slack.app-token',
      hint: 'api.slack.com/apps → your app → “Socket Mode” must be on, and “Basic Information” → “App-Level Tokens” must list the token with connections:write.',
      underlying: error,
    });
  }
  return new UpstreamError('Slack’s Socket Mode can’t be reached.', {
    id: 'slack.unreachable',
    hint: 'A firewall may block WebSockets to wss-primary.slack.com.',
    underlying: error,
  });
}
