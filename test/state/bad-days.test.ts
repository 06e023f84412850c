import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkFile, snapshotsOf, takeSnapshot } from '../../src/state/check.ts';
import { withBudget } from '../../src/state/keyed-store.ts';
import { ruleOf } from '../../src/state/kinds.ts';
import { openLmdbState } from '../../src/state/lmdb.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { openState, type StateNews } from '../../src/state/open.ts';
import type { StateStore } from '../../src/state/store.ts';
import { startUpkeep } from '../../src/state/upkeep.ts';
import { children } from '../support/children.ts';
import { folders, nextMessage, startProcess } from './support.ts';

const held = children();

const newFolder = folders();
const open: StateStore[] = [];
const opened = async (dir: string, news: StateNews[] = [], clock?: () => number) => {
  const state = await openState(dir, (one) => news.push(one), { clock });
  open.push(state);
  return state;
};
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((state) => state.close()));
});

describe('writing', () => {
  it('never stops the event loop, however long the disk takes', async () => {
    const dir = newFolder();
    const state = await opened(dir);
    await state.set('vote:warm', 1);
    await state.setIfAbsent('seen:warm', 1);
    const holder = held(startProcess('lock-holder', [dir, '2000']));
    expect(await nextMessage(holder)).toBe('held');
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 5);
    const votes = state.set('vote:a', 1).then(() => ticks);
    // What may be lost stands at once.
    await state.keep('question:a', { seed: 1 }, 1000);
    expect([await state.get('question:a'), ticks < 20]).toEqual([{ seed: 1 }, true]);
    const during = await votes;
    clearInterval(timer);
    expect(during).toBeGreaterThan(20);
    expect(await state.get('vote:a')).toBe(1);
  });

  it('happens only where something is to be written', async () => {
    const dir = newFolder();
    let now = 1_000_000;
    const state = await opened(dir, [], () => now);
    const size = () => statSync(join(dir, 'passing.mdb'), { bigint: true }).mtimeNs;
    await state.keep('question:a', { seed: 'x' }, 1000);
    await state.setIfAbsent('seen:flushes-what-waits', 1);
    const written = size();
    for (let i = 0; i < 5; i += 1) await state.keep('question:a', { seed: 'x' }, 1000);
    now += 400;
    await state.keep('question:a', { seed: 'x' }, 1000);
    await state.close();
    expect(size()).toBe(written);
    const again = await opened(dir, [], () => now);
    now += 200;
    await again.keep('question:a', { seed: 'x' }, 1000);
    now += 900;
    expect(await again.get('question:a')).toEqual({ seed: 'x' });
  });
});

