/** What stands in a table's columns, as text. */
import path from 'node:path';
import Table from 'cli-table3';
import type { CheckedTable } from '../indexer/check-tables.ts';
import { FORMS, type Form } from '../indexer/forms/names.ts';
import type { ColumnProfile, TableProfile } from '../indexer/forms/profile.ts';

const n = (value: number) => value.toLocaleString('en');
const share = (part: number, whole: number) => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`);

/** Forms other than the data set's that were recognised, and what is lost with absent columns; empty for none. */
export function formsText({ of, forms, renamed, lost }: TableProfile): string {
  const found = Object.entries(forms).filter(([form]) => form !== 'column-name');
  const lines = found.map(([form, cells]) => `  ${n(cells)} × ${FORMS[form as Form]}`);
  if (renamed.length > 0)
    lines.push(
      `  other names: ${renamed.map(([ours, theirs]) => `${theirs} is read as ${ours}`).join(', ')}`,
    );
  for (const [column, what] of lost) lines.push(`  no column ${column}: ${what}`);
  return lines.length === 0 ? '' : `Recognised in the table of ${of}:\n${lines.join('\n')}\n`;
}

/** The whole profile of a table, column by column. */
export function profileText({ file, profile, funnel, findings }: CheckedTable<{ kept: number }>): string {
  const table = new Table({
    head: ['column', 'filled', 'unreadable', 'unknown', 'different', 'least … middle … greatest', 'examples'],
    style: { head: [], border: [] },
  });
  for (const column of profile.columns) table.push(columnRow(column, profile.rows));
  const verdict =
    findings.length === 0 ? 'plausible' : `not plausible: ${findings.map(({ rule }) => rule).join('; ')}`;
  return `${path.basename(file)}: ${n(profile.rows)} rows, ${n(funnel.kept)} ${profile.of} kept; ${verdict}.\n${table.toString()}\n${formsText(profile)}\n`;
}

function columnRow(column: ColumnProfile, rows: number): string[] {
  const { from, filled, unreadable, outside, names, distinct, range } = column;
  if (from === null) return [column.column, 'absent', '', '', '', '', ''];
  const shown = [...column.examples, ...column.outsideExamples].slice(0, 3);
  return [
    column.column,
    share(filled, rows),
    unreadable === 0 ? '' : share(unreadable, filled),
    outside === 0 ? '' : share(outside, names),
    distinct === null ? 'many' : distinct === 0 ? '' : n(distinct),
    range ? `${range.least} … ${range.middle} … ${range.greatest}` : '',
    shown.map((cell) => (cell.length > 30 ? `${cell.slice(0, 29)}…` : cell)).join(', '),
  ];
}
