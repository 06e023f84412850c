/** What arrives: signed or not, late, twice, malformed; and acknowledged in time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCooldown } from '../../../src/bots/common/cooldown.ts';
import { SENDING } from '../../../src/bots/common/once.ts';
import { deliveryId } from '../../../src/bots/slack/delivery-id.ts';
import type { Resolution } from '../../../src/lookup/resolve/resolution.ts';
import { openLmdbState } from '../../../src/state/lmdb.ts';
import { FakeSlack } from './support/fake-slack.ts';
import {
  APP_TOKEN,
  BOT_TOKEN,
  button,
  freshState,
  type Harness,
  post,
  SIGNING_SECRET,
  send,
  signature,
  startHarness,
  textOf,
} from './support/harness.ts';
import { direct, event, linkShared, press, slash } from './support/payloads.ts';

/** Milliseconds within which Slack wants every delivery acknowledged (docs.slack.dev/apis/events-api). */
const ACK_DEADLINE_MS = 3000;

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

describe('a request over HTTP', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness({ mode: 'http' });
  });
  afterEach(() => harness.stop());

  it('proves the address to Slack', async () => {
    const body = JSON.stringify({ token: 't', type: 'url_verification', challenge: 'c0ffee' });
    const { status, text } = await post(harness, body, JSON_TYPE);
    expect([status, JSON.parse(text)]).toEqual([200, { challenge: 'c0ffee' }]);
    expect((await post(harness, 'ssl_check=1&token=t', FORM)).status).toBe(200);
    expect((await fetch(`${harness.bot.url}/healthz`)).status).toBe(200);
  });

  const now = () => Math.floor(Date.now() / 1000);
  const body = JSON.stringify(event(direct('hold on')));
  it.each([
    ['another secret', () => ({ 'x-slack-signature': signature(body, now(), 'another') })],
    ['a signature of another body', () => ({ 'x-slack-signature': signature(`${body} `, now()) })],
    ['an empty signature', () => ({ 'x-slack-signature': '' })],
    [
      'another version of signatures',
      () => ({ 'x-slack-signature': signature(body, now()).replace('v0', 'v9') }),
    ],
    ['no time', () => ({ 'x-slack-request-timestamp': 'soon' })],
    [
      'a signature of six minutes ago',
      () => ({
        'x-slack-request-timestamp': String(now() - 360),
        'x-slack-signature': signature(body, now() - 360),
      }),
    ],
  ])('with %s gets 401 and nothing happens', async (_, headers) => {
    expect((await post(harness, body, JSON_TYPE, headers())).status).toBe(401);
    expect(harness.bot.counters.snapshot()).toEqual({ 'request.401': 1 });
  });

  it('without signature headers gets 401', async () => {
    const response = await fetch(`${harness.bot.url}/slack/events`, {
      method: 'POST',
      body,
      headers: { 'content-type': JSON_TYPE },
    });
    expect(response.status).toBe(401);
  });

  it('smuggling a command into a check of the connection is not acted on', async () => {
    const smuggled = new URLSearchParams({
      ssl_check: '1',
      ...slash('hold on', harness.slack.responseUrl()),
    });
    const response = await fetch(`${harness.bot.url}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': FORM },
      body: smuggled.toString(),
    });
    expect(response.status).toBe(200);
    expect(harness.bot.counters.snapshot()).toEqual({});
  });

  it.each([
    ['no JSON', '{"type":', JSON_TYPE, 400],
    ['a list', '[]', JSON_TYPE, 400],
    [
      'an event without an event',
      JSON.stringify({ type: 'event_callback', event_id: 'Ev1', team_id: 'T' }),
      JSON_TYPE,
      200,
    ],
    [
      'a press of nothing',
      `payload=${encodeURIComponent('{"type":"block_actions","user":{"id":"U1"},"team":{"id":"T"},"actions":[]}')}`,
      FORM,
      200,
    ],
  ])('of %s does not end the program', async (_, text, type, status) => {
    const given = await Promise.race([
      post(harness, text, type).then((response) => response.status),
      new Promise((resolve) => setTimeout(() => resolve('no answer'), ACK_DEADLINE_MS + 1500)),
    ]);
    // Bolt lets what it knows nothing of run into Slack's deadline.
    expect([status, 404, 500, 'no answer']).toContain(given);
    await send(harness, slash('hold on', harness.slack.responseUrl()));
    await harness.slack.called('response');
  });

  it('that is too large is refused', async () => {
    expect((await post(harness, JSON.stringify({ a: 'x'.repeat(1_100_000) }), JSON_TYPE)).status).toBe(413);
  });
});

const pressedBefore = press({ action_id: 'offer:1', value: 'hold on' }, 'http://127.0.0.1:9/');

describe.each(['http', 'socket'] as const)('over %s', (mode) => {
  it('everything is acknowledged in time, however long a look-up takes', async () => {
    let release: (understood: Resolution) => void = () => {};
    const pending = new Promise<Resolution>((resolve) => {
      release = resolve;
    });
    const harness = await startHarness({ mode, resolver: { resolve: () => pending } });
    try {
      const { slack } = harness;
      const started = Date.now();
      // Each of these returns with its acknowledgement, although no song has been found yet.
      await Promise.all([
        send(harness, slash('hold on', slack.responseUrl())),
        send(harness, event(direct('hold on'))),
        send(harness, press({ action_id: 'offer:1', value: 'hold on' }, slack.responseUrl())),
      ]);
      expect(Date.now() - started).toBeLessThan(ACK_DEADLINE_MS);
      expect(slack.messages).toEqual([]);
      release({ kind: 'sorry', reason: { key: 'lookup.sorry.late', params: {} }, candidates: [] });
      await slack.until(() => slack.messages.length === 3, 'three answers');
    } finally {
      await harness.stop();
    }
  });

  it('what a process died with is answered when it comes again, and is not acknowledged before', async () => {
    const { state, remove } = freshState();
    const harness = await startHarness({ mode, state });
    try {
      const { slack } = harness;
      const told = event(direct('hold on'));
      const command = slash('hold on', slack.responseUrl());
      for (const one of [told, command]) {
        await state.set(`seen:slack:${deliveryId(one)}`, 'a process that died 0');
      }
      // Once as far as it was answered already, and not heard.
      await state.set(`seen:slack:${deliveryId(pressedBefore)}`, SENDING);
      await Promise.all([told, command, pressedBefore].map((one) => send(harness, one)));
      await slack.until(() => slack.messages.length === 2, 'both answers');
      expect(harness.bot.counters.snapshot()).toMatchObject({
        'delivery.taken-over': 2,
        'delivery.duplicate': 1,
      });
      // Bolt itself acknowledges events before anybody has seen them.
      const slow = event(direct('clair de lune'));
      const acknowledged = send(harness, slow).then(() => slack.messages.length);
      expect(await acknowledged).toBe(3);
    } finally {
      await harness.stop();
      await state.close();
      remove();
    }
  });

  it('redeliveries at once, after 1 and 5 minutes and after a restart are answered once', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'm2m-slack-'));
    const slack = await new FakeSlack().start();
    let minutes = 0;
    const clock = () => 1_800_000_000_000 + minutes * 60_000;
    const told = event(direct('hold on'));
    const command = slash('hold on', slack.responseUrl());
    const pressed = press({ action_id: 'offer:1', value: 'hold on' }, slack.responseUrl());
    let duplicates = 0;
    try {
      for (const at of [0, 0, 1, 5, 9]) {
        minutes = at;
        // A new process every time, with the state of the one before.
        const state = openLmdbState(dir, clock);
        const harness = await startHarness({ mode, slack, state });
        for (const one of [told, command, pressed]) await send(harness, one);
        await slack.until(
          () =>
            harness.bot.counters.of('delivery.taken') + harness.bot.counters.of('delivery.duplicate') === 3,
          'three deliveries',
        );
        duplicates += harness.bot.counters.of('delivery.duplicate');
        await harness.bot.stop();
        await state.close();
      }
      expect(duplicates).toBe(12);
      expect(slack.of('chat.postMessage')).toHaveLength(1);
      expect(slack.of('response')).toHaveLength(2);
    } finally {
      await slack.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('Slack’s own limits', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness({ mode: 'http' });
  });
  afterEach(() => harness.stop());

  it('are waited for as long as Retry-After says, and the answer comes once', async () => {
    const { slack } = harness;
    const limited = (_: unknown, count: number) =>
      count === 1
        ? { status: 429, headers: { 'retry-after': '1' }, body: { ok: false, error: 'ratelimited' } }
        : undefined;
    slack.on('chat.postMessage', limited);
    slack.on('response', limited);
    const started = Date.now();
    await send(harness, event(direct('hold on')));
    await send(harness, slash('hold on', slack.responseUrl()));
    await slack.called('chat.postMessage', 2);
    await slack.called('response', 2);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
    await harness.stop();
    expect(slack.of('chat.postMessage')).toHaveLength(2);
    harness = await startHarness({ mode: 'http' });
  });

  it('are not waited for when nobody would wait that long', async () => {
    const { slack } = harness;
    slack.on('chat.postMessage', () => ({ status: 429, headers: { 'retry-after': '600' }, body: {} }));
    await send(harness, event(direct('hold on')));
    await slack.until(() => harness.bot.counters.of('failure.rate-limited') === 1);
    expect(slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('a failure of Slack’s is not answered by posting again, which could show it twice', async () => {
    const { slack } = harness;
    slack.on('chat.postMessage', () => ({ status: 503, body: 'busy' }));
    await send(harness, event(direct('hold on')));
    await slack.until(() => harness.bot.counters.of('failure.http-503') === 1);
    expect(slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('what may be done twice is tried three times, no more', async () => {
    const { slack } = harness;
    slack.on('views.publish', () => ({ status: 500, body: 'oh' }));
    await send(harness, event({ type: 'app_home_opened', user: 'U0ASKER', tab: 'home' }));
    await slack.until(() => harness.bot.counters.of('failure.http-500') === 1);
    expect(slack.of('views.publish')).toHaveLength(3);
  });
});

describe('whoever asks too much', () => {
  it('is told when to go on, and a channel full of links is answered in measure', async () => {
    const cooldowns = { person: makeCooldown(2, 60), channel: makeCooldown(1, 60) };
    const harness = await startHarness({ mode: 'http', cooldowns });
    try {
      const { slack } = harness;
      for (let n = 0; n < 3; n += 1) await send(harness, slash('hold on', slack.responseUrl()));
      await slack.called('response', 3);
      expect(
        slack
          .of('response')
          .map(({ args }) => textOf(args.blocks))
          .join(),
      ).toMatch(/Try again in \d+ s/);
      for (const id of ['6hHc7Pks7wtBIW8Z6A0iFq', '5sICkBXVmaCQk5aISGR3x1']) {
        await send(harness, event(linkShared(`https://open.spotify.com/track/${id}`)));
      }
      await slack.until(() => harness.bot.counters.of('link.cooldown') === 1);
      await slack.called('chat.postEphemeral', 1);
      expect(slack.of('chat.postEphemeral')).toHaveLength(1);
    } finally {
      await harness.stop();
    }
  });
});

