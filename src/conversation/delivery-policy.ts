/**
 * Where an answer goes, decided once for every chat: into a new message, to the asker alone, or in place of the
 * message that was pressed in. Adapters say what they know of a message, and carry the decision out.
 */
import type { Answer } from './answer.ts';
import type { ActionPayload } from './tokens.ts';

/** `public`: a new message for everybody there; `ephemeral`: one for the asker alone; `update`: the message itself. */
export type ResponseMode = 'public' | 'ephemeral' | 'update';

/** `private`: nobody but the presser sees the message; `own`: it answers the presser; `others`: somebody else. */
export type MessageOwnership = 'private' | 'own' | 'others';

/** What an adapter knows of a message that was pressed in. */
export interface PressedIn {
  readonly ephemeral: boolean;
  /** A conversation of one person and the bot. */
  readonly direct: boolean;
  /** Whom it answers; null: nobody in particular; undefined: the platform does not tell. */
  readonly owner: string | null | undefined;
}

export function ownershipOf({ ephemeral, direct, owner }: PressedIn, presser: string): MessageOwnership {
  if (ephemeral || direct) return 'private';
  return owner === null || owner === presser ? 'own' : 'others';
}

/** What a press asks of the adapter. */
export type PressKind =
  /** Show a form. */
  | 'form'
  /** Show details to the presser. */
  | 'details'
  /** Post the answer for all to see. */
  | 'post'
  /** Say something beside the message, which stays: a thanks for a vote, an apology for a button that means nothing. */
  | 'note'
  /** Answer where the button stands, whoever pressed: the message is everybody's. */
  | 'together'
  /** Answer where the button stands. */
  | 'answer';

/** @param payload of the button's token; null for a token that means nothing */
export function pressKind(payload: ActionPayload | null): PressKind {
  switch (payload?.action) {
    case 'filters':
      return 'form';
    case 'listening':
      return payload.step === 'ask' ? 'form' : 'answer';
    case 'night':
      return payload.step === 'join' || payload.step === 'plan' ? 'form' : 'together';
    case 'details':
      return 'details';
    case 'share':
      return 'post';
    case 'vote-up':
    case 'vote-down':
    case 'mark-saved':
    case 'mark-seen':
    case 'mark-not-for-me':
    case 'unmark':
    case undefined:
      return 'note';
    default:
      return 'answer';
  }
}

/** How a press will most likely be answered: what may be announced before the answer is there. */
export function expectedMode(kind: PressKind, ownership: MessageOwnership): ResponseMode {
  if (kind === 'post') return 'public';
  if (kind === 'together') return 'update';
  return kind === 'answer' && ownership !== 'others' ? 'update' : 'ephemeral';
}

/** Whether only the presser will see an answer in this mode. */
export function isForPresserAlone(mode: ResponseMode, ownership: MessageOwnership): boolean {
  return mode === 'ephemeral' || (mode === 'update' && ownership === 'private');
}

/** What one person is asked or told does not take the place of what all see. */
export function settledMode(kind: PressKind, answer: Answer, expected: ResponseMode): ResponseMode {
  const isBoard = answer.kind === 'notice' && answer.night !== undefined;
  return kind === 'together' && !isBoard ? 'ephemeral' : expected;
}

export const isApology = (answer: Answer) => answer.kind === 'notice' && answer.tone === 'sorry';

/** Whether an answer to a message must not be said where others read it. */
export const isSecret = (answer: Answer, direct: boolean) => answer.private && !direct;

/**
 * The mode for an answer that is there: what concerns one person goes to them alone, and an apology never replaces
 * an answer. In a direct conversation there is nobody to hide anything from.
 */
export function responseMode(answer: Answer, wanted: ResponseMode, direct: boolean): ResponseMode {
  if (wanted === 'update') {
    if (!isApology(answer)) return 'update';
    return direct ? 'public' : 'ephemeral';
  }
  if (direct) return 'public';
  return isSecret(answer, direct) || isApology(answer) ? 'ephemeral' : wanted;
}