describe('what is kept', () => {
  it('has bounds: what expires first gives way', async () => {
    const { most } = ruleOf('slack-origin:x');
    for (const state of [openMemoryState(() => 0), openLmdbState(newFolder(), () => 0)]) {
      await Promise.all(
        Array.from({ length: most + 50 }, (_, i) =>
          state.set(`slack-origin:${i}`, 1, 1000 + ((i * 7919) % (most + 50))),
        ),
      );
      expect(await state.sweep()).toBe(50);
      expect(state.size().entries).toEqual({ 'slack-origin': most });
      const left = new Set((await state.list('slack-origin:')).map(({ key }) => key));
      for (let i = 0; i < most + 50; i += 1) {
        expect(left.has(`slack-origin:${i}`)).toBe((i * 7919) % (most + 50) >= 50);
      }
      await state.close();
    }
  });

  it('is deleted by a running program once it has expired', async () => {
    const dir = newFolder();
    let now = 1_000_000;
    const state = await opened(dir, [], () => now);
    await state.set('lookup:a', 'x', 10);
    await state.set('vote:young', 1, 10_000_000_000);
    now += 11;
    const failed = vi.fn();
    const upkeep = startUpkeep(state, dir, failed, { firstSweep: 1, sweepEvery: 20 });
    await vi.waitFor(() => expect(state.size().entries).toEqual({ vote: 1 }), { timeout: 20_000 });
    await upkeep.stop();
    expect(failed).not.toHaveBeenCalled();
  });

  it('is not made more by one address without end', async () => {
    let left = 2;
    const state = withBudget(openMemoryState(), () => left-- > 0);
    for (const name of ['a', 'b', 'a', 'b', 'c', 'd']) await state.keep(`question:${name}`, name, 1000);
    expect((await state.list('question:')).map(({ value }) => value)).toEqual(['a', 'b']);
    await state.set('vote:mine', 1);
    expect(await state.get('vote:mine')).toBe(1);
  });

  it('is readable for its owner alone, and tells nobody who is meant without the key beside the folder', async () => {
    const dir = newFolder();
    const state = await opened(dir);
    const id = '123456789012345678';
    await state.set(`channel:discord:${id}`, { links: 'off', adult: false });
    await state.setIfAbsent(`seen:discord:message:${id}`, 1);
    await state.set(`vote:${state.pseudonym(`discord:${id}`)}:abc`, { fits: true });
    await takeSnapshot(dir);
    const key = readFileSync(`${dir}.key`, 'utf8').trim();
    const files = [
      ...readdirSync(dir),
      ...readdirSync(join(dir, 'snapshots')).map((name) => join('snapshots', name)),
    ];
    expect(files.length).toBeGreaterThan(4);
    for (const name of files) {
      const file = join(dir, name);
      if (statSync(file).isDirectory()) continue;
      expect([name, (statSync(file).mode & 0o777).toString(8)]).toEqual([name, '600']);
      const bytes = readFileSync(file);
      expect([name, bytes.includes(id), bytes.includes(key), bytes.includes('discord')]).toEqual([
        name,
        false,
        false,
        false,
      ]);
    }
    expect((statSync(`${dir}.key`).mode & 0o777).toString(8)).toBe('600');
    expect(await state.get(`channel:discord:${id}`)).toEqual({ links: 'off', adult: false });
    const [stored] = await state.list('channel:discord:');
    expect(await state.delete(stored!.key)).toBe(true);
    expect(await state.get(`channel:discord:${id}`)).toBeUndefined();
  });

  it('does not change with the clock, set forth and back', async () => {
    const state = await opened(newFolder());
    const days = (n: number) => n * 24 * 3600_000;
    await state.set('vote:a', 1, days(730));
    expect(await state.setIfAbsent('seen:a', 1, 600_000)).toBe(true);
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const jump of [days(1), days(4000), -days(4000), -1]) {
      vi.setSystemTime(Date.now() + jump);
      expect(await state.setIfAbsent('seen:a', 1, 600_000)).toBe(false);
      await state.sweep();
      expect(await state.get('vote:a')).toBe(1);
    }
  });

  it('outlives a start with the clock years ahead', async () => {
    const dir = newFolder();
    let now = 1_700_000_000_000;
    const first = await opened(dir, [], () => now);
    await first.set('vote:a', 1, 730 * 24 * 3600_000);
    await first.sweep();
    await first.close();
    now += 5 * 365 * 24 * 3600_000;
    const wrong = await opened(dir, [], () => now);
    await wrong.sweep();
    await wrong.sweep();
    await wrong.close();
    now -= 5 * 365 * 24 * 3600_000;
    expect(await (await opened(dir, [], () => now)).get('vote:a')).toBe(1);
  });
});

describe('a process killed while it writes', () => {
  const ROUNDS = 4;

  it(`loses no confirmed vote in ${ROUNDS} rounds`, async () => {
    const dir = newFolder();
    const script = fileURLToPath(new URL('./vote-writer.ts', import.meta.url));
    const confirmed: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = held(spawn(process.execPath, ['--import', 'tsx', script, dir, String(round)]));
      let out = '';
      let enough = () => {};
      const written = new Promise<void>((resolve) => {
        enough = resolve;
      });
      child.stdout.on('data', (chunk) => {
        out += chunk;
        if (out.length > 200 * (round + 1)) enough();
      });
      await written;
      child.kill('SIGKILL');
      await once(child, 'close');
      confirmed.push(...out.split('\n').slice(0, -1));
    }
    const news: StateNews[] = [];
    const state = await opened(dir, news);
    expect(news).toEqual([]);
    expect(confirmed.length).toBeGreaterThan(ROUNDS * 3);
    for (const name of confirmed) expect([name, await state.get(name)]).toEqual([name, expect.any(Number)]);
  });
});

