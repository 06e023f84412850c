/** The Mann–Whitney test: do values of one group tend to be larger than the other's? */
import { twoSidedP } from './normal.ts';

export interface RankTest {
  /** Mann–Whitney U of the first group: in how many of the n₁·n₂ pairs its value is larger (ties count half). */
  readonly u: number;
  readonly z: number;
  /** Two-sided, normal approximation with correction for ties and continuity. */
  readonly p: number;
  /** Rank-biserial correlation 2U/(n₁n₂) − 1, −1…1: the effect size; 0 where neither group is larger. */
  readonly effect: number;
}

/** Mann & Whitney 1947; tie correction after Lehmann 1975; effect size after Kerby 2014. */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankTest {
  const n1 = first.length;
  const n2 = second.length;
  const n = n1 + n2;
  if (n1 === 0 || n2 === 0) return { u: Number.NaN, z: Number.NaN, p: Number.NaN, effect: Number.NaN };
  const all = [...first.map((value) => [value, 1] as const), ...second.map((value) => [value, 0] as const)];
  all.sort((a, b) => a[0] - b[0]);
  let rankSum = 0;
  let ties = 0;
  for (let i = 0; i < n; ) {
    let j = i;
    let ours = 0;
    while (j < n && all[j]![0] === all[i]![0]) ours += all[j++]![1];
    const size = j - i;
    rankSum += ours * ((i + 1 + j) / 2);
    ties += size ** 3 - size;
    i = j;
  }
  const u = rankSum - (n1 * (n1 + 1)) / 2;
  const distance = u - (n1 * n2) / 2;
  const variance = ((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1)));
  const z =
    variance > 0 ? (Math.sign(distance) * Math.max(0, Math.abs(distance) - 0.5)) / Math.sqrt(variance) : 0;
  return { u, z, p: twoSidedP(z), effect: (2 * u) / (n1 * n2) - 1 };
}
