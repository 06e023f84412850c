/** What goes when somebody wants to be forgotten, or a workspace removes the app; and what late news change. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Installations } from '../../../src/bots/slack/installations.ts';
import { managersOf, setLinks, setManagers, settingsOf } from '../../../src/bots/slack/settings.ts';
import { Secret } from '../../../src/config.ts';
import { changeSettings } from '../../../src/conversation/settings.ts';
import { PROJECT_DIR } from '../../../src/shared/places.ts';
import { quotas } from '../../../src/state/kinds.ts';
import { newKey } from '../../../src/state/secret-key.ts';
import { CHANNEL, TEAM, USER } from './support/fake-slack.ts';
import { button, buttonsOf, type Harness, send, startHarness, textOf } from './support/harness.ts';
import { direct, event, press, pressInView, slash } from './support/payloads.ts';

const STATE_SECRET = 'a-long-random-state-secret';
const OAUTH = {
  SLACK_BOT_TOKEN: '',
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'secret',
  SLACK_STATE_SECRET: STATE_SECRET,
};
const now = () => Math.floor(Date.now() / 1000);

/** Keys of a person or their workspace, in kinds. */
async function kindsKept({ state }: Harness): Promise<string[]> {
  const kinds = ['vote', 'ballot', 'films', 'taste', 'hidden', 'channel', 'slack-'];
  const found = await Promise.all(kinds.map((kind) => state.list(kind)));
  return [...new Set(found.flat().map(({ key }) => key.split(':', 1)[0]!))].sort();
}

/** What stays of a workspace for thirty days once it removed the app. */
const LASTING = [
  'ballot',
  'films',
  'hidden',
  'slack-channel',
  'slack-left',
  'slack-managers',
  'slack-voter',
  'taste',
  'vote',
];

async function useEverything(harness: Harness): Promise<void> {
  const { slack, state } = harness;
  await send(harness, event(direct('hi')));
  await slack.called('chat.postMessage');
  await send(harness, slash('hold on adele', slack.responseUrl()));
  const answer = await slack.called('response');
  await send(harness, press(button(answer, 'Details'), slack.responseUrl(), { ephemeral: true }));
  const { args } = await slack.called('views.open');
  const view = args.view as { blocks: unknown; callback_id: string; private_metadata: string };
  const up = buttonsOf(view.blocks).find(({ text }) => text?.text.includes('👍'))!;
  await send(
    harness,
    pressInView(
      { action_id: up.action_id, value: up.value },
      {
        callback_id: view.callback_id,
        private_metadata: view.private_metadata,
      },
    ),
  );
  await slack.until(() => slack.of('views.update').length > 0, 'the thanks');
  const save = buttonsOf(view.blocks).find(({ text }) => text?.text.includes('Save'))!;
  await send(harness, pressInView({ ...save }, { ...view, blocks: undefined }));
  await slack.until(() => slack.of('views.update').length > 1, 'the saved film');
  const times = slack.of('response').length;
  await send(harness, slash('hold on adele', slack.responseUrl(), { command: '/my-movies' }));
  await slack.called('response', times + 1);
  // Somebody else hides: what counts of the first one stays.
  const other = { command: '/movie-privacy', user_id: 'U0OTHER' };
  await send(harness, slash('', slack.responseUrl(), other));
  const hide = button(await slack.called('response', times + 2), 'Hide');
  await send(harness, press(hide, slack.responseUrl(), { ephemeral: true, user: 'U0OTHER' }));
  await slack.called('response', times + 3);
  await setLinks(state, TEAM, CHANNEL, 'off');
}

