/** Who is behind a delivery. */
import type { Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Asker } from '../bot.ts';

/** @param user as the payload names it; null for none */
export function askerOf(
  args: { readonly client: WebClient; readonly context: Context },
  user: string | undefined,
  channel: string | null,
): Asker {
  const { client, context } = args;
  const scopes: unknown = context.scopes;
  return {
    client,
    team: context.teamId ?? context.enterpriseId ?? 'T',
    user: user ?? context.userId ?? '',
    channel,
    botUser: context.botUserId ?? null,
    scopes: Array.isArray(scopes) ? scopes.map(String) : null,
  };
}
