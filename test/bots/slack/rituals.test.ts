/** Rituals in a channel of Slack: set by admins, told to it, sent once, and by the token of each workspace. */
import { afterEach, expect, it } from 'vitest';
import { Installations } from '../../../src/bots/slack/installations.ts';
import { Secret } from '../../../src/config.ts';
import { CHANNEL, TEAM } from './support/fake-slack.ts';
import { button, type Harness, send, startHarness, stopClean, textOf } from './support/harness.ts';
import { event, press, slash } from './support/payloads.ts';

const SECRET = 'a-long-random-state-secret';
const OAUTH = {
  SLACK_BOT_TOKEN: '',
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'secret',
  SLACK_STATE_SECRET: SECRET,
};
let harness: Harness;
let now = 0;
const timing = { lookMs: 10, now: () => now };
const later = () =>
  Date.parse(`${new Date(Date.now() + 2 * 24 * 3600_000).toISOString().slice(0, 10)}T18:31Z`);
const COMMAND = { command: '/movie-rituals' };
const posts = () => harness.slack.of('chat.postMessage').filter(({ args }) => args.channel === CHANNEL);
const sent = () =>
  harness.slack.until(() => harness.bot.counters.of('ritual.daily') > 0, 'the song of the day');

async function ask(text: string, more: Record<string, string> = {}) {
  const { slack } = harness;
  const before = slack.of('response').length;
  await send(harness, slash(text, slack.responseUrl(), { ...COMMAND, ...more }));
  return slack.called('response', before + 1);
}

afterEach(() => stopClean(harness));

it('sends a daily song, asked for by an admin, once, and ends it by a button', async () => {
  now = Date.now();
  harness = await startHarness({ mode: 'http', rituals: timing });
  const refused = await ask('daily at:18:30 zone:UTC', { user_id: 'U0OTHER' });
  expect(textOf(refused.args.blocks)).toContain('Only admins of this workspace');
  const set = await ask('daily at:18:30 zone:UTC');
  expect(set.args.response_type).toBe('ephemeral');
  expect(textOf(posts()[0]!.args.blocks)).toContain('changed what I send here by myself:\nEvery day at');
  now = later();
  await sent();
  now += 3600_000;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(posts()).toHaveLength(2);
  expect(textOf(posts()[1]!.args.blocks)).toMatch(/Five films[\s\S]*The song of the day here\./);
  await send(
    harness,
    press(button(set, 'End the daily song'), harness.slack.responseUrl(), { ephemeral: true }),
  );
  await expect.poll(() => harness.state.list('ritual')).toEqual([]);
});

it('says that it has to be invited where it may not write', async () => {
  harness = await startHarness({ mode: 'http', rituals: timing });
  harness.slack.on('chat.postMessage', () => ({ body: { ok: false, error: 'not_in_channel' } }));
  expect(textOf((await ask('daily')).args.blocks)).toContain('Invite me with /invite');
  expect(await harness.state.list('ritual')).toEqual([]);
});

it('goes by the token of the workspace, and rests while the app is removed', async () => {
  now = Date.now();
  harness = await startHarness({ mode: 'http', env: OAUTH, rituals: timing });
  const store = new Installations(harness.state, new Secret(SECRET));
  const install = () =>
    store.storeInstallation({
      team: { id: TEAM },
      enterprise: undefined,
      isEnterpriseInstall: false,
      authVersion: 'v2',
      bot: { token: 'xoxb-workspace', userId: 'U0BOT', id: 'B0BOT', scopes: ['chat:write'] },
    } as never);
  await install();
  await ask('daily at:18:30 zone:UTC');
  const gone = { event_time: Math.floor(Date.now() / 1000) + 1 };
  await send(harness, event({ type: 'app_uninstalled' }, gone));
  await harness.slack.until(() => harness.bot.counters.of('team.gone') === 1);
  now = later();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([harness.bot.counters.of('ritual.failed'), posts().length]).toEqual([0, 1]);
  await install();
  await sent();
  expect(posts()[1]!.token).toBe('xoxb-workspace');
});
