import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Deadline, startDeadline, within } from '../../src/shared/deadline.ts';
import { UpstreamError } from '../../src/shared/errors.ts';
import { Http } from '../../src/shared/http.ts';
import { inTurn, json, type StandIn, silence, startStandIn, status, truncated } from '../support/stand-in.ts';

const LIMITS = { attemptMs: 300, retries: 2, retryMs: 5, maxBytes: 1_000, breakAfter: 3, pauseMs: 300 };

let server: StandIn;
beforeAll(async () => {
  server = await startStandIn();
});
afterAll(() => server.close());
beforeEach(() => {
  server.asked.length = 0;
  server.routes.clear();
});

const ask = (http: Http, path: string, deadline: Deadline = startDeadline(5_000)) =>
  http.send({ source: 'The service', url: `${server.url}${path}`, deadline });

/** The identifier of the error that a request ends in. */
const failure = async (request: Promise<unknown>) => {
  const error = await request.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  expect((error as Error).message).toContain('The service');
  return (error as UpstreamError).id;
};

describe('the HTTP client', () => {
  it('says who it is and gives back status and text', async () => {
    let agent: string | undefined;
    server.routes.set('/a', (request, response) => {
      agent = request.headers['user-agent'];
      json({ ok: true })(request, response);
    });
    expect(await ask(new Http(LIMITS), '/a')).toMatchObject({ status: 200, text: '{"ok":true}' });
    expect(agent).toMatch(/^Music2Movie\/\d/);
  });

  it('passes 404 on without asking again', async () => {
    expect((await ask(new Http(LIMITS), '/missing')).status).toBe(404);
    expect(server.asked).toHaveLength(1);
  });

  it('asks again after a passing fault', async () => {
    server.routes.set('/a', inTurn(status(500), truncated, json({ ok: 1 })));
    expect((await ask(new Http(LIMITS), '/a')).text).toBe('{"ok":1}');
    expect(server.asked).toHaveLength(3);
  });

  it('gives up after the agreed number of attempts', async () => {
    server.routes.set('/a', status(503));
    expect(await failure(ask(new Http({ ...LIMITS, breakAfter: 9 }), '/a'))).toBe('upstream.failing');
    expect(server.asked).toHaveLength(3);
  });

  it('waits as long as Retry-After asks, where there is time', async () => {
    server.routes.set('/a', inTurn(status(429, { 'retry-after': '1' }), json({})));
    const before = performance.now();
    expect((await ask(new Http(LIMITS), '/a')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(900);
  });

  it('gives up at once where Retry-After asks for more than is left, and leaves the host alone', async () => {
    server.routes.set('/a', status(429, { 'retry-after': '60' }));
    const http = new Http(LIMITS);
    expect(await failure(ask(http, '/a'))).toBe('upstream.busy');
    expect(await failure(ask(http, '/a'))).toBe('upstream.busy');
    expect(server.asked).toHaveLength(1);
  });

  it('reads Retry-After as a date too', async () => {
    const later = new Date(Date.now() + 3_600_000).toUTCString();
    server.routes.set('/a', status(503, { 'retry-after': later }));
    expect(await failure(ask(new Http(LIMITS), '/a'))).toBe('upstream.failing');
    expect(server.asked).toHaveLength(1);
  });

  it('believes no Retry-After beyond ten minutes', async () => {
    server.routes.set('/a', inTurn(status(429, { 'retry-after': '86400' }), json({})));
    const http = new Http(LIMITS);
    expect(await failure(ask(http, '/a'))).toBe('upstream.busy');
    const start = performance.now();
    const clock = vi.spyOn(performance, 'now');
    try {
      clock.mockImplementation(() => start + 590_000);
      expect(await failure(ask(http, '/a'))).toBe('upstream.busy');
      clock.mockImplementation(() => start + 600_001);
      expect((await ask(http, '/a')).status).toBe(200);
    } finally {
      clock.mockRestore();
    }
    expect(server.asked).toHaveLength(2);
  });

  it('stops waiting for a silent host', async () => {
    server.routes.set('/a', silence);
    expect(await failure(ask(new Http({ ...LIMITS, attemptMs: 50 }), '/a'))).toBe('upstream.late');
    expect(server.asked).toHaveLength(3);
  });

  it('stops when the deadline ends, and when nobody waits any more', async () => {
    server.routes.set('/a', silence);
    expect(await failure(ask(new Http(LIMITS), '/a', startDeadline(40)))).toBe('upstream.late');
    const asker = new AbortController();
    setTimeout(() => asker.abort(), 20);
    expect(await failure(ask(new Http(LIMITS), '/a', startDeadline(5_000, asker.signal)))).toBe(
      'upstream.late',
    );
  });

  it('refuses a body that is too large', async () => {
    server.routes.set('/a', json('x'.repeat(2_000)));
    expect(await failure(ask(new Http(LIMITS), '/a'))).toBe('upstream.too-large');
    expect(server.asked).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    server.routes.set('/a', status(302, { location: `${server.url}/private` }));
    server.routes.set('/private', json({ secret: 1 }));
    expect(await ask(new Http(LIMITS), '/a')).toMatchObject({
      status: 302,
      location: `${server.url}/private`,
    });
    expect(server.asked).toEqual(['GET /a']);
  });

  it('leaves a failing host alone for a while, then tries it again', async () => {
    server.routes.set('/a', status(500));
    const http = new Http({ ...LIMITS, retries: 0 });
    for (let i = 0; i < 3; i += 1) expect(await failure(ask(http, '/a'))).toBe('upstream.failing');
    expect(await failure(ask(http, '/a'))).toBe('upstream.paused');
    expect(server.asked).toHaveLength(3);
    server.routes.set('/a', json({}));
    await new Promise((resolve) => setTimeout(resolve, LIMITS.pauseMs + 50));
    expect((await ask(http, '/a')).status).toBe(200);
  });

  it('says that a host cannot be reached', async () => {
    const gone = await startStandIn();
    await gone.close();
    const request = new Http(LIMITS).send({
      source: 'The service',
      url: gone.url,
      deadline: startDeadline(2_000),
    });
    expect(await failure(request)).toBe('upstream.unreachable');
  });
});

describe('a deadline', () => {
  it('ends, and a share of it never outlives it', async () => {
    const deadline = startDeadline(30);
    const share = deadline.child(10_000);
    expect(share.remaining()).toBeLessThanOrEqual(30);
    await expect(within(new Promise(() => {}), share)).rejects.toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(deadline.remaining()).toBe(0);
    await expect(
      within(
        Promise.resolve(1).then(() => new Promise(() => {})),
        deadline,
      ),
    ).rejects.toBeDefined();
  });

  it('lets an answer through that comes in time', async () => {
    expect(await within(Promise.resolve('answer'), startDeadline(1_000))).toBe('answer');
    await expect(within(Promise.reject(new Error('fault')), startDeadline(1_000))).rejects.toThrow('fault');
  });
});