describe('a damaged file', () => {
  const PAGE = 4096;

  async function filled(dir: string): Promise<void> {
    const state = await opened(dir);
    for (let round = 0; round < 2; round += 1) {
      await Promise.all(
        Array.from({ length: 150 }, (_, i) =>
          state.set(`vote:${i}:x`, { round, text: 'x'.repeat(i % 40 ? 60 : 6000) }),
        ),
      );
    }
    await Promise.all(Array.from({ length: 40 }, (_, i) => state.delete(`vote:${i}:x`)));
    await state.close();
  }

  it('never ends the process, whichever page was zeroed, and is replaced by the newest snapshot', async () => {
    const dir = newFolder();
    await filled(dir);
    expect(await takeSnapshot(dir)).toMatchObject({ sound: true, entries: 111 });
    const whole = join(dirname(dir), 'whole.mdb');
    copyFileSync(join(dir, 'kept.mdb'), whole);
    // The two headers name the last page; what stands behind it is room, and holds nothing.
    const bytes = readFileSync(whole);
    const pages = Math.max(...[0, PAGE].map((header) => Number(bytes.readBigUInt64LE(header + 144)))) + 1;
    let repaired = 0;
    const some = Array.from({ length: 14 }, (_, n) => n * Math.ceil(pages / 14)).filter(
      (page) => page < pages,
    );
    // The last one is the list of free pages, which only a writer reads.
    for (const page of new Set([...some, pages - 1])) {
      copyFileSync(whole, join(dir, 'kept.mdb'));
      const file = openSync(join(dir, 'kept.mdb'), 'r+');
      writeSync(file, Buffer.alloc(PAGE), 0, PAGE, page * PAGE);
      closeSync(file);
      const news: StateNews[] = [];
      const state = await opened(dir, news);
      const names = (await state.list('vote:')).length;
      expect([page, names]).toEqual([page, 110]);
      await state.set('vote:new:x', 1);
      await state.close();
      if (news.length === 0) continue;
      repaired += 1;
      expect(news).toMatchObject([{ kind: 'repaired', restored: expect.stringContaining('snapshots') }]);
      rmSync((news[0] as { aside: string }).aside);
    }
    expect(repaired).toBeGreaterThan(2);
  });

  it('is passed over among the snapshots, of which seven are kept', async () => {
    const dir = newFolder();
    await filled(dir);
    for (const old of snapshotsOf(dir)) rmSync(old);
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let day = 1; day <= 9; day += 1) {
      vi.setSystemTime(new Date(Date.UTC(2027, 0, day)));
      await takeSnapshot(dir);
    }
    expect(snapshotsOf(dir)).toHaveLength(7);
    writeFileSync(snapshotsOf(dir)[0]!, 'nonsense'.repeat(5000));
    writeFileSync(join(dir, 'kept.mdb'), 'nonsense'.repeat(5000));
    const news: StateNews[] = [];
    const state = await opened(dir, news);
    expect(news).toMatchObject([{ kind: 'repaired', restored: snapshotsOf(dir)[1] }]);
    expect(await state.list('vote:')).toHaveLength(110);
  });

  it('is told from a sound one by the check', async () => {
    const dir = newFolder();
    await filled(dir);
    expect(checkFile(join(dir, 'kept.mdb'))).toEqual({ sound: true, entries: 111 });
    expect(checkFile(join(dir, 'absent.mdb'))).toMatchObject({ sound: true });
    writeFileSync(join(dir, 'kept.mdb'), 'x');
    expect(checkFile(join(dir, 'kept.mdb'))).toMatchObject({ sound: false });
    expect(existsSync(join(dir, 'kept.mdb'))).toBe(true);
  });
});
