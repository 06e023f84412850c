/** Whoever asked to be hidden counts in no community and has no name where others look. */
import type { StateStore } from '../state/store.ts';
import { communityOf } from './ballots.ts';
import type { AnswerContext } from './context.ts';
import { personHash } from './person-hash.ts';

const keyOf = async (user: string, state: StateStore) => `hidden:${await personHash(user, state, 'hidden:')}`;

/** @param user `<platform>:<id>`; null: nobody is known, and nobody hidden */
export async function isHidden({ user, state }: Pick<AnswerContext, 'user' | 'state'>): Promise<boolean> {
  return user !== null && (await state.get(await keyOf(user, state))) !== undefined;
}

export async function setHidden(user: string, hidden: boolean, state: StateStore): Promise<void> {
  const key = await keyOf(user, state);
  if (hidden) await state.set(key, 1);
  else await state.delete(key);
}

/** The keyed hash of the community in which what somebody does counts; null where it does not. */
export async function countsIn(context: AnswerContext): Promise<string | null> {
  return (await isHidden(context)) ? null : communityOf(context);
}
