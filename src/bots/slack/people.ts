/** What is noted of the people of a workspace, and forgetting it. */
import type { StateStore } from '../../state/store.ts';
import type { Bot } from './bot.ts';
import { type Asker, personOf } from './context.ts';
import { KEPT, type Kept, noteOf, VOTER_TTL_MS } from './kept.ts';
import { keyPart } from './key-part.ts';

/** How long it is remembered that somebody was told how to ask. */
const TOLD_TTL_MS = 365 * 24 * 3600_000;

type Person = Pick<Asker, 'team' | 'user'>;

const toldKey = ({ team, user }: Person, what: string) => `slack-told:${keyPart(`${team}:${user}`)}:${what}`;

/** Notes that something is kept of somebody of the workspace, so that it can go with the workspace. */
export async function noteKept(state: StateStore, person: Person, what: Kept): Promise<void> {
  const { key, note } = await noteOf(state, personOf(person), person.team, what);
  await state.set(key, note, VOTER_TTL_MS);
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
  // Whoever is hidden stays so.
  for (const what of (Object.keys(KEPT) as Kept[]).filter((one) => one !== 'hidden'))
    await state.delete((await noteOf(state, personOf(person), person.team, what)).key);
  await state.delete(`slack-user:${keyPart(`${person.team}:${person.user}`)}`);
  await deleteAll(state, toldKey(person, ''));
}
