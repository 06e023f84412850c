import { sayReason } from '../conversation/reasons.ts';
import type { Reason } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';

const words = wordsFor('en');

/** A reason as an English sentence for the terminal; empty for none. */
export function reasonText(reason: Reason | undefined): string {
  return reason ? sayReason(reason, words) : '';
}
