/** Section 3, second part: how often songs and films carry each feeling and world, and what goes together. */
import { heatmap, pairedDots } from '../chart/marks.ts';
import type { Figure } from '../figure.ts';
import { count, decimal, list, percent } from '../format.ts';
import type { DescribedWorks } from '../gather/described.ts';
import { CorrelationTally } from '../stats/correlation.ts';
import { type Proportion, wilson } from '../stats/proportion.ts';

/** A work carries what is at least this strong: "a little", in the words of those who described it. */
export const CARRIED = 0.3;
/** Rows of the charts; the rest stands in the numbers. */
const SHOWN = 40;
/** Feelings on either side of the square. */
const SQUARE = 14;
/** Ties that are written down though they are not drawn. */
const CLOSE = 0.2;

/** How many works of either side carry a name. */
export interface Use {
  readonly name: string;
  readonly songs: Proportion;
  readonly films: Proportion;
}

/** @param songs strengths of each song in the order of `names` */
export function usesOf(
  names: readonly string[],
  songs: readonly ArrayLike<number>[],
  films: readonly ArrayLike<number>[],
): Use[] {
  const share = (works: readonly ArrayLike<number>[], i: number) =>
    wilson(works.filter((work) => work[i]! >= CARRIED).length, works.length);
  return names
    .map((name, i) => ({ name, songs: share(songs, i), films: share(films, i) }))
    .sort((a, b) => b.songs.share + b.films.share - a.songs.share - a.films.share);
}

/** How many times as often the one side carries it, by the ends of the intervals nearest to each other. */
function surelyMore(use: Use, side: 'songs' | 'films'): number {
  const other = side === 'songs' ? use.films : use.songs;
  return use[side].low / Math.max(other.high, 1e-9);
}

