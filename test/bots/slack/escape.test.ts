/** Text in and out of Slack's markup, and the checker that watches over what is sent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped, escapedWithin, readText } from '../../../src/bots/slack/escape.ts';
import { LIMITS } from '../../../src/bots/slack/limits.ts';
import { readForm, readValues } from '../../../src/bots/slack/render/form.ts';
import { checkMessage, checkView } from './support/blocks/index.ts';
import { text } from './support/hostile.ts';

describe('escaping', () => {
  it('leaves nothing that Slack would act on, at any length', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 400 }), (raw, most) => {
        for (const safe of [escaped(raw), escapedWithin(raw, most)]) {
          expect(safe).not.toMatch(/[<>*~`]/);
          expect(safe).not.toMatch(/&(?!(?:amp|lt|gt);)/);
          expect(safe).not.toMatch(/:[\w+-]+:/);
        }
        expect(escapedWithin(raw, most).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 400 },
    );
  });

  it('shows the signs as they were typed', () => {
    expect(escaped('Tom & Jerry <3')).toBe('Tom &amp; Jerry &lt;3');
    expect(escaped('snake_case and 10:30')).toBe('snake_case and 10:30');
  });
});

describe('what Slack sends', () => {
  it.each([
    [
      'look <https://open.spotify.com/track/x?a=1&amp;b=2|Song>',
      'look https://open.spotify.com/track/x?a=1&b=2',
    ],
    ['<@U0BOT> hold on', 'hold on'],
    ['<!here> a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
    ['in <#C0MUSIC|music>', 'in #music'],
    ['<@U0BOT|music2movie>', ''],
  ])('%s reads %s', (sent, read) => {
    expect(readText(sent)).toBe(read);
  });

  it('never throws, whatever a form holds', () => {
    fc.assert(
      fc.property(fc.anything(), text, (state, metadata) => {
        expect(readValues(state)).toBeTypeOf('object');
        readForm(metadata);
        readText(metadata);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the checker', () => {
  const section = (words: string) => ({ type: 'section', text: { type: 'mrkdwn', text: words } });
  it.each([
    ['too many blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    ['too much text', [section('x'.repeat(3001))]],
    ['no text', [section('')]],
    ['a mention of everyone', [section('<!channel>')]],
    ['a bare ampersand', [section('a & b')]],
    ['a picture without a text alternative', [{ type: 'image', image_url: 'https://image.tmdb.org/a.jpg' }]],
    ['an unknown block', [{ type: 'poster' }]],
    [
      'a long button',
      [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'x'.repeat(76) } }],
        },
      ],
    ],
    [
      'a field outside a form',
      [
        {
          type: 'input',
          label: { type: 'plain_text', text: 'a' },
          element: { type: 'plain_text_input', action_id: 'a' },
        },
      ],
    ],
  ])('finds %s', (_, blocks) => {
    expect(checkMessage({ text: 'x', blocks })).not.toEqual([]);
  });

  it('finds what only views forbid', () => {
    const title = { type: 'plain_text', text: 'x'.repeat(25) };
    expect(checkView({ type: 'modal', title, blocks: [{ type: 'divider' }] })).toHaveLength(1);
  });

  it('knows where every limit is written', () => {
    for (const { value, source } of Object.values(LIMITS)) {
      expect(value).toBeGreaterThan(0);
      expect(source).toMatch(/^docs\.slack\.dev\/reference\//);
    }
  });
});
