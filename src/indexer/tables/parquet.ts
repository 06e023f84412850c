/** Parquet, read in batches. */

import * as zlib from 'node:zlib';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { cellOf } from './json.ts';

/** Rows that a read holds in memory at a time. */
const BATCH = 10_000;

const zstd = (zlib as { zstdDecompressSync?: (bytes: Uint8Array) => Uint8Array }).zstdDecompressSync;

/** What hyparquet does not unpack itself; Zstandard where this Node has it. */
const compressors = {
  GZIP: (bytes: Uint8Array) => gunzipSync(bytes),
  BROTLI: (bytes: Uint8Array) => brotliDecompressSync(bytes),
  ...(zstd && { ZSTD: (bytes: Uint8Array) => zstd(bytes) }),
};

/** Names of the columns, then the rows one by one, as the CSV form of the same table has them. */
export async function openParquet(file: string): Promise<{
  readonly columns: readonly string[];
  rows(): AsyncGenerator<Record<string, string>>;
}> {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer);
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const total = Number(metadata.num_rows);
  async function* rows() {
    for (let rowStart = 0; rowStart < total; rowStart += BATCH) {
      const rowEnd = Math.min(rowStart + BATCH, total);
      for (const row of await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd, compressors })) {
        const cells: Record<string, string> = {};
        for (const name of columns) cells[name] = cellOf(row[name]);
        yield cells;
      }
    }
  }
  return { columns, rows };
}
