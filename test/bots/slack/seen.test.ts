/** Songs in what other apps post: the shortcut finds them in blocks and attachments as Slack documents them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, send, startHarness, textOf } from './support/harness.ts';
import { shortcut } from './support/payloads.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ mode: 'http' });
});
afterAll(() => harness.stop());

const TRACK = 'https://open.spotify.com/track/6hHc7Pks7wtBIW8Z6A0iFq';

it.each([
  [
    'a link in a section',
    '',
    { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `Now playing <${TRACK}|Blue Monday>` } }] },
  ],
  [
    'bold words of a player',
    '',
    {
      subtype: 'bot_message',
      bot_id: 'B1',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Now playing' } },
        { type: 'section', text: { type: 'mrkdwn', text: '*Blue Monday*\nby *New Order*' } },
      ],
    },
  ],
  [
    'rich text with a link',
    'has a link',
    {
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'listen: ' },
                { type: 'link', url: TRACK, text: 'this' },
              ],
            },
          ],
        },
      ],
    },
  ],
  [
    'a video under a message',
    'this one',
    {
      attachments: [
        {
          service_name: 'YouTube',
          author_name: 'New Order - Topic',
          title: 'Blue Monday (Official Video)',
          title_link: 'https://www.youtube.com/watch?v=c1GxjzHm5us',
          from_url: 'https://www.youtube.com/watch?v=c1GxjzHm5us',
        },
      ],
    },
  ],
  [
    'an attachment of blocks',
    '',
    {
      attachments: [
        { color: '#1db954', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `<${TRACK}>` } }] },
      ],
    },
  ],
  [
    'fields of an attachment',
    '',
    {
      attachments: [{ title: 'Blue Monday', fields: [{ title: 'Artist', value: 'New Order', short: true }] }],
    },
  ],
  [
    'plain words in blocks',
    '',
    { blocks: [{ type: 'section', text: { type: 'plain_text', text: 'blue monday' } }] },
  ],
])('%s', async (_, text, more) => {
  const { slack } = harness;
  const before = slack.of('response').length;
  await send(harness, shortcut(text, slack.responseUrl(), more));
  const { args } = await slack.called('response', before + 1);
  expect(textOf(args.blocks)).toContain('Five films that feel like “Blue Monday”');
});

it.each([
  ['nothing', {}],
  ['what is no list', { blocks: 'x', attachments: null }],
  ['blocks in blocks without end', { blocks: nested(60) }],
])('%s ends in a sentence', async (_, more) => {
  const { slack } = harness;
  const before = slack.of('response').length;
  await send(harness, shortcut('', slack.responseUrl(), more));
  expect(textOf((await slack.called('response', before + 1)).args.blocks)).toContain(
    'no song in that message',
  );
});

function nested(depth: number): unknown[] {
  return depth === 0 ? [{ type: 'plain_text', text: 'hold on' }] : [{ elements: nested(depth - 1) }];
}
