import { expect, it } from 'vitest';
import { takeLease } from '../../src/state/lease.ts';
import { openMemoryState } from '../../src/state/memory.ts';

it('is one holder’s until it lets go or its time is over, and nobody else’s renewal changes that', async () => {
  let now = 1_000;
  const state = openMemoryState(() => now);
  const first = (await takeLease(state, 'work', 100))!;
  expect(await takeLease(state, 'work', 100)).toBeNull();
  now += 60;
  expect(await first.renew()).toBe(true);
  now += 60;
  expect(await takeLease(state, 'work', 100)).toBeNull();
  now += 40;
  const second = (await takeLease(state, 'work', 100))!;
  expect(second).not.toBeNull();
  expect(await first.renew()).toBe(false);
  await first.release();
  expect(await takeLease(state, 'work', 100)).toBeNull();
  now += 99;
  expect(await takeLease(state, 'work', 100)).toBeNull();
  await second.release();
  expect(await takeLease(state, 'work', 100)).not.toBeNull();
});
