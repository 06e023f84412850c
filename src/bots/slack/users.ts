/** What Slack says of a user: a person or a bot, and the language of their Slack. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Bot } from './bot.ts';
import { noteFailure } from './failures.ts';
import { keyPart } from './key-part.ts';
import { call } from './retry.ts';

/** How long what Slack said is kept, in milliseconds. */
const KEPT_MS = 24 * 3600_000;
/** The same for users of whom it said nothing. */
const UNKNOWN_MS = 10 * 60_000;
/** How long an answer waits for the language of its asker; the three seconds of a modal are short. */
const MAX_WAIT_MS = 700;

/** Where nothing is known. */
const FALLBACK = 'en';

const stored = z.object({
  kind: z.enum(['person', 'bot', 'unknown']),
  locale: z.string(),
  /** As others see it; absent where Slack did not say. */
  name: z.string().exactOptional(),
});
export type SlackUser = z.infer<typeof stored>;

export interface UserRef {
  readonly client: WebClient;
  readonly team: string;
  readonly user: string;
}

/** Asks Slack, at most once a day for each user; `unknown` where it does not say. Never throws. */
export async function userOf(bot: Bot, { client, team, user }: UserRef): Promise<SlackUser> {
  const { state } = bot.shared;
  const key = `slack-user:${keyPart(`${team}:${user}`)}`;
  const known = stored.safeParse(await state.get(key)).data;
  if (known) return known;
  const found = await ask(bot, client, user);
  await state.set(key, found, found.kind === 'unknown' ? UNKNOWN_MS : KEPT_MS);
  return found;
}

async function ask(bot: Bot, client: WebClient, user: string): Promise<SlackUser> {
  try {
    const { user: found } = await call(() => client.users.info({ user, include_locale: true }), true);
    if (!found) return { kind: 'unknown', locale: FALLBACK };
    const kind = found.is_bot || found.is_workflow_bot ? 'bot' : 'person';
    const name = found.profile?.display_name || found.profile?.real_name || found.real_name || found.name;
    return { kind, locale: found.locale?.slice(0, 35) || FALLBACK, ...(name && { name: name.slice(0, 80) }) };
  } catch (error) {
    noteFailure(bot, 'user', error);
    return { kind: 'unknown', locale: FALLBACK };
  }
}

/** Whether somebody is an admin of the workspace, as Slack says now. False where it does not say. */
export async function isAdmin(bot: Bot, { client, user }: UserRef): Promise<boolean> {
  try {
    const { user: found } = await call(() => client.users.info({ user }), true);
    return found?.is_admin === true || found?.is_owner === true || found?.is_primary_owner === true;
  } catch (error) {
    noteFailure(bot, 'user', error);
    return false;
  }
}

/** The language to answer in, and the name that others see; English and none when Slack takes its time to say. */
export async function knownOf(bot: Bot, who: UserRef): Promise<{ locale: string; name: string | null }> {
  if (who.user === '') return { locale: FALLBACK, name: null };
  const waited = new AbortController();
  const late = sleep(MAX_WAIT_MS, null, { signal: waited.signal }).catch(() => null);
  const found = await Promise.race([userOf(bot, who).catch(() => null), late]);
  waited.abort();
  return { locale: found?.locale ?? FALLBACK, name: found?.name ?? null };
}
