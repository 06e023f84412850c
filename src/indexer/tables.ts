/** Reads data-set files row by row: CSV (streaming, tolerant of real files) and, for songs, Parquet. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { hashFile } from '../engine/catalogue/verify.ts';
import { UserError } from '../shared/errors.ts';

/** One row by column name, with the line it ends on (CSV) or its number (Parquet). */
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

/** Rows a Parquet read holds in memory at a time. */
const PARQUET_BATCH = 10_000;

/**
 * Streams a table.
 *
 * @param required columns without which the file is of another kind
 * @param onProgress called now and then with bytes read
 * @throws UserError when the file is missing, empty, unreadable or lacks a required column
 */
export async function* readTable(
  file: string,
  required: readonly string[],
  onProgress: (progress: ReadProgress) => void = () => {},
): AsyncGenerator<TableRow> {
  const size = await sizeOf(file);
  if (await isParquet(file)) yield* readParquet(file, required);
  else yield* readCsv(file, size, required, onProgress);
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

async function sizeOf(file: string): Promise<number> {
  const info = await stat(file).catch((error) => {
    throw new UserError(`The file ${file} can't be read.`, {
      id: 'index.input-missing',
      hint: 'Check the path; `npx music2movie data` downloads the data sets.',
      underlying: error,
    });
  });
  if (!info.isFile()) {
    throw new UserError(`${file} is not a file.`, {
      id: 'index.input-missing',
      hint: 'Name a CSV or Parquet file.',
    });
  }
  return info.size;
}

function unreadable(file: string, underlying: unknown): UserError {
  return new UserError(`The file ${file} can't be read.`, {
    id: 'index.input-unreadable',
    hint: 'Check that it may be read and that its disk is sound.',
    underlying,
  });
}

async function isParquet(file: string): Promise<boolean> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      return bytesRead === 4 && buffer.toString('latin1') === 'PAR1';
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

function checkHeader(file: string, columns: readonly string[], required: readonly string[]): void {
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length === 0) return;
  throw new UserError(`${file} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}.`, {
    id: 'index.header',
    hint: 'The first line must name the columns as the data set does; see data/README.md.',
  });
}

/** A NUL byte or an endless quoted field means that this is no CSV: stop before it eats the memory. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024;

async function* readCsv(
  file: string,
  totalBytes: number,
  required: readonly string[],
  onProgress: (progress: ReadProgress) => void,
): AsyncGenerator<TableRow> {
  const input = createReadStream(file, { highWaterMark: 1 << 20 });
  const parser = input.pipe(
    parse({
      bom: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: MAX_RECORD_BYTES,
    }),
  );
  input.on('error', (error) => parser.destroy(error));
  let header: string[] | undefined;
  let rows = 0;
  let lastIsShort = false;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (!header) {
        header = record.map((name) => name.trim());
        checkHeader(file, header, required);
        continue;
      }
      if (++rows % 2000 === 0) onProgress({ bytes: Math.min(input.bytesRead, totalBytes), totalBytes });
      lastIsShort = record.length < header.length;
      const values: Record<string, string> = {};
      for (let i = 0; i < header.length; i++) values[header[i]!] = record[i] ?? '';
      yield record.length === header.length
        ? { line: info.lines, values }
        : {
            line: info.lines,
            values,
            fault: `${record.length} cells where the header names ${header.length}`,
          };
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const sentence = (error as { code?: string }).code?.startsWith('CSV_')
      ? `${file} stops being a CSV file after row ${rows}: a quote is left open, or the file was cut off.`
      : `${file} can't be read to its end.`;
    throw new UserError(sentence, {
      id: 'index.input-broken',
      hint: 'Download the file again, or mend the row named.',
      underlying: error,
    });
  } finally {
    input.destroy();
  }
  if (!header) {
    throw new UserError(`${file} is empty.`, {
      id: 'index.input-empty',
      hint: 'Name a CSV file with a header line.',
    });
  }
  if (lastIsShort && !(await endsWithNewline(file, totalBytes))) {
    throw new UserError(`${file} ends in the middle of row ${rows}: the file was cut off.`, {
      id: 'index.input-broken',
      hint: 'Download the file again.',
    });
  }
  onProgress({ bytes: totalBytes, totalBytes });
}

async function endsWithNewline(file: string, size: number): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a || buffer[0] === 0x0d;
  } finally {
    await handle.close();
  }
}

async function* readParquet(file: string, required: readonly string[]): AsyncGenerator<TableRow> {
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const columns = metadata.schema.slice(1).map((element) => element.name);
    checkHeader(file, columns, required);
    const total = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < total; rowStart += PARQUET_BATCH) {
      const batch = await parquetReadObjects({
        file: buffer,
        metadata,
        rowStart,
        rowEnd: Math.min(rowStart + PARQUET_BATCH, total),
      });
      for (const [offset, row] of batch.entries())
        yield { line: rowStart + offset + 1, values: stringCells(row) };
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} is a damaged Parquet file.`, {
      id: 'index.input-broken',
      hint: 'Download the file again.',
      underlying: error,
    });
  }
}

/** Parquet's typed cells as the strings that the CSV form of the same data set has. */
function stringCells(row: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value === null || value === undefined) return [name, ''];
      if (typeof value === 'boolean') return [name, value ? 'True' : 'False'];
      if (Array.isArray(value)) return [name, value.join(';')];
      return [name, String(value)];
    }),
  );
}
