/** Who may change a channel's settings, and what they are told. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setManagers, settingsOf } from '../../../../src/bots/slack/settings.ts';
import { CHANNEL, TEAM, USER } from '../support/fake-slack.ts';
import { type Harness, send, startHarness, stopClean, textOf } from '../support/harness.ts';
import { pressInView, slash } from '../support/payloads.ts';

const PLAIN = 'U0PLAIN';
let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ mode: 'http' });
});
afterEach(() => stopClean(harness));

const set = async (text: string, user = USER) => {
  const { slack } = harness;
  const before = slack.of('response').length;
  await send(harness, slash(text, slack.responseUrl(), { command: '/movie-settings', user_id: user }));
  return textOf((await slack.called('response', before + 1)).args.blocks);
};
const now = async () => (await settingsOf(harness.state, TEAM, CHANNEL)).links;

describe('/movie-settings', () => {
  it.each(['private', 'offer', 'answer', 'preview', 'off'])(
    'sets %s for an admin, and tells the channel',
    async (mode) => {
      await set(mode);
      expect(await now()).toBe(mode);
      const { args } = await harness.slack.called('chat.postMessage');
      expect(args.channel).toBe(CHANNEL);
      expect(args.text).toContain(`<@${USER}> changed`);
    },
  );

  it.each(['unfurl', 'loud', 'offers', '5'])('lists the choices for %s', async (mode) => {
    expect(await set(mode)).toContain('private, offer, answer, preview, off');
    expect(await now()).toBe('private');
  });

  it('is for admins, and for whom they name', async () => {
    expect(await set('off', PLAIN)).toContain('Only admins of this workspace');
    expect(await now()).toBe('private');
    expect(harness.slack.of('chat.postMessage')).toEqual([]);
    const named = { type: 'multi_users_select', action_id: 'home:managers', selected_users: [PLAIN] };
    await send(harness, pressInView(named, { type: 'home', private_metadata: `{"channel":"${CHANNEL}"}` }));
    await harness.slack.called('views.publish');
    await set('off', PLAIN);
    expect(await now()).toBe('off');
    await setManagers(harness.state, TEAM, []);
    await set('answer', PLAIN);
    expect(await now()).toBe('off');
  });

  it('is for nobody in particular where Slack does not say who is an admin', async () => {
    harness.slack.on('users.info', () => ({ body: { ok: false, error: 'missing_scope' } }));
    expect(await set('off')).toContain('Only admins');
  });
});

describe('the Home tab', () => {
  it('shows settings to everybody, and takes no change from whoever is no admin', async () => {
    const { slack } = harness;
    const by = (action: Record<string, unknown>, private_metadata: string) => ({
      ...pressInView(action, { type: 'home', private_metadata }),
      user: { id: PLAIN, team_id: TEAM },
    });
    const choose = {
      type: 'conversations_select',
      action_id: 'home:channel',
      selected_conversation: CHANNEL,
    };
    await send(harness, by(choose, '{"channel":null}'));
    const shown = await slack.called('views.publish');
    expect(textOf((shown.args.view as { blocks: unknown }).blocks)).toContain(
      'Only admins of this workspace',
    );
    const metadata = `{"channel":"${CHANNEL}"}`;
    const off = { type: 'static_select', action_id: 'home:links', selected_option: { value: 'off' } };
    await send(harness, by(off, metadata));
    await send(
      harness,
      by({ type: 'multi_users_select', action_id: 'home:managers', selected_users: [PLAIN] }, metadata),
    );
    await slack.until(() => harness.bot.counters.of('settings.refused') === 2);
    expect(await now()).toBe('private');
    expect(await harness.state.list('slack-managers:')).toEqual([]);
  });
});

describe('/movie-for', () => {
  it.each(['hold on adele public', 'hold on adele private:no'])(
    '%s is for all to see, in one step',
    async (text) => {
      const { slack } = harness;
      await send(harness, slash(text, slack.responseUrl()));
      const { args } = await slack.called('response');
      expect(args.response_type).toBe('in_channel');
      expect(textOf(args.blocks)).toContain('Five films');
    },
  );

  it.each(['hold on adele', 'hold on adele private:yes', 'zzqqxxy public', 'public'])(
    '%s is for the asker alone',
    async (text) => {
      const { slack } = harness;
      await send(harness, slash(text, slack.responseUrl()));
      expect((await slack.called('response')).args.response_type).toBe('ephemeral');
    },
  );
});
