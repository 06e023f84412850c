import type { z } from 'zod';
import { UpstreamError } from '../shared/errors.ts';

/**
 * Reads a service's JSON: fields that nobody asked for pass, missing or impossible ones do not.
 *
 * @throws UpstreamError `upstream.unreadable`, naming the source; the details are in its `cause`
 */
export function readJson<T extends z.ZodType>(source: string, text: string, schema: T): z.infer<T> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new UpstreamError(`${source} answered in a form that is not understood.`, {
      id: 'upstream.unreadable',
      underlying: error,
    });
  }
}

/** @throws UpstreamError for a status that the contract does not name */
export function refused(source: string, status: number): UpstreamError {
  return new UpstreamError(`${source} refused the question.`, {
    id: 'upstream.refused',
    hint: `It answered with status ${status}.`,
  });
}
