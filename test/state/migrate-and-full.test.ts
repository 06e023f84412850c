import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from 'lmdb';
import { describe, expect, it } from 'vitest';
import { handleAction } from '../../src/conversation/actions.ts';
import { channelSettings } from '../../src/conversation/settings.ts';
import { openFile } from '../../src/state/file.js';
import { openState, type StateNews } from '../../src/state/open.ts';
import { contextOf } from '../bots/web/page.ts';
import { folders } from './support.ts';

const newFolder = folders();

/** A state folder as version 0.1.0 left it. */
async function firstRelease(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true });
  const db = open<{ v: string; e?: number }, string>({ path: dir, encoding: 'json' });
  const secret = 'k'.repeat(43);
  const put = (key: string, value: unknown, e?: number) =>
    db.putSync(key, { v: JSON.stringify(value), ...(e && { e }) });
  const soon = Date.now() + 1e9;
  const voter = createHmac('sha256', secret).update('discord:42').digest('base64url').slice(0, 22);
  put('secret:votes', secret);
  put(`vote:${voter}:abcdefghijklmnop:603`, { song: 's', film: 603, fits: true, day: '2026-11-01' }, soon);
  put('channel:discord:77', { links: 'answer', adult: true });
  put('slack-install:T1', 'sealed');
  put(
    'question:AAAAAAAAAAAAAAAA',
    { seed: { kind: 'track', id: '5vjLSffimiIP26QG5WcN2K' }, filters: {} },
    soon,
  );
  put('lookup:1:old', { value: null }, Date.now() - 1);
  await db.close();
}

describe('the state of the release before', () => {
  it('is brought to the present form: votes, settings, installations, buttons', async () => {
    const dir = newFolder();
    await firstRelease(dir);
    const news: StateNews[] = [];
    for (const run of ['first', 'second']) {
      const state = await openState(dir, (one) => news.push(one));
      const context = contextOf(undefined, { state, user: 'discord:42' });
      const mine = await handleAction('1p.1', context);
      expect([run, mine]).toMatchObject([
        run,
        { attachment: { text: expect.stringContaining('"film": 603') } },
      ]);
      expect(await channelSettings(state, 'discord:77')).toEqual({ links: 'answer', adult: true });
      expect(await state.get('slack-install:T1')).toBe('sealed');
      const answer = await handleAction('1a.~AAAAAAAAAAAAAAAA.0.0.1.', context);
      expect([run, answer.kind]).toEqual([run, 'recommendations']);
      expect(await state.list('lookup')).toEqual([]);
      await state.close();
    }
    expect(news).toEqual([{ kind: 'migrated', entries: 4 }]);
    expect(existsSync(join(dir, 'data.mdb'))).toBe(false);
    expect(readFileSync(`${dir}.key`, 'utf8').trim()).toBe('k'.repeat(43));
  });

  it('is migrated anew when the first attempt was cut off', async () => {
    const dir = newFolder();
    await firstRelease(dir);
    writeFileSync(`${dir}.key`, 'k'.repeat(43));
    const half = openFile(join(dir, 'kept.mdb'), true);
    half.putSync('channel:~half', { v: '1' });
    await half.close();
    const state = await openState(dir, () => {});
    expect(await channelSettings(state, 'discord:77')).toEqual({ links: 'answer', adult: true });
    await state.close();
  });
});

it('refuses a state that a newer program wrote, and leaves it alone', async () => {
  const dir = newFolder();
  await (await openState(dir, () => {})).close();
  const newer = openFile(join(dir, 'kept.mdb'), true);
  newer.putSync('!version', { v: '99' });
  await newer.close();
  await expect(openState(dir, () => {})).rejects.toMatchObject({ id: 'state.newer', exitCode: 2 });
});

it('refuses a key file that holds no key rather than losing every vote', async () => {
  const dir = newFolder();
  await (await openState(dir, () => {})).close();
  writeFileSync(`${dir}.key`, 'torn');
  await expect(openState(dir, () => {})).rejects.toMatchObject({ id: 'state.key-file' });
});

const namespaces = spawnSync('unshare', ['-rm', 'true']).status === 0;

describe('a full disk', () => {
  it.skipIf(!namespaces)('costs what would be kept, never the answer, and is over when there is room', () => {
    const dir = newFolder();
    mkdirSync(dir, { recursive: true });
    const script = fileURLToPath(new URL('./full-disk.ts', import.meta.url));
    const shell = `mount -t tmpfs -o size=6m tmpfs "$1" && exec "$2" --import tsx "$3" "$1"`;
    const { stdout, stderr, status } = spawnSync(
      'unshare',
      ['-rm', 'sh', '-c', shell, 'sh', dir, process.execPath, script],
      {
        encoding: 'utf8',
      },
    );
    // Where LMDB meets the full disk itself, it says so here, writes past the end of a buffer, and may die of it.
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const said = JSON.parse(stdout);
    expect(said.full).toEqual({
      answers: [200],
      token: '1a.~',
      button: true,
      kept: 'state.disk',
      health: 'failing',
      ready: 503,
      lookup: 20_000,
      seen: [true, false],
      before: 1,
      votesStand: true,
    });
    // What is kept is sound though no snapshot has room, and a new state is one in memory.
    expect(said.startsWhileFull).toEqual({ repairs: [], begun: ['memory'] });
    expect(said.freed).toEqual({ vote: 200, ready: 200, lookup: 20_000 });
    expect(said.restarted).toEqual({ after: 1, votesStand: true, lookup: 20_000 });
    expect([said.health[0], said.health.at(-1)]).toEqual(['failing', 'disk']);
  });
});
