/** Text from data sets and strangers, made safe to place in a line. */

/**
 * Control characters, bidi controls, zero-width characters and line separators. The zero-width joiner
 * (U+200D) stays: emoji and several scripts need it.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text's grapheme clusters: what a reader calls characters. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** Shortens to at most `max` graphemes, the last being an ellipsis where something was cut. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  // A grapheme may be long (stacked marks), so the search is bounded before it is split.
  const parts = graphemes(text.slice(0, max * 16));
  if (parts.length <= max && text.length <= max * 16) return text;
  return `${parts
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`;
}

/**
 * One clean line: no control, bidi or zero-width characters, no lone surrogates, single spaces, at most
 * `max` graphemes. Markup is left alone; escaping belongs to each platform.
 */
export function clean(text: string, max = 300): string {
  // Nearly every text is clean already: one look is cheaper than four rewrites.
  if (text.length <= max && /^[!-~]+(?: [!-~]+)*$/.test(text)) return text;
  const line = text.replace(LONE_SURROGATES, '\ufffd').replace(UNSAFE, ' ').replace(/\s+/gu, ' ').trim();
  return shorten(line, max);
}

/** Escapes text for HTML and XML content and quoted attributes. */
export function escapeMarkup(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  return text.replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!,
  );
}
