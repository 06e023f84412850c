/** Whoever asked to be hidden counts in no community and has no name where others look. */
import type { StateStore } from '../state/store.ts';
import { communityOf } from './ballots.ts';
import type { AnswerContext } from './context.ts';
import { personHash } from './person-hash.ts';

/** The hash under which it is kept that somebody is hidden. @param user `<platform>:<id>` */
export const hiddenHash = (user: string, state: StateStore) => personHash(user, state, 'hidden:');

/** The key of that under a hash. */
export const hiddenUnder = (hash: string) => `hidden:${hash}`;

const keyOf = async (user: string, state: StateStore) => hiddenUnder(await hiddenHash(user, state));

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
