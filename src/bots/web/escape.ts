/** HTML from templates in which everything is escaped unless it is HTML already. */
import { clean, escapeMarkup } from '../../shared/text.ts';

/** Markup that has been escaped already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type Part = Html | string | number | false | null | undefined | readonly Part[];

/** Longest piece of text put on the page, in graphemes; only hostile data is longer. */
const MAX_TEXT = 5000;

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  return escapeMarkup(line(String(part)));
}

/** A clean line that keeps a space at either end: it may part this piece from its neighbour. */
function line(text: string): string {
  const inner = clean(text, MAX_TEXT);
  if (inner === '') return /\s/.test(text) ? ' ' : '';
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`;
}

/** `html\`<p>${anything}</p>\``: strings are cleaned and escaped, arrays joined, false and null left out. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((out, string, at) => out + render(parts[at - 1]) + string));
}

/** Markup made elsewhere, such as a drawing. Never for text from data. */
export const trusted = (markup: string) => new Html(markup);
