/** Finding a song while it is typed: from the shortcut that is everywhere, and from a command without words. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOption } from '../support/blocks/elements.ts';
import { type Fault, Spot } from '../support/blocks/paths.ts';
import { type Call, CHANNEL } from '../support/fake-slack.ts';
import { button, type Harness, send, startHarness, stopClean, textOf } from '../support/harness.ts';
import { globalShortcut, pressInView, slash, submit, suggestion } from '../support/payloads.ts';

type View = Record<string, unknown> & {
  readonly type: string;
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly blocks: readonly { block_id: string; element: Record<string, unknown> }[];
};
const viewOf = (call: Call) => call.args.view as View;
interface Option {
  readonly text: { readonly text: string };
  readonly value: string;
}

describe.each(['http', 'socket'] as const)('by %s', (mode) => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness({ mode });
  });
  afterEach(() => stopClean(harness));

  /** What was acknowledged, in either mode. */
  const acknowledged = async (payload: Record<string, unknown>) => {
    const said = await send(harness, payload);
    if (mode === 'socket') return said as Record<string, unknown>;
    const { text } = said as { text: string };
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  };
  const typed = async (text: string, view: View) =>
    (await acknowledged(suggestion(text, view))).options as Option[];
  const chosen = (value: string) => ({
    what: { value: { type: 'external_select', selected_option: { value } } },
  });

  it('opens from the shortcut, suggests with every letter, and answers in its window', async () => {
    const { slack } = harness;
    await send(harness, globalShortcut());
    const view = viewOf(await slack.called('views.open'));
    expect(view.blocks.map(({ block_id }) => block_id)).toEqual(['what', 'where']);
    expect(view.blocks[0]!.element).toMatchObject({ type: 'external_select', min_query_length: 2 });
    expect(view.blocks[1]!.element).toMatchObject({ response_url_enabled: true });
    for (const text of ['ho', 'hol', 'hold', 'hold']) {
      const options = await typed(text, view);
      expect(options[0]!.text.text).toContain('Hold On');
      const faults: Fault[] = [];
      for (const option of options) checkOption(new Spot(option, faults));
      expect(faults).toEqual([]);
    }
    const [first] = await typed('hold', view);
    const said = await acknowledged(submit(view, chosen(first!.value)));
    expect(said).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
    const films = await slack.called('views.update');
    expect(films.args.view_id).toBe('V2');
    expect(textOf(viewOf(films).blocks)).toContain('Five films that feel like “Hold On”');
    const { callback_id } = viewOf(films);
    await send(harness, pressInView({ ...button(films, 'Details') }, { id: 'V2', callback_id }));
    await slack.called('views.push');
    expect(slack.messages).toEqual([]);
  });

  it('answers in the channel that was chosen, to the asker alone', async () => {
    const { slack } = harness;
    await send(harness, globalShortcut());
    const view = viewOf(await slack.called('views.open'));
    const url = slack.responseUrl();
    const filled = {
      ...submit(view, chosen('spotify:track:6hHc7Pks7wtBIW8Z6A0iFq')),
      response_urls: [{ block_id: 'where', action_id: 'value', channel_id: CHANNEL, response_url: url }],
    };
    expect(await acknowledged(filled)).toEqual({});
    const { args } = await slack.called('response');
    expect(args).toMatchObject({ response_type: 'ephemeral', url });
    button({ args }, 'Share to channel');
  });

  it('opens for a command without words, and answers where that was given', async () => {
    const { slack } = harness;
    const url = slack.responseUrl();
    await send(harness, slash('', url));
    const view = viewOf(await slack.called('views.open'));
    expect(view.blocks).toHaveLength(1);
    await acknowledged(submit(view, chosen('blue monday')));
    const { args } = await slack.called('response');
    expect(args).toMatchObject({ response_type: 'ephemeral', url });
    expect(textOf(args.blocks)).toContain('Blue Monday');
  });

  it('suggests films for /song-for', async () => {
    const { slack } = harness;
    await send(harness, slash('', slack.responseUrl(), { command: '/song-for' }));
    const view = viewOf(await slack.called('views.open'));
    const [first] = await typed('incep', view);
    expect(first!.text.text).toContain('Inception');
    await acknowledged(submit(view, chosen(first!.value)));
    expect(textOf((await slack.called('response')).args.blocks)).toContain('Inception');
  });

  it('offers the words as typed, a link as the song it is', async () => {
    await send(harness, globalShortcut());
    const view = viewOf(await harness.slack.called('views.open'));
    expect((await typed('no such song anywhere', view)).at(-1)).toMatchObject({
      text: { text: 'Search for “no such song anywhere”' },
      value: 'no such song anywhere',
    });
    const link =
      'https://open.spotify.com/intl-de/track/6hHc7Pks7wtBIW8Z6A0iFq?si=0123456789abcdef0123456789';
    expect((await typed(link, view)).map(({ value }) => value)).toEqual([
      'spotify:track:6hHc7Pks7wtBIW8Z6A0iFq',
    ]);
    expect(await typed('x'.repeat(3000), view)).toEqual([]);
    expect(await typed('   ', view)).toEqual([]);
  });

  it('says what is missing under the field, and answers nothing to what is none of ours', async () => {
    const { slack } = harness;
    await send(harness, globalShortcut());
    const view = viewOf(await slack.called('views.open'));
    expect(await acknowledged(submit(view, {}))).toMatchObject({
      response_action: 'errors',
      errors: { what: expect.stringContaining('choose') },
    });
    for (const private_metadata of [
      '',
      'null',
      '{"command":"movie-settings","from":null}',
      '{"command":1}',
    ]) {
      expect(await typed('hold', { ...view, private_metadata })).toEqual([]);
    }
    expect(slack.messages).toEqual([]);
  });

  it('survives payloads that lack what Slack documents', async () => {
    await send(harness, globalShortcut());
    const view = viewOf(await harness.slack.called('views.open'));
    const whole = suggestion('hold', view) as Record<string, unknown>;
    for (const name of ['value', 'view']) {
      const { [name]: _, ...less } = whole;
      const { options } = await acknowledged(less);
      expect(Array.isArray(options), name).toBe(true);
    }
    await acknowledged(globalShortcut({ user: {} }));
    await acknowledged(globalShortcut({ trigger_id: undefined }));
    await harness.slack.until(() => harness.bot.counters.of('shortcut.unreadable') === 2);
    expect(harness.slack.messages).toEqual([]);
  });

  it('gives the help where the window comes too late', async () => {
    const { slack } = harness;
    slack.on('views.open', () => ({ body: { ok: false, error: 'expired_trigger_id' } }));
    await send(harness, slash('', slack.responseUrl()));
    expect(textOf((await slack.called('response')).args.blocks)).toContain('/movie-for <song>');
  });
});
