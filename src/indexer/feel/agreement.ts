/**
 * Krippendorff's alpha: how far raters agree beyond what chance would bring, with any number of raters and missing
 * values. K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections D to F; the differences of
 * metrics as there. 1 is full agreement, 0 what chance gives.
 */

/** How far two values lie apart: any difference counts alike, by ranks, or by the squared difference. */
export type Metric = 'nominal' | 'ordinal' | 'interval';

/** Squared differences between all pairs of values, given how often each value stands there. */
function differences(values: readonly number[], counts: readonly number[], metric: Metric): number[][] {
  const between = (low: number, high: number): number => {
    if (low === high) return 0;
    if (metric === 'nominal') return 1;
    if (metric === 'interval') return (values[high]! - values[low]!) ** 2;
    let passed = 0;
    for (let i = low; i <= high; i++) passed += counts[i]!;
    return (passed - (counts[low]! + counts[high]!) / 2) ** 2;
  };
  return values.map((_, i) => values.map((__, j) => between(Math.min(i, j), Math.max(i, j))));
}

/**
 * Alpha over units.
 *
 * @param units the values that each unit was given; units with fewer than two say nothing
 * @returns at most 1; null where no unit has two values, or all values are the same
 */
export function krippendorffAlpha(units: readonly (readonly number[])[], metric: Metric): number | null {
  const rated = units.filter((unit) => unit.length > 1);
  const values = [...new Set(rated.flat())].sort((a, b) => a - b);
  if (values.length < 2) return null;
  const place = new Map(values.map((value, i) => [value, i]));
  const coincidences = values.map(() => new Array<number>(values.length).fill(0));
  for (const unit of rated)
    for (const [i, a] of unit.entries())
      for (const [j, b] of unit.entries())
        if (i !== j) coincidences[place.get(a)!]![place.get(b)!]! += 1 / (unit.length - 1);
  const counts = coincidences.map((row) => row.reduce((sum, count) => sum + count, 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const delta = differences(values, counts, metric);
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < values.length; i++)
    for (let j = 0; j < values.length; j++) {
      observed += coincidences[i]![j]! * delta[i]![j]!;
      expected += counts[i]! * counts[j]! * delta[i]![j]!;
    }
  return 1 - ((total - 1) * observed) / expected;
}
