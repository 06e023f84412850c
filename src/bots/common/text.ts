/** Text on its way out to a chat: what nobody sees is taken away, what is too long is cut between graphemes. */
import { clean, graphemes } from '../../shared/text.ts';

/**
 * Beyond what `clean` takes: soft hyphens, fillers that look empty, interlinear marks, and tag characters
 * unless they spell the flag of a region behind a black flag.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters are meant, joining or not
  /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufff9-\ufffb]|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]*)[\u{e0000}-\u{e007f}]/gu;

/** A zero-width joiner that joins nothing: only pictures, Arabic letters and Indic clusters need one. */
const LOOSE_JOINER =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters are meant, joining or not
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{M}\p{sc=Arab}])\u200d|\u200d(?![\p{Extended_Pictographic}\p{L}])/gu;

/** More marks on one letter than any script stacks. */
const STACKED = /(\p{M}{4})\p{M}+/gu;

/** Longest text looked at, in UTF-16 units: four times the longest that any chat takes. */
const MAX_READ = 16_000;

/** One clean line of any length up to `MAX_READ`: no control, bidi, zero-width or invisible characters. */
export function line(text: string): string {
  const seen = text.slice(0, MAX_READ).replace(UNSEEN, '').replace(STACKED, '$1');
  return clean(seen.replace(LOOSE_JOINER, ''), MAX_READ);
}

/**
 * Cuts a text to at most `max` UTF-16 units (what the platforms count) without splitting a grapheme; a text
 * that was cut ends in `…`.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const grapheme of graphemes(text.slice(0, max + 64))) {
    if (kept.length + grapheme.length > max - 1) break;
    kept += grapheme;
  }
  return max < 1 ? '' : `${kept.trimEnd()}…`;
}

/** A clean line of at most `max` UTF-16 units; `fallback` where nothing visible is left. */
export function label(text: string, max: number, fallback = '–'): string {
  const whole = cut(line(text), max);
  return /[^\s\p{M}\u200d]/u.test(whole) ? whole : fallback;
}
