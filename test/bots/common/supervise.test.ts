import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunningBot, Runtime } from '../../../src/bots/common/runtime.ts';
import { supervise } from '../../../src/bots/common/supervise.ts';
import { ConfigurationError } from '../../../src/shared/errors.ts';

const logger = pino({ level: 'silent' });
const runtime = {} as Runtime;
const bot = (): RunningBot & { stop: ReturnType<typeof vi.fn> } => ({
  ready: () => true,
  stop: vi.fn(async () => {}),
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a supervised bot', () => {
  it('is tried again after a refused token, with growing pauses, until it is up', async () => {
    let tries = 0;
    const began: number[] = [];
    const up = vi.fn();
    const start = async () => {
      began.push(performance.now());
      tries += 1;
      if (tries < 4) throw new ConfigurationError('Refused.', { id: 'x' });
      return bot();
    };
    const supervised = supervise('A', async () => start, { runtime, logger, up }, 20);
    expect(supervised.health()).toBe('starting');
    await vi.waitFor(() => expect(supervised.health()).toBe('ready'), 5000);
    expect([tries, up.mock.calls.length]).toEqual([4, 1]);
    const pauses = began.slice(1).map((at, i) => at - began[i]!);
    expect(pauses[2]).toBeGreaterThan(pauses[0]!);
    await supervised.stop();
  });

  it('that hangs while it starts is not waited for, and stopped when it comes up late', async () => {
    let release = (_: RunningBot) => {};
    const late = bot();
    const hanging = new Promise<RunningBot>((resolve) => {
      release = resolve;
    });
    const supervised = supervise('A', async () => () => hanging, { runtime, logger, up: vi.fn() });
    await supervised.stop();
    release(late);
    await vi.waitFor(() => expect(late.stop).toHaveBeenCalledOnce());
  });

  it('starts anew when the clock is set back, not when it is set forth', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    const bots: ReturnType<typeof bot>[] = [];
    const start = async () => {
      bots.push(bot());
      return bots.at(-1)!;
    };
    const supervised = supervise('A', async () => start, { runtime, logger, up: vi.fn() });
    await vi.waitFor(() => expect(supervised.health()).toBe('ready'));
    vi.setSystemTime(Date.now() + 1e9);
    await vi.advanceTimersByTimeAsync(2000);
    expect(bots).toHaveLength(1);
    vi.setSystemTime(Date.now() - 1e9);
    await vi.advanceTimersByTimeAsync(2000);
    await vi.waitFor(() => expect(bots).toHaveLength(2));
    expect(bots[0]!.stop).toHaveBeenCalledOnce();
    await supervised.stop();
    expect(bots[1]!.stop).toHaveBeenCalledOnce();
  });
});
