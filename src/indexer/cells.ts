/** Cells of the data sets as values. An empty or unreadable cell is null, never a made-up number. */
import { booleanReader } from './forms/labels.ts';

/** A finite number, or null. */
export function numberCell(cell: string | undefined): number | null {
  const text = cell?.trim() ?? '';
  if (text === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A boolean in any spelling, or null. */
export function booleanCell(cell: string | undefined): boolean | null {
  const value = booleanReader(cell?.trim() ?? '', () => {});
  return value === null ? null : value === 'True';
}

/** Parts of a list cell, trimmed, without empty and repeated ones, in their order. */
export function listCell(cell: string | undefined, separator: ',' | ';'): string[] {
  const parts = (cell ?? '').split(separator).map((part) => part.trim());
  return [...new Set(parts)].filter((part) => part !== '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const UNPRINTABLE = /[\u0000-\u001f\u007f\ufffd]+/g;

/** Text at one line, without control characters and the replacement characters of broken UTF-8. */
export function textCell(cell: string | undefined): string {
  return (cell ?? '').replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim();
}

/** Whether a cell holds the replacement character, the trace of broken UTF-8. */
export function isBroken(cell: string | undefined): boolean {
  return cell?.includes('\ufffd') ?? false;
}
