/** Rows that a rule removes, counted by rule with a few of the cells that did it. */

/** Cells kept as examples of a rule. */
const EXAMPLES = 3;

export interface Removal {
  /** What a removed row has, as part of a sentence: "the status is not Released". */
  readonly rule: string;
  /** The column that the rule looks at; null for whole rows. */
  readonly column: string | null;
  rows: number;
  /** Cells, the first three that differ. */
  readonly examples: string[];
}

export class Removals {
  readonly #byRule = new Map<string, Removal>();

  add(rule: string, column: string | null, cell: string): void {
    const found = this.#byRule.get(rule) ?? { rule, column, rows: 0, examples: [] };
    this.#byRule.set(rule, found);
    found.rows++;
    const text = cell.trim().slice(0, 80);
    if (found.examples.length < EXAMPLES && !found.examples.includes(text)) found.examples.push(text);
  }

  /** The rules that removed something, the most first. */
  get list(): readonly Removal[] {
    return [...this.#byRule.values()].sort((a, b) => b.rows - a.rows);
  }
}
