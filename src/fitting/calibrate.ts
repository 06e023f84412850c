/** Calibration of the score: from similarity to the probability that a pair is a true one. */
import { sigmoid } from '../engine/model/numbers.ts';
import { seededRandom } from '../shared/random.ts';
import type { HeldOutPair } from './cross-validate.ts';

/** One labelled similarity. */
interface Labelled {
  readonly similarity: number;
  /** 1 for a true pair, 0 for a drawn one. */
  readonly truth: 0 | 1;
}

/** As many false pairs as true ones: each held-out song with one other film of its fold, drawn with a seed. */
export function labelled(pairs: readonly HeldOutPair[], seed = 5): Labelled[] {
  const random = seededRandom(seed);
  return pairs.flatMap((pair): Labelled[] => {
    const other = pair.others[Math.floor(random() * pair.others.length)];
    return [
      { similarity: pair.similarity, truth: 1 },
      ...(other === undefined ? [] : [{ similarity: other, truth: 0 as const }]),
    ];
  });
}

/** Logistic regression in one variable by Newton's method (Platt scaling). */
export function fitLogistic(data: readonly Labelled[], rounds = 50): { slope: number; intercept: number } {
  let slope = 1;
  let intercept = 0;
  for (let round = 0; round < rounds; round++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-9, 0, 1e-9];
    for (const { similarity: x, truth } of data) {
      const p = sigmoid(slope * x + intercept);
      const w = p * (1 - p);
      ga += (truth - p) * x;
      gb += truth - p;
      haa += w * x * x;
      hab += w * x;
      hbb += w;
    }
    const determinant = haa * hbb - hab * hab;
    slope += (hbb * ga - hab * gb) / determinant;
    intercept += (haa * gb - hab * ga) / determinant;
  }
  return { slope: Number(slope.toFixed(4)), intercept: Number(intercept.toFixed(4)) };
}

/** One row of a reliability table. */
export interface ReliabilityRow {
  readonly from: number;
  readonly to: number;
  readonly pairs: number;
  readonly meanScore: number;
  /** Share of true pairs. */
  readonly observed: number;
}

/** How the score holds in ten equal bands, and the expected calibration error over them. */
export function reliability(
  data: readonly Labelled[],
  calibration: { slope: number; intercept: number },
  bands = 10,
): { rows: ReliabilityRow[]; error: number } {
  const rows: ReliabilityRow[] = [];
  let error = 0;
  for (let band = 0; band < bands; band++) {
    const [from, to] = [band / bands, (band + 1) / bands];
    const inside = data
      .map(({ similarity, truth }) => ({
        score: sigmoid(calibration.slope * similarity + calibration.intercept),
        truth,
      }))
      .filter(({ score }) => score >= from && (score < to || band === bands - 1));
    if (inside.length === 0) continue;
    const meanScore = inside.reduce((sum, x) => sum + x.score, 0) / inside.length;
    const observed = inside.reduce((sum, x) => sum + x.truth, 0) / inside.length;
    rows.push({ from, to, pairs: inside.length, meanScore, observed });
    error += (inside.length / data.length) * Math.abs(meanScore - observed);
  }
  return { rows, error };
}
