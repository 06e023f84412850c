import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { claimDelivery, firstTime, firstTimeBy, SENDING } from '../../../src/bots/common/once.ts';
import { openMemoryState } from '../../../src/state/memory.ts';

const quick = { deadMs: 50, tooLateMs: 5_000 };

describe('a delivery that several processes get', () => {
  test('is one’s, and passed over once it is done', async () => {
    const state = openMemoryState();
    const claim = await claimDelivery(state, 'x:1', quick);
    expect(claim!.takenOver).toBe(false);
    // The same process again, while it is at it.
    expect(await claimDelivery(state, 'x:1', quick)).toBeNull();
    await claim!.done();
    expect(await claimDelivery(state, 'x:1', quick)).toBeNull();
    expect(await firstTime(state, 'x:1')).toBe(false);
  });

  test('is taken over by one of those who wait when its process dies, and not before', async () => {
    const state = openMemoryState();
    await state.set('seen:x:1', 'another process 0');
    let alive = true;
    const living = (async () => {
      for (let beat = 1; alive; beat += 1) {
        await state.set('seen:x:1', `another process ${beat}`);
        await sleep(10);
      }
    })();
    let taken = false;
    const waiting = claimDelivery(state, 'x:1', { ...quick, deadMs: 250 }).then((claim) => {
      taken = true;
      return claim;
    });
    await sleep(500);
    expect(taken).toBe(false);
    alive = false;
    await living;
    const claim = await waiting;
    expect(claim!.takenOver).toBe(true);
    await claim!.done();
    expect(await claimDelivery(state, 'x:1', quick)).toBeNull();
  });

  test('is answered by one of two, where the first only seemed dead', async () => {
    const state = openMemoryState();
    const slow = await claimDelivery(state, 'x:1', quick);
    await state.set('seen:x:1', 'another process 0');
    expect(await slow!.settle()).toBe(false);
    // Nor does it say that all is done.
    await slow!.done();
    expect(await state.get('seen:x:1')).toBe('another process 0');

    const first = await claimDelivery(state, 'x:2', quick);
    expect(await first!.settle()).toBe(true);
    expect(await state.get('seen:x:2')).toBe(SENDING);
    expect(await claimDelivery(state, 'x:2', quick)).toBeNull();
    await first!.done();
    expect(await firstTime(state, 'x:2')).toBe(false);
  });

  test('leads to one thing, also when it comes again', async () => {
    const state = openMemoryState();
    const firsts = ['event:1', 'event:1', 'event:2', null].map((delivery) =>
      firstTimeBy(state, 'x:message:1', delivery),
    );
    expect(await Promise.all(firsts)).toEqual([true, true, false, false]);
  });

  test('is left alone when it is done after all, and when it is too late', async () => {
    const state = openMemoryState();
    await state.set('seen:x:1', 'another process 0');
    const waiting = claimDelivery(state, 'x:1', { ...quick, deadMs: 60_000 });
    await state.set('seen:x:1', 1);
    expect(await waiting).toBeNull();
    await state.set('seen:x:2', 'another process 0');
    expect(await claimDelivery(state, 'x:2', { deadMs: 60_000, tooLateMs: 10 })).toBeNull();
  });
});
