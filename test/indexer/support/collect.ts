import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readTable, type TableRow } from '../../../src/indexer/tables.ts';
import { temporaryFolder } from '../../support/catalogue.ts';

/** Every row that a file with this content yields. */
export async function rowsOf(
  content: string | Uint8Array,
  required: readonly string[] = [],
): Promise<TableRow[]> {
  const file = path.join(await temporaryFolder(), 'table.csv');
  await writeFile(file, content);
  const rows: TableRow[] = [];
  for await (const row of readTable(file, required)) rows.push(row);
  return rows;
}
