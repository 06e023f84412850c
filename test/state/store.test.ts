import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_KEY_BYTES } from '../../src/state/keyed-store.ts';
import { openLmdbState } from '../../src/state/lmdb.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { openState, type StateNews } from '../../src/state/open.ts';
import { openRedisState } from '../../src/state/redis.ts';
import type { Clock, StateStore } from '../../src/state/store.ts';
import { children } from '../support/children.ts';
import { REDIS, startRedis } from '../support/redis.ts';

const held = children();

const root = mkdtempSync(join(tmpdir(), 'music2movie-state-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => {
  folders += 1;
  return join(root, String(folders));
};

const redis = REDIS === null ? null : startRedis();
afterAll(async () => (await redis)?.stop());

type Open = (clock: Clock) => StateStore | Promise<StateStore>;
const BACKENDS: Record<string, Open | null> = {
  memory: (clock) => openMemoryState(clock),
  lmdb: (clock) => openLmdbState(newFolder(), clock),
  [`a server (${REDIS ?? 'neither valkey-server nor redis-server is installed'})`]:
    redis &&
    (async (clock) => {
      folders += 1;
      return openRedisState({ url: (await redis).url, clock, prefix: `test ${folders}:` });
    }),
};

describe.each(Object.entries(BACKENDS))('the state store on %s', (_name, openBackend) => {
  if (!openBackend) return it.skip('is tried where a server is installed');
  let now = 0;
  let store: StateStore;
  beforeEach(async () => {
    now = 1_000;
    store = await openBackend(() => now);
  });
  afterEach(() => store.close());

  it('gives back what was set, as a copy', async () => {
    const value = { list: [1, 'two', null], deep: { on: true } };
    await store.set('a', value);
    value.list.push('later');
    expect(await store.get('a')).toEqual({ list: [1, 'two', null], deep: { on: true } });
    expect(await store.get('b')).toBeUndefined();
  });

  it('tells null and false from nothing', async () => {
    await store.set('null', null);
    await store.set('false', false);
    expect(await store.get('null')).toBeNull();
    expect(await store.get('false')).toBe(false);
    expect(await store.setIfAbsent('false', true)).toBe(false);
  });

  it('forgets an entry the moment its time is over', async () => {
    await store.set('a', 1, 100);
    now += 99;
    expect(await store.get('a')).toBe(1);
    now += 1;
    expect(await store.get('a')).toBeUndefined();
    expect(await store.list('')).toEqual([]);
    expect(await store.delete('a')).toBe(false);
  });

  it('recognises the second delivery until the time is over', async () => {
    expect(await store.setIfAbsent('seen', 1, 100)).toBe(true);
    expect(await store.setIfAbsent('seen', 2, 100)).toBe(false);
    expect(await store.get('seen')).toBe(1);
    now += 100;
    expect(await store.setIfAbsent('seen', 3, 100)).toBe(true);
  });

  it('lets exactly one of many simultaneous callers be the first', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => store.setIfAbsent('once', i)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('loses no update among many at once', async () => {
    await Promise.all(Array.from({ length: 200 }, () => store.update<number>('n', (n = 0) => n + 1)));
    expect(await store.get('n')).toBe(200);
  });

  it('keeps the expiry on update unless a new one is given', async () => {
    await store.set('a', 1, 100);
    expect(await store.update<number>('a', (n = 0) => n + 1)).toBe(2);
    now += 50;
    await store.set('b', 1, 100);
    await store.update<number>('b', (n = 0) => n + 1, 1_000);
    now += 60;
    expect(await store.get('a')).toBeUndefined();
    expect(await store.get('b')).toBe(2);
  });

  it('hides an expired value from update, deletes on undefined, and changes nothing on a throw', async () => {
    await store.set('a', 1, 10);
    now += 10;
    expect(await store.update('a', (current) => (current === undefined ? 'fresh' : 'stale'))).toBe('fresh');
    expect(await store.get('a')).toBe('fresh');
    await expect(
      store.update('a', () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await store.get('a')).toBe('fresh');
    expect(await store.update('a', () => undefined)).toBeUndefined();
    expect(await store.get('a')).toBeUndefined();
  });

  it('lists by prefix in the order of the bytes', async () => {
    for (const key of ['b', 'a:😀', 'a:1', 'a', 'a:ü', 'a:\uffff', 'a;']) await store.set(key, key);
    const keys = (await store.list('a:')).map(({ key }) => key);
    expect(keys).toEqual(['a:1', 'a:ü', 'a:\uffff', 'a:😀']);
    expect(await store.list('')).toHaveLength(7);
  });

  it('sweeps away what has expired and nothing else', async () => {
    await Promise.all(Array.from({ length: 1_200 }, (_, i) => store.set(`seen:${i}`, i, 10)));
    await store.set('young', 1, 100);
    await store.set('forever', 1);
    now += 10;
    expect(await store.sweep()).toBe(1_200);
    expect(await store.sweep()).toBe(0);
    expect((await store.list('')).map(({ key }) => key)).toEqual(['forever', 'young']);
  });

  it('refuses keys and values that it cannot keep, with a sentence', async () => {
    await expect(store.set('k'.repeat(MAX_KEY_BYTES), 1)).resolves.toBeUndefined();
    await expect(store.set('ü'.repeat(MAX_KEY_BYTES / 2 + 1), 1)).rejects.toThrow(
      /1 to 512 bytes; this one has 514/,
    );
    await expect(store.get('')).rejects.toThrow(/1 to 512 bytes; this one has 0/);
    await expect(store.get('a\u0000b')).rejects.toThrow(/control characters/);
    await expect(store.get('a\ud800')).rejects.toThrow(/control characters/);
    await expect(store.set('a', undefined)).rejects.toThrow(/JSON/);
    await expect(store.set('a', 1, 0)).rejects.toThrow(/positive number of milliseconds/);
    await expect(store.setIfAbsent('a', 1, Number.NaN)).rejects.toThrow(/positive number/);
  });

  it('keeps any well-formed key apart from every other', async () => {
    const keys = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), {
      minLength: 2,
    });
    const storable = keys.map((all) => all.filter((key) => !/[\p{Cc}\p{Cs}]/u.test(key)));
    await fc.assert(
      fc.asyncProperty(storable, async (all) => {
        for (const key of all) await store.set(key, key);
        for (const key of all) expect(await store.get(key)).toBe(key);
      }),
      { seed: 20261123, numRuns: 30 },
    );
  });

  it('says so when used after close, and may be closed twice', async () => {
    await store.close();
    await store.close();
    await expect(store.get('a')).rejects.toThrow(/closed/);
  });
});

describe('the store on disk', () => {
  it('survives being closed and opened again', async () => {
    const dir = newFolder();
    const first = openLmdbState(dir);
    await first.set('kept', { stars: 5 });
    await first.setIfAbsent('seen', 1, 600_000);
    await first.close();
    const second = openLmdbState(dir);
    expect(await second.get('kept')).toEqual({ stars: 5 });
    expect(await second.setIfAbsent('seen', 1, 600_000)).toBe(false);
    await second.close();
  });

  it('gives a message to exactly one of two processes, and loses no update between them', async () => {
    const dir = newFolder();
    const script = fileURLToPath(new URL('./second-process.ts', import.meta.url));
    const run = async () => {
      const child = held(fork(script, [dir], { execArgv: ['--import', 'tsx'] }));
      const [won] = await once(child, 'message');
      await once(child, 'exit');
      return won as string[];
    };
    const [one, two] = await Promise.all([run(), run()]);
    expect([...one, ...two].sort()).toEqual(Array.from({ length: 300 }, (_, i) => `m${i}`).sort());
    const store = openLmdbState(dir);
    expect(await store.get('count')).toBe(600);
    await store.close();
  });

  it.each([
    ['cut short', (file: string) => truncateSync(file, 8_192)],
    ['overwritten', (file: string) => writeFileSync(file, 'not a database'.repeat(2_000))],
    ['a few bytes', (file: string) => writeFileSync(file, 'x')],
  ])('sets a file that was %s aside and starts anew', async (_how, damage) => {
    const dir = newFolder();
    const news: StateNews[] = [];
    const first = await openState(dir, (one) => news.push(one));
    await first.set('big', 'x'.repeat(100_000));
    await first.close();
    expect(news).toEqual([]);
    damage(join(dir, 'kept.mdb'));
    const second = await openState(dir, (one) => news.push(one));
    expect(news).toMatchObject([{ kind: 'repaired', file: 'kept.mdb', restored: null }]);
    expect(await second.get('big')).toBeUndefined();
    await second.set('works', true);
    await second.close();
    expect(readdirSync(dir).filter((name) => name.startsWith('kept.mdb.damaged-'))).toHaveLength(1);
  });

  it('falls back to memory, and says so, where the folder cannot be written', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    const news: StateNews[] = [];
    const store = await openState(join(file, 'below'), (one) => news.push(one));
    expect(news).toMatchObject([{ kind: 'memory' }]);
    expect(store.health()).toBe('memory');
    expect(await store.setIfAbsent('seen', 1)).toBe(true);
    expect(await store.setIfAbsent('seen', 1)).toBe(false);
    await store.close();
  });
});
