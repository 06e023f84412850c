/** A workspace removed the app: nothing of it is kept. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Bot } from '../bot.ts';
import type { Installations } from '../installations.ts';
import { forgetTeam } from '../settings.ts';

const body = z.object({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  authorizations: z.array(z.object({ is_enterprise_install: z.boolean().optional() })).nullish(),
  event: z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }).optional() }),
});

/** @param installations null where the app serves one workspace with a token of its own */
export function registerLifecycle(app: App, bot: Bot, installations: Installations | null): void {
  const forget = async (payload: unknown, wholly: boolean) => {
    const { data } = body.safeParse(payload);
    if (!data?.team_id) return;
    // Revoked tokens of people leave the app's own, and so the workspace, in place.
    if (!wholly && (data.event.tokens?.bot ?? []).length === 0) return;
    const organisation = data.authorizations?.[0]?.is_enterprise_install === true;
    await installations?.forget((organisation && data.enterprise_id) || data.team_id);
    if (wholly) await forgetTeam(bot.shared.state, data.team_id);
    bot.counters.count('team.gone');
    bot.log.info({ team: data.team_id }, 'Slack: a workspace removed the app');
  };
  app.event('app_uninstalled', (args) => forget(args.body, true));
  app.event('tokens_revoked', (args) => forget(args.body, false));
}
