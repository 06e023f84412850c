/** Socket Mode: sockets that drop, Slack out of reach, the same envelope on two connections. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Runtime } from '../../../src/bots/common/runtime.ts';
import { startBot, startSlack } from '../../../src/bots/slack/start.ts';
import { loadConfig } from '../../../src/config.ts';
import { ConfigurationError, UpstreamError } from '../../../src/shared/errors.ts';
import { FakeSlack } from './support/fake-slack.ts';
import { APP_TOKEN, BOT_TOKEN, type Harness, send, startHarness } from './support/harness.ts';
import { direct, event, slash } from './support/payloads.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ mode: 'socket', pings: { client: 300, server: 600 } });
});
afterEach(() => harness.stop());

const back = (times: number) =>
  harness.slack.until(() => harness.bot.counters.of('socket.reconnected') === times && harness.bot.ready());

describe('a socket', () => {
  it('that drops, closes or is to be renewed is opened again, and answers go on', async () => {
    const { slack } = harness;
    const endings = [
      () => slack.sockets.at(-1)!.terminate(),
      () => slack.sockets.at(-1)!.close(1001),
      () => slack.sockets.at(-1)!.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
    ];
    for (const [at, end] of endings.entries()) {
      end();
      await back(at + 1);
      await send(harness, slash('hold on', slack.responseUrl()));
      await slack.called('response', at + 1);
    }
    expect(slack.of('apps.connections.open')).toHaveLength(4);
  });

  it('that falls silent is taken for dropped', async () => {
    const { slack } = harness;
    // No more pongs: the other side is gone without a word.
    const socket = slack.sockets.at(-1)!;
    (
      socket as unknown as { _receiver: { removeAllListeners(name: string): void } }
    )._receiver.removeAllListeners('ping');
    await back(1);
  });

  it('is tried again for as long as Slack is out of reach', async () => {
    const { slack } = harness;
    const answers = [
      { status: 500, body: 'oh' },
      { status: 429, headers: { 'retry-after': '1' }, body: {} },
      { body: { ok: false, error: 'internal_error' } },
    ];
    slack.on('apps.connections.open', (_, count) => answers[count - 2]);
    slack.sockets.at(-1)!.terminate();
    await back(1);
    await send(harness, event(direct('hold on')));
    await slack.called('chat.postMessage');
    expect(slack.of('apps.connections.open').length).toBeGreaterThanOrEqual(5);
  });

  it('acts on an envelope once, although Slack sends it on the next connection too', async () => {
    const { slack } = harness;
    const [command, told] = [slash('hold on', slack.responseUrl()), event(direct('hold on'))];
    const envelope = randomUUID();
    await slack.deliver('slash_commands', command, envelope);
    await slack.deliver('events_api', told);
    slack.sockets.at(-1)!.terminate();
    await back(1);
    slack.acks.clear();
    await slack.deliver('slash_commands', command, envelope);
    await slack.deliver('events_api', told, randomUUID(), { retry_attempt: 1, retry_reason: 'timeout' });
    await slack.until(() => harness.bot.counters.of('delivery.duplicate') === 2);
    await slack.called('response');
    await slack.called('chat.postMessage');
    expect(slack.of('response')).toHaveLength(1);
    expect(slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('survives what makes no sense', async () => {
    const { slack } = harness;
    for (const text of [
      '{',
      '[]',
      'null',
      '{"type":"hello"}',
      '{"type":"events_api","envelope_id":"e","payload":null}',
    ]) {
      slack.sockets.at(-1)?.send(text);
    }
    await slack.until(() => harness.bot.counters.of('packet.malformed') >= 2);
    await send(harness, slash('hold on', slack.responseUrl()));
    await slack.called('response');
  });
});

describe('the start', () => {
  const start = (slack: FakeSlack, env: Record<string, string> = {}) =>
    startSlack({
      config: loadConfig({
        SLACK_API_URL: slack.api,
        SLACK_BOT_TOKEN: BOT_TOKEN,
        SLACK_APP_TOKEN: APP_TOKEN,
        ...env,
      }),
      context: { state: harness.state } as never,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
    });

  it('is what the program calls', async () => {
    const config = loadConfig({
      SLACK_API_URL: harness.slack.api,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
    });
    const runtime = { config, context: { state: harness.state } } as unknown as Runtime;
    const bot = await startBot(runtime, pino({ level: 'silent' }));
    expect(bot.ready()).toBe(true);
    await bot.stop();
    expect(bot.ready()).toBe(false);
  });

  it('says which token Slack refuses', async () => {
    const slack = await new FakeSlack().start();
    slack.on('apps.connections.open', () => ({ body: { ok: false, error: 'invalid_auth' } }));
    await expect(start(slack)).rejects.toThrow(/Slack refuses SLACK_APP_TOKEN \(invalid_auth\)/);
    slack.on('auth.test', () => ({ body: { ok: false, error: 'account_inactive' } }));
    await expect(start(slack)).rejects.toThrow(ConfigurationError);
    await slack.stop();
  });

  it('says when Slack can’t be reached, after three tries', async () => {
    const slack = await new FakeSlack().start();
    slack.on('auth.test', () => ({ status: 502, body: 'gone' }));
    await expect(start(slack)).rejects.toThrow(UpstreamError);
    expect(slack.of('auth.test')).toHaveLength(3);
    await slack.stop();
  });
});
