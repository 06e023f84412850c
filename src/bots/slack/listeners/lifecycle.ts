/** A workspace removed the app: its token goes at once, the rest in thirty days. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Bot } from '../bot.ts';
import type { Installations } from '../installations.ts';
import { leaveTeam } from '../leaving.ts';

const body = z.object({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
  /** Seconds since the epoch. */
  event_time: z.number().optional(),
  authorizations: z
    .array(
      z.object({
        is_enterprise_install: z.boolean().nullish(),
        enterprise_id: z.string().nullish(),
        team_id: z.string().nullish(),
      }),
    )
    .nullish(),
  event: z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }).nullish() }),
});

/**
 * @param installations null where the app serves one workspace with a token of its own
 * @param since when that token was found good, in milliseconds since the epoch
 */
export function registerLifecycle(
  app: App,
  bot: Bot,
  installations: Installations | null,
  since: number,
): void {
  const forget = async (payload: unknown, wholly: boolean) => {
    const { data } = body.safeParse(payload);
    if (!data) return bot.counters.count('event.unreadable');
    // Revoked tokens of people leave the app's own, and so the workspace, in place.
    if (!wholly && (data.event.tokens?.bot ?? []).length === 0) return;
    const [authorized] = data.authorizations ?? [];
    const team = data.team_id ?? authorized?.team_id ?? null;
    const organisation = data.enterprise_id ?? authorized?.enterprise_id ?? null;
    // Where the app was everywhere in an organisation, or no workspace is named, its token was the organisation's.
    const wide = (authorized?.is_enterprise_install ?? data.is_enterprise_install) === true || team === null;
    const name = wide ? organisation : team;
    if (name === null) return bot.counters.count('event.unreadable');
    const at = data.event_time === undefined ? Date.now() : data.event_time * 1000;
    const isNews = installations ? await installations.forget(name, at) : at + 1000 > since;
    if (!isNews) {
      bot.counters.count('team.outdated');
      bot.log.info({ team: name }, 'Slack: told late of a removal; the app was installed again since');
      return;
    }
    if (wholly && team !== null) await leaveTeam(bot, team, wide ? organisation : null);
    bot.counters.count('team.gone');
    bot.log.info({ team: name }, 'Slack: a workspace removed the app');
  };
  app.event('app_uninstalled', (args) => forget(args.body, true));
  app.event('tokens_revoked', (args) => forget(args.body, false));
}
