/** Who somebody is, without their name: hashes under a key that stands apart from the state. */
import type { StateStore } from '../state/store.ts';

/**
 * Keyed hash of a person, so that what is kept under it does not tell who it was. 132 bits of base64url.
 *
 * @param user `<platform>:<id>`
 * @param purpose hashes for different purposes can't be joined
 */
export async function personHash(user: string, state: StateStore, purpose = ''): Promise<string> {
  return state.pseudonym(`${purpose}${user}`);
}
