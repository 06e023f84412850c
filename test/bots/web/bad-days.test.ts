/** What strangers, crowds and faults do to the page. */
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Admission } from '../../../src/bots/web/admission.ts';
import { bucketOf, isOwnHost } from '../../../src/bots/web/gate.ts';
import { isNear } from '../../../src/bots/web/operation.ts';
import { closeGently } from '../../../src/bots/web/start.ts';
import type { MatchEngine } from '../../../src/engine/types.ts';
import { Music2MovieError } from '../../../src/shared/errors.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { fakeEngine } from '../../support/fake-engine.ts';
import { startPage } from './page.ts';

type Page = Awaited<ReturnType<typeof startPage>>;
const open: Page[] = [];
const start = async (...args: Parameters<typeof startPage>) => {
  const page = await startPage(...args);
  open.push(page);
  return page;
};
afterEach(async () => {
  for (const { app } of open.splice(0)) {
    app.server.closeAllConnections();
    await app.close();
  }
});

/** With headers that `fetch` would not send, such as Host. */
function request(
  page: Page,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const call = http.request(page.url + path, { method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    });
    call.on('error', reject);
    call.end();
  });
}

const VOTE = '/act/1u.5vjLSffimiIP26QG5WcN2K.gr.0.1.';
const ASK = '/movie-for?song=hold+on';

