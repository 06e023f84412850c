/** What a page is made of: sections of figures, each a chart or a table with a caption and its numbers. */
import type { Chart } from './chart/draw.ts';

export type Cell = string | number | null;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Figure {
  /** File name of its chart and numbers, and its anchor on the page. */
  readonly id: string;
  readonly title: string;
  /** States the figures that the chart shows. */
  readonly caption: string;
  /** What the chart shows, for those who can't see it; a figure without a chart shows its table. */
  readonly chart?: { readonly draw: Chart; readonly description: string };
  /** The numbers behind the chart, all of them, unrounded. */
  readonly table: Table;
  /** A shorter or rounded table for the page, where the numbers need one. */
  readonly shown?: Table;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly figures: readonly Figure[];
}
