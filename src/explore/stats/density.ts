/** Kernel density estimation. */
import { summarise } from './describe.ts';

/**
 * Silverman's rule of thumb (1986, equation 3.31; R's `bw.nrd0`):
 * 0.9 · min(sd, IQR / 1.34) · n^(−1/5), in the units of the values.
 */
export function silvermanBandwidth(values: ArrayLike<number>): number {
  const { sd, q1, q3, count } = summarise(values);
  const spread = Math.min(sd, (q3 - q1) / 1.34) || sd || 1;
  return 0.9 * spread * count ** -0.2;
}

export interface DensityPoint {
  readonly x: number;
  /** Probability per unit of x; the curve integrates to 1 over the whole line. */
  readonly density: number;
}

/** Gaussian kernel density at `steps` equally spaced points of [from, to]. */
export function gaussianDensity(
  values: ArrayLike<number>,
  from: number,
  to: number,
  steps = 160,
  bandwidth = silvermanBandwidth(values),
): DensityPoint[] {
  const sums = new Float64Array(steps);
  const step = (to - from) / (steps - 1);
  // Beyond five bandwidths a Gaussian adds less than a millionth of its height.
  const reach = Math.ceil((5 * bandwidth) / step);
  for (let i = 0; i < values.length; i++) {
    const centre = Math.round((values[i]! - from) / step);
    const last = Math.min(steps - 1, centre + reach);
    for (let k = Math.max(0, centre - reach); k <= last; k++) {
      const z = (from + k * step - values[i]!) / bandwidth;
      sums[k]! += Math.exp(-0.5 * z * z);
    }
  }
  const scale = 1 / (values.length * bandwidth * Math.sqrt(2 * Math.PI));
  return Array.from(sums, (sum, k) => ({ x: from + k * step, density: sum * scale }));
}