/** Asks from a thread of its own, as the page's own would be held up by the answers. In the order of arrival. */
async function crowd(
  page: Page,
  paths: readonly string[],
): Promise<{ path: string; status: number; text: string; retry: string }[]> {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    const done = [];
    Promise.all(workerData.map(async (url) => {
      const response = await fetch(url);
      const text = await response.text();
      done.push({ path: new URL(url).pathname, status: response.status, text, retry: response.headers.get('retry-after') });
    })).then(() => parentPort.postMessage(done));`;
  const worker = new Worker(code, { eval: true, workerData: paths.map((path) => page.url + path) });
  const [done] = await once(worker, 'message');
  return done;
}

/** An engine that keeps the processor busy for so long with every answer. */
function slowEngine(milliseconds: number): MatchEngine {
  const engine = fakeEngine();
  const moviesFor: MatchEngine['moviesFor'] = (...args) => {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
    return engine.moviesFor(...args);
  };
  return new Proxy(engine, {
    get: (target, name) => (name === 'moviesFor' ? moviesFor : Reflect.get(target, name)),
  });
}

describe('a foreign site', () => {
  it('cannot reach the page under a name of its own', async () => {
    const page = await start(undefined, {
      config: { publicUrl: 'https://films.example.org', hosts: ['nas.local'] },
    });
    const status = async (host: string) => (await request(page, ASK, { host })).status;
    for (const host of [
      'localhost:3000',
      '127.0.0.1:1',
      '[::1]:3000',
      '192.168.1.7',
      'films.example.org',
      'NAS.local:80',
    ]) {
      expect([host, await status(host)]).toEqual([host, 200]);
    }
    for (const host of [
      'evil.example',
      'evil.example:3000',
      'films.example.org.evil.example',
      'localhost.evil.example',
      'a:b:c',
      '@',
    ]) {
      expect([host, await status(host)]).toEqual([host, 421]);
    }
    const refused = await request(page, '/', { host: 'evil.example' });
    expect(refused.text).toMatch(/MUSIC2MOVIE_PUBLIC_URL/);
    expect(refused.headers['set-cookie']).toBeUndefined();
    expect((await request(page, '/healthz', { host: 'anything' })).status).toBe(200);
    expect(isOwnHost('', [])).toBe(false);
  });

  it('may link here, but loads nothing from here', async () => {
    const page = await start();
    const from = (site: string, mode: string) => ({ 'sec-fetch-site': site, 'sec-fetch-mode': mode });
    expect((await request(page, '/?song=hold+on', from('cross-site', 'navigate'))).status).toBe(200);
    for (const mode of ['no-cors', 'cors', 'websocket']) {
      for (const site of ['cross-site', 'same-site']) {
        expect((await request(page, '/?song=hold+on', from(site, mode))).status).toBe(403);
      }
      expect((await request(page, ASK, from('same-origin', mode))).status).toBe(200);
    }
  });

  it('cannot take a voter’s identity away: the cookie comes with the vote, never with a refusal', async () => {
    const page = await start();
    const cookies = async (headers: Record<string, string>, method = 'POST', path = VOTE) =>
      (await request(page, path, headers, method)).headers['set-cookie'];
    expect(await cookies({ 'sec-fetch-site': 'cross-site' })).toBeUndefined();
    expect(await cookies({ origin: 'https://evil.example' })).toBeUndefined();
    expect(await cookies({}, 'GET')).toBeUndefined();
    expect(
      await cookies({ 'sec-fetch-site': 'cross-site' }, 'GET', VOTE.replace('act', 'a')),
    ).toBeUndefined();
    expect(await cookies({}, 'POST', VOTE.replace('gr', 'zzzzzz'))).toBeUndefined();
    expect(await cookies({}, 'POST', '/act/1p.3')).toBeUndefined();
    expect(await page.context.state.list('vote:')).toEqual([]);
    expect(await cookies({})).toHaveLength(1);
  });
});

describe('one address', () => {
  it('has one bucket for everything, paths that do not exist included', async () => {
    const page = await start(undefined, { perMinute: 3 });
    const status = async (path: string) => (await request(page, path)).status;
    expect(await status('/nothing')).toBe(404);
    expect(await status(ASK)).toBe(200);
    for (let i = 0; i < 5; i += 1) expect(await status('/suggest?song=hold')).toBe(200);
    expect(await status('/a/x')).toBe(429);
    expect(await status('/poster/603.svg')).toBe(429);
    expect(await status('/nothing')).toBe(429);
    expect(await status('/readyz')).toBe(200);
    const refused = await request(page, '/?song=hold+on');
    expect(refused.text.length).toBeLessThan(500);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is told by a trusted proxy only', async () => {
    const ask = (page: Page, address: string) => request(page, ASK, { 'x-forwarded-for': address });
    const plain = await start(undefined, { perMinute: 1 });
    expect([(await ask(plain, '8.8.8.8')).status, (await ask(plain, '9.9.9.9')).status]).toEqual([200, 429]);
    const behind = await start(undefined, { perMinute: 1, config: { trustProxy: ['loopback'] } });
    expect([(await ask(behind, '8.8.8.8')).status, (await ask(behind, '9.9.9.9')).status]).toEqual([
      200, 200,
    ]);
    expect((await ask(behind, '8.8.8.8')).status).toBe(429);
    // What the asker wrote itself stands left of what the proxy added.
    expect((await ask(behind, '7.7.7.7, 9.9.9.9')).status).toBe(429);
  });

  it('of IPv6 is a network', () => {
    expect(bucketOf('2001:db8:1:2:3:4:5:6')).toBe(bucketOf('2001:db8:1:2::9'));
    expect(bucketOf('2001:db8:1:2::9')).not.toBe(bucketOf('2001:db8:1:3::9'));
    expect(bucketOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(bucketOf('::1')).not.toBe(bucketOf('2001::1'));
    expect(
      ['127.0.0.1', '::1', 'fd00::1', '172.31.0.1', '8.8.8.8', '172.32.0.1', '2001:db8::1'].map(isNear),
    ).toEqual([true, true, true, true, false, false, false]);
  });

  it('cannot grow the state without end, nor begin to vote as a crowd', async () => {
    const page = await start();
    const blend = '/movie-for?song=hold+on+adele+%2B+clair+de+lune';
    for (let i = 0; i < 310; i += 1) {
      const { status, text } = await request(
        page,
        `${blend}&years=${1900 + (i % 100)}-2020&rating=${Math.floor(i / 100)}`,
      );
      expect([status, text.includes('data-token')]).toEqual([200, true]);
    }
    expect((await page.context.state.list('question:')).length).toBe(300);
    expect((await request(page, `${blend}&years=1900-2020&rating=0`)).status).toBe(200);
    let voters = 0;
    let last = 0;
    for (; voters < 70; voters += 1) {
      last = (await request(page, VOTE, {}, 'POST')).status;
      if (last !== 200) break;
    }
    expect([voters, last]).toEqual([60, 429]);
  });

  it('asks the same again without a further entry', async () => {
    const page = await start();
    const blend = '/movie-for?song=hold+on+adele+%2B+clair+de+lune';
    const tokens = new Set<string>();
    for (let i = 0; i < 5; i += 1)
      tokens.add(/data-token="([^"]+)"/.exec((await request(page, blend)).text)![1]!);
    expect(tokens.size).toBe(1);
    expect(await page.context.state.list('question:')).toHaveLength(1);
  });
});

describe('a fault', () => {
  it('looks like one: 5xx, a sentence, an id; and it is logged once with that id', async () => {
    const lines: string[] = [];
    const fail = () => Promise.reject(new Error('secret path /etc'));
    const state = new Proxy(openMemoryState(), {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (name === 'set' || name === 'update') return fail;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    const page = await start(undefined, { context: { state }, logger });
    const vote = await request(page, VOTE, {}, 'POST');
    expect(vote.status).toBe(500);
    expect(vote.text).not.toMatch(/secret|\/etc|Error/);
    expect(vote.headers['set-cookie']).toBeUndefined();
    const errors = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 50);
    expect(errors).toMatchObject([
      { reqId: vote.headers['x-request-id'], err: { message: 'secret path /etc' } },
    ]);
  });

  it('of a service that we asked is 502', async () => {
    const resolver = {
      resolve: () =>
        Promise.reject(new Music2MovieError('upstream', 'It does not answer.', { id: 'upstream.late' })),
    };
    const page = await start(undefined, { context: { resolver } });
    const { status, text } = await request(page, ASK);
    expect([status, text.includes('It does not answer.')]).toEqual([502, true]);
  });

  it.each([
    ['GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400],
    ['nonsense\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
    [`GET /${'x'.repeat(400)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 404],
    [`GET /act/${'x'.repeat(400)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 414],
    [
      'POST /act/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx',
      415,
    ],
  ])('of the framework is never shown raw: %.30s', async (bytes, status) => {
    const page = await start();
    const socket = net.connect(Number(new URL(page.url).port), '127.0.0.1');
    socket.end(bytes);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    await once(socket, 'close');
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).not.toMatch(/FST_|"statusCode"|"error"|\n\s+at /);
  });

  it('of slow clients ends them in time, and of vanished ones is none', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const page = await start(slowEngine(5), { logger });
    const port = Number(new URL(page.url).port);
    const slow = net.connect(port, '127.0.0.1');
    slow.write('GET / HTTP/1.1\r\nHost: loc');
    let text = '';
    slow.on('data', (chunk) => {
      text += chunk;
    });
    for (let i = 0; i < 20; i += 1) {
      const gone = net.connect(port, '127.0.0.1');
      gone.on('error', () => {});
      gone.write(`GET ${ASK} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      setTimeout(() => gone.resetAndDestroy(), i);
    }
    await once(slow, 'close');
    expect(text).toMatch(/^HTTP\/1.1 408 /);
    expect(lines).toEqual([]);
  });

  it('is seen from outside: state and every surface', async () => {
    let discord: 'starting' | 'ready' = 'starting';
    const page = await start(undefined, { surfaces: () => ({ discord }) });
    const ready = async () => {
      const { status, text } = await request(page, '/readyz');
      return [status, JSON.parse(text)];
    };
    expect(await ready()).toEqual([
      503,
      { status: 'not ready', catalogue: 'open', state: 'memory', surfaces: { discord: 'starting' } },
    ]);
    discord = 'ready';
    expect((await ready())[0]).toBe(200);
  });
});

