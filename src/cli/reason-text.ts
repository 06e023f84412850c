import { wordsFor } from '../answers/messages/index.ts';
import { sayReason } from '../answers/reasons.ts';
import type { Reason } from '../engine/types.ts';

const words = wordsFor('en');

/** A reason as an English sentence for the terminal; empty for none. */
export function reasonText(reason: Reason | undefined): string {
  return reason ? sayReason(reason, words) : '';
}
