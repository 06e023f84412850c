/** Buttons, modals, forms: what happens after the first answer. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Call, CHANNEL } from '../support/fake-slack.ts';
import {
  button,
  buttonsOf,
  type Harness,
  selectsOf,
  send,
  startHarness,
  stopClean,
  textOf,
} from '../support/harness.ts';
import { event, linkShared, mentioning, press, pressInView, slash, submit } from '../support/payloads.ts';

interface View {
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly blocks: readonly { block_id?: string; type: string; element?: Record<string, unknown> }[];
}
const viewOf = (call: Call) => call.args.view as View;

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ mode: 'http' });
});
afterEach(() => stopClean(harness));

async function asked(text = 'hold on chord overstreet'): Promise<Call> {
  const { slack } = harness;
  const before = slack.of('response').length;
  await send(harness, slash(text, slack.responseUrl()));
  return slack.called('response', before + 1);
}

const presses = (call: Call, label: string, more: Parameters<typeof press>[2] = { ephemeral: true }) =>
  send(harness, press(button(call, label), harness.slack.responseUrl(), more));

describe('a list of five films', () => {
  it('has a poster with a text alternative, a score and a reason, in at most twelve blocks, with the films first in the notification', async () => {
    const { args } = await asked();
    const blocks = args.blocks as {
      type: string;
      accessory?: Record<string, string>;
      text?: { text: string };
    }[];
    const films = blocks.filter((block) => block.accessory?.type === 'image');
    expect(films).toHaveLength(5);
    for (const film of films) {
      expect(film.accessory!.image_url).toMatch(/^https:\/\/image\.tmdb\.org\/t\/p\/w342\//);
      expect(film.accessory!.alt_text).toMatch(/^Poster of /);
      expect(film.text!.text).toMatch(/0\.\d\d/);
      expect(film.text!.text.split('\n').length).toBeGreaterThanOrEqual(3);
    }
    expect(blocks.length).toBeLessThanOrEqual(12);
    const [details] = selectsOf(blocks);
    expect(details!.text!.text).toBe('Details');
    expect(details!.count).toBe(5);
    expect(textOf(blocks.at(-1))).toContain('TMDB (not endorsed)');
    expect(JSON.stringify(args)).not.toMatch(/[▁-█▏-░▓]/u);
    expect(String(args.text).split('\n')[0]!.split(' · ')).toHaveLength(5);
  });

  it('is replaced by the next five and the ones before', async () => {
    const { slack } = harness;
    await presses(await asked(), 'Next five');
    const next = await slack.called('response', 2);
    expect(next.args.replace_original).toBe(true);
    expect(textOf(next.args.blocks)).toContain('(6–10)');
    await presses(next, 'Previous five');
    expect(textOf((await slack.called('response', 3)).args.blocks)).toContain('Five films');
  });

  it('changes for its asker, and leaves it alone when others press', async () => {
    const { slack } = harness;
    await send(harness, event(mentioning('hold on adele')));
    const posted = await slack.called('chat.postMessage');
    const { blocks } = posted.args;
    await presses(posted, 'Next five', { blocks });
    expect((await slack.called('response')).args.replace_original).toBe(true);
    await presses(posted, 'Next five', { blocks, user: 'U0OTHER' });
    expect((await slack.called('response', 2)).args).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
    });
  });

  it('is updated by the Web API once its address has expired', async () => {
    const { slack } = harness;
    await send(harness, event(mentioning('hold on adele')));
    const posted = await slack.called('chat.postMessage');
    slack.on('response', () => ({ status: 404, body: { ok: false, error: 'expired_url' } }));
    await presses(posted, 'Next five', { ts: '1700000009.000100' });
    expect((await slack.called('chat.update')).args).toMatchObject({
      channel: CHANNEL,
      ts: '1700000009.000100',
    });
  });

  it('says sorry for a button that is none of ours, and changes nothing', async () => {
    const { slack } = harness;
    for (const value of ['', '1z.nonsense', '0d.old.button', '1a.~AAAAAAAAAAAAAAAA.0.0.1.']) {
      const before = slack.of('response').length;
      await send(harness, press({ action_id: 'act:1', value }, slack.responseUrl()));
      const { args } = await slack.called('response', before + 1);
      expect(args).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    }
  });
});

describe('the details of a film', () => {
  it('open in a modal with what song and film share in words', async () => {
    const { slack } = harness;
    await presses(await asked(), 'Details');
    const opened = await slack.called('views.open');
    const view = viewOf(opened);
    expect(view.blocks[0]).toMatchObject({ type: 'image', alt_text: expect.stringContaining('Poster of') });
    const text = textOf(view.blocks);
    expect(text).toContain('is best seen rather than told');
    expect(text).toContain('Why it fits');
    expect(text).toMatch(/Song\*?: .*\*\w+\*/);
    expect(buttonsOf(view.blocks).map((one) => one.text?.text)).toEqual(
      expect.arrayContaining(['TMDB', 'IMDb']),
    );
    expect(slack.of('upload')).toHaveLength(0);
  });

  it('take a vote without closing, and go on to a film that looks alike', async () => {
    const { slack } = harness;
    await presses(await asked(), 'Details');
    const opened = await slack.called('views.open');
    const { callback_id, private_metadata, blocks } = viewOf(opened);
    const inView = { id: 'V7', hash: 'h7', callback_id, private_metadata };
    await send(harness, pressInView({ ...button(opened, '👍') }, inView));
    const voted = await slack.called('views.update');
    expect(voted.args).toMatchObject({ view_id: 'V7', hash: 'h7' });
    expect(textOf(viewOf(voted).blocks[0])).toContain('Noted');
    const alike = buttonsOf(blocks).find((one) => /\(\d{4}\)/.test(one.text?.text ?? ''))!;
    await send(harness, pressInView({ ...alike }, inView));
    const other = await slack.called('views.update', 2);
    expect(viewOf(other).private_metadata).toBe(alike.value);
    await send(harness, pressInView({ ...button(opened, 'TMDB') }, inView));
    await send(harness, slash('', slack.responseUrl(), { command: '/movie-privacy' }));
    const kept = await slack.called('response', 2);
    expect(textOf(kept.args.blocks)).toContain('One vote');
    await presses(kept, 'Export');
    expect(textOf((await slack.called('response', 3)).args.blocks)).toContain('"fits": true');
  });

  it('keep a film for the presser, who can undo it, and lead to songs like the film', async () => {
    const { slack } = harness;
    await presses(await asked(), 'Details');
    const opened = await slack.called('views.open');
    const { callback_id, private_metadata } = viewOf(opened);
    const inView = { id: 'V7', hash: 'h7', callback_id, private_metadata };
    let shown = opened;
    const marked = async (label: string, times: number) => {
      await send(harness, pressInView({ ...button(shown, label) }, inView));
      shown = await slack.called('views.update', times);
      return textOf(viewOf(shown).blocks[0]);
    };
    expect(await marked('Save', 1)).toContain('is on your list');
    expect(button(shown, 'Save')).toMatchObject({ style: 'primary' });
    expect(await marked('Seen it', 2)).toContain('stays out of your answers');
    expect(await marked('Seen it', 3)).toContain('off your lists');
    expect(await marked('Not for me', 4)).toContain('not for you');
    const title = textOf(viewOf(opened).blocks.find(({ type }) => type === 'header')).replace(
      / \(\d+\)$/,
      '',
    );
    expect(title.trim()).not.toBe('');
    expect(textOf((await asked()).args.blocks)).not.toContain(title.trim());
    await send(harness, pressInView({ ...button(opened, 'Songs like this film') }, inView));
    expect(textOf(viewOf(await slack.called('views.update', 5)).blocks)).toContain('that feel like “');
  });

  it('come as a message when the press is too old for a modal', async () => {
    const { slack } = harness;
    slack.on('views.open', () => ({ body: { ok: false, error: 'expired_trigger_id' } }));
    await presses(await asked(), 'Details');
    const { args } = await slack.called('response', 2);
    expect(args.response_type).toBe('ephemeral');
    expect(textOf(args.blocks)).toContain('Why it fits');
    button({ args }, 'Dismiss');
  });
});

