/** Reads tables row by row: CSV with any separator, JSON, Parquet; packed or not, in UTF-8 or UTF-16. */
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { hashFile } from '../engine/catalogue/verify.ts';
import { UserError } from '../shared/errors.ts';
import { csvRecords, dialectOf } from './tables/csv.ts';
import { decoder, type Encoding, encodingOf } from './tables/decode.ts';
import { cellOf, jsonObjects } from './tables/json.ts';
import { openParquet } from './tables/parquet.ts';
import { type Kind, kindOf, openSource, type Source, sizeOf, unreadable } from './tables/source.ts';

/** One row by column name, with the line it ends on (CSV) or its number (Parquet, JSON). */
export interface TableRow {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
  /** Set where the row's cells do not fit the header; its values are then what could be read. */
  readonly fault?: string;
}

export interface ReadProgress {
  readonly bytes: number;
  readonly totalBytes: number;
}

/** What a file's form is besides plain CSV with commas, in UTF-8. */
export type FileForm =
  | 'gzip'
  | 'zip'
  | 'utf-16'
  | 'byte-order-mark'
  | 'crlf'
  | 'semicolons'
  | 'tabs'
  | 'pipes'
  | 'json'
  | 'parquet';

/** A table whose columns are known, not yet read. */
export interface OpenTable {
  readonly columns: readonly string[];
  readonly forms: readonly FileForm[];
  /** Reads the rows; may be called once. */
  rows(onProgress: (progress: ReadProgress) => void): AsyncGenerator<TableRow>;
  /** Gives the file up when its rows are not wanted. */
  close(): void;
}

/** Objects of a JSON file whose keys make the header: later ones may lack some, and bring no new ones. */
const JSON_HEADER_ROWS = 1_000;
/** Rows between two reports of progress. */
const REPORT_ROWS = 2_000;

/**
 * Streams a table whose columns have the names that the caller knows.
 *
 * @param required columns without which the file is of another kind
 * @param onProgress called now and then with bytes read
 * @throws UserError when the file is missing, empty, no table, unreadable or lacks a required column
 */
export async function* readTable(
  file: string,
  required: readonly string[],
  onProgress: (progress: ReadProgress) => void = () => {},
): AsyncGenerator<TableRow> {
  const table = await openTable(file);
  try {
    checkHeader(file, table.columns, required);
  } catch (error) {
    table.close();
    throw error;
  }
  yield* table.rows(onProgress);
}

/**
 * Opens a table.
 * @throws UserError when the file is missing, empty, no table or unreadable
 */
