/** Every delivery is acted on once, also across restarts and processes that share the state. */
import type { StateStore } from '../../state/store.ts';

/** Platforms repeat a delivery for up to five minutes; ten leaves room for a slow restart. */
export const DELIVERY_TTL_MS = 10 * 60_000;

/** Whether the id was seen before; notes nothing. */
export async function wasSeen(state: StateStore, id: string): Promise<boolean> {
  return (await state.get(`seen:${id}`)) !== undefined;
}

/**
 * Whether this is the first time that the id is seen.
 *
 * @param id `<platform>:<kind>:<id of the delivery>`; what is no key of the state store counts as seen
 */
export async function firstTime(state: StateStore, id: string, ttl = DELIVERY_TTL_MS): Promise<boolean> {
  return state.setIfAbsent(`seen:${id}`, 1, ttl);
}
