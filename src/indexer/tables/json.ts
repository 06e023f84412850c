/** Objects out of JSON lines, or out of one JSON array, streamed: no more than one object is held. */

/** An object longer than this is none of a table (characters). */
const LONGEST_OBJECT = 4 * 1024 * 1024;

const LETTER = { quote: 34, backslash: 92, open: 123, close: 125, openList: 91, closeList: 93 } as const;

/**
 * Yields the text of each object at the top level, or in the list there.
 * @throws Error for text that is no such thing, or ends within an object
 */
export async function* jsonObjects(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let object = '';
  for await (const chunk of chunks) {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const letter = chunk.charCodeAt(i);
      if (inString) {
        if (escaped) escaped = false;
        else if (letter === LETTER.backslash) escaped = true;
        else if (letter === LETTER.quote) inString = false;
        continue;
      }
      if (letter === LETTER.quote) inString = true;
      else if (letter === LETTER.open && depth++ === 0) from = i;
      else if (letter === LETTER.close && --depth === 0) {
        yield object + chunk.slice(from, i + 1);
        object = '';
      }
      if (depth < 0) throw new Error('a brace is closed that was not opened');
    }
    if (depth > 0) object += chunk.slice(from);
    if (object.length > LONGEST_OBJECT) throw new Error('an object has no end');
  }
  if (depth > 0) throw new Error('the last object is not closed');
}

/** A value of a row as the text that a CSV cell would hold. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Date) return dateCell(value);
  if (typeof value === 'object') {
    return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? Number(inner) : inner));
  }
  return String(value);
}

function dateCell(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}
