/** Intervals of shares. */
import { Z95 } from './normal.ts';

/** A share with its 95 % interval, all 0…1. */
export interface Proportion {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly n: number;
}

/** Wilson's score interval (1927) of `count` out of `n`. */
export function wilson(count: number, n: number): Proportion {
  if (n === 0) return { share: Number.NaN, low: 0, high: 1, count, n };
  const share = count / n;
  const z2 = Z95 * Z95;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const reach = (Z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return { share, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach), count, n };
}
