/** Descriptive statistics of one column of numbers. */

export interface Summary {
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation (divisor n − 1); NaN below two values. */
  readonly sd: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}

/**
 * Quantile of ascending values by linear interpolation between order statistics
 * (Hyndman & Fan 1996, definition 7: the default of R and NumPy).
 *
 * @param p 0…1
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * p;
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}

/** Count, mean, spread and the five-number summary. */
export function summarise(values: ArrayLike<number>): Summary {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  let mean = 0;
  for (const value of sorted) mean += value / count;
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  const at = (p: number) => quantileOfSorted(sorted, p);
  return {
    count,
    mean: count === 0 ? Number.NaN : mean,
    sd: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)),
    min: at(0),
    q1: at(0.25),
    median: at(0.5),
    q3: at(0.75),
    max: at(1),
  };
}

/** The whiskers of a box plot: the outermost values within 1.5 interquartile ranges of the box (Tukey 1977). */
export interface Whiskers {
  readonly low: number;
  readonly high: number;
  /** Values beyond the whiskers. */
  readonly outliers: number;
}

export function whiskers(values: ArrayLike<number>, { q1, q3 }: Pick<Summary, 'q1' | 'q3'>): Whiskers {
  const reach = 1.5 * (q3 - q1);
  let low = q1;
  let high = q3;
  let outliers = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < q1 - reach || value > q3 + reach) outliers++;
    else if (value < low) low = value;
    else if (value > high) high = value;
  }
  return { low, high, outliers };
}

/** One bar of a histogram: values in [from, to). */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Equal bins of `width` from `start`; the last one that is needed also takes values equal to its upper end. */
export function histogram(values: ArrayLike<number>, start: number, width: number): Bin[] {
  let max = start;
  for (let i = 0; i < values.length; i++) if (values[i]! > max) max = values[i]!;
  const counts = new Array<number>(Math.max(1, Math.ceil((max - start) / width))).fill(0);
  for (let i = 0; i < values.length; i++) {
    const index = Math.min(Math.floor((values[i]! - start) / width), counts.length - 1);
    if (index >= 0) counts[index]!++;
  }
  return counts.map((count, i) => ({ from: start + i * width, to: start + (i + 1) * width, count }));
}

/** Works that the mean of all counts for beside a group's own: a group of so many is drawn half way towards it. */
const PRIOR_WORKS = 10;

/** A group's distance from the mean of all, less sure the fewer works it stands on (a shrinkage estimate). */
export function shrunk(distance: number, works: number): number {
  return (distance * works) / (works + PRIOR_WORKS);
}
