import { MOST_CSV } from '../../conversation/letterboxd.ts';

/** What a form or an address says. */
export type Values = Record<string, string>;

/** Longest value taken, in UTF-16 units: a pasted list of songs is the longest that is meant. */
const MAX_VALUE = 10_000;

/** The field that takes a file's text, and how much of it. */
const FILE = 'csv';

/** First value of each field, as text. */
export function valuesOf(query: unknown): Values {
  const values: Values = {};
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    const first = Array.isArray(value) ? value[0] : value;
    // Cut before anything is done with it; no song has a longer name, and no message more links.
    if (typeof first === 'string') values[name] = first.slice(0, name === FILE ? MOST_CSV : MAX_VALUE);
  }
  return values;
}