describe('with a token of its own', () => {
  let harness: Harness;
  let late = 0;
  const pass = (days: number) => {
    late += days * 24 * 3600_000;
  };
  beforeEach(async () => {
    late = 0;
    // Stored names are hashed, as a host's are.
    const stateOptions = { clock: () => Date.now() + late, key: newKey() };
    harness = await startHarness({ mode: 'http', stateOptions });
  });
  afterEach(() => harness.stop());

  const removed = async ({ bot, slack }: Harness) => {
    await send(harness, event({ type: 'app_uninstalled' }, { event_time: now() + 1 }));
    await slack.until(() => bot.counters.of('team.gone') === 1);
  };

  it('a removed app leaves nothing of the workspace behind after thirty days', async () => {
    await useEverything(harness);
    await setManagers(harness.state, TEAM, [USER]);
    await removed(harness);
    expect(await kindsKept(harness)).toEqual(LASTING);
    pass(29);
    expect(await kindsKept(harness)).toEqual(LASTING);
    pass(2);
    expect(await kindsKept(harness)).toEqual([]);
  });

  it('a workspace that takes the app back within them has what it had', async () => {
    await useEverything(harness);
    await setManagers(harness.state, TEAM, [USER]);
    await removed(harness);
    pass(29);
    const { state, slack } = harness;
    // With its new token the host starts the app again.
    const again = await startHarness({ mode: 'http', state, slack });
    await again.stop();
    pass(60);
    expect(await kindsKept(harness)).toEqual(LASTING.filter((kind) => kind !== 'slack-left'));
    expect((await settingsOf(state, TEAM, CHANNEL)).links).toBe('off');
  });

  it('docs/slack.md names everything that is kept, and nothing that could not be', async () => {
    const { slack, state } = harness;
    await useEverything(harness);
    await changeSettings(state, `slack:${TEAM}:${CHANNEL}`, { links: 'off' });
    await setManagers(state, TEAM, [USER]);
    await send(harness, slash('', slack.responseUrl()));
    await slack.called('views.open', 2);
    const times = slack.of('response').length;
    await send(harness, slash('hold on + blue monday + enter sandman', slack.responseUrl()));
    await send(harness, slash('', slack.responseUrl(), { command: '/movie-night' }));
    await slack.called('response', times + 2);
    const kept = new Set((await state.list('')).map(({ key }) => key.split(':', 1)[0]!));
    const page = readFileSync(join(PROJECT_DIR, 'docs/slack.md'), 'utf8');
    const named = [...page.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \| [^|]+ \| [^|]+ \|$/gm)].flatMap(
      ([, names]) => names!.match(/[a-z-]+/g)!,
    );
    expect([...kept].filter((kind) => !named.includes(kind))).toEqual([]);
    expect(named.filter((kind) => !Object.hasOwn(quotas(), kind))).toEqual([]);
    // What OAuth, look-ups, ListenBrainz and rituals keep is not used here.
    expect(named.filter((kind) => !kept.has(kind)).sort()).toEqual([
      'listening',
      'lookup',
      'ritual',
      'slack-install',
      'slack-left',
    ]);
  });

  it('keeps what is another workspace’s', async () => {
    await useEverything(harness);
    await setLinks(harness.state, 'T0TEAM2', CHANNEL, 'off');
    await send(harness, event({ type: 'app_uninstalled' }, { event_time: now() + 1, team_id: 'T0TEA' }));
    await harness.slack.until(() => harness.bot.counters.of('team.gone') === 1);
    expect(await kindsKept(harness)).toEqual(
      expect.arrayContaining(['ballot', 'slack-told', 'slack-user', 'vote']),
    );
  });

  it('told late, after a new installation, changes nothing', async () => {
    await useEverything(harness);
    const before = await kindsKept(harness);
    await send(harness, event({ type: 'app_uninstalled' }, { event_time: now() - 300 }));
    await harness.slack.until(() => harness.bot.counters.of('team.outdated') === 1);
    expect(await kindsKept(harness)).toEqual(before);
  });

  it('“forget everything” leaves only the channel’s settings', async () => {
    const { slack } = harness;
    await useEverything(harness);
    const times = slack.of('response').length;
    await send(harness, slash('forget', slack.responseUrl(), { command: '/movie-privacy' }));
    const sure = await slack.called('response', times + 1);
    const [yes] = buttonsOf(sure.args.blocks);
    await send(harness, press(yes!, slack.responseUrl(), { ephemeral: true }));
    expect(textOf((await slack.called('response', times + 2)).args.blocks)).toMatch(/forg/i);
    expect((await harness.state.list('vote:')).length).toBe(0);
    expect((await harness.state.list('slack-told:')).length).toBe(0);
    // The one who hides stays hidden.
    expect((await harness.state.list('slack-voter:')).length).toBe(1);
    expect(JSON.stringify(await harness.state.list('slack-user:'))).not.toContain(USER);
  });
});

