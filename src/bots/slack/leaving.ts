/** A workspace removed the app: what is kept of it goes after thirty days, unless it takes the app back before. */
import {
  expireAllWithin,
  expireWithin,
  keepForGood,
  LEFT_TTL_MS,
  leaveCommunity,
  rejoinCommunity,
} from '../../conversation/communities.ts';
import type { StateStore } from '../../state/store.ts';
import type { Bot } from './bot.ts';
import { readNote, VOTER_TTL_MS, votersOf } from './kept.ts';
import { managersKey, settingsUnder } from './settings.ts';

const LEFT = 'slack-left';
const leftKey = (team: string) => `${LEFT}:${team}`;
const community = (team: string) => `slack:${team}`;

/** That a workspace removed the app. @property organisation whose installation it was, or null */
interface Left {
  readonly team: string;
  readonly organisation: string | null;
}

/** Whether a workspace removed the app and has not taken it back. */
export const hasLeft = async (state: StateStore, team: string) =>
  (await state.get(leftKey(team))) !== undefined;

/** What a workspace's settings stand under. */
async function settingsKeys(state: StateStore, team: string): Promise<string[]> {
  const found = await Promise.all(settingsUnder(team).map((prefix) => state.list(prefix)));
  return [...found.flat().map(({ key }) => key), managersKey(team)];
}

/**
 * The app was removed. What is of no use to whoever comes back goes at once.
 *
 * @param organisation that had the app everywhere; null where the workspace had installed it
 */
export async function leaveTeam(
  bot: Pick<Bot, 'shared' | 'recent'>,
  team: string,
  organisation: string | null,
): Promise<void> {
  const { state } = bot.shared;
  await state.set<Left>(leftKey(team), { team, organisation }, LEFT_TTL_MS);
  for (const key of await settingsKeys(state, team)) await expireWithin(key, LEFT_TTL_MS, state);
  for (const { key, value } of await state.list(votersOf(team))) {
    const noted = readNote(value);
    if (noted) await expireAllWithin(noted.under, LEFT_TTL_MS, state);
    await expireWithin(key, LEFT_TTL_MS, state);
  }
  await leaveCommunity(community(team), state);
  for (const kind of ['slack-user', 'slack-told', 'slack-picture']) {
    for (const { key } of await state.list(`${kind}:${team}:`)) await state.delete(key);
  }
  bot.recent.forgetAll(`slack:${team}:`);
}

/** The app is installed again: what has not gone yet stays. Does nothing where it was never removed. */
export async function rejoinTeam(state: StateStore, team: string): Promise<void> {
  if (!(await hasLeft(state, team))) return;
  for (const key of await settingsKeys(state, team)) await keepForGood(key, state);
  for (const { key, value } of await state.list(votersOf(team))) {
    const { under, ttl } = readNote(value) ?? { under: key, ttl: VOTER_TTL_MS };
    if (ttl !== null) await expireAllWithin(under, ttl, state);
    else await keepForGood(under, state);
    await expireWithin(key, VOTER_TTL_MS, state);
  }
  await rejoinCommunity(community(team), state);
  await state.delete(leftKey(team));
}

/** An organisation has the app everywhere again. */
export async function rejoinOrganisation(state: StateStore, organisation: string): Promise<void> {
  for (const { value } of await state.list<Left>(`${LEFT}:`)) {
    if (value.organisation === organisation) await rejoinTeam(state, value.team);
  }
}
