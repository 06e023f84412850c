import { inspect } from 'node:util';

/** What stands in a log, an error or a dump instead of a secret. */
export const REDACTED = '«redacted»';

/** A token or password that shows itself only when asked to, by `reveal()`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself: only for the request that needs it. */
  reveal(): string {
    return this.#value;
  }

  toJSON(): string {
    return REDACTED;
  }

  toString(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
