/** When the clock is believed enough to delete what is kept. */

/** What is kept stays this long beyond its expiry, so that a clock set wrong for a day deletes no vote. Milliseconds. */
export const KEPT_GRACE_MS = 30 * 24 * 3600_000;

/** A step of the clock between two sweeps that is not believed at once, and how long it must hold, in milliseconds. */
const CLOCK_JUMP_MS = 90 * 24 * 3600_000;
const CLOCK_HELD_MS = 7 * 24 * 3600_000;

/**
 * Whether the clock may be believed: it has not jumped by months since the last sweep, or has held for a week.
 *
 * @param seen time of the last sweep that was believed
 * @param openedAt time of the first sweep of this process
 */
export function clockHolds(seen: number, now: number, openedAt: number): boolean {
  return Math.abs(now - seen) < CLOCK_JUMP_MS || now - openedAt > CLOCK_HELD_MS;
}
