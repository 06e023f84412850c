/** Blocks that Slack does not take, most often for a poster that it could not fetch. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHANNEL } from './support/fake-slack.ts';
import { type Harness, selectsOf, send, startHarness, textOf } from './support/harness.ts';
import { slash } from './support/payloads.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ mode: 'http' });
});
afterEach(async () => {
  await harness.stop();
  expect(harness.slack.faults).toEqual([]);
});

describe('what Slack refuses', () => {
  const refusing = (when: (json: string) => boolean) => (args: Record<string, unknown>) =>
    when(JSON.stringify(args.blocks))
      ? { status: 400, body: { ok: false, error: 'invalid_blocks' } }
      : undefined;

  it('is sent again without cards, then without pictures, then as text', async () => {
    const { slack } = harness;
    await harness.state.set(`slack-channel:T0TEAM:${CHANNEL}`, { unfurl: false, layout: 'carousel' });
    slack.on(
      'response',
      refusing((json) => /carousel|image_url|"header"/.test(json)),
    );
    await send(harness, slash('hold on adele', slack.responseUrl()));
    const last = await slack.called('response', 4);
    expect(
      slack
        .of('response')
        .map(({ args }) => JSON.stringify(args.blocks).match(/carousel|image_url|header/)?.[0]),
    ).toEqual(['header', 'header', 'header', undefined]);
    expect(textOf(last.args.blocks)).toContain('Five films');
  });

  it('goes on without a poster that Slack could not fetch', async () => {
    const { slack } = harness;
    slack.on(
      'response',
      refusing((json) => json.includes('image_url')),
    );
    await send(harness, slash('hold on adele', slack.responseUrl()));
    const { args } = await slack.called('response', 2);
    expect(selectsOf(args.blocks)[0]!.count).toBe(5);
    expect(JSON.stringify(args.blocks)).not.toContain('image_url');
  });
});
