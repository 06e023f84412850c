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

/** A reader's grades of a film, from 0 on. */
export const GRADES = ['no', 'half', 'fit', 'best'] as const;

/**
 * Where a grade stands, which is a mean where several read: the grade below, and how far it is on the way to the next,
 * 0…1.
 *
 * @param grade 0…3
 */
export function gradePlace(grade: number): readonly [below: number, share: number] {
  const below = Math.min(Math.floor(grade), GRADES.length - 2);
  return [below, grade - below];
}

/** What a grade adds. @param values by grade */
export function gradeValue(grade: number, values: readonly number[]): number {
  const [below, share] = gradePlace(grade);
  return (1 - share) * values[below]! + share * values[below + 1]!;
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
