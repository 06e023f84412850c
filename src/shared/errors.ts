/**
 * The error catalogue, by cause. Every failure that a person can meet is one of these: an identifier for
 * logs and translations, a sentence for the person in front of it, a hint for the one who can fix it.
 */

/** Who or what has to change for the error to go away. */
export type ErrorCause = 'user' | 'upstream' | 'configuration' | 'catalogue' | 'bug';

/** Exit status of the command line by cause (documented in `--help`). */
const EXIT_CODES: Readonly<Record<ErrorCause, number>> = {
  user: 2,
  configuration: 2,
  catalogue: 4,
  upstream: 5,
  bug: 1,
};

export interface ErrorDetails {
  /** Stable identifier such as `catalogue.damaged`. */
  readonly id: string;
  /** What to do about it, for whoever runs the program. */
  readonly hint?: string;
  /** Overrides the exit status that follows from the cause. */
  readonly exitCode?: number;
  /** The error underneath: logged, never shown in a chat. */
  readonly underlying?: unknown;
}

export class Music2MovieError extends Error {
  override readonly name: string = 'Music2MovieError';
  readonly id: string;
  readonly causeKind: ErrorCause;
  readonly hint: string | undefined;
  readonly exitCode: number;

  /** @param sentence one plain sentence that may be shown to anyone: no path, secret or stack trace in it. */
  constructor(causeKind: ErrorCause, sentence: string, details: ErrorDetails) {
    super(sentence, details.underlying === undefined ? undefined : { cause: details.underlying });
    this.causeKind = causeKind;
    this.id = details.id;
    this.hint = details.hint;
    this.exitCode = details.exitCode ?? EXIT_CODES[causeKind];
  }
}

/** The catalogue folder is missing, damaged, mixed or of another format. Exit status 4. */
export class CatalogueError extends Music2MovieError {
  override readonly name = 'CatalogueError';
  constructor(sentence: string, details: ErrorDetails) {
    super('catalogue', sentence, details);
  }
}

/** Wrong input or usage. Exit status 2 unless stated otherwise. */
export class UserError extends Music2MovieError {
  override readonly name = 'UserError';
  constructor(sentence: string, details: ErrorDetails) {
    super('user', sentence, details);
  }
}

/** A faulty setting. Exit status 2. */
export class ConfigurationError extends Music2MovieError {
  override readonly name = 'ConfigurationError';
  constructor(sentence: string, details: ErrorDetails) {
    super('configuration', sentence, details);
  }
}

/** A service that the product asks did not answer as agreed. */
export class UpstreamError extends Music2MovieError {
  override readonly name = 'UpstreamError';
  constructor(sentence: string, details: ErrorDetails) {
    super('upstream', sentence, details);
  }
}
