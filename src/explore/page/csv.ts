import type { Cell, Table } from '../figure.ts';

/** A cell of a CSV file (RFC 4180): quoted where it has to be, empty where there is no value. */
function csvCell(cell: Cell): string {
  if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) return '';
  // Ten digits are more than any figure here is sure of.
  const text = String(typeof cell === 'number' ? Number(cell.toPrecision(10)) : cell);
  // A title that begins like a formula must not become one in a spreadsheet.
  const safe = typeof cell === 'string' && /^[=+@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The numbers behind a figure as a CSV file. */
export function tableCsv({ columns, rows }: Table): string {
  return [columns, ...rows]
    .map((row) => row.map(csvCell).join(','))
    .join('\n')
    .concat('\n');
}
