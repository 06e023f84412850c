/** Pasted links: answered once, offered once, previewed once; never for bots, edits or what is being typed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setLinks } from '../../../../src/bots/slack/settings.ts';
import { changeSettings } from '../../../../src/conversation/settings.ts';
import { CHANNEL, TEAM, USER } from '../support/fake-slack.ts';
import {
  button,
  buttonsOf,
  type Harness,
  send,
  startHarness,
  stopClean,
  textOf,
} from '../support/harness.ts';
import { direct, event, linkShared, mentioning, press } from '../support/payloads.ts';

const TRACK = 'https://open.spotify.com/track/6hHc7Pks7wtBIW8Z6A0iFq?si=abc';
const LINK = `listen <${TRACK}|open.spotify.com/track/…>`;

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ mode: 'http' });
});
afterEach(() => stopClean(harness));

const links = (choice: Parameters<typeof setLinks>[3]) => setLinks(harness.state, TEAM, CHANNEL, choice);
/** Waits until something was decided about a message, and gives how often. */
const counted = (reason: string) =>
  harness.slack.until(() => harness.bot.counters.of(reason) > 0, `the decision ${reason}`);

const share = (more: Record<string, unknown> = {}, url = TRACK) => event(linkShared(url, more));

describe('in a channel', () => {
  it('is offered films for the poster alone, who may open or dismiss them', async () => {
    const { slack } = harness;
    await send(harness, share());
    const offer = await slack.called('chat.postEphemeral');
    expect(offer.args).toMatchObject({ channel: CHANNEL, user: USER });
    expect(offer.args.thread_ts).toBeUndefined();
    const films = button(offer, 'Films like “Blue Monday”');
    await send(harness, press(films, slack.responseUrl(), { ephemeral: true }));
    const answer = await slack.called('response');
    expect(answer.args).toMatchObject({ replace_original: true });
    button(answer, 'Share to channel');
    await send(harness, press(button(offer, 'Dismiss'), slack.responseUrl(), { ephemeral: true }));
    expect((await slack.called('response', 2)).args).toMatchObject({ delete_original: true });
    expect(slack.of('chat.postMessage')).toEqual([]);
  });

  it('in a thread is offered in that thread', async () => {
    await send(harness, share({ thread_ts: '1600000000.000001' }));
    const { args } = await harness.slack.called('chat.postEphemeral');
    expect(args.thread_ts).toBe('1600000000.000001');
  });

  it('where nothing can be shown to one person alone is left alone', async () => {
    harness.slack.on('chat.postEphemeral', () => ({ body: { ok: false, error: 'not_in_channel' } }));
    await send(harness, share());
    await counted('failure.not_in_channel');
    expect(harness.slack.of('chat.postMessage')).toEqual([]);
  });

  it('gets one small offer in its thread where the channel is set so, which opens the films in its place', async () => {
    const { slack } = harness;
    await links('offer');
    const shared = linkShared(TRACK);
    await send(harness, event(shared));
    const offer = await slack.called('chat.postMessage');
    expect(offer.args).toMatchObject({ channel: CHANNEL, thread_ts: shared.message_ts });
    expect(buttonsOf(offer.args.blocks)).toHaveLength(1);
    const pressed = press(buttonsOf(offer.args.blocks)[0]!, slack.responseUrl(), {
      blocks: offer.args.blocks,
    });
    await send(harness, pressed);
    const films = await slack.called('response');
    expect(films.args.replace_original).toBe(true);
    expect(textOf(films.args.blocks)).toContain('Five films that feel like “Blue Monday”');
  });

  it('is answered in its thread where the channel is set so', async () => {
    await links('answer');
    await send(harness, share({ thread_ts: '1600000000.000001' }));
    const { args } = await harness.slack.called('chat.postMessage');
    expect(args.thread_ts).toBe('1600000000.000001');
    expect(textOf(args.blocks)).toContain('Five films');
  });

  it.each(['off', 'answer'] as const)('keeps to what older versions had set (%s)', async (mode) => {
    await changeSettings(harness.state, `slack:${TEAM}:${CHANNEL}`, { links: mode });
    await send(harness, share());
    await (mode === 'off' ? counted('link.off') : harness.slack.called('chat.postMessage'));
    expect(harness.slack.of('chat.postEphemeral')).toEqual([]);
  });

  it('is reacted to once, however often Slack tells of it', async () => {
    await links('answer');
    const told = share();
    for (const one of [told, told, { ...told, event_id: 'Ev2' }]) await send(harness, one);
    await harness.slack.called('chat.postMessage');
    // The same link again: everybody in the channel has the answer already.
    await send(harness, share());
    await counted('link.repeated');
    expect(harness.slack.of('chat.postMessage')).toHaveLength(1);
  });

  it.each([false, true])(
    'that also mentions the app is a question, not a paste (told first: %s)',
    async (first) => {
      await harness.stop();
      harness = await startHarness({ mode: 'http', mentionMs: 8000 });
      const asked = mentioning(LINK);
      const told = [event(asked), share({ message_ts: asked.ts })];
      for (const one of first ? told : told.reverse()) await send(harness, one);
      const { args } = await harness.slack.called('chat.postMessage');
      expect(textOf(args.blocks)).toContain('Five films');
      await counted('link.asked');
      expect(harness.slack.messages).toHaveLength(1);
    },
  );

  it('without films stays without an answer, as nobody asked', async () => {
    await links('answer');
    await send(harness, share({}, 'https://open.spotify.com/episode/6hHc7Pks7wtBIW8Z6A0iFq'));
    await send(harness, share({}, 'https://open.spotify.com/track/0000000000000000000000'));
    await harness.slack.until(() => harness.bot.counters.of('link.no-films') === 2);
    expect(harness.slack.messages).toEqual([]);
  });

  it('in a direct conversation is the question that it came in', async () => {
    await send(harness, share({ channel: 'D0DIRECT' }));
    await counted('link.direct');
    expect(harness.slack.messages).toEqual([]);
  });
});

