/**
 * Films for several people at once: near everyone, far from no one. Films are ordered by the mean of what they are to
 * each, and none that leaves somebody out comes before one that leaves nobody out.
 */

/** How much a film is for each person: 0…1, of what their own best film is to them. */
export type Likings = readonly number[];

/** A film that is less than this to somebody leaves them out. */
const FLOOR = 0.5;
/** So many films must reach the floor, else it sinks to where they do: two pages of an answer. */
const ENOUGH = 10;

const meanOf = (likings: Likings) => likings.reduce((sum, one) => sum + one, 0) / likings.length;
const leastOf = (likings: Likings) => Math.min(...likings);

/**
 * The order in which films come for everyone, best first, as places in the list given.
 *
 * @param films what each film is to each person; every entry as long as there are people, at least one
 */
export function fairOrder(films: readonly Likings[]): number[] {
  const standing = films.map((likings, at) => ({ at, mean: meanOf(likings), least: leastOf(likings) }));
  const leasts = standing.map(({ least }) => least).sort((a, b) => b - a);
  const floor = Math.min(FLOOR, leasts[Math.min(ENOUGH, leasts.length) - 1] ?? 0);
  const key = ({ mean, least }: (typeof standing)[number]) => (least >= floor ? 1 + mean : least);
  return standing.sort((a, b) => key(b) - key(a) || b.least - a.least || a.at - b.at).map(({ at }) => at);
}

/** A film is a stretch for somebody whom it is less than this share of what it is to the nearest. */
const STRETCH = 0.8;

/** Whom a film is closest to, and for whom it is a stretch: places in the list of people; null for nobody in particular. */
export function sides(likings: Likings): {
  readonly closest: number | null;
  readonly stretch: number | null;
} {
  if (likings.length < 2) return { closest: null, stretch: null };
  const most = Math.max(...likings);
  const least = leastOf(likings);
  if (most - least < 0.02) return { closest: null, stretch: null };
  return {
    closest: likings.indexOf(most),
    stretch: least < STRETCH * most ? likings.indexOf(least) : null,
  };
}
