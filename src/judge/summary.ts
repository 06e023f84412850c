/** What blind ratings say: how many of five films fit, by system, and whether raters agree. */
import { bootstrapInterval, mean } from '../fitting/metrics.ts';
import { krippendorffAlpha } from '../indexer/feel/agreement.ts';
import { lastRatings, type Rating } from './ratings.ts';

/** Films of a list: what "of five" means. */
const FIVE = 5;

export interface SystemSummary {
  readonly system: string;
  /** Songs of which at least one film was rated. */
  readonly songs: number;
  readonly ratings: number;
  /** Films of five that fit, mean over songs; of films that the raters knew. Null where none was. */
  readonly fitsOfFive: number | null;
  /** 95 %, by resampling songs. */
  readonly interval: readonly [number, number] | null;
  /** Share of "don't know" among the answers for songs that the rater knew. */
  readonly dontKnow: number;
}

export interface Summary {
  readonly raters: number;
  /** Songs rated by somebody. */
  readonly songs: number;
  /** Times a rater had no idea of a song. */
  readonly unknownSongs: number;
  readonly systems: readonly SystemSummary[];
  readonly agreement: {
    /** Pairs that two raters or more rated. */
    readonly pairs: number;
    /** Share of two raters' ratings of a pair that are the same. */
    readonly same: number | null;
    /** Krippendorff's alpha, interval. */
    readonly alpha: number | null;
  };
}

/** Groups in order of appearance. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function summariseSystem(system: string, ratings: readonly Rating[]): SystemSummary {
  const known = ratings.filter(({ fits }) => fits !== null);
  // A song counts once, however many rated it.
  const bySong = [...groupBy(known, ({ song }) => song).values()].map((group) =>
    mean([...groupBy(group, ({ rater }) => rater).values()].map((own) => mean(own.map(({ fits }) => fits!)))),
  );
  const values = bySong.map((share) => FIVE * share);
  return {
    system,
    songs: bySong.length,
    ratings: known.length,
    fitsOfFive: values.length === 0 ? null : mean(values),
    interval: values.length === 0 ? null : bootstrapInterval(values, [...values.keys()]),
    dontKnow: ratings.length === 0 ? 0 : 1 - known.length / ratings.length,
  };
}

function agreementOf(ratings: readonly Rating[]): Summary['agreement'] {
  const units = [...groupBy(lastRatings(ratings), ({ song, film }) => `${song}\t${film}`).values()]
    .map((group) => group.map(({ fits }) => fits as number))
    .filter((unit) => unit.length > 1);
  let same = 0;
  let compared = 0;
  for (const unit of units)
    for (const [i, a] of unit.entries())
      for (const b of unit.slice(i + 1)) {
        compared++;
        if (a === b) same++;
      }
  return {
    pairs: units.length,
    same: compared === 0 ? null : same / compared,
    alpha: krippendorffAlpha(units, 'interval'),
  };
}

/** Sums up ratings. The last rating of a film in a list counts; songs that a rater has no idea of are left out. */
export function summarise(all: readonly Rating[]): Summary {
  const last = new Map(
    all.map((rating) => [`${rating.rater}\t${rating.song}\t${rating.system}\t${rating.film}`, rating]),
  );
  const ballots = [...groupBy([...last.values()], ({ rater, song }) => `${rater}\t${song}`).values()];
  const rated = ballots.filter((ballot) => ballot.some(({ fits }) => fits !== null)).flat();
  const systems = groupBy(rated, ({ system }) => system);
  return {
    raters: new Set(all.map(({ rater }) => rater)).size,
    songs: new Set(rated.map(({ song }) => song)).size,
    unknownSongs: ballots.filter((ballot) => ballot.every(({ fits }) => fits === null)).length,
    systems: [...systems]
      .map(([system, ratings]) => summariseSystem(system, ratings))
      .sort((a, b) => (b.fitsOfFive ?? -1) - (a.fitsOfFive ?? -1) || (a.system < b.system ? -1 : 1)),
    agreement: agreementOf(rated),
  };
}
