/** Every delivery is acted on once, also across restarts and processes that share the state. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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

/**
 * The same for what one delivery leads to: the delivery that came first may come again, from a process that died with it.
 *
 * @param delivery what its redeliveries have in common; null where nothing names it
 */
export async function firstTimeBy(state: StateStore, id: string, delivery: string | null): Promise<boolean> {
  if (delivery === null) return firstTime(state, id);
  const key = `seen:${id}`;
  return (await state.setIfAbsent(key, delivery, DELIVERY_TTL_MS)) || (await state.get(key)) === delivery;
}

/** This process, before the number of its signs of life, where it has a delivery in hand. */
const ME = randomUUID();
/** Stands where a delivery has been acted on, and where its answer is being sent. */
const DONE = 1;
export const SENDING = 2;

/** A process shows that it is alive, and counts as dead when it has not for so long. Milliseconds. */
const BEAT_MS = 400;
const DEAD_MS = 1_200;
/** Between two looks at what became of a delivery, in milliseconds. */
const LOOK_MS = 100;
/** Longest that a delivery is watched in another's hands, in milliseconds. Discord itself refuses what comes too late. */
const TOO_LATE_MS = 15_000;

export interface Claim {
  /** Whether another process had it, and died with it. */
  readonly takenOver: boolean;
  /**
   * Says that the answer is about to be sent: from now on nobody takes it over.
   *
   * @returns false where another process has it by now, as this one seemed dead: then nothing is to be sent
   */
  settle(): Promise<boolean>;
  /** Says that it has been acted on. Never throws. */
  done(): Promise<void>;
}

/**
 * Claims a delivery that several processes get, and takes it over from one that died with it. What the platform itself
 * takes once, as an answer to an interaction or a message under a nonce, may just be sent: a process may die between
 * answering and saying so. Anything else is settled first.
 *
 * @param id as for {@link firstTime}
 * @returns null where it has been acted on, or another process is at it
 */
export async function claimDelivery(
  state: StateStore,
  id: string,
  { deadMs = DEAD_MS, tooLateMs = TOO_LATE_MS } = {},
): Promise<Claim | null> {
  const key = `seen:${id}`;
  const mine = `${ME} 0`;
  if (await state.setIfAbsent(key, mine, DELIVERY_TTL_MS)) return claimed(state, key, false);
  const began = performance.now();
  let holder = await state.get<unknown>(key);
  let seen = performance.now();
  while (typeof holder === 'string' && !holder.startsWith(ME)) {
    if (performance.now() - began > tooLateMs) return null;
    await sleep(LOOK_MS);
    const before = holder;
    holder = await state.get<unknown>(key);
    if (holder !== before) seen = performance.now();
    if (holder !== before || performance.now() - seen < deadMs) continue;
    holder = await state.update<unknown>(key, (current) => (current === before ? mine : current));
    if (holder === mine) return claimed(state, key, true);
    seen = performance.now();
  }
  return null;
}

/** A delivery in hand; signs of life are given until it is done. */
function claimed(state: StateStore, key: string, takenOver: boolean): Claim {
  let beats = 0;
  /** Nothing is there where the state can't be read or has lost it. */
  const isMine = (current: unknown) =>
    current === undefined || (typeof current === 'string' && current.startsWith(ME));
  let settled = false;
  const mark = async (next: unknown): Promise<boolean> => {
    let made = false;
    await state.update<unknown>(
      key,
      (current) => {
        made = settled || isMine(current);
        return made ? next : current;
      },
      DELIVERY_TTL_MS,
    );
    return made;
  };
  const beat = setInterval(() => {
    beats += 1;
    mark(`${ME} ${beats}`).catch(() => {});
  }, BEAT_MS);
  beat.unref();
  return {
    takenOver,
    async settle() {
      clearInterval(beat);
      settled = await mark(SENDING);
      return settled;
    },
    async done() {
      clearInterval(beat);
      await mark(DONE).catch(() => {});
    },
  };
}
