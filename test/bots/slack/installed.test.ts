/** Tokens that Slack renews, and installations for a whole organisation. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Installations } from '../../../src/bots/slack/installations.ts';
import { settingsOf } from '../../../src/bots/slack/settings.ts';
import { Secret } from '../../../src/config.ts';
import { BOT_USER, CHANNEL, TEAM } from './support/fake-slack.ts';
import { type Harness, send, startHarness, textOf } from './support/harness.ts';
import { event, mentioning, slash } from './support/payloads.ts';

const SECRET = 'a-long-random-state-secret';
const now = () => Math.floor(Date.now() / 1000);

let harness: Harness;
let store: Installations;
beforeEach(async () => {
  const env = {
    SLACK_BOT_TOKEN: '',
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'secret',
    SLACK_STATE_SECRET: SECRET,
  };
  harness = await startHarness({ mode: 'http', env });
  store = new Installations(harness.state, new Secret(SECRET));
});
afterEach(async () => {
  await harness.stop();
  expect(harness.slack.faults).toEqual([]);
  expect(harness.log.join()).not.toMatch(/xoxe|xoxb/);
});

const bot = (token: string, more: Record<string, unknown> = {}) => ({
  token,
  userId: BOT_USER,
  id: 'B0BOT',
  scopes: ['chat:write'],
  ...more,
});
const kept = (teamId: string | undefined, enterpriseId?: string) =>
  store.fetchInstallation({ teamId, enterpriseId, isEnterpriseInstall: teamId === undefined } as never);

describe('a token that expires', () => {
  const install = (expiresAt: number) =>
    store.storeInstallation({
      team: { id: TEAM },
      enterprise: undefined,
      isEnterpriseInstall: false,
      authVersion: 'v2',
      bot: bot('xoxe.xoxb-old', { refreshToken: 'xoxe-1-old', expiresAt }),
    } as never);
  const renewed = {
    ok: true,
    access_token: 'xoxe.xoxb-new',
    token_type: 'bot',
    expires_in: 43_200,
    refresh_token: 'xoxe-1-new',
    team: { id: TEAM },
  };

  it('is renewed before it does, kept encrypted, and used at once', async () => {
    const { slack } = harness;
    slack.on('oauth.v2.access', () => ({ body: renewed }));
    await install(now() + 60);
    await send(harness, event(mentioning('hold on adele')));
    const { token, args } = await slack.called('chat.postMessage');
    expect(token).toBe('xoxe.xoxb-new');
    expect(textOf(args.blocks)).toContain('Five films');
    expect((await slack.called('oauth.v2.access')).args).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'xoxe-1-old',
    });
    expect((await kept(TEAM)).bot).toMatchObject({ token: 'xoxe.xoxb-new', refreshToken: 'xoxe-1-new' });
    expect(JSON.stringify(await harness.state.list('slack-install:'))).not.toContain('xox');
    await send(harness, event(mentioning('blue monday')));
    expect((await slack.called('chat.postMessage', 2)).token).toBe('xoxe.xoxb-new');
    expect(slack.of('oauth.v2.access')).toHaveLength(1);
  });

  it('is left alone while it lasts', async () => {
    await install(now() + 40_000);
    await send(harness, event(mentioning('hold on adele')));
    expect((await harness.slack.called('chat.postMessage')).token).toBe('xoxe.xoxb-old');
    expect(harness.slack.of('oauth.v2.access')).toEqual([]);
  });

  it('is no new installation when it is renewed: a removal just before still counts', async () => {
    const { slack, bot: running } = harness;
    slack.on('oauth.v2.access', () => ({ body: renewed }));
    await install(now() + 60);
    const { installedAt } = (await kept(TEAM)) as unknown as { installedAt: number };
    await send(harness, event(mentioning('hold on adele')));
    await slack.called('chat.postMessage');
    expect((await kept(TEAM)) as unknown).toMatchObject({ installedAt });
    const event_time = Math.ceil(installedAt / 1000);
    await send(harness, event({ type: 'app_uninstalled' }, { event_time }));
    await slack.until(() => running.counters.of('team.gone') === 1);
    await expect(kept(TEAM)).rejects.toThrow('not installed');
  });

  it('that can’t be renewed ends in a sentence, not in the end of the process', async () => {
    const { slack } = harness;
    slack.on('oauth.v2.access', () => ({ body: { ok: false, error: 'invalid_refresh_token' } }));
    slack.on('users.info', () => ({ body: { ok: false, error: 'token_expired' } }));
    slack.on('response', (_, count) => (count > 1 ? undefined : { status: 200, body: 'ok' }));
    await install(now() - 60);
    await send(harness, slash('hold on adele', slack.responseUrl()));
    expect(textOf((await slack.called('response')).args.blocks)).toContain('Five films');
  });
});

describe('an installation for an organisation', () => {
  const wide = (team: string) => ({
    team_id: team,
    enterprise_id: 'E0ORG',
    is_enterprise_install: true,
    authorizations: [
      { enterprise_id: 'E0ORG', team_id: null, user_id: BOT_USER, is_bot: true, is_enterprise_install: true },
    ],
  });

  beforeEach(() =>
    store.storeInstallation({
      team: undefined,
      enterprise: { id: 'E0ORG' },
      isEnterpriseInstall: true,
      authVersion: 'v2',
      bot: bot('xoxb-org'),
    } as never),
  );

  it('answers in each of its workspaces with the one token', async () => {
    const { slack } = harness;
    for (const [at, team] of ['T0ONE', 'T0TWO'].entries()) {
      await send(harness, event(mentioning('hold on adele'), wide(team)));
      const { token, args } = await slack.called('chat.postMessage', at + 1);
      expect(token).toBe('xoxb-org');
      expect(textOf(args.blocks)).toContain('Five films');
    }
    const command = { team_id: 'T0ONE', enterprise_id: 'E0ORG', is_enterprise_install: 'true' };
    await send(harness, slash('blue monday', slack.responseUrl(), command));
    expect(textOf((await slack.called('response')).args.blocks)).toContain('Five films');
  });

  it('keeps the settings of each workspace its own', async () => {
    const { slack, state } = harness;
    const command = { enterprise_id: 'E0ORG', is_enterprise_install: 'true', command: '/movie-settings' };
    await send(harness, slash('off', slack.responseUrl(), { ...command, team_id: 'T0ONE' }));
    await slack.called('response');
    expect((await settingsOf(state, 'T0ONE', CHANNEL)).links).toBe('off');
    expect((await settingsOf(state, 'T0TWO', CHANNEL)).links).toBe('private');
  });
});