function useFigure(
  id: string,
  title: string,
  one: string,
  uses: readonly Use[],
  { songs, films }: DescribedWorks,
): Figure {
  const most = (side: 'songs' | 'films') =>
    [...uses].sort((a, b) => b[side].share - a[side].share).slice(0, 3);
  const say = (side: 'songs' | 'films') =>
    list(most(side).map((use) => `${use.name} ${percent(use[side].share, 0)}`));
  const own = (side: 'songs' | 'films') =>
    [...uses]
      .filter((use) => surelyMore(use, side) > 1)
      .sort((a, b) => surelyMore(b, side) - surelyMore(a, side))
      .slice(0, 4)
      .map(({ name }) => name);
  const owns = (['songs', 'films'] as const).flatMap((side) =>
    own(side).length > 0 ? [`Far more at home in ${side}: ${list(own(side))}.`] : [],
  );
  const shown = uses.slice(0, SHOWN);
  return {
    id,
    title,
    caption: [
      `Share of the ${count(songs.length)} described songs and ${count(films.length)} described films that carry each ${one}. Songs most often: ${say('songs')}; films: ${say('films')}.`,
      ...owns,
      uses.length > shown.length
        ? `The chart shows the ${shown.length} most used of ${uses.length}; the CSV has them all.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
    chart: {
      draw: pairedDots(
        shown.map((use) => ({
          label: use.name,
          first: use.songs.share,
          second: use.films.share,
          title: `${use.name}: ${percent(use.songs.share)} of songs, ${percent(use.films.share)} of films`,
        })),
        { axis: 'share that carries it', colours: ['song', 'film'], names: ['songs', 'films'] },
      ),
      description: `Shares of songs and films that carry each ${one}. Songs: ${say('songs')}; films: ${say('films')}.`,
    },
    table: {
      columns: [one, 'share of songs', 'songs', 'share of films', 'films'],
      rows: uses.map((use) => [use.name, use.songs.share, use.songs.count, use.films.share, use.films.count]),
    },
  };
}

/** Two feelings and how they go together on either side. */
export interface Tie {
  readonly a: string;
  readonly b: string;
  readonly songs: number;
  readonly films: number;
}

/** Pearson correlations of strengths, each pair once; NaN where a side never carries one of them. */
export function tiesOf(
  names: readonly string[],
  songs: readonly ArrayLike<number>[],
  films: readonly ArrayLike<number>[],
): Tie[] {
  const tallyOf = (works: readonly ArrayLike<number>[]) => {
    const tally = new CorrelationTally(names);
    for (const work of works) tally.add(Array.from(work));
    return tally;
  };
  const sides = { songs: tallyOf(songs), films: tallyOf(films) };
  return names.flatMap((a, i) =>
    names.slice(i + 1).map((b) => ({
      a,
      b,
      songs: sides.songs.between(a, b).r,
      films: sides.films.between(a, b).r,
    })),
  );
}

function togetherFigure(ties: readonly Tie[], uses: readonly Use[]): Figure {
  const names = uses.slice(0, SQUARE).map(({ name }) => name);
  const known = ties.filter(({ songs, films }) => Number.isFinite(songs) && Number.isFinite(films));
  const strongest = (side: 'songs' | 'films') =>
    list(
      [...known]
        .sort((a, b) => b[side] - a[side])
        .slice(0, 3)
        .map((tie) => `${tie.a} and ${tie.b} (${decimal(tie[side])})`),
    );
  const apart = [...known].sort((a, b) => Math.abs(b.songs - b.films) - Math.abs(a.songs - a.films))[0];
  const find = (x: string, y: string) =>
    ties.find(({ a, b }) => (a === x && b === y) || (a === y && b === x))!;
  const cells = names.flatMap((y, row) =>
    names.flatMap((x, column) => {
      if (row === column) return [];
      const side = column > row ? 'songs' : 'films';
      const value = find(x, y)[side];
      return [{ x, y, value, title: `${y} and ${x} in ${side}: r ${decimal(value)}` }];
    }),
  );
  return {
    id: 'feel-together',
    title: 'Which feelings go together',
    caption:
      `Correlations of the strengths of the ${names.length} most used feelings: above the diagonal over songs, below it over films (the CSV adds other pairs from ${decimal(CLOSE, 1)} on). Of all ${count(ties.length)} pairs the closest are ${strongest('songs')} in songs, ${strongest('films')} in films.` +
      (apart
        ? ` The two sides differ most over ${apart.a} and ${apart.b}: ${decimal(apart.songs)} in songs, ${decimal(apart.films)} in films.`
        : ''),
    chart: {
      draw: heatmap(cells, { xs: names, ys: names, limit: 0.6, legend: "Pearson's r" }),
      description: `Heat map of correlations between feelings, songs above and films below the diagonal. Closest in songs: ${strongest('songs')}; in films: ${strongest('films')}.`,
    },
    table: {
      columns: ['a', 'b', 'r in songs', 'r in films'],
      rows: ties
        .filter(
          ({ a, b, songs, films }) =>
            (names.includes(a) && names.includes(b)) || Math.abs(songs) >= CLOSE || Math.abs(films) >= CLOSE,
        )
        .map(({ a, b, songs, films }) => [a, b, songs, films]),
    },
  };
}

/** How songs and films use the vocabulary. */
export function useFigures(works: DescribedWorks): Figure[] {
  const { vocabulary, songs, films } = works;
  const strengths = (side: readonly { readonly terms: Float32Array; readonly worlds: Float32Array }[]) => ({
    terms: side.map(({ terms }) => terms),
    worlds: side.map(({ worlds }) => worlds),
  });
  const s = strengths(songs);
  const f = strengths(films);
  const feelings = usesOf(vocabulary.terms, s.terms, f.terms);
  return [
    useFigure('feel-use', 'Feelings in songs and films', 'feeling', feelings, works),
    useFigure(
      'world-use',
      'Worlds in songs and films',
      'world',
      usesOf(vocabulary.worlds, s.worlds, f.worlds),
      works,
    ),
    togetherFigure(tiesOf(vocabulary.terms, s.terms, f.terms), feelings),
  ];
}