describe('a crowd', () => {
  it('is shed early, with a time to come back; what is let in is answered', async () => {
    const page = await start(slowEngine(20), { admission: new Admission({ patience: 400 }) });
    await request(page, ASK);
    const asked = await crowd(page, Array<string>(120).fill(ASK));
    const by = (wanted: number) => asked.filter(({ status }) => status === wanted);
    expect(by(200).length + by(503).length).toBe(120);
    expect(by(200).length).toBeGreaterThan(3);
    expect(by(503).length).toBeGreaterThan(20);
    for (const { retry, text } of by(503)) {
      expect(Number(retry)).toBeGreaterThan(0);
      expect(text).toMatch(/Many people/);
    }
    expect((await request(page, ASK)).status).toBe(200);
  });

  it('of questions comes before suggestions and pictures', async () => {
    const page = await start(slowEngine(15), { admission: new Admission({ patience: 60_000 }) });
    await request(page, ASK);
    const posters = [603, 78, 62, 38, 194, 129, 680, 11, 348, 694].map((id) => `/poster/${id}.svg`);
    const asked = [...Array<string>(5).fill(ASK), ...posters, ...Array<string>(15).fill(ASK)];
    const done = await crowd(page, asked);
    expect(done.every(({ status }) => status === 200)).toBe(true);
    expect(done.slice(0, 20).filter(({ path }) => path === '/movie-for').length).toBeGreaterThan(15);
  });

  it('has a queue with an end', async () => {
    const admission = new Admission({ waiting: 2, running: 1, patience: 50 });
    const first = (await admission.enter(0))!;
    const waiting = [admission.enter(0), admission.enter(1), admission.enter(0)];
    expect(await admission.enter(0)).toBeNull();
    expect(admission.waiting).toBe(3);
    first();
    const second = (await waiting[0])!;
    second();
    second();
    const third = (await waiting[2])!;
    await sleep(80);
    third();
    expect(await waiting[1]).toBeNull();
    expect(admission.waiting).toBe(0);
  });

  it('with long texts costs no more than one with short ones', async () => {
    const engine = fakeEngine();
    const seen: number[] = [];
    const resolver = {
      resolve: async (text: string) => {
        seen.push(text.length);
        return {
          kind: 'sorry',
          reason: { key: 'lookup.sorry.tooLong', params: {} },
          candidates: [],
        } as const;
      },
    };
    const page = await start(engine, { context: { resolver } });
    const find = vi.spyOn(engine, 'findSongs');
    for (const text of ['ab+'.repeat(4600), 'e%CC%81'.repeat(1900), '%20'.repeat(12)]) {
      expect((await request(page, `/movie-for?song=${text}`)).status).toBe(200);
      expect((await request(page, `/suggest?song=${text}`)).status).toBe(200);
    }
    expect(Math.max(...seen, ...find.mock.calls.map(([text]) => text.length))).toBeLessThanOrEqual(10_000);
  });
});

