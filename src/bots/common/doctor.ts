/** What `doctor` says of one thing that it looked at; the checks of every surface give these. */

export interface Finding {
  readonly ok: boolean;
  readonly subject: string;
  readonly sentence: string;
  /** What to do, where something is wrong. */
  readonly fix?: string;
}

/** Milliseconds that a check waits for a service before it counts as out of reach. */
export const CHECK_TIMEOUT_MS = 8000;

export const fine = (subject: string, sentence: string): Finding => ({ ok: true, subject, sentence });

/** @param fix what to do; an empty one is left out */
export const fault = (subject: string, sentence: string, fix = ''): Finding => ({
  ok: false,
  subject,
  sentence,
  ...(fix && { fix }),
});

/** A service's answer as the object that it should be; anything else, which a proxy may send, as an empty one. */
export const bodyOf = (answer: unknown): Record<string, unknown> =>
  typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
