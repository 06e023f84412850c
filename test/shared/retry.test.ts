import { describe, expect, it } from 'vitest';
import { doubling, jittered, retryAfterMs, withRetries } from '../../src/shared/retry.ts';

/** Fails so many times, then succeeds. */
function failing(times: number) {
  const seen: number[] = [];
  const request = async (failed: number) => {
    seen.push(failed);
    if (seen.length <= times) throw new Error(`fault ${seen.length}`);
    return 'done';
  };
  return { seen, request };
}

describe('trying again', () => {
  it('ends with the first success, and tells how often it failed', async () => {
    const { seen, request } = failing(2);
    expect(await withRetries(request, { attempts: 5, pause: () => 1 })).toBe('done');
    expect(seen).toEqual([0, 1, 2]);
  });

  it('gives up after the agreed attempts, with the last error', async () => {
    const { seen, request } = failing(9);
    const pauses: number[] = [];
    const pause = (_: unknown, failed: number) => pauses.push(failed);
    await expect(withRetries(request, { attempts: 3, pause })).rejects.toThrow('fault 3');
    expect([seen.length, pauses]).toEqual([3, [1, 2]]);
  });

  it('gives up at once where another attempt is of no use', async () => {
    const { seen, request } = failing(9);
    await expect(withRetries(request, { attempts: 3, pause: () => null })).rejects.toThrow('fault 1');
    expect(seen).toHaveLength(1);
  });

  it('waits as long as is said', async () => {
    const before = performance.now();
    await withRetries(failing(1).request, { attempts: 2, pause: () => 80 });
    expect(performance.now() - before).toBeGreaterThan(70);
  });

  it('leaves a pause at once when nobody waits any more, and asks nothing more', async () => {
    const stopping = new AbortController();
    const { seen, request } = failing(9);
    const options = { attempts: Number.POSITIVE_INFINITY, pause: () => 60_000, background: true };
    const running = withRetries(request, { ...options, signal: stopping.signal });
    setTimeout(() => stopping.abort(new Error('stopped')), 20);
    await expect(running).rejects.toThrow('stopped');
    await expect(withRetries(request, { ...options, signal: stopping.signal })).rejects.toThrow('stopped');
    expect(seen).toHaveLength(1);
  });
});

describe('pauses', () => {
  it('double, and are jittered about the same mean', () => {
    expect([1, 2, 3, 9].map((failed) => doubling(100, failed, 1000))).toEqual([100, 200, 400, 1000]);
    const drawn = Array.from({ length: 4000 }, () => jittered(100, 2));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(400);
    expect(drawn.reduce((sum, ms) => sum + ms) / drawn.length).toBeCloseTo(200, -2);
    expect(Math.max(...Array.from({ length: 200 }, () => jittered(100, 9, 150)))).toBeLessThanOrEqual(150);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-23T00:00:00Z');
  it.each([
    ['7', 7000],
    [' 0 ', 0],
    ['1.5', 1500],
    ['Mon, 23 Nov 2026 00:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2020 00:00:00 GMT', 0],
    [null, null],
    ['', null],
    ['soon', null],
    ['-5', null],
  ])('%j', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));
});
