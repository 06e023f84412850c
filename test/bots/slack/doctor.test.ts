import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEEDED_SCOPES } from '../../../src/bots/slack/constants.ts';
import { diagnoseSlack } from '../../../src/bots/slack/doctor.ts';
import { loadConfig } from '../../../src/config.ts';
import { FakeSlack } from './support/fake-slack.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET } from './support/harness.ts';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await new FakeSlack().start();
});
afterEach(() => slack.stop());

const socket = { SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN };
const http = { SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET };

/** What is wrong; checks that no secret is told. */
async function faults(env: Record<string, string>): Promise<string[]> {
  const found = await diagnoseSlack(loadConfig({ SLACK_API_URL: slack.api, ...env }));
  const told = JSON.stringify(found);
  for (const secret of [BOT_TOKEN, APP_TOKEN, SIGNING_SECRET]) expect(told).not.toContain(secret);
  for (const finding of found) expect(finding.ok).toBe(finding.fix === undefined);
  return found.filter(({ ok }) => !ok).map(({ subject, sentence }) => `${subject}: ${sentence}`);
}

describe('the five usual mistakes', () => {
  it('none: nothing is wrong, in either mode', async () => {
    expect(await faults(socket)).toEqual([]);
    const page = createServer((_, response) => void response.writeHead(401).end());
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    expect(await faults({ ...http, MUSIC2MOVIE_PUBLIC_URL: address })).toEqual([]);
    await new Promise((resolve) => page.close(resolve));
    expect(await diagnoseSlack(loadConfig({}))).toEqual([]);
  });

  it('a token that Slack refuses', async () => {
    slack.on('auth.test', () => ({ body: { ok: false, error: 'invalid_auth' } }));
    expect(await faults(socket)).toEqual(['Slack bot token: Slack refuses SLACK_BOT_TOKEN (invalid_auth).']);
  });

  it('scopes that were added without installing again', async () => {
    slack.scopes = NEEDED_SCOPES.filter((scope) => scope !== 'users:read');
    expect(await faults(socket)).toEqual(['Slack scopes: The app lacks users:read.']);
  });

  it('Socket Mode that is off, and tokens of two apps', async () => {
    expect(await faults({ ...socket, SLACK_APP_TOKEN: 'xapp-1-A0OTHER-1-x' })).toEqual([
      expect.stringContaining('is of the app A0OTHER, SLACK_BOT_TOKEN of A0APP'),
    ]);
    slack.on('apps.connections.open', () => ({ body: { ok: false, error: 'missing_scope' } }));
    expect(await faults(socket)).toEqual([expect.stringContaining('(missing_scope)')]);
  });

  it('another secret in the signing secret’s place', async () => {
    const found = await faults({
      ...http,
      SLACK_SIGNING_SECRET: '1234.5678',
      MUSIC2MOVIE_PUBLIC_URL: slack.url,
    });
    expect(found[0]).toContain('SLACK_SIGNING_SECRET has not the form');
  });

  it('an address that Slack can’t reach, and a clock that is off', async () => {
    expect(await faults(http)).toEqual([expect.stringContaining('MUSIC2MOVIE_PUBLIC_URL is not set')]);
    const late = new Date(Date.now() - 600_000).toUTCString();
    slack.on('api.test', () => ({ headers: { date: late }, body: { ok: true } }));
    const found = await faults({ ...http, MUSIC2MOVIE_PUBLIC_URL: 'http://127.0.0.1:9' });
    expect(found[0]).toContain('can’t be reached');
    expect(found[1]).toMatch(/clock is (599|600|601) s ahead/);
  });

  it('no way to Slack at all', async () => {
    expect(await faults({ ...socket, SLACK_API_URL: 'http://127.0.0.1:9/api' })).toEqual([
      'Slack: Slack can’t be reached.',
    ]);
  });
});
