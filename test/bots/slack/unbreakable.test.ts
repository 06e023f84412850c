/** What must neither end the process nor lose what somebody asked, in both modes. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { FakeSlack } from './support/fake-slack.ts';
import { type Harness, post, send, signature, startHarness } from './support/harness.ts';
import { slash } from './support/payloads.ts';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

/** Rejections that nobody caught while a test ran. */
const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);
beforeEach(() => {
  uncaught.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await sleep(20);
  process.off('unhandledRejection', note);
  expect(uncaught).toEqual([]);
});

describe('over HTTP', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness({ mode: 'http' });
  });
  afterEach(() => harness.stop());

  it.each([
    ['null', JSON_TYPE],
    ['payload=null', FORM],
    ['payload=%5B%5D', FORM],
    ['payload=1', FORM],
    ['payload=%7B', FORM],
    ['payload=%7B%7D&payload=null', FORM],
    ['true', JSON_TYPE],
    ['"null"', JSON_TYPE],
    ['[null]', JSON_TYPE],
    ['', JSON_TYPE],
    ['null', 'text/plain'],
  ])('a signed %s as %s is refused, and the next one answered', async (body, type) => {
    expect((await post(harness, body, type)).status).toBe(400);
    await send(harness, slash('hold on', harness.slack.responseUrl()));
    await harness.slack.called('response');
    expect(harness.bot.counters.of('request.400')).toBe(1);
  });

  it('an unsigned null learns nothing', async () => {
    expect((await post(harness, 'null', JSON_TYPE, { 'x-slack-signature': 'v0=0' })).status).toBe(401);
  });

  it.each([360, -360])('a signature of %i seconds ahead is refused', async (ahead) => {
    const time = Math.floor(Date.now() / 1000) + ahead;
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c' });
    const headers = { 'x-slack-request-timestamp': String(time), 'x-slack-signature': signature(body, time) };
    expect((await post(harness, body, JSON_TYPE, headers)).status).toBe(401);
  });

  it.each(['/%', '//', '/slack/nowhere', '/healthz/%E0%A4%A'])(
    'the address %s is passed over',
    async (path) => {
      const { status } = await fetch(`${harness.bot.url}${path}`);
      expect(status).toBe(404);
    },
  );
});

describe('over a socket', () => {
  let slack: FakeSlack;
  let harness: Harness | null = null;
  beforeEach(async () => {
    slack = await new FakeSlack().start();
  });
  afterEach(async () => {
    await harness?.stop();
    harness = null;
    await slack.stop();
  });
  const started = async () => {
    harness = await startHarness({ mode: 'socket', slack });
    return harness;
  };
  const farewell = (reason: string) => JSON.stringify({ type: 'disconnect', reason });

  it('a Slack that says hello and then disconnect is asked at most five times in five seconds', async () => {
    // At once: each waits for nothing but time.
    const reasons = ['refresh_requested', 'warning', 'link_disabled', undefined];
    const opened = await Promise.all(
      reasons.map(async (reason) => {
        const fickle = await new FakeSlack().start();
        fickle.greet = (socket) => {
          if (reason === undefined) socket.close(1000);
          else socket.send(farewell(reason));
        };
        const { stop } = await startHarness({ mode: 'socket', slack: fickle });
        await sleep(5000);
        const count = fickle.of('apps.connections.open').length;
        await stop();
        await fickle.stop();
        return [reason, count >= 2 && count <= 5];
      }),
    );
    expect(opened).toEqual(reasons.map((reason) => [reason, true]));
  }, 20_000);

  it('waits as long as retry-after says, at the start and later', async () => {
    const times: number[] = [];
    slack.on('apps.connections.open', (_, count) => {
      times.push(Date.now());
      const limited = {
        status: 429,
        headers: { 'retry-after': '2' },
        body: { ok: false, error: 'ratelimited' },
      };
      return count === 1 || count === 3 ? limited : undefined;
    });
    const { bot } = await started();
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(1990);
    slack.sockets.at(-1)!.terminate();
    await slack.until(() => bot.counters.of('socket.reconnected') === 1);
    expect(times[3]! - times[2]!).toBeGreaterThanOrEqual(1990);
  }, 20_000);

  it('answers the command that came just before the connection is renewed, without a gap', async () => {
    const { bot } = await started();
    const old = slack.sockets.at(-1)!;
    const id = randomUUID();
    let closed = false;
    old.on('close', () => {
      closed = true;
    });
    const payload = slash('hold on', slack.responseUrl());
    old.send(
      JSON.stringify({ envelope_id: id, type: 'slash_commands', payload, accepts_response_payload: true }),
    );
    old.send(farewell('refresh_requested'));
    await slack.called('response');
    await slack.until(() => slack.of('apps.connections.open').length === 2 && slack.sockets.length === 2);
    expect(closed).toBe(false);
    expect(slack.acks.has(id)).toBe(true);
    await slack.until(() => closed, 'the end of the old socket');
    expect(bot.ready()).toBe(true);
  }, 20_000);

  it('answers a command whose acknowledgement can’t be sent any more', async () => {
    const { bot } = await started();
    const socket = slack.sockets.at(-1)!;
    const payload = slash('hold on', slack.responseUrl());
    const packet = {
      envelope_id: randomUUID(),
      type: 'slash_commands',
      payload,
      accepts_response_payload: true,
    };
    socket.send(JSON.stringify(packet));
    socket.close(1001);
    await slack.called('response');
    await slack.until(() => bot.counters.of('socket.reconnected') === 1);
    expect(slack.of('response')).toHaveLength(1);
  }, 20_000);

  it('says at the start that Slack wants no connection for now', async () => {
    slack.on('apps.connections.open', () => ({ status: 429, headers: { 'retry-after': '0' }, body: {} }));
    await expect(started()).rejects.toThrow(UpstreamError);
  });
});
