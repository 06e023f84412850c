/** Text on its way into Slack's `mrkdwn`, and out of what Slack sends. */
import { graphemes } from '../../shared/text.ts';
import { line } from '../common/text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * `mrkdwn` has no escape for its marks, so signs that would format something get a lookalike: stars, tildes
 * and backquotes everywhere, underscores at the edge of a word, the colon that begins `:emoji:`.
 */
const MARKS = /[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=[\w+-]{1,100}:)/gu;
const LOOKALIKES: Readonly<Record<string, string>> = { '*': '∗', '~': '∼', '`': 'ˋ', _: '＿', ':': '∶' };

/** A clean line that `mrkdwn` shows as it reads: no mention, no link, no format. */
export function escaped(text: string): string {
  return line(text)
    .replace(MARKS, (sign) => LOOKALIKES[sign]!)
    .replace(/[&<>]/g, (sign) => ENTITIES[sign]!);
}

/** The same in at most `max` UTF-16 units, entities included; never ends within one. */
export function escapedWithin(text: string, max: number): string {
  const plain = line(text);
  const whole = escaped(plain);
  if (whole.length <= max) return whole;
  let kept = '';
  let size = 0;
  for (const grapheme of graphemes(plain.slice(0, max + 64))) {
    // Lookalikes are as long as what they stand for; only entities are longer.
    size +=
      grapheme.length + (grapheme.match(/[<>]/g)?.length ?? 0) * 3 + (grapheme.match(/&/g)?.length ?? 0) * 4;
    if (size > max - 1) break;
    kept += grapheme;
  }
  return max < 1 ? '' : `${escaped(kept.trimEnd())}…`;
}

/** Text for `mrkdwn` that spans lines, such as our own sentences around data: only the control signs go. */
export function entities(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ENTITIES[sign]!);
}

/** A mention of somebody whose id Slack sent; empty for anything that is no id. */
export function mention(user: string): string {
  return /^[UW][A-Z0-9]{2,30}$/.test(user) ? `<@${user}>` : '';
}

/**
 * What a person wrote, from the form in which Slack sends it: links bare, channels by name, mentions gone,
 * entities as signs.
 */
export function readText(text: string): string {
  return text
    .slice(0, 12_000)
    .replace(/<(?:@[^<>]*|![^<>]*)>/g, ' ')
    .replace(/<#[^<>|]*(?:\|([^<>]*))?>/g, (_, name?: string) => (name ? `#${name}` : ' '))
    .replace(/<([^<>|\s]+)(?:\|[^<>]*)?>/g, ' $1 ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}