describe('with installations by OAuth', () => {
  let harness: Harness;
  let store: Installations;
  beforeEach(async () => {
    harness = await startHarness({ mode: 'http', env: OAUTH });
    store = new Installations(harness.state, new Secret(STATE_SECRET));
  });
  afterEach(() => harness.stop());

  const install = (ids: { team?: string; enterprise?: string }) =>
    store.storeInstallation({
      team: ids.team ? { id: ids.team } : undefined,
      enterprise: ids.enterprise ? { id: ids.enterprise } : undefined,
      isEnterpriseInstall: !ids.team,
      bot: { token: 'xoxb-1', userId: 'U0BOT', id: 'B0BOT', scopes: [] },
    } as never);
  const installed = async () => (await harness.state.list('slack-install:')).map(({ key }) => key);
  const removed = (more: Record<string, unknown>, inner: Record<string, unknown> = {}) =>
    send(harness, event({ type: 'app_uninstalled', ...inner }, { event_time: now() + 1, ...more }));
  const revoked = { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } };

  it.each([
    ['app_uninstalled', {}],
    ['tokens_revoked', revoked],
  ])('an older %s than the installation changes nothing, a newer one removes it', async (_, inner) => {
    await install({ team: TEAM });
    await removed({ event_time: now() - 5 }, inner);
    await harness.slack.until(() => harness.bot.counters.of('team.outdated') === 1);
    expect(await installed()).toEqual([`slack-install:${TEAM}`]);
    await removed({}, inner);
    await harness.slack.until(() => harness.bot.counters.of('team.gone') === 1);
    expect(await installed()).toEqual([]);
  });

  it.each([
    [
      'names its workspace too',
      {
        enterprise_id: 'E0ORG',
        authorizations: [{ enterprise_id: 'E0ORG', team_id: TEAM, is_enterprise_install: true }],
      },
    ],
    ['names no workspace', { team_id: null, enterprise_id: 'E0ORG', authorizations: undefined }],
    [
      'names it in its authorisation alone',
      {
        team_id: null,
        authorizations: [{ enterprise_id: 'E0ORG', team_id: null, is_enterprise_install: true }],
      },
    ],
  ])('an organisation’s removal that %s removes its token', async (_, more) => {
    await install({ enterprise: 'E0ORG' });
    await install({ team: 'T0OTHER' });
    await removed(more);
    await harness.slack.until(() => harness.bot.counters.of('team.gone') === 1);
    expect(await installed()).toEqual(['slack-install:T0OTHER']);
  });

  it.each([
    [{ team: TEAM }, {}],
    [{ enterprise: 'E0ORG' }, { enterprise_id: 'E0ORG', is_enterprise_install: true }],
  ])('a new installation of %o ends the thirty days', async (ids, more) => {
    const { state } = harness;
    await install(ids);
    await setManagers(state, TEAM, [USER]);
    await removed({ ...more, authorizations: undefined });
    await harness.slack.until(() => harness.bot.counters.of('team.gone') === 1);
    await install({ team: 'T0OTHER' });
    expect(await state.list('slack-left')).toHaveLength(1);
    await install(ids);
    expect(await state.list('slack-left')).toEqual([]);
    expect(await managersOf(state, TEAM)).toEqual([USER]);
  });

  it('revoked tokens of people leave the app’s in place', async () => {
    await install({ team: TEAM });
    await removed({}, { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
    await harness.slack.until(() => harness.bot.counters.of('delivery.taken') === 1);
    expect(await installed()).toEqual([`slack-install:${TEAM}`]);
  });
});
