/** Who somebody is, without their name: hashes under a key that never leaves the state store. */
import { createHmac, randomBytes } from 'node:crypto';
import type { StateStore } from '../state/store.ts';

/**
 * Keyed hash of a person, so that what is kept under it does not tell who it was. 132 bits of base64url.
 *
 * @param user `<platform>:<id>`
 * @param purpose hashes for different purposes can't be joined
 */
export async function personHash(user: string, state: StateStore, purpose = ''): Promise<string> {
  const key = 'secret:votes';
  await state.setIfAbsent(key, randomBytes(32).toString('base64url'));
  const secret = (await state.get<string>(key)) ?? '';
  return createHmac('sha256', secret).update(`${purpose}${user}`).digest('base64url').slice(0, 22);
}
