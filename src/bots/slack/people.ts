/** Everything that is kept of the people of a workspace, and forgetting it. */
import { forgetCommunity } from '../../conversation/communities.ts';
import { countryHash, countryUnder } from '../../conversation/country.ts';
import { marksHash, marksUnder } from '../../conversation/film-marks.ts';
import { personHash } from '../../conversation/person-hash.ts';
import { votesUnder } from '../../conversation/votes.ts';
import type { StateStore } from '../../state/store.ts';
import type { Bot } from './bot.ts';
import { type Asker, personOf } from './context.ts';
import { keyPart } from './key-part.ts';

/** Two years, as a vote. */
const VOTER_TTL_MS = 730 * 24 * 3600_000;
/** How long it is remembered that somebody was told how to ask. */
const TOLD_TTL_MS = 365 * 24 * 3600_000;

type Person = Pick<Asker, 'team' | 'user'>;

/** What may be kept of somebody under a hash of their own each, so that the hashes can't be joined. */
export type Kept = keyof typeof KEPT;
/** By what stands before the hash: the hash of somebody, and what is kept under it. */
const KEPT = {
  votes: { mark: '', hashOf: personHash, keptUnder: votesUnder },
  films: { mark: 'films.', hashOf: marksHash, keptUnder: marksUnder },
  country: { mark: 'country.', hashOf: countryHash, keptUnder: countryUnder },
} as const;

const votersOf = (team: string) => `slack-voter:${team}:`;
const voterKey = async (state: StateStore, person: Person, what: Kept) => {
  const { mark, hashOf } = KEPT[what];
  return votersOf(person.team) + mark + (await hashOf(personOf(person), state));
};
const toldKey = ({ team, user }: Person, what: string) => `slack-told:${keyPart(`${team}:${user}`)}:${what}`;

/** Keeps that somebody of the workspace voted, marked films or chose a country, so that it can go with the workspace. */
export async function noteKept(state: StateStore, person: Person, what: Kept): Promise<void> {
  await state.set(await voterKey(state, person, what), 1, VOTER_TTL_MS);
}

/** Whether somebody is told something for the first time in a year. */
export function firstTold(state: StateStore, person: Person, what: 'help' | 'welcome'): Promise<boolean> {
  return state.setIfAbsent(toldKey(person, what), 1, TOLD_TTL_MS);
}

async function deleteAll(state: StateStore, prefix: string): Promise<void> {
  for (const { key } of await state.list(prefix)) await state.delete(key);
}

/** What is kept of one person besides their votes. */
export async function forgetPerson(bot: Bot, person: Person): Promise<void> {
  const { state } = bot.shared;
  bot.recent.forget(personOf(person));
  for (const what of Object.keys(KEPT) as Kept[]) await state.delete(await voterKey(state, person, what));
  await state.delete(`slack-user:${keyPart(`${person.team}:${person.user}`)}`);
  await deleteAll(state, toldKey(person, ''));
}

/** All people of a workspace that removed the app, votes and marks included. */
export async function forgetPeople(bot: Bot, team: string): Promise<void> {
  const { state } = bot.shared;
  const voters = votersOf(team);
  for (const { key } of await state.list(voters)) {
    const hash = key.slice(voters.length);
    const { mark, keptUnder } =
      [KEPT.films, KEPT.country].find((one) => hash.startsWith(one.mark)) ?? KEPT.votes;
    await deleteAll(state, keptUnder(hash.slice(mark.length)));
    await state.delete(key);
  }
  await forgetCommunity(`slack:${team}`, state);
  for (const kind of ['slack-user', 'slack-told', 'slack-picture'])
    await deleteAll(state, `${kind}:${team}:`);
  bot.recent.forgetAll(`slack:${team}:`);
}
