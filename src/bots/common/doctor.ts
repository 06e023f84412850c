/** What `doctor` says of one thing that it looked at; every surface's check speaks in these. */

export interface Finding {
  readonly ok: boolean;
  readonly subject: string;
  readonly sentence: string;
  /** What to do, where something is wrong. */
  readonly mend?: string;
}

/** Milliseconds that a check waits for a service before it counts as out of reach. */
export const CHECK_TIMEOUT_MS = 8000;

export const fine = (subject: string, sentence: string): Finding => ({ ok: true, subject, sentence });

/** @param mend what to do; an empty one is left out */
export const fault = (subject: string, sentence: string, mend = ''): Finding => ({
  ok: false,
  subject,
  sentence,
  ...(mend && { mend }),
});

/** A service's answer as the object that it should be; anything else, which a proxy may send, as an empty one. */
export const bodyOf = (answer: unknown): Record<string, unknown> =>
  typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
