/** How a command says what it takes, without knowing who asks: adapters translate it to their own forms. */
import type { z } from 'zod';
import type { MessageKey } from '../i18n/index.ts';
import type { AnswerContext } from './context.ts';

/** One entry of an autocomplete list. */
export interface Suggestion {
  /** What the person reads; may be long and hostile: escape it and shorten it to the platform's limit. */
  readonly label: string;
  /** What comes back as the option's value: at most 100 characters. */
  readonly value: string;
  /** A second, quieter line where the platform has room for one. */
  readonly detail?: string;
}

/** The kinds of value that every platform can ask for; `file` only where files can be attached to a command. */
export type OptionKind = 'string' | 'integer' | 'number' | 'boolean' | 'file';

/** The value of an option of the kind `file`. */
export interface AttachedFile {
  /** As the person named it. */
  readonly name: string;
  readonly text: string;
}

export interface OptionChoice {
  /** Message that names the choice. */
  readonly label: MessageKey;
  readonly value: string;
}

/** One option of a command or one field of a form. */
export interface OptionSpec<T = unknown> {
  /** Lower case, 1–32 characters of `a-z` and `-`: valid as a slash-command option everywhere. */
  readonly name: string;
  readonly kind: OptionKind;
  /** Message that describes it in at most 100 characters. */
  readonly description: MessageKey;
  /** Message that names it on a form. */
  readonly label: MessageKey;
  /** Other names that the text form accepts. */
  readonly aliases?: readonly string[];
  readonly required: boolean;
  /** A closed list; at most 25. Never together with `autocomplete`. */
  readonly choices?: readonly OptionChoice[];
  /** Bounds of a number, inclusive. */
  readonly min?: number;
  readonly max?: number;
  /** Longest text taken, in characters. */
  readonly maxLength?: number;
  /** An example value for forms and help, such as `1990-1999`. */
  readonly example?: string;
  /** Suggestions for what was typed so far: at most 25, best first; never throws for odd text. */
  readonly autocomplete?: (typed: string, context: AnswerContext) => Promise<readonly Suggestion[]>;
  /**
   * Reads the raw value (text, or the platform's own number or boolean). A failed reading's issue message
   * is a {@link MessageKey} that says what would be understood.
   */
  readonly schema: z.ZodType<T>;
}

/** Longest autocomplete list that every platform shows (Discord: 25). */
export const MAX_SUGGESTIONS = 25;
