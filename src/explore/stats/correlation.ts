/** Correlations gathered in one pass, without keeping the rows. */
import { Matrix, solve } from 'ml-matrix';
import { Z95 } from './normal.ts';

/** Running moments of one pair of columns (Welford 1962): stable for revenues of 10⁹ as for shares. */
class PairMoments {
  count = 0;
  #meanX = 0;
  #meanY = 0;
  #xx = 0;
  #yy = 0;
  #xy = 0;

  add(x: number, y: number): void {
    this.count++;
    const dx = x - this.#meanX;
    const dy = y - this.#meanY;
    this.#meanX += dx / this.count;
    this.#meanY += dy / this.count;
    this.#xx += dx * (x - this.#meanX);
    this.#yy += dy * (y - this.#meanY);
    this.#xy += dx * (y - this.#meanY);
  }

  /** Pearson's r; NaN where a column does not vary. */
  get r(): number {
    const product = this.#xx * this.#yy;
    return product > 0 ? this.#xy / Math.sqrt(product) : Number.NaN;
  }
}

/** One cell of a correlation matrix. */
export interface Correlation {
  readonly a: string;
  readonly b: string;
  /** Pearson's r, −1…1; NaN where a column does not vary. */
  readonly r: number;
  /** Rows in which both columns stand. */
  readonly n: number;
}

/** Pearson correlations of named columns over rows in which a number may be missing (pairwise complete). */
export class CorrelationTally {
  readonly names: readonly string[];
  readonly #pairs: PairMoments[][];

  constructor(names: readonly string[]) {
    this.names = names;
    this.#pairs = names.map((_, i) => Array.from({ length: i + 1 }, () => new PairMoments()));
  }

  /** Takes in one row; `null` is a missing number. */
  add(row: readonly (number | null)[]): void {
    for (let i = 0; i < this.names.length; i++) {
      const x = row[i];
      if (x == null) continue;
      for (let j = 0; j <= i; j++) {
        const y = row[j];
        if (y != null) this.#pairs[i]![j]!.add(x, y);
      }
    }
  }

  between(a: string, b: string): Correlation {
    const i = this.names.indexOf(a);
    const j = this.names.indexOf(b);
    const pair = this.#pairs[Math.max(i, j)]![Math.min(i, j)]!;
    return { a, b, r: pair.r, n: pair.count };
  }

  /** Every ordered pair, the diagonal included. */
  cells(): Correlation[] {
    return this.names.flatMap((a) => this.names.map((b) => this.between(a, b)));
  }

  /** The strongest correlations between different columns, each pair once. */
  strongest(): Correlation[] {
    const pairs = this.names.flatMap((a, i) => this.names.slice(0, i).map((b) => this.between(b, a)));
    return pairs.filter(({ r }) => !Number.isNaN(r)).sort((x, y) => Math.abs(y.r) - Math.abs(x.r));
  }

  /**
   * Standardised coefficients of a linear regression of `target` on the other columns: β = Rxx⁻¹·rxy,
   * the change of the target in standard deviations for one of the predictor, the others held.
   */
  standardisedCoefficients(target: string): Map<string, number> {
    const predictors = this.names.filter(
      (name) => name !== target && !Number.isNaN(this.between(name, target).r),
    );
    if (predictors.length === 0) return new Map();
    const rxx = new Matrix(
      predictors.map((a) => predictors.map((b) => (a === b ? 1 : this.between(a, b).r))),
    );
    const rxy = Matrix.columnVector(predictors.map((name) => this.between(name, target).r));
    // The singular value decomposition also answers where two columns say the same.
    const beta = solve(rxx, rxy, true);
    return new Map(predictors.map((name, i) => [name, beta.get(i, 0)]));
  }
}

/** 95 % interval of a Pearson correlation through Fisher's z = artanh r, standard error 1/√(n − 3). */
export function fisherInterval(r: number, n: number): [number, number] {
  if (n <= 3) return [-1, 1];
  const reach = Z95 / Math.sqrt(n - 3);
  return [Math.tanh(Math.atanh(r) - reach), Math.tanh(Math.atanh(r) + reach)];
}
