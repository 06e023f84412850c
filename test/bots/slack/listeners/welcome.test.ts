/** Hello, said once and to one person. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setLinks } from '../../../../src/bots/slack/settings.ts';
import { BOT_USER, CHANNEL, DIRECT, TEAM, USER } from '../support/fake-slack.ts';
import { buttonsOf, type Harness, send, startHarness, stopClean, textOf } from '../support/harness.ts';
import { event, press } from '../support/payloads.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ mode: 'http' });
});
afterEach(() => stopClean(harness));
const counted = (reason: string, times = 1) =>
  harness.slack.until(() => harness.bot.counters.of(reason) >= times, `the decision ${reason}`);

const opened = (more: Record<string, unknown> = {}) =>
  event({ type: 'app_home_opened', user: USER, channel: DIRECT, tab: 'messages', ...more });

it('is said in the conversation with the app when it is first opened, with songs to press', async () => {
  const { slack } = harness;
  await send(harness, opened());
  const hello = await slack.called('chat.postMessage');
  expect(hello.args.channel).toBe(DIRECT);
  expect(textOf(hello.args.blocks)).toContain('Name a song here');
  for (const tab of ['messages', 'messages']) await send(harness, opened({ tab }));
  await counted('welcome.again', 2);
  expect(slack.messages).toHaveLength(1);
  const [song] = buttonsOf(hello.args.blocks);
  const { blocks } = hello.args;
  await send(harness, press(song!, slack.responseUrl(), { channel: DIRECT, blocks }));
  expect(textOf((await slack.called('response')).args.blocks)).toContain('Five films');
});

it('is said to whoever invited the app, with what happens there', async () => {
  const { slack } = harness;
  await setLinks(harness.state, TEAM, CHANNEL, 'answer');
  const joined = {
    type: 'member_joined_channel',
    user: BOT_USER,
    channel: CHANNEL,
    channel_type: 'C',
    team: TEAM,
  };
  await send(harness, event({ ...joined, inviter: USER }));
  const { args } = await slack.called('chat.postEphemeral');
  expect(args).toMatchObject({ channel: CHANNEL, user: USER });
  expect(args.thread_ts).toBeUndefined();
  expect(textOf(args.blocks)).toContain('Answer in a thread');
  expect(textOf(args.blocks)).toContain('/movie-settings');
  // Other people's coming, and one that nobody asked for.
  for (const more of [{ user: 'U0OTHER', inviter: USER }, {}])
    await send(harness, event({ ...joined, ...more }));
  await counted('welcome.none', 2);
  expect(slack.messages).toHaveLength(1);
});
