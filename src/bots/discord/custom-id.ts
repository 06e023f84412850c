/**
 * What stands in a component's `custom_id`: a token of the neutral answer with a mark of ours behind `#`, or
 * a word of ours. Nothing in it is trusted.
 */
import { max } from './limits.ts';

/** What the mark changes: go on in the same message; post for all to see. */
export type Mark = 'inside' | 'post';

const LETTERS: Readonly<Record<Mark, string>> = { inside: 'i', post: 'p' };

export type Pressed =
  | { readonly kind: 'token'; readonly token: string; readonly mark: Mark | null }
  /** The button under a pasted link. */
  | { readonly kind: 'offer'; readonly question: string }
  /** A select menu whose values are tokens. */
  | { readonly kind: 'choose' };

const OFFER = 'offer:';
const CHOOSE = 'choose';

/** The id of an offer, or null for a question too long for one. */
export function offerId(question: string): string | null {
  const id = OFFER + question;
  return id.length <= max('customId') ? id : null;
}

/** Ids of one message: the same token twice gets a number behind it, as ids must differ. */
export class IdMaker {
  readonly #used = new Set<string>();

  token(token: string, mark?: Mark): string {
    return this.#unique(mark ? `${token}#${LETTERS[mark]}` : token);
  }

  choose(): string {
    return this.#unique(CHOOSE);
  }

  #unique(id: string): string {
    let free = id;
    for (let n = 2; this.#used.has(free); n += 1) free = `${id}${id.includes('#') ? '' : '#'}${n}`;
    this.#used.add(free);
    return free;
  }
}

/** Reads any `custom_id`; whether a token means anything, `handleAction` says. */
export function readId(id: string): Pressed {
  if (id.startsWith(OFFER)) return { kind: 'offer', question: id.slice(OFFER.length) };
  const [token = '', behind = ''] = id.split('#');
  if (token === CHOOSE) return { kind: 'choose' };
  const mark = (Object.keys(LETTERS) as Mark[]).find((name) => behind.startsWith(LETTERS[name]));
  return { kind: 'token', token, mark: mark ?? null };
}
