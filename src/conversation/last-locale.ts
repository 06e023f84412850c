/** The language that somebody last used, for places that do not tell it: messages, where commands do. */
import type { StateStore } from '../state/store.ts';
import { personHash } from './person-hash.ts';

/** How long it is kept after it was last told, in milliseconds. */
export const LOCALE_TTL_MS = 365 * 24 * 3600_000;

const keyOf = async (user: string, state: StateStore) => `locale:${await personHash(user, state, 'locale:')}`;

/** Keeps it. @param user `<platform>:<id>`; kept as a keyed hash */
export async function rememberLocale(user: string, locale: string, state: StateStore): Promise<void> {
  const key = await keyOf(user, state);
  if ((await state.get(key)) !== locale) await state.set(key, locale, LOCALE_TTL_MS);
}

/** The BCP 47 tag, or null where none is kept. */
export async function lastLocale(user: string, state: StateStore): Promise<string | null> {
  const locale = await state.get<unknown>(await keyOf(user, state));
  return typeof locale === 'string' ? locale : null;
}

/** @returns whether one was kept */
export async function forgetLocale(user: string, state: StateStore): Promise<boolean> {
  return state.delete(await keyOf(user, state));
}
