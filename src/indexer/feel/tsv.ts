/** Reads the authored tables, and says exactly what is wrong with a line. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/errors.ts';

/** One line by column name. */
export interface Line {
  readonly file: string;
  readonly number: number;
  readonly values: Readonly<Record<string, string>>;
}

/** @throws UserError naming file, line and what is wrong */
export function malformed(line: Pick<Line, 'file' | 'number'>, what: string): never {
  throw new UserError(`${line.file}, line ${line.number}: ${what}.`, {
    id: 'feel.malformed',
    hint: 'Correct the line; `npx music2movie feel --check` looks at every table.',
  });
}

/**
 * The lines of a tab-separated table.
 *
 * @param columns the header, exactly
 * @param optional the table may be absent: then there are none
 * @throws UserError when the file is missing, has another header, or a line has another number of cells
 */
export async function readTsv(
  dir: string,
  name: string,
  columns: readonly string[],
  optional = false,
): Promise<Line[]> {
  let text: string;
  try {
    text = await readFile(path.join(dir, name), 'utf8');
  } catch (error) {
    if (optional && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UserError(`The feel table ${name} can't be read.`, {
      id: 'feel.missing',
      hint: `It belongs into ${dir}; restore it from the repository.`,
      underlying: error,
    });
  }
  const lines = text.split('\n');
  // The last line ends too: half a table must not pass for a whole one.
  if (lines.pop() !== '') malformed({ file: name, number: lines.length + 1 }, 'the file ends within a line');
  const header = lines.shift() ?? '';
  if (header !== columns.join('\t'))
    malformed({ file: name, number: 1 }, `the header must be "${columns.join(' ')}", divided by tabs`);
  return lines.map((line, i) => {
    const cells = line.split('\t');
    if (cells.length !== columns.length)
      malformed({ file: name, number: i + 2 }, `${cells.length} cells instead of ${columns.length}`);
    // One shape for all: `Object.fromEntries` makes a dictionary of each, and there are 200,000.
    const values: Record<string, string> = {};
    for (const [c, column] of columns.entries()) values[column] = cells[c]!;
    return { file: name, number: i + 2, values };
  });
}
