import { sayOneEach, sayReasons } from '../conversation/reasons.ts';
import type { Match, Reason } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';

const words = wordsFor('en');

/** Reasons as English sentences for the terminal, strongest first. */
export function reasonTexts(reasons: readonly Reason[]): string[] {
  return sayReasons(reasons, words);
}

/** A sentence for each film of an answer; empty for none. */
export function reasonOfEach(matches: readonly Match[]): string[] {
  return sayOneEach(
    matches.map(({ reasons }) => reasons),
    words,
  );
}
