/** Slash commands, mentions, direct messages and the shortcut, in both modes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../../src/i18n/index.ts';
import { playing } from '../../../support/listenbrainz.ts';
import { CHANNEL, DIRECT, USER } from '../support/fake-slack.ts';
import { button, type Harness, send, startHarness, stopClean, textOf } from '../support/harness.ts';
import { direct, event, mentioning, press, shortcut, slash } from '../support/payloads.ts';

const MODES = ['http', 'socket'] as const;

describe.each(MODES)('over %s', (mode) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ mode, listening: playing });
  });
  afterAll(() => stopClean(harness));

  it('answers /movie-for to the asker, who can share it to the channel once', async () => {
    const { slack } = harness;
    await send(harness, slash('hold on chord overstreet', slack.responseUrl()));
    const answer = await slack.called('response');
    expect(answer.args).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(textOf(answer.args.blocks)).toContain('Five films that feel like “Hold On”');
    const share = button(answer, 'Share to channel');
    const url = slack.responseUrl();
    const at = { ephemeral: true, ts: '1700000001.000001' };
    await send(harness, press(share, url, at));
    await send(harness, press(share, url, at));
    const shared = await slack.called('response', 2);
    expect(shared.args).toMatchObject({ response_type: 'in_channel', replace_original: false, url });
    expect(textOf(shared.args.blocks)).toContain(`Shared by <@${USER}>`);
    const own = await slack.called('response', 3);
    expect(own.args.replace_original).toBe(true);
    expect(textOf(own.args.blocks)).toContain('Shared to the channel');
    expect(slack.of('response').filter((call) => call.args.response_type === 'in_channel')).toHaveLength(1);
  });

  it.each([
    ['options that say nothing', 'hold on genre:', 'I couldn’t read that.'],
    ['a call for help', 'help', 'hold on genre:horror year:1990-1999'],
    ['a value that is no year', 'hold on year:soon', 'Years look like'],
  ])('helps with %s', async (_, text, expected) => {
    const { slack } = harness;
    const before = slack.of('response').length;
    await send(harness, slash(text, slack.responseUrl()));
    const answer = await slack.called('response', before + 1);
    expect(answer.args.response_type).toBe('ephemeral');
    expect(textOf(answer.args.blocks)).toContain(expected);
  });

  it('answers /movie-now to the asker alone, and notes it for the workspace', async () => {
    const { slack, state } = harness;
    const before = slack.of('response').length;
    await send(harness, slash('rob', slack.responseUrl(), { command: '/movie-now', user_id: 'U0LISTENER' }));
    const { args } = await slack.called('response', before + 1);
    expect(args.response_type).toBe('ephemeral');
    expect(textOf(args.blocks)).toContain('You are playing: Hold On – Adele');
    expect(JSON.stringify(await state.list('slack-voter'))).toContain('listening');
  });

  it('keeps to the options in the text', async () => {
    const { slack } = harness;
    const before = slack.of('response').length;
    await send(harness, slash('hold on adele genre:western year:1960-1969', slack.responseUrl()));
    const text = textOf((await slack.called('response', before + 1)).args.blocks);
    expect(text).toContain('A Fistful of Dollars');
    expect(text).not.toContain('Inception');
  });

  it('answers a mention in its thread', async () => {
    const { slack } = harness;
    const asked = mentioning('hold on adele', { thread_ts: '1700000000.000001' });
    await send(harness, event(asked));
    const { args } = await slack.called('chat.postMessage');
    expect(args).toMatchObject({ channel: CHANNEL, thread_ts: '1700000000.000001', unfurl_links: 'false' });
    expect(textOf(args.blocks)).toContain('Five films');
  });

  it('answers a direct message, whether it is a link or words', async () => {
    const { slack } = harness;
    for (const text of ['<https://open.spotify.com/track/6hHc7Pks7wtBIW8Z6A0iFq?si=x>', 'blue monday']) {
      const before = slack.of('chat.postMessage').length;
      await send(harness, event(direct(text)));
      const { args } = await slack.called('chat.postMessage', before + 1);
      expect(args.channel).toBe(DIRECT);
      expect(args.thread_ts).toBeUndefined();
      expect(textOf(args.blocks)).toContain('feel like “Blue Monday”');
    }
  });

  it('finds films for the song of any message', async () => {
    const { slack } = harness;
    const before = slack.of('response').length;
    const link = 'look: <https://open.spotify.com/intl-pt-BR/track/5sICkBXVmaCQk5aISGR3x1|Enter Sandman>';
    await send(harness, shortcut(link, slack.responseUrl()));
    const found = await slack.called('response', before + 1);
    expect(found.args.response_type).toBe('ephemeral');
    expect(textOf(found.args.blocks)).toContain('“Enter Sandman”');
    await send(harness, shortcut('', slack.responseUrl()));
    expect(textOf((await slack.called('response', before + 2)).args.blocks)).toContain(
      'no song in that message',
    );
  });

  it('shows, exports and forgets what is kept', async () => {
    const { slack } = harness;
    const before = slack.of('response').length;
    await send(harness, slash('', slack.responseUrl(), { command: '/movie-privacy' }));
    const answer = await slack.called('response', before + 1);
    expect(answer.args.response_type).toBe('ephemeral');
    expect(textOf(answer.args.blocks)).toContain('Nothing is kept about you');
  });
});

describe('the language', () => {
  it('is that of the asker’s Slack, asked for once a day', async () => {
    const harness = await startHarness({ mode: 'http' });
    const { slack } = harness;
    slack.on('users.info', ({ user }) => ({ body: { ok: true, user: { id: user, locale: 'de-DE' } } }));
    for (const n of [1, 2]) {
      await send(harness, slash('hold on adele', slack.responseUrl()));
      const { args } = await slack.called('response', n);
      expect(textOf(args.blocks)).toContain('Fünf Filme');
    }
    expect(slack.of('users.info')).toHaveLength(1);
    await harness.stop();
    expect(slack.faults).toEqual([]);
  });

  it.each(Object.entries(LANGUAGES))(
    'in the help speaks of lists, not of keys (%s)',
    async (locale, words) => {
      const harness = await startHarness({ mode: 'http' });
      const { slack } = harness;
      slack.on('users.info', () => ({ body: { ok: true, user: { locale } } }));
      await send(harness, slash('help', slack.responseUrl()));
      const text = textOf((await slack.called('response')).args.blocks);
      expect(text).toContain(words.commands.movieHelp.list);
      expect(text).not.toContain(words.commands.movieHelp.buttons);
      await harness.stop();
    },
  );

  it('is English when Slack takes its time to say, or does not', async () => {
    const harness = await startHarness({ mode: 'http' });
    const { slack } = harness;
    slack.on('users.info', () => ({ body: { ok: false, error: 'missing_scope' } }));
    await send(harness, slash('hold on adele', slack.responseUrl()));
    expect(textOf((await slack.called('response')).args.blocks)).toContain('Five films');
    await harness.stop();
  });
});