describe('secrets and what people write', () => {
  it('never reach the log', async () => {
    const harness = await startHarness({ mode: 'http' });
    const { slack } = harness;
    slack.on('chat.postMessage', () => ({ body: { ok: false, error: 'invalid_auth' } }));
    slack.on('response', () => ({ status: 500, body: 'no' }));
    await send(harness, event(direct('my canary song')));
    await send(harness, slash('my canary song', slack.responseUrl()));
    await post(harness, 'canary', JSON_TYPE, { 'x-slack-signature': 'v0=bad' });
    await slack.until(() => harness.bot.counters.of('failure.http-500') === 1);
    await harness.stop();
    const log = harness.log.join('\n');
    expect(log).toContain('invalid_auth');
    for (const secret of [BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, 'canary song'])
      expect(log).not.toContain(secret);
  });
});

describe('a shutdown', () => {
  it('lets running answers end and takes nothing more', async () => {
    let release: () => void = () => {};
    const wait = new Promise<void>((resolve) => {
      release = resolve;
    });
    const resolve = async (): Promise<Resolution> => {
      await wait;
      return { kind: 'sorry', reason: { key: 'lookup.sorry.late', params: {} }, candidates: [] };
    };
    const harness = await startHarness({ mode: 'http', resolver: { resolve } });
    const { slack } = harness;
    const first = slash('hold on', slack.responseUrl());
    await send(harness, first);
    await slack.until(() => harness.bot.counters.of('delivery.taken') === 1);
    const stopped = harness.bot.stop();
    expect(harness.bot.ready()).toBe(false);
    await expect(fetch(`${harness.bot.url}/healthz`)).rejects.toThrow();
    release();
    await stopped;
    expect(slack.of('response')).toHaveLength(1);
    expect(() => button(slack.of('response')[0]!, 'Details')).toThrow();
    await slack.stop();
    await harness.state.close();
  });
});
