/** Who is behind a delivery. */
import type { Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Bot } from '../bot.ts';
import type { Asker } from '../context.ts';
import { localeOf } from '../users.ts';

/** @param user as the payload names it; empty for none */
export async function askerOf(
  bot: Bot,
  args: { readonly client: WebClient; readonly context: Context },
  user: string,
  channel: string | null,
): Promise<Asker> {
  const { client, context } = args;
  const scopes: unknown = context.scopes;
  const team = context.teamId ?? context.enterpriseId ?? 'T';
  return {
    client,
    team,
    user,
    channel,
    locale: await localeOf(bot, { client, team, user }),
    botUser: context.botUserId ?? null,
    scopes: Array.isArray(scopes) ? scopes.map(String) : null,
  };
}
