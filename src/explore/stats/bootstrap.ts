/** The cluster bootstrap for a difference of two groups' means. */
import { seededRandom } from '../../shared/random.ts';

/** One observation: its value, its group, and the cluster (a film, a song) that it shares with others. */
export interface Observation {
  readonly value: number;
  readonly inGroup: boolean;
  readonly cluster: number;
}

export interface Difference {
  /** Mean of the group less the mean of the others. */
  readonly difference: number;
  /** 95 % percentile interval. */
  readonly low: number;
  readonly high: number;
  readonly inGroup: number;
  readonly others: number;
}

/**
 * Difference of means with an interval from resampling whole clusters (Davison & Hinkley 1997, section 3.8):
 * the songs of one film are not independent of each other.
 */
export function clusterDifference(
  observations: readonly Observation[],
  rounds = 1000,
  seed = 11,
): Difference {
  const clusters = new Map<number, [sumIn: number, countIn: number, sumOut: number, countOut: number]>();
  for (const { value, inGroup, cluster } of observations) {
    const sums = clusters.get(cluster) ?? [0, 0, 0, 0];
    if (sums[1] + sums[3] === 0) clusters.set(cluster, sums);
    sums[inGroup ? 0 : 2] += value;
    sums[inGroup ? 1 : 3]++;
  }
  const groups = [...clusters.values()];
  const total = groups.reduce((t, g) => [t[0] + g[0], t[1] + g[1], t[2] + g[2], t[3] + g[3]], [
    0, 0, 0, 0,
  ] as const);
  const random = seededRandom(seed);
  const differences: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < groups.length; i++) {
      const group = groups[Math.floor(random() * groups.length)]!;
      for (let k = 0; k < 4; k++) sums[k]! += group[k]!;
    }
    // A resample may hold nothing of one group: it says nothing of the difference.
    if (sums[1]! > 0 && sums[3]! > 0) differences.push(sums[0]! / sums[1]! - sums[2]! / sums[3]!);
  }
  differences.sort((a, b) => a - b);
  const at = (p: number) =>
    differences[Math.min(differences.length - 1, Math.floor(p * differences.length))] ?? Number.NaN;
  return {
    difference: total[0] / total[1] - total[2] / total[3],
    low: at(0.025),
    high: at(0.975),
    inGroup: total[1],
    others: total[3],
  };
}
