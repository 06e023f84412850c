/** Measures of retrieval and of coverage. */
import { seededRandom } from '../shared/random.ts';

/** Mean of numbers; NaN for none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Share of the other candidates that `target` beats, ties counting half: 1 best, 0.5 chance. */
export function percentile(scores: ArrayLike<number>, target: number): number {
  const value = scores[target]!;
  let below = 0;
  for (let i = 0; i < scores.length; i++) {
    if (i === target) continue;
    if (scores[i]! < value) below += 1;
    else if (scores[i]! === value) below += 0.5;
  }
  return scores.length > 1 ? below / (scores.length - 1) : 0.5;
}

/** Rank of `target`, 1 the best; ties rank in the middle. */
export function rankOf(scores: ArrayLike<number>, target: number): number {
  return 1 + (1 - percentile(scores, target)) * (scores.length - 1);
}

/** Ranks with ties averaged, 1 the smallest. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => [value, index] as const).sort((a, b) => a[0] - b[0]);
  const out = new Array<number>(values.length);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && order[j + 1]![0] === order[i]![0]) j++;
    for (let k = i; k <= j; k++) out[order[k]![1]] = (i + j) / 2 + 1;
    i = j + 1;
  }
  return out;
}

/** Pearson correlation; 0 where one side does not vary. */
export function pearson(a: readonly number[], b: readonly number[]): number {
  const ma = mean(a);
  const mb = mean(b);
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** Spearman rank correlation. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  return pearson(ranks(a), ranks(b));
}

/** Gini coefficient of counts over `total` items (those without a count have 0): 0 even, 1 all on one. */
export function gini(counts: readonly number[], total: number): number {
  const sorted = [...counts].sort((a, b) => a - b);
  const sum = sorted.reduce((s, x) => s + x, 0);
  if (sum === 0 || total === 0) return 0;
  const zeros = total - sorted.length;
  let weighted = 0;
  for (const [i, x] of sorted.entries()) weighted += (zeros + i + 1) * x;
  return (2 * weighted) / (total * sum) - (total + 1) / total;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * 95 % interval of a mean, by resampling whole films (pairs of one film are not independent).
 *
 * @param values one number a pair
 * @param clusters the film of each pair
 */
export function bootstrapInterval(
  values: readonly number[],
  clusters: readonly number[],
  rounds = 1000,
  seed = 7,
): [number, number] {
  const byCluster = new Map<number, { sum: number; count: number }>();
  for (const [i, value] of values.entries()) {
    const entry = byCluster.get(clusters[i]!) ?? { sum: 0, count: 0 };
    entry.sum += value;
    entry.count++;
    byCluster.set(clusters[i]!, entry);
  }
  const groups = [...byCluster.values()];
  if (groups.length === 0) return [Number.NaN, Number.NaN];
  const random = seededRandom(seed);
  const means: number[] = [];
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < groups.length; i++) {
      const group = groups[Math.floor(random() * groups.length)]!;
      sum += group.sum;
      count += group.count;
    }
    means.push(sum / count);
  }
  return middle95(means);
}

/** Where the middle 95 % of some numbers begin and end; NaN for none. */
function middle95(numbers: readonly number[]): [number, number] {
  if (numbers.length === 0) return [Number.NaN, Number.NaN];
  const sorted = [...numbers].sort((a, b) => a - b);
  return [sorted[Math.floor(sorted.length * 0.025)]!, sorted[Math.ceil(sorted.length * 0.975) - 1]!];
}

/**
 * 95 % interval of a mean of pairs that share films and artists: both are drawn anew, and a pair counts as often as
 * its film times its artist (the pigeonhole bootstrap, Owen 2007). Drawing films alone takes the songs of one artist
 * for independent, and the interval for narrower than it is.
 *
 * @param values one number a pair
 * @param first the film of each pair
 * @param second the artist of each pair
 */
export function crossedInterval(
  values: readonly number[],
  first: readonly (number | string)[],
  second: readonly (number | string)[],
  rounds = 1000,
  seed = 7,
): [number, number] {
  const sides = [first, second].map((names) => {
    const numbers = new Map([...new Set(names)].map((name, at) => [name, at]));
    return { of: names.map((name) => numbers.get(name)!), drawn: new Uint16Array(numbers.size) };
  });
  const [films, artists] = [sides[0]!, sides[1]!];
  const random = seededRandom(seed);
  const means: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { drawn } of sides) {
      drawn.fill(0);
      for (let i = 0; i < drawn.length; i++) drawn[Math.floor(random() * drawn.length)]!++;
    }
    let sum = 0;
    let count = 0;
    for (let i = 0; i < values.length; i++) {
      const times = films.drawn[films.of[i]!]! * artists.drawn[artists.of[i]!]!;
      sum += times * values[i]!;
      count += times;
    }
    // A draw may hold no pair: it says nothing.
    if (count > 0) means.push(sum / count);
  }
  return middle95(means);
}
