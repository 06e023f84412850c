/** The lift: what films are ranked and scored by. */

/** The shape of a lift, fitted on judged pairs; see `ModelSpec`. */
export interface LiftShape {
  /** Standard deviations beyond which a film that nobody picked is no surer. */
  readonly ceiling: number;
  /** How much of a pick's worth is lost for each standard deviation that the film stands high anyway. */
  readonly fade: number;
}

/** Width of the bend below the ceiling, in standard deviations. */
const BEND = 0.5;

/** max(0, x) with a smooth corner: softplus. */
const softPositive = (x: number) => Math.max(x, 0) + BEND * Math.log1p(Math.exp(-Math.abs(x) / BEND));

/** What judges believe of a standing: itself, bent below the ceiling. @param z in standard deviations */
export const standing = (z: number, { ceiling }: Pick<LiftShape, 'ceiling'>) =>
  ceiling - softPositive(ceiling - z);

/** What of a pick's worth is left at a standing: a pick says most of a film that stands low without it. */
export const pickShare = (at: number, { fade }: Pick<LiftShape, 'fade'>) => 1 - fade * at;

/** What a grade adds: between two grades, what lies between. @param grade 0…3 */
export function gradeValue(grade: number, values: readonly number[]): number {
  const below = Math.min(Math.floor(grade), values.length - 1);
  const above = Math.min(below + 1, values.length - 1);
  return values[below]! + (grade - below) * (values[above]! - values[below]!);
}

/**
 * What films are ranked and scored by, before votes.
 *
 * @param z in standard deviations
 * @param pick what a pick adds at standing 0, ≥ 0
 * @param ranked z with popularity, where it counts
 */
export function liftOf(z: number, pick: number, shape: LiftShape, ranked = z): number {
  const at = standing(z, shape);
  const base = ranked === z ? at : standing(ranked, shape);
  return pick === 0 ? base : base + pick * pickShare(at, shape);
}
