/** The whole program as a process: how it starts, what may go wrong beside the page, and how it ends. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 90_000 });

import { starterCatalogue, temporaryFolder } from '../support/catalogue.ts';
import { programs } from '../support/program.ts';
import { type Handler, json, type StandIn, startStandIn } from '../support/stand-in.ts';

/** Stands in every setting that is a secret: none of them may appear anywhere. */
const CANARY = 'canary0123456789';

beforeAll(() => starterCatalogue(), 300_000);

const standIns: StandIn[] = [];
afterEach(async () => {
  for (const standIn of standIns.splice(0)) await standIn.close();
});

const run = programs();

async function platform(answer: Handler): Promise<StandIn> {
  const standIn = await startStandIn();
  standIns.push(standIn);
  standIn.routes.get = () => answer;
  return standIn;
}

const token = `${Buffer.from('123456789012345678').toString('base64')}.${CANARY}.${CANARY}`;
const bots = (url: string) => ({
  DISCORD_TOKEN: token,
  DISCORD_API_URL: url,
  SLACK_APP_TOKEN: `xapp-${CANARY}`,
  SLACK_BOT_TOKEN: `xoxb-${CANARY}`,
  SLACK_API_URL: url,
});

describe('what leaves the machine', () => {
  it.each([
    [{}, 'Nothing is looked up on the network.'],
    [{ MUSIC2MOVIE_OFFLINE: 'false', MUSIC2MOVIE_SEARCH_ONLINE: 'false' }, 'words are not'],
    [{ MUSIC2MOVIE_OFFLINE: 'false' }, 'looked up at Deezer and ReccoBeats: only their words are sent'],
  ])('is said at the start: %j', async (env, sentence) => {
    const program = await run(env);
    await program.url();
    expect(program.out()).toContain(sentence);
  });
});

describe('whatever becomes of the bots', () => {
  it.each<[string, Handler]>([
    ['wrong tokens', json({ ok: false, error: 'invalid_auth', message: '401: Unauthorized', code: 0 }, 401)],
    ['errors of the platform', json({ message: 'Internal Server Error' }, 500)],
    ['logins that hang', () => {}],
  ])('the page serves at once, and stops in order: %s', async (_what, answer) => {
    const { url: at } = await platform(answer);
    const program = await run(bots(at));
    const url = await program.url();
    const page = await fetch(`${url}/?song=blue+monday+new+order`);
    expect([page.status, (await page.text()).includes('class="film')]).toEqual([200, true]);
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      catalogue: 'open',
      state: 'disk',
      surfaces: {
        discord: expect.stringMatching(/starting|down/),
        slack: expect.stringMatching(/starting|down/),
      },
    });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/music2movie_answers_total\{surface="page",outcome="recommendations"\} 1/);
    expect(metrics).toMatch(/music2movie_surface_ready\{surface="discord"\} 0/);
    expect(metrics).toMatch(/music2movie_state_writable 1/);
    expect(metrics).toMatch(/nodejs_eventloop_lag_p99_seconds/);
    expect((await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '8.8.8.8' } })).status).toBe(404);
    program.child.kill('SIGTERM');
    expect([await program.ended(), program.out().trim().endsWith('Stopping…')]).toEqual([0, true]);
    expect(program.out() + program.err() + metrics).not.toContain(CANARY);
    expect(program.err()).not.toMatch(/ {4}at .*\.ts:\d+/);
  });
});

describe('readers of the log and the output that go away', () => {
  /** Processor time of a process, in seconds. */
  const busy = (pid: number) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };

  it.skipIf(!existsSync('/proc/self/stat'))('cost a server nothing but its log', async () => {
    const program = await run({ LOG_LEVEL: 'debug', ACCESS_LOG: 'true' });
    const url = await program.url();
    program.child.stdout!.destroy();
    program.child.stderr!.destroy();
    const page = async () => (await fetch(`${url}/?song=blue+monday+new+order`)).status;
    for (let times = 0; times < 5; times += 1) expect(await page()).toBe(200);
    // What spins never comes to rest.
    for (let before = -1; busy(program.child.pid!) - before > 0.05; ) {
      before = busy(program.child.pid!);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(await page()).toBe(200);
    program.child.kill('SIGTERM');
    expect(await program.ended()).toBe(0);
  });
});

describe('a signal', () => {
  it('is heard from the first moment, while a catalogue is being built as well', async () => {
    const catalogue = path.join(await temporaryFolder(), 'catalogue');
    const program = await run({}, catalogue);
    while (!existsSync(path.join(catalogue, '.building'))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    program.child.kill('SIGTERM');
    const began = performance.now();
    expect(await program.ended()).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(program.err()).toBe('');
  });

  it('loses no request that was accepted: 30 of 30', async () => {
    const program = await run();
    const { port } = new URL(await program.url());
    const sockets = Array.from({ length: 30 }, () => net.connect(Number(port), '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const answers = sockets.map(async (socket, at) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.write(`GET /?song=hold+on&years=19${10 + at}-2020 HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await once(socket, 'close');
      return text;
    });
    program.child.kill('SIGTERM');
    for (const text of await Promise.all(answers)) expect(text.slice(0, 15)).toBe('HTTP/1.1 200 OK');
    expect(await program.ended()).toBe(0);
  });

  it('SIGHUP reloads the log level from .env', async () => {
    const program = await run({ LOG_LEVEL: 'warn' });
    await program.url();
    const { writeFile } = await import('node:fs/promises');
    await writeFile(path.join(program.folder, '.env'), 'LOG_LEVEL=debug\n');
    program.child.kill('SIGHUP');
    while (!program.err().includes('another log level'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    program.child.kill('SIGTERM');
    expect(await program.ended()).toBe(0);
  });
});

it('keeps its state in files of its own, with the key beside the folder', async () => {
  const program = await run();
  const url = await program.url();
  const answer = await (await fetch(`${url}/?song=blue+monday+new+order`)).text();
  const details = /"(\/a\/1d\.[^"]+)"/.exec(answer)![1]!;
  const press = /1u\.[^"]+/.exec(await (await fetch(url + details)).text())![0];
  const voted = await fetch(`${url}/act/${press}`, { method: 'POST', headers: { 'hx-request': 'true' } });
  expect([voted.status, voted.headers.has('set-cookie')]).toEqual([200, true]);
  program.child.kill('SIGTERM');
  expect(await program.ended()).toBe(0);
  expect(existsSync(path.join(program.folder, 'state', 'kept.mdb'))).toBe(true);
  expect(readFileSync(path.join(program.folder, 'state.key'), 'utf8')).toMatch(/^[\w-]{43}\n$/);
});