describe('the end', () => {
  it('loses nothing that was accepted', async () => {
    const page = await startPage(slowEngine(20));
    const sockets = Array.from({ length: 30 }, () =>
      net.connect(Number(new URL(page.url).port), '127.0.0.1'),
    );
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const answers = sockets.map(async (socket) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.write(`GET ${ASK} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await once(socket, 'close');
      return text;
    });
    await closeGently(page.app);
    for (const text of await Promise.all(answers)) expect(text).toMatch(/^HTTP\/1.1 200 .*<\/article>/s);
  });

  it('does not wait for connections that ask nothing', async () => {
    const page = await startPage();
    const idle = net.connect(Number(new URL(page.url).port), '127.0.0.1');
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    await closeGently(page.app);
    await closed;
  });
});

describe('the log', () => {
  it('names no request unless asked to, and never what was asked or by whom', async () => {
    for (const accessLog of [false, true]) {
      const lines: string[] = [];
      const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
      const page = await start(undefined, { logger, config: { accessLog } });
      lines.length = 0;
      await request(page, '/?song=canary-song', { cookie: 'm2m=canarycanarycanarycana' });
      expect(lines).toHaveLength(accessLog ? 1 : 0);
      expect(lines.join()).not.toMatch(/canary|127\.0\.0\.1/);
      if (accessLog) expect(JSON.parse(lines[0]!)).toMatchObject({ method: 'GET', route: '/', status: 200 });
    }
  });
});