describe('the filters', () => {
  it('are a form, filled with what is in force, whose answer replaces the message', async () => {
    const { slack } = harness;
    await presses(await asked('hold on adele genre:horror rating:7'), 'Filters');
    const form = viewOf(await slack.called('views.open'));
    const genre = form.blocks.find((block) => block.block_id === 'genre')!.element!;
    expect(genre).toMatchObject({ type: 'multi_static_select', initial_options: [{ value: 'Horror' }] });
    expect(form.blocks.find((block) => block.block_id === 'rating')!.element).toMatchObject({
      initial_value: '7',
    });
    const acknowledged = await send(
      harness,
      submit(form as never, {
        genre: {
          value: { type: 'multi_static_select', selected_options: [{ value: 'Western' }, { value: 'War' }] },
        },
        years: { value: { type: 'plain_text_input', value: '1960s' } },
        rating: { value: { type: 'number_input', value: null } },
      }),
    );
    expect(acknowledged).toMatchObject({ status: 200, text: '' });
    const { args } = await slack.called('response', 2);
    expect(args.replace_original).toBe(true);
    expect(textOf(args.blocks)).toContain('Genre: War, Western · Years: 1960–1969');
    await presses({ args } as Call, 'Clear filters');
    expect(textOf((await slack.called('response', 3)).args.blocks)).not.toContain('Genre:');
  });

  it('show what is wrong under the field', async () => {
    const { slack } = harness;
    await presses(await asked(), 'Filters');
    const form = viewOf(await slack.called('views.open'));
    const values = { years: { value: { type: 'plain_text_input', value: 'soon' } } };
    const { text } = (await send(harness, submit(form as never, values))) as { text: string };
    expect(JSON.parse(text)).toEqual({
      response_action: 'errors',
      errors: { years: expect.stringContaining('Years look like') },
    });
    expect(slack.of('response')).toHaveLength(1);
  });

  it('say so when nobody remembers the message any more', async () => {
    const view = {
      callback_id: 'filters',
      private_metadata: JSON.stringify({ token: '1s.x', from: 'AAAAAAAAAAAAAAAA' }),
      blocks: [{ type: 'input', block_id: 'genre' }],
    };
    const { text } = (await send(harness, submit(view, {}))) as { text: string };
    expect(JSON.parse(text).errors.genre).toContain('too old');
  });
});

