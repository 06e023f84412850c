/** What every chat shares. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCooldown } from '../../../src/bots/common/cooldown.ts';
import { Counters } from '../../../src/bots/common/counters.ts';
import { withMoreSongs, withUnfit } from '../../../src/bots/common/engine-view.ts';
import { DELIVERY_TTL_MS, firstTime } from '../../../src/bots/common/once.ts';
import { cut, label, line } from '../../../src/bots/common/text.ts';
import {
  changeSettings,
  channelSettings,
  DEFAULT_SETTINGS,
  forgetChannel,
} from '../../../src/conversation/settings.ts';
import type { MoviesOptions } from '../../../src/engine/types.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { fakeEngine, SONGS } from '../../support/fake-engine.ts';

describe('text', () => {
  test('loses what nobody sees and keeps what pictures and scripts need', () => {
    expect(line('a\u202eb\u200bc\u2066d\ufeff')).toBe('a b c d');
    expect(line('soft\u00adhyphen \u3164\u115f\u034f')).toBe('softhyphen');
    expect(line('x\u200dy')).toBe('xy');
    expect(line('👩‍👩‍👧')).toBe('👩‍👩‍👧');
    expect(line('🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}')).toContain('\u{e0067}');
    expect(line('क्‍ष')).toContain('\u200d');
    expect(line(`Z${'\u0351'.repeat(99)}`).length).toBe(5);
  });

  test('is cut between graphemes, by units', () => {
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('👩‍👩‍👧👩‍👩‍👧', 12)).toBe('👩‍👩‍👧…');
    expect(label('\u200b', 10)).toBe('–');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 1, max: 200 }),
        (text, most) => {
          const short = cut(text, most);
          expect(short.length).toBeLessThanOrEqual(most);
          // Half a surrogate pair can't be written as an address.
          expect(() => encodeURIComponent(short)).not.toThrow();
        },
      ),
    );
  });
});

describe('state', () => {
  test('a delivery is new once, until ten minutes have passed', async () => {
    let now = 0;
    const state = openMemoryState(() => now);
    expect(await firstTime(state, 'x:1')).toBe(true);
    for (const minutes of [0, 1, 5]) {
      now = minutes * 60_000;
      expect(await firstTime(state, 'x:1')).toBe(false);
    }
    now = DELIVERY_TTL_MS + 1;
    expect(await firstTime(state, 'x:1')).toBe(true);
  });

  test('settings default to an offer, keep what was set, and survive nonsense', async () => {
    const state = openMemoryState();
    expect(await channelSettings(state, 'discord:1')).toEqual(DEFAULT_SETTINGS);
    await changeSettings(state, 'discord:1', { links: 'off' });
    expect(await changeSettings(state, 'discord:1', { adult: true })).toEqual({ links: 'off', adult: true });
    await state.set('channel:discord:1', { links: 'shout', adult: 3 });
    expect(await channelSettings(state, 'discord:1')).toEqual(DEFAULT_SETTINGS);
    await forgetChannel(state, 'discord:1');
    expect(await state.get('channel:discord:1')).toBeUndefined();
  });
});

test('a cool-down says how long to wait, for each key alone', async () => {
  const cooldown = makeCooldown(2, 60);
  expect(await cooldown.take('a')).toEqual({ ok: true });
  expect(await cooldown.take('a')).toEqual({ ok: true });
  expect(await cooldown.take('a')).toMatchObject({ ok: false, seconds: expect.any(Number) });
  expect(await cooldown.take('b')).toEqual({ ok: true });
});

test('counters count', () => {
  const counters = new Counters();
  counters.count('b');
  counters.count('a');
  counters.count('b');
  expect(counters.snapshot()).toEqual({ a: 1, b: 2 });
});

test('an engine seen otherwise keeps everything else', () => {
  const engine = fakeEngine();
  let asked: MoviesOptions | undefined;
  const spying = {
    ...engine,
    moviesFor: (seed: string, options?: MoviesOptions) => {
      asked = options;
      return engine.moviesFor(seed, options);
    },
  };
  withUnfit(spying as typeof engine).moviesFor(SONGS[0]!.id, { limit: 1, filters: { genres: ['Horror'] } });
  expect(asked).toEqual({ limit: 1, filters: { genres: ['Horror'], unfit: true } });
  expect(withUnfit(engine).song(SONGS[0]!.id)).toEqual(SONGS[0]);
  expect(withMoreSongs(engine, 25).findSongs('hold', 1).length).toBeGreaterThan(1);
});
