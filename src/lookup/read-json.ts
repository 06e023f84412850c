import { z } from 'zod';
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
    throw unreadable(source, error);
  }
}

/**
 * Reads the list in a field of a service's JSON, item by item: one that is not as agreed costs itself alone. A list
 * of which nothing can be read has changed its form.
 *
 * @throws UpstreamError `upstream.unreadable`
 */
export function readItems<T>(source: string, text: string, field: string, item: z.ZodType<T>): T[] {
  const list = readJson(source, text, z.object({ [field]: z.array(z.unknown()) }))[field] as unknown[];
  return goodItems(source, list, item);
}

/** The items of a list that are as agreed. @throws UpstreamError `upstream.unreadable` where none of some is */
export function goodItems<T>(source: string, list: readonly unknown[], item: z.ZodType<T>): T[] {
  const read = list.map((one) => item.safeParse(one));
  const good = read.flatMap((one) => (one.success ? [one.data] : []));
  const bad = read.find((one) => !one.success);
  if (good.length === 0 && bad) throw unreadable(source, bad.error);
  return good;
}

function unreadable(source: string, underlying: unknown): UpstreamError {
  return new UpstreamError(`${source} answered in a form that is not understood.`, {
    id: 'upstream.unreadable',
    underlying,
  });
}

/** @throws UpstreamError for a status that the contract does not name */
export function refused(source: string, status: number): UpstreamError {
  return new UpstreamError(`${source} refused the question.`, {
    id: 'upstream.refused',
    hint: `It answered with status ${status}.`,
  });
}
