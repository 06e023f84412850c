/** Pasted links: answered once, offered once, previewed once; never for bots, edits or what is being typed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setLinks } from '../../../../src/bots/slack/settings.ts';
import { changeSettings } from '../../../../src/conversation/settings.ts';
import { BOT_USER, CHANNEL, TEAM, USER } from '../support/fake-slack.ts';
import { button, buttonsOf, type Harness, send, startHarness, textOf } from '../support/harness.ts';
import { direct, event, linkShared, mentioning, message, press } from '../support/payloads.ts';

const TRACK = 'https://open.spotify.com/track/6hHc7Pks7wtBIW8Z6A0iFq?si=abc';
const LINK = `listen <${TRACK}|open.spotify.com/track/…>`;

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ mode: 'http' });
});
afterEach(async () => {
  await harness.stop();
  expect(harness.slack.faults).toEqual([]);
  expect(harness.reported).toEqual([]);
});

const links = (choice: Parameters<typeof setLinks>[3]) => setLinks(harness.state, TEAM, CHANNEL, choice);
/** Waits until something was decided about a message, and gives how often. */
const counted = (reason: string) =>
  harness.slack.until(() => harness.bot.counters.of(reason) > 0, `the decision ${reason}`);

describe('in a channel', () => {
  it('gets one small offer in its thread, which opens the films in its place', async () => {
    const { slack } = harness;
    const posted = message(LINK);
    await send(harness, event(posted));
    const offer = await slack.called('chat.postMessage');
    expect(offer.args).toMatchObject({ channel: CHANNEL, thread_ts: posted.ts });
    expect(buttonsOf(offer.args.blocks)).toHaveLength(1);
    await send(
      harness,
      press(button(offer, 'Films that feel like it'), slack.responseUrl(), { blocks: offer.args.blocks }),
    );
    const films = await slack.called('response');
    expect(films.args.replace_original).toBe(true);
    expect(textOf(films.args.blocks)).toContain('Five films that feel like “Blue Monday”');
  });

  it('is answered in its thread where the channel is set so', async () => {
    await links('answer');
    const posted = message(LINK, { thread_ts: '1600000000.000001' });
    await send(harness, event(posted));
    const { args } = await harness.slack.called('chat.postMessage');
    expect(args.thread_ts).toBe('1600000000.000001');
    expect(textOf(args.blocks)).toContain('Five films');
  });

  it('is left alone where the channel is set so, or the shared settings are', async () => {
    await changeSettings(harness.state, `slack:${TEAM}:${CHANNEL}`, { links: 'off' });
    await send(harness, event(message(LINK)));
    await counted('link.off');
    expect(harness.slack.messages).toEqual([]);
  });

  it('is reacted to once, in whatever order and however often Slack tells of it', async () => {
    await links('answer');
    const posted = message(LINK);
    const shared = linkShared(TRACK, { message_ts: posted.ts });
    const told = [event(shared), event(posted), event(posted), event(shared)];
    for (const one of [...told, told[1]!, told[0]!]) await send(harness, one);
    // The same link again: everybody in the channel has the answer already.
    await send(harness, event(message(LINK)));
    await counted('link.repeated');
    await harness.slack.called('chat.postMessage');
    expect(harness.slack.of('chat.postMessage')).toHaveLength(1);
    expect(harness.slack.of('chat.unfurl')).toHaveLength(0);
  });

  it('that also mentions the app is a question, not a paste', async () => {
    const asked = mentioning(LINK);
    await send(harness, event({ ...asked, type: 'message', channel_type: 'channel' }));
    await send(harness, event(asked));
    const { args } = await harness.slack.called('chat.postMessage');
    expect(textOf(args.blocks)).toContain('Five films');
    await send(harness, event({ ...asked, type: 'message', channel_type: 'channel' }));
    expect(harness.slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('without films stays without an answer, as nobody asked', async () => {
    await links('answer');
    await send(harness, event(message('<https://open.spotify.com/episode/6hHc7Pks7wtBIW8Z6A0iFq>')));
    await send(harness, event(message('<https://open.spotify.com/track/0000000000000000000000>')));
    await counted('link.no-films');
    expect(harness.slack.messages).toEqual([]);
  });

  it.each([
    ['another bot', { bot_id: 'B0OTHER' }],
    ['an app in a person’s name', { app_id: 'A0OTHER' }],
    ['a bot message', { subtype: 'bot_message', bot_id: 'B0OTHER', user: undefined }],
    ['an edit', { subtype: 'message_changed', message: { text: LINK } }],
    ['a message that was edited', { edited: { user: USER, ts: '1700000000.000300' } }],
    ['a deletion', { subtype: 'message_deleted', hidden: true }],
    ['the app itself', { user: BOT_USER }],
    ['Slackbot', { user: 'USLACKBOT' }],
    ['somebody joining', { subtype: 'channel_join' }],
  ])('from %s is passed over', async (_, more) => {
    await links('answer');
    await send(harness, event(message(LINK, more)));
    await send(harness, event(direct(LINK, more)));
    await harness.slack.until(
      // Bolt itself drops what the app's own user posted.
      () =>
        harness.bot.counters.of('message.passed-over') === 2 || ('user' in more && more.user === BOT_USER),
      'the decision',
    );
    await send(harness, event(message('no link at all')));
    expect(harness.slack.messages).toEqual([]);
  });
});

describe('a preview', () => {
  beforeEach(() => links('unfurl'));

  it('comes under the link, once, with a button that shows the films', async () => {
    const { slack } = harness;
    const shared = linkShared(TRACK);
    const told = event(shared);
    for (const one of [told, told, event(shared)]) await send(harness, one);
    await counted('message.duplicate');
    await slack.called('chat.unfurl');
    expect(slack.of('chat.unfurl')).toHaveLength(1);
    const { args } = slack.of('chat.unfurl')[0]!;
    expect(args).toMatchObject({ channel: CHANNEL, ts: shared.message_ts });
    const { blocks } = (args.unfurls as Record<string, { blocks: unknown }>)[TRACK]!;
    expect(textOf(blocks)).toContain('Five films that feel like “Blue Monday”');
    await send(harness, press(buttonsOf(blocks)[0]!, slack.responseUrl()));
    await slack.called('views.open');
    await send(harness, event(message(LINK, { ts: shared.message_ts })));
    await counted('link.unfurl');
    expect(slack.messages).toEqual([]);
  });

  it.each([
    ['is still being written', 'link.passed-over', { source: 'composer', message_ts: 'dd1c5a1b-7c2a' }],
    ['is being written, with a time', 'link.passed-over', { source: 'composer' }],
    ['stands where the app is not', 'link.passed-over', { is_bot_user_member: false }],
    ['came with an edit', 'link.edited', { message_ts: '1600000000.000100' }],
    ['was posted by a bot', 'link.bot', { user: 'U0OTHERBOT1' }],
    ['was posted by nobody known', 'link.bot', { user: undefined }],
  ])('does not come when the link %s', async (_, reason, more) => {
    await send(harness, event(linkShared(TRACK, more)));
    await counted(reason);
    expect(harness.slack.of('chat.unfurl')).toHaveLength(0);
  });

  it('does not come where Slack does not say who posted it', async () => {
    harness.slack.on('users.info', () => ({ body: { ok: false, error: 'missing_scope' } }));
    await send(harness, event(linkShared(TRACK)));
    await counted('link.bot');
    expect(harness.slack.of('chat.unfurl')).toHaveLength(0);
  });

  it('does not come where the channel did not choose it', async () => {
    await links('offer');
    await send(harness, event(linkShared(TRACK)));
    await counted('link.not-unfurled');
    expect(harness.slack.of('chat.unfurl')).toHaveLength(0);
  });
});
