/** A film night in a channel: one message that everybody presses in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeEngine } from '../../support/fake-engine.ts';
import { plainResolver } from '../web/page.ts';
import { type Call, CHANNEL } from './support/fake-slack.ts';
import { button, type Harness, send, startHarness, stopClean, textOf } from './support/harness.ts';
import { press, slash, submit } from './support/payloads.ts';

const TS = '1700000009.000100';
let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ mode: 'http' });
});
afterEach(() => stopClean(harness));

async function opened(song = 'hold on adele'): Promise<Call> {
  const { slack } = harness;
  await send(harness, slash(song, slack.responseUrl(), { command: '/movie-night' }));
  return slack.called('response');
}

/** Presses a button of the message that all see; gives the answer. */
async function pressIn(board: Call, label: string, user: string): Promise<Call> {
  const { slack } = harness;
  const before = slack.of('response').length;
  const { blocks } = board.args;
  await send(harness, press(button(board, label), slack.responseUrl(), { blocks, user, ts: TS }));
  return slack.called('response', before + 1);
}

async function join(board: Call, song: string, user: string): Promise<unknown> {
  const { slack } = harness;
  const before = slack.of('views.open').length;
  await send(
    harness,
    press(button(board, 'Add a song'), slack.responseUrl(), { blocks: board.args.blocks, user, ts: TS }),
  );
  const { view } = (await slack.called('views.open', before + 1)).args as { view: Record<string, unknown> };
  return send(
    harness,
    submit(
      { callback_id: view.callback_id, private_metadata: view.private_metadata, blocks: view.blocks },
      { song: { value: { type: 'plain_text_input', value: song } } },
      user,
    ),
  );
}

describe('a film night', () => {
  it('is posted for all, and everybody’s song goes into the one message', async () => {
    const { slack } = harness;
    slack.on('users.info', ({ user }) => ({
      status: 200,
      body: { ok: true, user: { id: user, locale: 'en-GB', profile: { display_name: `Name of ${user}` } } },
    }));
    const board = await opened();
    expect(board.args.response_type).toBe('in_channel');
    await join(board, 'clair de lune', 'U0BEN');
    const joined = await slack.called('response', 2);
    expect(joined.args.replace_original).toBe(true);
    expect(textOf(joined.args.blocks)).toContain('Name of U0BEN: Clair de Lune');
  });

  it('goes from songs to a vote to one film, by one message', async () => {
    const board = await opened();
    await join(board, 'clair de lune', 'U0BEN');
    const joined = await harness.slack.called('response', 2);
    const refused = await pressIn(joined, 'Find the films', 'U0BEN');
    expect(refused.args).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    const films = await pressIn(joined, 'Find the films', 'U0ASKER');
    expect(films.args.replace_original).toBe(true);
    expect(textOf(films.args.blocks)).toContain('closest to');
    const voted = await pressIn(films, '2 ·', 'U0CLEO');
    expect(voted.args.replace_original).toBe(true);
    expect(textOf(voted.args.blocks)).toContain('one vote');
    const done = await pressIn(voted, 'End the vote', 'U0ASKER');
    expect(textOf(done.args.blocks)).toContain('Tonight: ');
    expect(textOf((await pressIn(done, 'Back to the vote', 'U0ASKER')).args.blocks)).toContain('one vote');
  });

  it('says under the field that a song is wanted', async () => {
    const refused = await join(await opened(), ' ', 'U0BEN');
    expect(JSON.stringify(refused)).toContain('Name a song');
  });

  it('asks one person alone which song they mean, and shows all what they chose', async () => {
    await harness.stop();
    harness = await startHarness({ mode: 'http', resolver: plainResolver(fakeEngine()) });
    const { slack } = harness;
    await join(await opened(), 'which', 'U0BEN');
    const asked = await slack.called('response', 2);
    expect(asked.args).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    await send(
      harness,
      press(button(asked, 'Gojira'), slack.responseUrl(), { ephemeral: true, user: 'U0BEN' }),
    );
    const updated = await slack.called('chat.update');
    expect(updated.args).toMatchObject({ channel: CHANNEL, ts: TS });
    expect(textOf(updated.args.blocks)).toContain('2 songs so far');
  });
});
