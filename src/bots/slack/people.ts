/** Everything that is kept of the people of a workspace, and forgetting it. */
import { forgetCommunity } from '../../conversation/ballots.ts';
import { personHash } from '../../conversation/person-hash.ts';
import { votesUnder } from '../../conversation/votes.ts';
import type { StateStore } from '../../state/store.ts';
import type { Bot } from './bot.ts';
import { type Asker, personOf } from './context.ts';
import { keyPart } from './key-part.ts';

/** Two years, as a vote. */
const VOTER_TTL_MS = 730 * 24 * 3600_000;
/** How long it is remembered that somebody was told how to ask. */
const TOLD_TTL_MS = 90 * 24 * 3600_000;

type Person = Pick<Asker, 'team' | 'user'>;

const voterKey = async (state: StateStore, person: Person) =>
  `slack-voter:${person.team}:${await personHash(personOf(person), state)}`;
const toldKey = ({ team, user }: Person, what: string) => `slack-told:${keyPart(`${team}:${user}`)}:${what}`;

/** Keeps that somebody of the workspace voted, so that votes can go with it; under the hash that votes have, too. */
export async function noteVoter(state: StateStore, person: Person): Promise<void> {
  await state.set(await voterKey(state, person), 1, VOTER_TTL_MS);
}

/** Whether somebody is told something for the first time in three months. */
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
  await state.delete(await voterKey(state, person));
  await state.delete(`slack-user:${keyPart(`${person.team}:${person.user}`)}`);
  await deleteAll(state, toldKey(person, ''));
}

/** All people of a workspace that removed the app, votes included. */
export async function forgetPeople(bot: Bot, team: string): Promise<void> {
  const { state } = bot.shared;
  const voters = `slack-voter:${team}:`;
  for (const { key } of await state.list(voters)) {
    await deleteAll(state, votesUnder(key.slice(voters.length)));
    await state.delete(key);
  }
  await forgetCommunity(`slack:${team}`, state);
  for (const kind of ['slack-user', 'slack-told', 'slack-picture'])
    await deleteAll(state, `${kind}:${team}:`);
  bot.recent.forgetTeam(team);
}
