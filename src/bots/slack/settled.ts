/** Slack takes every message, also one it has: so whatever a delivery says, it is said by one process only. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Claim } from '../common/once.ts';

/** The delivery in hand, wherever its answer is sent from. */
const inHand = new AsyncLocalStorage<() => Promise<boolean>>();

/** Another process has the delivery by now, as this one seemed dead: it says nothing more. */
export class TakenAway extends Error {
  override readonly name = 'TakenAway';
}

/** Acts on a delivery. */
export function withClaim<T>(claim: Claim, act: () => Promise<T>): Promise<T> {
  let settled: Promise<boolean> | undefined;
  return inHand.run(() => {
    settled ??= claim.settle();
    return settled;
  }, act);
}

/**
 * Comes before the first thing that people see of a delivery.
 *
 * @throws TakenAway where another process says it
 */
export async function settleFirst(): Promise<void> {
  const settle = inHand.getStore();
  if (settle && !(await settle())) throw new TakenAway();
}
