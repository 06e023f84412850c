/** Association of two categorical columns. */

export interface Association {
  /** Cramér's V (1946), 0…1. */
  readonly v: number;
  /** Bias-corrected V (Bergsma 2013), 0…1: V itself grows with the number of rare categories. */
  readonly corrected: number;
  readonly rows: number;
  readonly columns: number;
  readonly n: number;
}

/** Counts of pairs of labels, gathered row by row; only pairs that occur take memory. */
export class ContingencyTable {
  readonly #cells = new Map<string, Map<string, number>>();
  readonly #columns = new Map<string, number>();
  #n = 0;

  add(row: string, column: string): void {
    const cells = this.#cells.get(row) ?? new Map<string, number>();
    if (cells.size === 0) this.#cells.set(row, cells);
    cells.set(column, (cells.get(column) ?? 0) + 1);
    this.#columns.set(column, (this.#columns.get(column) ?? 0) + 1);
    this.#n++;
  }

  /**
   * V = √(φ²/min(r−1, c−1)) with φ² = χ²/n = Σ o²/(row·column) − 1 (empty cells add nothing).
   * Corrected: φ̃² = max(0, φ² − (r−1)(c−1)/(n−1)), r̃ = r − (r−1)²/(n−1), c̃ likewise,
   * Ṽ = √(φ̃²/min(r̃−1, c̃−1)).
   */
  association(): Association {
    const n = this.#n;
    const rows = this.#cells.size;
    const columns = this.#columns.size;
    const least = Math.min(rows, columns) - 1;
    if (least < 1 || n < 2) return { v: Number.NaN, corrected: Number.NaN, rows, columns, n };
    let phi2 = -1;
    for (const cells of this.#cells.values()) {
      let total = 0;
      for (const count of cells.values()) total += count;
      for (const [column, count] of cells) phi2 += (count * count) / (total * this.#columns.get(column)!);
    }
    phi2 = Math.max(0, phi2);
    const shrunk = (k: number) => k - (k - 1) ** 2 / (n - 1);
    const rest = Math.max(0, phi2 - ((rows - 1) * (columns - 1)) / (n - 1));
    const bound = Math.min(shrunk(rows), shrunk(columns)) - 1;
    return {
      v: Math.sqrt(phi2 / least),
      corrected: bound > 0 ? Math.min(1, Math.sqrt(rest / bound)) : 0,
      rows,
      columns,
      n,
    };
  }
}