describe('a direct message', () => {
  it.each([
    ['another bot', { bot_id: 'B0OTHER' }],
    ['an app in a person’s name', { app_id: 'A0OTHER' }],
    ['a bot message', { subtype: 'bot_message', bot_id: 'B0OTHER', user: undefined }],
    ['an edit', { subtype: 'message_changed', message: { text: LINK } }],
    ['a message that was edited', { edited: { user: USER, ts: '1700000000.000300' } }],
    ['a deletion', { subtype: 'message_deleted', hidden: true }],
    ['Slackbot', { user: 'USLACKBOT' }],
    ['somebody joining', { subtype: 'channel_join' }],
  ])('from %s is passed over', async (_, more) => {
    await send(harness, event(direct(LINK, more)));
    await counted('message.passed-over');
    expect(harness.slack.messages).toEqual([]);
  });
});

describe('a link', () => {
  it('comes with a preview where the channel chose it, once, with a button that shows the films', async () => {
    const { slack } = harness;
    await links('preview');
    const shared = linkShared(TRACK);
    for (const one of [event(shared), event(shared)]) await send(harness, one);
    await counted('message.duplicate');
    const { args } = await slack.called('chat.unfurl');
    expect(args).toMatchObject({ channel: CHANNEL, ts: shared.message_ts });
    const { blocks } = (args.unfurls as Record<string, { blocks: unknown }>)[TRACK]!;
    expect(textOf(blocks)).toContain('Five films that feel like “Blue Monday”');
    await send(harness, press(buttonsOf(blocks)[0]!, slack.responseUrl()));
    await slack.called('views.open');
    expect(slack.messages).toEqual([]);
    expect(slack.of('chat.unfurl')).toHaveLength(1);
  });

  it.each([
    ['is still being written', 'link.passed-over', { source: 'composer', message_ts: 'dd1c5a1b-7c2a' }],
    ['is being written, with a time', 'link.passed-over', { source: 'composer' }],
    ['stands where the app is not', 'link.passed-over', { is_bot_user_member: false }],
    ['came with an edit', 'link.edited', { message_ts: '1600000000.000100' }],
    ['was posted by a bot', 'link.bot', { user: 'U0OTHERBOT1' }],
    ['was posted by nobody known', 'link.bot', { user: undefined }],
  ])('gets nothing when it %s', async (_, reason, more) => {
    await send(harness, share(more));
    await counted(reason);
    expect([...harness.slack.messages, ...harness.slack.of('chat.unfurl')]).toEqual([]);
  });

  it('gets nothing where Slack does not say who posted it', async () => {
    harness.slack.on('users.info', () => ({ body: { ok: false, error: 'missing_scope' } }));
    await send(harness, share());
    await counted('link.bot');
    expect(harness.slack.messages).toEqual([]);
  });
});
