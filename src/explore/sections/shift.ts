/** Section 3, fifth part: whether explicit songs are led to other films, and whether the flag does it. */
import type { Song } from '../../engine/types.ts';
import { bootstrapInterval, mean } from '../../fitting/metrics.ts';
import { barChart } from '../chart/marks.ts';
import type { Figure } from '../figure.ts';
import { count, decimal, interval, percent } from '../format.ts';
import { sample } from '../gather/sample.ts';
import type { FilmBrief } from '../gather/space.ts';
import { clusterDifference, type Difference } from '../stats/bootstrap.ts';
import { type Proportion, wilson } from '../stats/proportion.ts';

/** Songs asked for on either side. */
const SONGS = 300;
const TOP = 5;

/** The first `TOP` films for a song. */
export type Recommend = (song: Song) => readonly FilmBrief[];

export interface ShiftFindings {
  readonly explicitSongs: number;
  readonly otherSongs: number;
  /** Share of mature films among those recommended, by song group. */
  readonly explicit: Proportion;
  readonly other: Proportion;
  /** Explicit less other songs, with an interval by song. */
  readonly difference: Difference;
  /** Among all films that may be recommended. */
  readonly base: Proportion;
  /** The same explicit songs with the flag taken off, all else equal. */
  readonly flipped: Proportion;
  /** Share of the five films that stay when the flag goes, mean over songs, 0…1. */
  readonly stays: number;
  /** Change of the mature share when the flag goes, with an interval by song. */
  readonly change: number;
  readonly changeInterval: readonly [number, number];
}

const matureOf = (films: readonly FilmBrief[]) => {
  const tagged = films.filter(({ hasKeywords }) => hasKeywords);
  return { mature: tagged.filter(({ mature }) => mature).length, tagged: tagged.length };
};

function proportionOf(lists: readonly (readonly FilmBrief[])[]): Proportion {
  const { mature, tagged } = matureOf(lists.flat());
  return wilson(mature, tagged);
}

/**
 * Compares the films of explicit and other songs, and of explicit songs with and without their flag.
 * @returns null where the songs are all of one kind
 */
export function shiftFindings(
  songs: readonly Song[],
  films: readonly FilmBrief[],
  recommend: Recommend,
): ShiftFindings | null {
  const explicit = sample(
    songs.filter((song) => song.explicit === true),
    SONGS,
  );
  const other = sample(
    songs.filter((song) => song.explicit === false),
    SONGS,
  );
  if (explicit.length === 0 || other.length === 0) return null;
  const forExplicit = explicit.map((song) => recommend(song).slice(0, TOP));
  const forOther = other.map((song) => recommend(song).slice(0, TOP));
  const forFlipped = explicit.map((song) => recommend({ ...song, explicit: false }).slice(0, TOP));
  const observations = [forExplicit, forOther].flatMap((lists, group) =>
    lists.flatMap((list, i) =>
      list
        .filter(({ hasKeywords }) => hasKeywords)
        .map(({ mature }) => ({
          value: mature ? 1 : 0,
          inGroup: group === 0,
          cluster: group === 0 ? i : explicit.length + i,
        })),
    ),
  );
  const changes = forExplicit.flatMap((list, i) => {
    const before = matureOf(list);
    const after = matureOf(forFlipped[i]!);
    return before.tagged > 0 && after.tagged > 0
      ? [after.mature / after.tagged - before.mature / before.tagged]
      : [];
  });
  const stays = forExplicit.map((list, i) => {
    const ids = new Set(forFlipped[i]!.map(({ id }) => id));
    return list.length > 0 ? list.filter(({ id }) => ids.has(id)).length / list.length : 1;
  });
  const eligible = matureOf(films);
  return {
    explicitSongs: explicit.length,
    otherSongs: other.length,
    explicit: proportionOf(forExplicit),
    other: proportionOf(forOther),
    difference: clusterDifference(observations),
    base: wilson(eligible.mature, eligible.tagged),
    flipped: proportionOf(forFlipped),
    stays: mean(stays),
    change: mean(changes),
    changeInterval: bootstrapInterval(
      changes,
      changes.map((_, i) => i),
    ),
  };
}

/** What the findings say, in a sentence. */
export function shiftVerdict({ difference, changeInterval }: ShiftFindings): string {
  const shifted =
    difference.low > 0
      ? 'Explicit songs are led to more mature films'
      : difference.high < 0
        ? 'Explicit songs are led to fewer mature films'
        : 'Explicit songs are not led to more or fewer mature films beyond chance';
  const [low, high] = changeInterval;
  const flag =
    high < 0
      ? 'the flag alone draws mature films in'
      : low > 0
        ? 'the flag alone keeps mature films out'
        : 'the flag alone makes no sure difference';
  return `${shifted}; ${flag}`;
}

/** Whether the difference of the groups, and the change by the flag, are clear of nothing. */
export const shiftSigns = ({ difference, changeInterval: [low, high] }: ShiftFindings) =>
  [difference.low > 0 || difference.high < 0, low > 0 || high < 0] as const;

export function shiftFigure(findings: ShiftFindings, source: string): Figure {
  const f = findings;
  const rows = [
    { label: 'any film', ...f.base, song: false },
    { label: 'for other songs', ...f.other, song: true },
    { label: 'for explicit songs', ...f.explicit, song: true },
    { label: 'the flag taken off', ...f.flipped, song: true },
  ];
  return {
    id: 'explicit-shift',
    title: 'Do explicit songs lead to mature films?',
    caption:
      `Share of films with a mature keyword among all that may be named (any film) and among the first ${TOP} films ${source} for ${count(f.explicitSongs)} explicit and ${count(f.otherSongs)} other songs: ${percent(f.explicit.share)} against ${percent(f.other.share)}, ` +
      `a difference of ${decimal(f.difference.difference * 100, 1)} points (95% interval ${interval([f.difference.low * 100, f.difference.high * 100], 1)}); ${percent(f.base.share)} of all films that may be named have one. ` +
      `With nothing changed but the flag, ${percent(f.stays, 0)} of the films stay and the share moves by ${decimal(f.change * 100, 1)} points (${interval([f.changeInterval[0] * 100, f.changeInterval[1] * 100], 1)}). ${shiftVerdict(f)}.`,
    chart: {
      draw: barChart(
        rows.map(({ label, share, low, high, song, count: k, n }) => ({
          label,
          value: share,
          low,
          high,
          marked: !song,
          title: `${label}: ${count(k)} of ${count(n)} films with keywords`,
        })),
        {
          axis: 'mature share',
          colours: ['song', 'd2'],
          format: (x) => percent(x),
          rowHeight: 30,
        },
      ),
      description: `Bar chart of the share of mature films: for explicit songs ${percent(f.explicit.share)}, for others ${percent(f.other.share)}, among all ${percent(f.base.share)}.`,
    },
    table: {
      columns: ['films', 'mature', 'with keywords', 'share', '95% low', '95% high'],
      rows: rows.map((r) => [r.label, r.count, r.n, r.share, r.low, r.high]),
    },
  };
}
