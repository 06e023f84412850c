/** Text from data sets and strangers inside Discord's markdown. */
import { graphemes } from '../../shared/text.ts';
import { line } from '../common/text.ts';

/**
 * What Discord reads as markup, links, mentions, emoji or commands. A backslash before punctuation is always
 * taken away when the text is shown; the colon and the slash break addresses so that none becomes a link.
 */
const MARKUP = /[\\*_~|`<>[\]()#@:/+\-.]/g;

/** Escapes punctuation only where Discord gives it a meaning, so that texts stay readable. */
function escapeRun(text: string): string {
  return text.replace(MARKUP, (sign, at: number) => {
    const [before, after] = [text[at - 1] ?? '', text[at + 1] ?? ''];
    switch (sign) {
      // Lists and headings only begin a line; addresses have no space around their dots, slashes and colons.
      case '+':
      case '-':
      case '#':
        return at === 0 || before === '-' ? `\\${sign}` : sign;
      case '.':
        return /\w/.test(before) && /[a-z]/i.test(after) ? `\\${sign}` : sign;
      case '/':
        return /[:/]/.test(before) || after === '/' ? `\\${sign}` : sign;
      case ':':
        return after === '' || /\s/.test(after) ? sign : `\\${sign}`;
      default:
        return `\\${sign}`;
    }
  });
}

/** A clean line that Discord shows exactly as it reads. */
export function escaped(text: string): string {
  return escapeRun(line(text));
}

/**
 * The same in at most `max` UTF-16 units, escapes included; never ends in half an escape.
 */
export function escapedWithin(text: string, max: number): string {
  const plain = line(text);
  const whole = escapeRun(plain);
  if (whole.length <= max) return whole;
  const parts = graphemes(plain.slice(0, max + 64));
  let kept = '';
  let size = 0;
  for (const part of parts) {
    // Escaping a grapheme alone never takes less than inside its text, so the sum is an upper bound.
    const cost = part.length + (/[\\*_~|`<>[\]()#@:/+\-.]/.test(part) ? 1 : 0);
    if (size + cost > max - 1) break;
    size += cost;
    kept += part;
  }
  return max < 1 ? '' : `${escapeRun(kept.trimEnd())}…`;
}
