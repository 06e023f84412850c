/** The state on a server, on bad days: restarts, silence, another machine's key, no more room. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { makeCooldown } from '../../src/bots/common/cooldown.ts';
import { takeLease } from '../../src/state/lease.ts';
import { openLmdbState } from '../../src/state/lmdb.ts';
import { openState, type StateNews } from '../../src/state/open.ts';
import { newKey } from '../../src/state/secret-key.ts';
import type { StateStore } from '../../src/state/store.ts';
import { sendState } from '../../src/state/tools.ts';
import { REDIS, type RedisServer, startRedis } from '../support/redis.ts';
import { folders } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const newFolder = folders();
const servers: RedisServer[] = [];
const stores: StateStore[] = [];
afterAll(async () => {
  for (const store of stores) await store.close();
  for (const server of servers) await server.stop();
});

async function server(args?: readonly string[]): Promise<RedisServer> {
  const started = await startRedis(args);
  servers.push(started);
  return started;
}

/** A machine of its own: its folder, and the key that all share. */
async function machine(url: string, key: string, news: StateNews[] = []): Promise<StateStore> {
  const keyFile = join(newFolder(), '..', 'shared.key');
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(keyFile, '..'), { recursive: true });
  writeFileSync(keyFile, key);
  const store = await openState(newFolder(), (one) => news.push(one), { url, keyFile });
  stores.push(store);
  return store;
}