export async function openTable(file: string): Promise<OpenTable> {
  const totalBytes = await sizeOf(file);
  const kind = await kindOf(file);
  if (kind.parquet) return parquetTable(file, totalBytes);
  const { encoding, mark } = encodingOf(kind.head);
  const head = new TextDecoder(encoding).decode(kind.head);
  const forms: FileForm[] = [
    ...(kind.packed ? [kind.packed] : []),
    ...(encoding === 'utf-8' ? [] : ['utf-16' as const]),
    ...(mark && encoding === 'utf-8' ? ['byte-order-mark' as const] : []),
  ];
  return /^\s*[[{]/.test(head)
    ? jsonTable(file, totalBytes, kind, encoding, forms)
    : csvTable(file, totalBytes, kind, encoding, head, forms);
}

/**
 * sha256 of a table's bytes.
 * @throws UserError when the file is missing or unreadable
 */
export async function hashTable(file: string): Promise<string> {
  await sizeOf(file);
  return hashFile(file).catch((error) => {
    throw unreadable(file, error);
  });
}

/** @throws UserError `index.header` that names the missing columns */
function checkHeader(file: string, columns: readonly string[], required: readonly string[]): void {
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw lacksColumns(file, missing);
}

export function lacksColumns(file: string, missing: readonly string[], hint?: string): UserError {
  return new UserError(`${file} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}.`, {
    id: 'index.header',
    hint: hint ?? 'The first line must name the columns as the data set does; see data/README.md.',
  });
}

/** Decoded text of a source. */
function textOf({ stream }: Source, encoding: Encoding): Readable {
  if (encoding === 'utf-8') return stream;
  const text = decoder(encoding);
  stream.on('error', (error) => text.destroy(error));
  return stream.pipe(text);
}

async function csvTable(
  file: string,
  totalBytes: number,
  { packed }: Kind,
  encoding: Encoding,
  head: string,
  forms: readonly FileForm[],
): Promise<OpenTable> {
  const dialect = dialectOf(head);
  const separators = { ',': [], ';': ['semicolons'], '\t': ['tabs'], '|': ['pipes'] } as const;
  const source = await openSource(file, packed);
  const parser = csvRecords(textOf(source, encoding), dialect);
  const records = parser[Symbol.asyncIterator]();
  let header: string[];
  try {
    const first = await records.next();
    if (first.done) throw empty(file);
    header = first.value.record.map((name) => name.replace(/^\ufeff/, '').trim());
  } catch (error) {
    source.close();
    throw brokenCsv(file, 0, error);
  }
  async function* rows(onProgress: (progress: ReadProgress) => void): AsyncGenerator<TableRow> {
    let count = 0;
    let lastIsShort = false;
    try {
      for (let next = await records.next(); !next.done; next = await records.next()) {
        const { record, info } = next.value;
        if (++count % REPORT_ROWS === 0)
          onProgress({ bytes: Math.min(source.bytesRead(), totalBytes), totalBytes });
        lastIsShort = record.length < header.length;
        const values: Record<string, string> = {};
        for (let i = 0; i < header.length; i++) values[header[i]!] = record[i] ?? '';
        yield fits(record, header.length)
          ? { line: info.lines, values }
          : {
              line: info.lines,
              values,
              fault: `${record.length} cells where the header names ${header.length}`,
            };
      }
    } catch (error) {
      throw brokenCsv(file, count, error);
    } finally {
      source.close();
    }
    if (lastIsShort && !packed && !(await endsWithNewline(file, totalBytes))) {
      throw new UserError(`${file} ends in the middle of row ${count}: the file was cut off.`, {
        id: 'index.input-broken',
        hint: 'Download the file again.',
      });
    }
    onProgress({ bytes: totalBytes, totalBytes });
  }
  return {
    columns: header,
    forms: [...forms, ...(dialect.crlf ? ['crlf' as const] : []), ...separators[dialect.separator]],
    rows,
    close: source.close,
  };
}

/** Whether a row has a cell for each column; empty cells behind the last one are only separators too many. */
function fits(record: readonly string[], columns: number): boolean {
  return record.length >= columns && record.slice(columns).every((cell) => cell === '');
}

function empty(file: string): UserError {
  return new UserError(`${file} is empty.`, {
    id: 'index.input-empty',
    hint: 'Name a CSV file with a header line.',
  });
}

function brokenCsv(file: string, rows: number, error: unknown): unknown {
  if (error instanceof UserError) return error;
  const sentence = (error as { code?: string }).code?.startsWith('CSV_')
    ? `${file} stops being a CSV file after row ${rows}: a quote is left open, or the file was cut off.`
    : `${file} can't be read to its end: it breaks off after row ${rows}.`;
  return new UserError(sentence, {
    id: 'index.input-broken',
    hint: 'Download the file again, or mend the row named.',
    underlying: error,
  });
}

/** Whether a line break stands at the end, also of UTF-16. */
async function endsWithNewline(file: string, size: number): Promise<boolean> {
  const handle = await open(file);
  try {
    const length = Math.min(2, size);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const last = buffer.at(-1) === 0 ? buffer[0] : buffer.at(-1);
    return last === 0x0a || last === 0x0d;
  } finally {
    await handle.close();
  }
}

async function jsonTable(
  file: string,
  totalBytes: number,
  { packed }: Kind,
  encoding: Encoding,
  forms: readonly FileForm[],
): Promise<OpenTable> {
  const source = await openSource(file, packed);
  const text = textOf(source, encoding).setEncoding('utf8');
  const objects = jsonObjects(text as AsyncIterable<string>);
  let read = 0;
  const next = async (): Promise<Record<string, unknown> | null> => {
    try {
      const { done, value } = await objects.next();
      if (done) return null;
      read++;
      return JSON.parse(value) as Record<string, unknown>;
    } catch (error) {
      source.close();
      throw new UserError(`${file} stops being JSON after row ${read}.`, {
        id: 'index.input-broken',
        hint: 'One object a row is expected, line by line or in one list. Download the file again, or mend it.',
        underlying: error,
      });
    }
  };
  const first: Record<string, unknown>[] = [];
  const columns = new Set<string>();
  for (let row = await next(); row; row = await next()) {
    first.push(row);
    for (const name of Object.keys(row)) columns.add(name);
    if (first.length === JSON_HEADER_ROWS) break;
  }
  if (first.length === 0) {
    source.close();
    throw empty(file);
  }
  const names = [...columns];
  const toRow = (row: Record<string, unknown>, line: number): TableRow => {
    const values: Record<string, string> = {};
    for (const name of names) values[name] = cellOf(row[name]);
    return { line, values };
  };
  async function* rows(onProgress: (progress: ReadProgress) => void): AsyncGenerator<TableRow> {
    try {
      let line = 0;
      for (const row of first) yield toRow(row, ++line);
      first.length = 0;
      for (let row = await next(); row; row = await next()) {
        yield toRow(row, ++line);
        if (line % REPORT_ROWS === 0)
          onProgress({ bytes: Math.min(source.bytesRead(), totalBytes), totalBytes });
      }
    } finally {
      source.close();
    }
    onProgress({ bytes: totalBytes, totalBytes });
  }
  return { columns: names, forms: [...forms, 'json'], rows, close: source.close };
}

async function parquetTable(file: string, totalBytes: number): Promise<OpenTable> {
  const damaged = (underlying: unknown) =>
    new UserError(`${file} is a damaged Parquet file, or of a form that can't be read.`, {
      id: 'index.input-broken',
      hint: 'Download the file again, or save it as CSV.',
      underlying,
    });
  const table = await openParquet(file).catch((error: unknown) => {
    throw damaged(error);
  });
  async function* rows(onProgress: (progress: ReadProgress) => void): AsyncGenerator<TableRow> {
    let line = 0;
    const all = table.rows();
    for (;;) {
      const next = await all.next().catch((error: unknown) => {
        throw damaged(error);
      });
      if (next.done) break;
      yield { line: ++line, values: next.value };
    }
    onProgress({ bytes: totalBytes, totalBytes });
  }
  return { columns: table.columns, forms: ['parquet'], rows, close: () => {} };
}
