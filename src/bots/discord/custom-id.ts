/**
 * What stands in a component's `custom_id`: a token of the neutral answer or a word of ours, behind `#` a mark of
 * ours, and last whose message it stands in (the seal), as a payload need not say so. Nothing in it is trusted.
 */
import { max } from './limits.ts';

/** What the mark changes: go on in the same message; post for all to see; show the answer's form. */
export type Mark = 'inside' | 'post' | 'form';

const LETTERS: Readonly<Record<Mark, string>> = { inside: 'i', post: 'p', form: 'f' };

/** Whose message a button stands in: somebody's by a keyed hash, or one that nobody else sees. */
export type Seal = { readonly kind: 'owner'; readonly hash: string } | { readonly kind: 'alone' };

export type Pressed =
  | {
      readonly kind: 'token';
      readonly token: string;
      readonly mark: Mark | null;
      /** Open the film in this message of the presser's own. */
      readonly into: string | null;
    }
  /** The button under a pasted link. A longer question is a token. */
  | { readonly kind: 'offer'; readonly question: string }
  /** A select menu whose values are ids of buttons. */
  | { readonly kind: 'choose' }
  /** Take the message away. */
  | { readonly kind: 'delete' }
  /** A menu of the settings' panel. */
  | { readonly kind: 'settings'; readonly field: string };

const OFFER = 'offer:';
const SETTINGS = 'settings:';
const CHOOSE = 'choose';
const DELETE = 'delete';

/** Length of the hash in a seal: 48 bits tell a chat's people apart. */
export const SEAL_LENGTH = 8;

/** Behind the token: a mark or a message's id in base 36, a number that keeps ids apart, the seal. */
const BEHIND = /^(?:o([0-9a-z]{1,14})|([ipf]))?\.?\d{0,2}(?:~([\w-]{8})|(=))?$/;

const written = (seal: Seal | null) =>
  seal === null ? '' : seal.kind === 'alone' ? '=' : `~${seal.hash.slice(0, SEAL_LENGTH)}`;

/** The id of an offer. @param token stands for a question that is too long for an id */
export function offerId(question: string, token: string): string {
  const id = OFFER + question;
  return id.length <= max('customId') ? id : OFFER + token;
}

export const settingsId = (field: string) => SETTINGS + field;

/** Ids of one message: the same token twice gets a number behind it, as ids must differ. */
export class IdMaker {
  readonly #used = new Set<string>();
  readonly #seal: string;

  constructor(seal: Seal | null = null) {
    this.#seal = written(seal);
  }

  token(token: string, mark?: Mark): string {
    return this.#unique(token, mark ? LETTERS[mark] : '');
  }

  /** Opens a film in another message; null where the id would be too long. @param message snowflake */
  into(token: string, message: string): string | null {
    const mark = `o${BigInt(message).toString(36)}`;
    const longest = token.length + 1 + mark.length + this.#seal.length;
    return longest <= max('customId') ? this.#unique(token, mark) : null;
  }

  choose(): string {
    return this.#unique(CHOOSE, '');
  }

  delete(): string {
    return this.#unique(DELETE, '');
  }

  #unique(token: string, mark: string): string {
    const id = (n: number) => {
      const marked = `${mark}${n > 1 ? `.${n}` : ''}`;
      // Without the seal, whose message it is must be guessed; without the button, nothing can be done.
      const fits = token.length + 1 + marked.length + this.#seal.length <= max('customId');
      const behind = fits ? `${marked}${this.#seal}` : marked;
      return behind === '' ? token : `${token}#${behind}`;
    };
    let n = 1;
    while (this.#used.has(id(n))) n += 1;
    this.#used.add(id(n));
    return id(n);
  }
}

const behindOf = (id: string) => BEHIND.exec(id.includes('#') ? id.slice(id.indexOf('#') + 1) : '');

/** Whose message the id says it stands in; null where it does not say. */
export function sealOf(id: string): Seal | null {
  const behind = behindOf(id);
  if (behind?.[4]) return { kind: 'alone' };
  return behind?.[3] ? { kind: 'owner', hash: behind[3] } : null;
}

/** Reads any `custom_id`; whether a token means anything, `handleAction` says. */
export function readId(id: string): Pressed {
  if (id.startsWith(OFFER)) return { kind: 'offer', question: id.slice(OFFER.length) };
  if (id.startsWith(SETTINGS)) return { kind: 'settings', field: id.slice(SETTINGS.length) };
  const [token = ''] = id.split('#');
  if (token === CHOOSE) return { kind: 'choose' };
  if (token === DELETE) return { kind: 'delete' };
  const behind = behindOf(id);
  const mark = (Object.keys(LETTERS) as Mark[]).find((name) => behind?.[2] === LETTERS[name]);
  const into = behind?.[1] ? String(parseBase36(behind[1])) : null;
  return { kind: 'token', token, mark: mark ?? null, into };
}

function parseBase36(text: string): bigint {
  return [...text].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
}
