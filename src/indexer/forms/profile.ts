/** What stands in the columns of a table, counted while it is read. */
import { type CellKind, type Column, findColumns, type Header, type TableSpec } from './columns.ts';
import type { Form } from './names.ts';
import { median } from './numbers.ts';

/** Cells kept as examples of what could not be read. */
const EXAMPLES = 3;
/** Different values that are counted one by one; a column with more is not uniform. */
const MOST_VALUES = 2_000;
/** Numbers kept for the middle of a column. */
const KEPT_NUMBERS = 4_096;

/** What was found in one column. */
export interface ColumnProfile {
  readonly column: string;
  readonly kind: CellKind;
  /** Its name in the file; null where it is absent. */
  readonly from: string | null;
  filled: number;
  empty: number;
  /** Filled cells of which nothing could be made. */
  unreadable: number;
  /** Names outside the known vocabulary, of all names. */
  outside: number;
  names: number;
  readonly examples: string[];
  readonly outsideExamples: string[];
  /** Different values as read; null where there are more than could be counted. */
  distinct: number | null;
  /** The commonest value, and how many cells hold it. */
  commonest: { value: string; cells: number } | null;
  /** Of numbers: least, middle (of a sample), greatest. */
  range: { least: number; middle: number; greatest: number } | null;
}

const NUMERIC: ReadonlySet<CellKind> = new Set(
  'number whole unit percent decibels milliseconds minutes rating key mode beats'.split(' ') as CellKind[],
);

/** Gathers one column. */
class Counter {
  readonly #profile: ColumnProfile;
  readonly #isNumeric: boolean;
  #values: Map<string, number> | null = new Map();
  readonly #numbers: number[] = [];
  #seen = 0;
  #state = 1;
  #least = Number.POSITIVE_INFINITY;
  #greatest = Number.NEGATIVE_INFINITY;

  constructor({ name, kind }: Column, from: string | null) {
    this.#isNumeric = NUMERIC.has(kind);
    this.#profile = {
      column: name,
      kind,
      from,
      filled: 0,
      empty: 0,
      unreadable: 0,
      outside: 0,
      names: 0,
      examples: [],
      outsideExamples: [],
      distinct: 0,
      commonest: null,
      range: null,
    };
  }

  get profile(): ColumnProfile {
    return this.#profile;
  }

  unreadable(cell: string): void {
    const profile = this.#profile;
    profile.filled++;
    profile.unreadable++;
    const text = cell.slice(0, 80);
    if (profile.examples.length < EXAMPLES && !profile.examples.includes(text)) profile.examples.push(text);
  }

  name(label: string, known: boolean): void {
    const profile = this.#profile;
    profile.names++;
    this.#count(label);
    if (known) return;
    profile.outside++;
    const text = label.slice(0, 80);
    if (profile.outsideExamples.length < EXAMPLES && !profile.outsideExamples.includes(text))
      profile.outsideExamples.push(text);
  }

  value(value: string, counts: boolean): void {
    this.#profile.filled++;
    if (counts) this.#count(value);
    if (!this.#isNumeric) return;
    const number = Number(value);
    this.#least = Math.min(this.#least, number);
    this.#greatest = Math.max(this.#greatest, number);
    this.#seen++;
    if (this.#numbers.length < KEPT_NUMBERS) this.#numbers.push(number);
    else {
      // A sample of everything so far, the same each time: Vitter's algorithm R with a fixed generator.
      this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
      const place = Math.floor((this.#state / 2 ** 32) * this.#seen);
      if (place < KEPT_NUMBERS) this.#numbers[place] = number;
    }
  }

  empty(): void {
    this.#profile.empty++;
  }

  #count(value: string): void {
    if (this.#values === null) return;
    this.#values.set(value, (this.#values.get(value) ?? 0) + 1);
    if (this.#values.size > MOST_VALUES) this.#values = null;
  }

  finish(): ColumnProfile {
    const profile = this.#profile;
    profile.distinct = this.#values?.size ?? null;
    let commonest: { value: string; cells: number } | null = null;
    for (const [value, cells] of this.#values ?? [])
      if (commonest === null || cells > commonest.cells) commonest = { value, cells };
    profile.commonest = commonest;
    if (this.#seen > 0)
      profile.range = { least: this.#least, middle: median(this.#numbers), greatest: this.#greatest };
    return profile;
  }
}

/** What a whole table was like; survives JSON. */
export interface TableProfile {
  readonly of: TableSpec['of'];
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** How often each form was recognised: cells, for forms of a file 1. */
  readonly forms: Readonly<Partial<Record<Form, number>>>;
  /** Columns that stand under other names: ours, theirs. */
  readonly renamed: readonly (readonly [string, string])[];
  /** Optional columns that are absent, and what is lost without each. */
  readonly lost: readonly (readonly [string, string])[];
}

/** Counts what a reader meets. */
export class Profiler {
  readonly #spec: TableSpec;
  readonly #forms = new Map<Form, number>();
  #header: Header;
  #counters: Map<string, Counter>;
  rows = 0;

  constructor(spec: TableSpec) {
    this.#spec = spec;
    this.#header = findColumns(spec, []);
    this.#counters = new Map();
  }

  /** Takes the header that was found, and the forms of the file. */
  begin(header: Header, forms: readonly Form[]): void {
    this.#header = header;
    for (const { name: ours } of this.#spec.columns)
      this.#counters.set(
        ours,
        new Counter(this.#spec.columns.find(({ name }) => name === ours)!, header.from.get(ours) ?? null),
      );
    for (const form of forms) this.note(form);
    if (header.renamed.length > 0) this.note('column-name', header.renamed.length);
  }

  note(form: Form, times = 1): void {
    this.#forms.set(form, (this.#forms.get(form) ?? 0) + times);
  }

  counter(column: string): Counter {
    return this.#counters.get(column)!;
  }

  finish(): TableProfile {
    return {
      of: this.#spec.of,
      rows: this.rows,
      columns: [...this.#counters.values()].map((counter) => counter.finish()),
      forms: Object.fromEntries(this.#forms),
      renamed: this.#header.renamed,
      lost: this.#header.lost.map(({ name, lost }) => [name, lost!] as const),
    };
  }
}

export type { Counter };
