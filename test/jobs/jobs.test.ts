/** Queued work on a real server: workers that are killed, commands, and what is said where there is no server. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runStep } from '../../src/cli/jobs.ts';
import { addWork, listWork, startWorking } from '../../src/jobs/queue.ts';
import { run } from '../cli/support.ts';
import { temporaryFolder } from '../support/catalogue.ts';
import { children } from '../support/children.ts';
import { REDIS, type RedisServer, startRedis } from '../support/redis.ts';
import { tinyCatalogue } from '../support/tiny.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const held = children();
const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
const CHILD = fileURLToPath(new URL('../../src/cli/jobs-child.js', import.meta.url));

let server: RedisServer;
beforeAll(async () => {
  if (REDIS) server = await startRedis();
});
afterAll(() => server?.stop());

const waiting = (is: () => boolean | Promise<boolean>) => vi.waitUntil(is, { timeout: 60_000, interval: 20 });

describe.skipIf(REDIS === null)('queued work', () => {
  it('is done once, all of it, while workers are killed', async () => {
    const file = path.join(await temporaryFolder(), 'steps');
    writeFileSync(file, '');
    const { url } = server;
    const steps = Array.from({ length: 10 }, (_, at) => [[`${at}a`], [`${at}b`]]);
    for (const one of steps) expect((await addWork({ url }, { steps: one })).stood).toBe(false);
    // The same once more is the same.
    expect((await addWork({ url }, { steps: steps[9]! })).stood).toBe(true);

    const lines = (what: string) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(what))
        .map((line) => line.split(' ').slice(1));
    const start = () =>
      held(spawn(process.execPath, ['--import', 'tsx', WORKER, url, file], { stdio: 'inherit' }));
    const workers = [start(), start(), start()];
    for (const victim of workers.slice(0, 2)) {
      const pid = String(victim.pid);
      await waiting(
        () =>
          lines('begun').filter(([, by]) => by === pid).length >
          lines('ended').filter(([, by]) => by === pid).length,
      );
      victim.kill('SIGKILL');
    }
    const all = steps.flat(2).sort();
    await waiting(async () => (await listWork({ url })).every(({ state }) => state === 'completed'));
    expect(
      lines('ended')
        .map(([step]) => step)
        .sort(),
    ).toEqual(all);
    expect(lines('begun').length).toBeGreaterThan(all.length);
    // Done, it may be wanted again.
    expect((await addWork({ url }, { steps: steps[9]! })).stood).toBe(false);
    await waiting(() => lines('ended').length === all.length + 2);
  });

  it('is commands of this program, queued by one: a build, its publication, again and again', async () => {
    const env = { STATE_URL: server.url, PATH: process.env.PATH ?? '' };
    const store = path.join(await temporaryFolder(), 'store');
    const build = ['jobs', 'build', '--publish', store, '--every', '0 4 * * 1', '--'];
    const files = ['--songs', 'songs.csv', '--movies', 'movies.csv', '--out', 'there'];
    expect(await run([...build, ...files], { env })).toMatchObject({ code: 0, err: '' });
    const { jobs } = JSON.parse((await run(['jobs', '--json'], { env })).out);
    const later = jobs.find(({ state }: { state: string }) => state === 'delayed');
    const publication = ['catalogue', 'publish', store, '--catalogue', 'there'];
    expect(later.work.steps).toEqual([['index', ...files], publication]);

    const steps = [
      ['catalogue', 'publish', store, '--catalogue', await tinyCatalogue()],
      ['catalogue', 'list', '--catalogue', path.join(store, 'none')],
    ];
    const wrong = ['catalogue', 'use', 'none', '--catalogue', store];
    await addWork({ url: server.url }, { steps });
    await addWork({ url: server.url }, { steps: [wrong] });
    const said: string[] = [];
    const io = { env, err: () => {} };
    const working = await startWorking(
      { url: server.url },
      (step, signal) => runStep(step, signal, io),
      (sentence) => said.push(sentence),
    );
    try {
      await waiting(() => said.some((line) => line.includes(': failed')));
    } finally {
      await working.stop();
    }
    expect(said.filter((line) => line.endsWith(': done'))).toHaveLength(1);
    expect(await readdir(store)).toContain('current');
    const { out } = await run(['jobs'], { env });
    expect(out).toMatch(/completed[^\n]*2 of 2/);
    expect(out).toMatch(/delayed[^\n]*0 of 1 .*none/);

    const [, id] = /^repeat:([^:]+):/.exec(later.id)!;
    expect(await run(['jobs', 'remove', id!], { env })).toMatchObject({ code: 0, out: 'Removed.\n' });
    expect((await run(['jobs', 'remove', id!], { env })).code).toBe(2);
  });
});

it('a step ends with its worker', async () => {
  const child = held(fork(CHILD, ['chat'], { execArgv: [], silent: true }));
  child.disconnect();
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
});

it('where no server is named, that is said', async () => {
  const { code, err } = await run(['jobs']);
  expect([code, err]).toEqual([2, expect.stringContaining('STATE_URL')]);
});

if (REDIS === null) it.skip('neither valkey-server nor redis-server is installed');
