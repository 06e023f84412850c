/**
 * What the search weighs with. `npx tsx bench/sweep.ts <catalogue>` tries other values of each and prints what they
 * do to right and wrong answers.
 */
export interface Weights {
  /** A recording counts as supported by the text from this quality on … */
  readonly supported: number;
  /** … or from this one when the text names the whole title: "hello by somebody else" still finds "Hello". */
  readonly titleNamed: number;
  /** Share of the quality that an incomplete name costs at most. */
  readonly incomplete: number;
  /** What it costs the score, but not the quality, when none of the text's optional words fit. */
  readonly optional: number;
  /** Weight of a word that the index does not know. */
  readonly unknown: number;
  /** Most that a known word of one or two letters weighs: typos in them are not looked for. */
  readonly little: number;
  /** What popularity 100 adds to the score; unfinished short words say so little that popularity decides. */
  readonly popularity: number;
  readonly popularityOfShort: number;
  /** What words in the right order add to the score. */
  readonly order: number;
  /** What a version that nobody asked for, and a name that only a guest bears, take from the score. */
  readonly unaskedVersion: number;
  readonly guest: number;
  /** Factor on characters of an unspaced script whose neighbours do not fit. */
  readonly scattered: number;
  /** Letters that are the song's for each doubtful one, for a text to name it: in a title alone, and with its artist. */
  readonly firmTitle: number;
  readonly firmBoth: number;
  /** Letters that a typo makes doubtful in a word that the catalogue does not know; in a known word all are. */
  readonly perTypo: number;
}

export const WEIGHTS: Weights = {
  supported: 0.65,
  titleNamed: 0.4,
  incomplete: 0.15,
  optional: 0.1,
  unknown: 0.75,
  little: 0.35,
  popularity: 0.25,
  popularityOfShort: 0.5,
  order: 0.04,
  unaskedVersion: 0.08,
  guest: 0.06,
  scattered: 0.4,
  firmTitle: 3,
  firmBoth: 0.5,
  perTypo: 1.5,
};
