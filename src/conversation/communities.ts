/** All that is kept of a community: gone thirty days after the bot was removed, unless it comes back before. */
import type { StateStore } from '../state/store.ts';
import { VOTE_TTL_MS } from './ballots.ts';
import { personHash } from './person-hash.ts';
import { ritualsUnder } from './rituals.ts';
import { ASKED_TTL_MS, settingsKey } from './statistics.ts';

/** Milliseconds that data stay after the bot was removed. */
export const LEFT_TTL_MS = 30 * 24 * 3600_000;

/** What is kept of a community by kind, and how long an entry stays while the bot is there. */
const KINDS: readonly (readonly [kind: string, ttl: number])[] = [
  ['ballot', VOTE_TTL_MS],
  ['asked', ASKED_TTL_MS],
];

const hashOf = (community: string, state: StateStore) => personHash(community, state, 'community:');

/** Lets an entry expire within a time. */
export async function expireWithin(key: string, ttl: number, state: StateStore): Promise<void> {
  await state.update<unknown>(key, (current) => current, ttl);
}

/** Lets every entry whose key begins so expire within a time. */
export async function expireAllWithin(prefix: string, ttl: number, state: StateStore): Promise<void> {
  for (const { key } of await state.list(prefix)) await expireWithin(key, ttl, state);
}

/** Keeps an entry from expiring. */
export async function keepForGood(key: string, state: StateStore): Promise<void> {
  const value = await state.get<unknown>(key);
  if (value !== undefined) await state.set(key, value);
}

/** The bot was removed: in thirty days all is gone. @param community as in the context */
export async function leaveCommunity(community: string, state: StateStore): Promise<void> {
  const hash = await hashOf(community, state);
  for (const [kind] of KINDS) await expireAllWithin(`${kind}:${hash}:`, LEFT_TTL_MS, state);
  await expireWithin(settingsKey(hash), LEFT_TTL_MS, state);
  await expireAllWithin(ritualsUnder(community), LEFT_TTL_MS, state);
}

/** The bot came back in time. @param community as in the context */
export async function rejoinCommunity(community: string, state: StateStore): Promise<void> {
  const hash = await hashOf(community, state);
  for (const [kind, ttl] of KINDS) await expireAllWithin(`${kind}:${hash}:`, ttl, state);
  await keepForGood(settingsKey(hash), state);
  for (const { key } of await state.list(ritualsUnder(community))) await keepForGood(key, state);
}