describe.skipIf(REDIS === null)('the state on a server', () => {
  it('is one state for two machines with one key, and nobody’s with another', async () => {
    const { url } = await server();
    const key = newKey();
    const [one, two] = [await machine(url, key), await machine(url, key)];
    expect(one.health()).toBe('disk');
    await one.set('vote:user:film', 1);
    expect(await two.get('vote:user:film')).toBe(1);
    expect(one.pseudonym('me')).toBe(two.pseudonym('me'));
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) => [one, two][at % 2]!.setIfAbsent('seen:x:1', at)),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    await Promise.all(
      Array.from({ length: 100 }, (_, at) => [one, two][at % 2]!.update<number>('vote:n', (n = 0) => n + 1)),
    );
    expect(await one.get('vote:n')).toBe(100);
    await expect(machine(url, newKey())).rejects.toMatchObject({ id: 'state.other-key' });
    const lease = await takeLease(one, 'work', 60_000);
    expect(await takeLease(two, 'work', 60_000)).toBeNull();
    await lease!.release();
    expect(await takeLease(two, 'work', 60_000)).not.toBeNull();
  });

  it('loses nothing that was confirmed, and decides every first time once, while the server restarts', async () => {
    const place = await server();
    const key = newKey();
    const both = [await machine(place.url, key), await machine(place.url, key)];
    const first = new Map<string, number>();
    const kept: string[] = [];
    let restarting = true;
    const work = async (store: StateStore, step: number) => {
      for (let at = 0; restarting || at < 50; at += step) {
        if (await store.setIfAbsent(`vote:once:${at}`, 1))
          first.set(String(at), (first.get(String(at)) ?? 0) + 1);
        await store.set(`vote:${step}:${at}`, at);
        await store.update<number>('vote:count', (n = 0) => n + 1);
        kept.push(`vote:${step}:${at}`);
      }
    };
    const restarts = async () => {
      for (let times = 0; restarting && times < 4; times += 1) {
        const enough = kept.length + 30;
        while (restarting && kept.length < enough) await new Promise((resolve) => setTimeout(resolve, 5));
        await place.restart(100);
      }
      restarting = false;
    };
    // Work that fails ends the restarts.
    const working = Promise.all([work(both[0]!, 1), work(both[1]!, 2)]).finally(() => {
      restarting = false;
    });
    await Promise.all([working, restarts()]);
    expect(kept.length).toBeGreaterThan(100);
    for (const name of kept) expect(await both[1]!.get(name)).toBe(Number(name.split(':')[2]));
    expect([...first.values()].every((times) => times === 1)).toBe(true);
    expect(await both[0]!.get('vote:count')).toBe(kept.length);
  });

  it('refuses what must be kept while the server is away, decides the rest itself, and goes on by itself', async () => {
    const place = await server();
    const news: StateNews[] = [];
    const store = await machine(place.url, newKey(), news);
    await store.set('vote:before', 1);
    await place.kill();
    await expect(store.set('vote:during', 1)).rejects.toMatchObject({ id: 'state.disk' });
    expect(store.health()).toBe('failing');
    await expect(store.get('vote:before')).rejects.toMatchObject({ id: 'state.disk' });
    const firsts = [
      await store.setIfAbsent('seen:x:1', 1, 60_000),
      await store.setIfAbsent('seen:x:1', 1, 60_000),
    ];
    expect(firsts).toEqual([true, false]);
    await store.set('locale:me', 'de', 60_000);
    expect(await store.get('locale:me')).toBe('de');
    expect(await store.get('locale:you')).toBeUndefined();
    await place.start();
    await vi.waitUntil(() => store.health() === 'disk', { timeout: 20_000 });
    expect(await store.get('vote:before')).toBe(1);
    expect(news.filter(({ kind }) => kind === 'health')).toHaveLength(2);
    await vi.waitUntil(async () => (await store.list('locale:')).length === 1, { timeout: 20_000 });
    expect(await store.setIfAbsent('seen:x:1', 1, 60_000)).toBe(false);
  });

  it('takes over what a folder keeps, once', async () => {
    const { url } = await server();
    const key = newKey();
    const dir = newFolder();
    const folder = openLmdbState(dir, { key });
    await folder.set('vote:me:film', 1);
    await folder.set('question:q', 'text', 60_000);
    await folder.set('seen:x', 1, 1);
    await folder.sweep();
    await folder.close();
    const store = await machine(url, key);
    expect(await sendState(dir, store)).toEqual({ copied: 2, stood: 0 });
    expect([await store.get('vote:me:film'), await store.get('question:q')]).toEqual([1, 'text']);
    await store.set('vote:me:film', -1);
    expect(await sendState(dir, store)).toEqual({ copied: 0, stood: 2 });
    expect(await store.get('vote:me:film')).toBe(-1);
    await expect(sendState(newFolder(), store)).rejects.toMatchObject({ id: 'state.none' });
  });

  it('holds one bucket for all machines, and each its own while the server is away', async () => {
    const place = await server();
    const key = newKey();
    const [one, two] = [await machine(place.url, key), await machine(place.url, key)];
    const buckets = [one, two].map((state) => makeCooldown(4, 60, { state, name: 'test' }));
    const taken = await Promise.all(Array.from({ length: 10 }, (_, at) => buckets[at % 2]!.take('somebody')));
    expect(taken.filter(({ ok }) => ok)).toHaveLength(4);
    const refused = await buckets[1]!.take('somebody');
    expect(refused.ok === false && refused.seconds > 50 && refused.seconds <= 60).toBe(true);
    expect(await buckets[0]!.take('another', 4)).toEqual({ ok: true });
    expect((await buckets[1]!.take('another')).ok).toBe(false);
    await place.kill();
    expect(await buckets[0]!.take('third', 4)).toEqual({ ok: true });
    expect((await buckets[0]!.take('third')).ok).toBe(false);
  });

  it('counts its kinds, and lets passing entries over their quota give way', async () => {
    const store = await machine((await server()).url, newKey());
    const many = 20_100;
    for (let from = 0; from < many; from += 1005) {
      await Promise.all(
        Array.from({ length: 1005 }, (_, at) =>
          store.setIfAbsent(`slack-origin:${from + at}`, 1, 1_000_000 + from + at),
        ),
      );
    }
    await store.set('vote:a', 1);
    expect(await store.sweep()).toBe(100);
    expect(store.size().entries).toEqual({ 'slack-origin': 20_000, vote: 1 });
    expect(store.size().bytes).toBeGreaterThan(100_000);
    expect(await store.get('slack-origin:99')).toBeUndefined();
    expect(await store.get('slack-origin:100')).toBe(1);
  });

  it('says so at the start when nobody answers, and when the server may lose votes', async () => {
    await expect(machine('redis://127.0.0.1:1', newKey())).rejects.toMatchObject({
      id: 'state.unreachable',
      hint: expect.stringContaining('STATE_URL'),
    });
    const forgetful = await server(['--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru']);
    const news: StateNews[] = [];
    await machine(forgetful.url, newKey(), news);
    expect(news.map((one) => one.kind === 'doubt' && one.reason)).toEqual([
      expect.stringContaining('appendonly no'),
      expect.stringContaining('allkeys-lru'),
    ]);
    const guarded = await server(['--requirepass', 'secret']);
    const refused = machine(guarded.url, newKey());
    await expect(refused).rejects.toMatchObject({ hint: expect.stringMatching(/NOAUTH|Authentication/) });
    expect(await machine(guarded.url.replace('//', '//:secret@'), newKey())).toBeDefined();
  });
});

if (REDIS === null) it.skip('neither valkey-server nor redis-server is installed');
