/** Who is answered, who is not, where, and what happens when an answer can't be brought. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BOT_USER, CHANNEL, DIRECT, USER } from './support/fake-slack.ts';
import { button, type Harness, send, startHarness, stopClean, textOf } from './support/harness.ts';
import { direct, event, mentioning, press, pressInView, shortcut, slash } from './support/payloads.ts';

describe.each(['http', 'socket'] as const)('by %s', (mode) => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness({ mode });
  });
  afterEach(() => stopClean(harness));
  const counted = (reason: string, times = 1) =>
    harness.slack.until(() => harness.bot.counters.of(reason) >= times, `the decision ${reason}`);

  it('tells a private answer to a root message outside any thread, which does not exist yet', async () => {
    const { slack } = harness;
    await send(harness, event(mentioning('hold on adele private:yes')));
    const { args } = await slack.called('chat.postEphemeral');
    expect(args).toMatchObject({ channel: CHANNEL, user: USER });
    expect(args.thread_ts).toBeUndefined();
    expect(textOf(args.blocks)).toContain('Five films');
    await send(harness, event(mentioning('hold on adele private:yes', { thread_ts: '1700000000.000001' })));
    expect((await slack.called('chat.postEphemeral', 2)).args.thread_ts).toBe('1700000000.000001');
  });

  it('tells it directly where Slack shows nothing to one person alone', async () => {
    const { slack } = harness;
    slack.on('chat.postEphemeral', () => ({ body: { ok: false, error: 'user_not_in_channel' } }));
    await send(harness, event(mentioning('hold on adele private:yes')));
    expect((await slack.called('chat.postMessage')).args.channel).toBe(USER);
  });

  it.each(['USLACK', 'USLACKBOT', 'USLACKUSER', BOT_USER])('is silent to %s', async (user) => {
    await send(harness, event(direct('Your file was deleted', { user })));
    await send(harness, event(direct('hold on adele')));
    await harness.slack.called('chat.postMessage');
    expect(harness.slack.messages).toHaveLength(1);
  });

  it('helps once when somebody greets, thanks or sends a picture, and asks nothing back', async () => {
    const { slack } = harness;
    for (const text of ['hi', 'Hello!', ':wave:', 'thanks', 'lol', '👍', 'hallo', 'hi there']) {
      await send(harness, event(direct(text)));
    }
    await counted('message.small-talk', 7);
    await slack.called('chat.postMessage');
    expect(slack.messages).toHaveLength(1);
    expect(textOf(slack.messages[0]!.args.blocks)).toContain('/movie-for');
    await send(harness, event(direct('hello adele')));
    await slack.called('chat.postMessage', 2);
  });

  it('is silent when people speak of it, and answers when they speak to it', async () => {
    const { slack } = harness;
    const bot = `<@${BOT_USER}>`;
    const mention = (text: string) => event({ ...mentioning(''), text });
    for (const text of [
      `cc ${bot} is broken`,
      `I think ${bot} is down again`,
      `cc ${bot}`,
      `ask ${bot} about it`,
      `fyi ${bot} :tada:`,
    ]) {
      await send(harness, mention(text));
    }
    await counted('message.not-asked', 5);
    expect(slack.messages).toEqual([]);
    for (const [at, text] of [`hey ${bot} hold on adele`, `hold on adele ${bot}`].entries()) {
      await send(harness, mention(text));
      expect(textOf((await slack.called('chat.postMessage', at + 1)).args.blocks)).toContain('Five films');
    }
  });

  it('leaves the message alone when a button means nothing any more, wherever it stands', async () => {
    const { slack } = harness;
    const old = { action_id: 'act:1', value: '0~outdated' };
    for (const channel of [CHANNEL, DIRECT]) {
      for (const ephemeral of [false, true]) {
        for (const action_id of ['act:1', 'post:1']) {
          const before = slack.of('response').length;
          await send(harness, press({ ...old, action_id }, slack.responseUrl(), { channel, ephemeral }));
          const { args } = await slack.called('response', before + 1);
          expect(args.replace_original, `${channel} ${action_id}`).toBe(false);
        }
      }
    }
    expect(slack.of('chat.update')).toEqual([]);
    // In a window the apology comes on top.
    await send(harness, pressInView(old, { id: 'V9', type: 'modal', callback_id: 'films' }));
    await slack.called('views.push');
    await send(harness, pressInView(old, { id: 'V9', type: 'modal', callback_id: 'details' }));
    await slack.called('views.push', 2);
    expect(slack.of('views.update')).toEqual([]);
  });

  it.each(['restricted_action', 'restricted_action_thread_locked', 'is_archived', 'not_in_channel'])(
    'tells whoever mentioned it that it may not write there (%s)',
    async (error) => {
      const { slack } = harness;
      slack.on('chat.postMessage', ({ channel }) =>
        channel === CHANNEL ? { body: { ok: false, error } } : undefined,
      );
      await send(harness, event(mentioning('hold on adele')));
      const { args } = await slack.called('chat.postMessage', 2);
      expect(args.channel).toBe(USER);
      expect(textOf(args.blocks)).toContain('I may not write there');
    },
  );

  it('says so when a window came too late, or nothing can be written any more', async () => {
    const { slack } = harness;
    await send(harness, slash('hold on adele', slack.responseUrl()));
    const answer = await slack.called('response');
    const filters = button(answer, 'Filters');
    let error = 'expired_trigger_id';
    slack.on('views.open', () => ({ body: { ok: false, error } }));
    await send(harness, press(filters, slack.responseUrl(), { ephemeral: true }));
    const late = await slack.called('response', 2);
    expect(late.args).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(textOf(late.args.blocks)).toContain('Press the button again');
    error = 'account_inactive';
    await send(harness, press(filters, slack.responseUrl(), { ephemeral: true }));
    expect(textOf((await slack.called('response', 3)).args.blocks)).toContain('no longer installed');
  });

  it('tells directly what could not be said under a spent address', async () => {
    const { slack } = harness;
    slack.on('response', () => ({ status: 404, body: 'expired_url' }));
    await send(harness, shortcut('hold on adele', slack.responseUrl()));
    const { args } = await slack.called('chat.postMessage');
    expect(args.channel).toBe(USER);
  });
});

describe('where nobody has installed the app', () => {
  it('whoever asks gets the address to install it at', async () => {
    const env = {
      SLACK_BOT_TOKEN: '',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'secret',
      SLACK_STATE_SECRET: 'a-long-random-state-secret',
      MUSIC2MOVIE_PUBLIC_URL: 'https://films.example.org',
    };
    const harness = await startHarness({ mode: 'http', env });
    const { slack } = harness;
    await send(harness, slash('hold on', slack.responseUrl()));
    const { args } = await slack.called('response');
    expect(args.response_type).toBe('ephemeral');
    expect(textOf(args.blocks)).toContain('https://films.example.org/slack/install');
    const page = await fetch(`${harness.bot.url}/slack/oauth_redirect?error=access_denied&state=x`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('You cancelled');
    expect(html).toContain('href="/slack/install"');
    expect(harness.log.join()).toContain('https://films.example.org/slack/install');
    await harness.stop();
  });
});