describe('the Home tab', () => {
  const home = (view: Record<string, unknown>, action: Record<string, unknown>) =>
    send(harness, pressInView(action, { type: 'home', ...view }));

  it('explains, lists recent answers and opens them again', async () => {
    const { slack } = harness;
    await asked();
    await send(
      harness,
      event({ type: 'app_home_opened', user: 'U0ASKER', tab: 'home', channel: 'D0DIRECT' }),
    );
    const published = await slack.called('views.publish');
    const text = textOf(viewOf(published).blocks);
    expect(text).toContain('/movie-for hold on genre:horror');
    expect(text).toContain('Five films that feel like “Hold On”');
    await home({ id: 'V9' }, { ...button(published, 'Show films') });
    const opened = await slack.called('views.open');
    expect(textOf(viewOf(opened).blocks)).toContain('Five films');
    const { callback_id } = viewOf(opened);
    await home({ id: 'V10', callback_id }, { ...button(opened, 'Next five') });
    expect((await slack.called('views.update')).args.view_id).toBe('V10');
    await home({ id: 'V10', callback_id }, { ...button(opened, 'Details') });
    await slack.called('views.push');
  });

  it('sets what happens under a pasted link, and how films are drawn', async () => {
    const { slack } = harness;
    const choose = {
      type: 'conversations_select',
      action_id: 'home:channel',
      selected_conversation: CHANNEL,
    };
    await home({ private_metadata: '{"channel":null}' }, choose);
    const chosen = viewOf(await slack.called('views.publish'));
    expect(chosen.private_metadata).toContain(CHANNEL);
    const option = (action_id: string, value: string) => ({
      type: 'static_select',
      action_id,
      selected_option: { value },
    });
    const { private_metadata } = chosen;
    await home({ private_metadata }, option('home:layout', 'carousel'));
    await slack.called('views.publish', 2);
    const { blocks } = (await asked()).args as { blocks: { type: string; elements?: unknown[] }[] };
    expect(blocks.find((block) => block.type === 'carousel')?.elements).toHaveLength(5);
    await home({ private_metadata }, option('home:links', 'preview'));
    await slack.called('views.publish', 3);
    await send(harness, event(linkShared('https://open.spotify.com/track/6hHc7Pks7wtBIW8Z6A0iFq')));
    await slack.called('chat.unfurl');
    // The channel is told, and the command names the same.
    expect(textOf((await slack.called('chat.postMessage')).args.blocks)).toContain('Preview under the link');
    await send(harness, slash('', slack.responseUrl(), { command: '/movie-settings' }));
    const answers = slack.of('response').length;
    const named = textOf((await slack.called('response', Math.max(2, answers))).args.blocks);
    expect(named).toContain('unfolds into five titles');
    expect(named).toContain('private, offer, answer, preview, off');
    expect(named).not.toContain('age-restricted');
    await home({ private_metadata }, option('home:links', 'nonsense'));
    expect(slack.of('views.publish')).toHaveLength(3);
  });
});
