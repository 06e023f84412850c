/** CSV of every separator, streamed. */
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';

/** Separators that tables come with, the usual one first. */
const SEPARATORS = [',', ';', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** A NUL byte or an endless quoted field means that this is no CSV: stop before it eats the memory. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024;

/** What the first lines say of a file's form. */
export interface Dialect {
  readonly separator: Separator;
  readonly crlf: boolean;
  /** Excel's first line `sep=;` stands before the header. */
  readonly hint: boolean;
}

/** @param head the decoded beginning of the file, without its mark */
export function dialectOf(head: string): Dialect {
  const hint = /^"?sep=(.)"?\r?\n/i.exec(head);
  const body = hint ? head.slice(hint[0].length) : head;
  const line = firstLine(body.replace(/^[\r\n]+/, ''));
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const counts = SEPARATORS.map((separator) => bare.split(separator).length);
  const named = SEPARATORS.find((separator) => separator === hint?.[1]);
  const separator = named ?? SEPARATORS[counts.indexOf(Math.max(...counts))]!;
  return { separator, crlf: /\r\n/.test(body), hint: hint !== null };
}

/** The first line, with line breaks inside quotes. */
function firstLine(text: string): string {
  let inQuotes = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (text[i] === '\n' || text[i] === '\r')) return text.slice(0, i);
  }
  return text;
}

/** Records of a decoded stream, the header among them, each with the line it ends on. */
export function csvRecords(
  text: Readable,
  { separator, hint }: Dialect,
): AsyncIterable<{ record: string[]; info: { lines: number } }> & { destroy(error?: Error): void } {
  const parser = text.pipe(
    parse({
      bom: true,
      delimiter: separator,
      from_line: hint ? 2 : 1,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: MAX_RECORD_BYTES,
    }),
  );
  text.on('error', (error) => parser.destroy(error));
  return parser as never;
}
