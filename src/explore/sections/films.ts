/** Section 2: the films. */
import * as Plot from '@observablehq/plot';
import type { FilmFunnel } from '../../indexer/clean-films.ts';
import { type Bar, barChart, correlationChart } from '../chart/marks.ts';
import { colour } from '../chart/theme.ts';
import type { Figure, Section } from '../figure.ts';
import { count, decimal, list, percent } from '../format.ts';
import { type CATEGORIES, type ColumnGaps, FILM_NUMBERS, type FilmGather } from '../gather/films.ts';
import type { SongGather } from '../gather/songs.ts';
import { keywordFigures, matureFigure } from './keywords.ts';

/** The paper's counts before and after cleaning. */
export const PAPER_ROWS = 1_110_815;
export const PAPER_KEPT = 436_591;

/** `vote_count` → vote count */
const words = (name: string) => name.replaceAll('_', ' ');

/** A share that does not call a few of many none. */
const shareText = (part: number, whole: number) =>
  part === 0 ? 'none' : part / whole < 0.0005 ? '< 0.1%' : percent(part / whole);

function gapsFigure(gaps: readonly ColumnGaps[], rows: number): Figure {
  const sorted = [...gaps].sort(
    (a, b) => b.empty + b.zero - (a.empty + a.zero) || (a.column < b.column ? -1 : 1),
  );
  const shares = sorted.flatMap(({ column, empty, zero }) => [
    {
      column,
      kind: 'empty',
      from: 0,
      to: empty / rows,
      title: `${column}: ${count(empty)} of ${count(rows)} cells empty`,
    },
    {
      column,
      kind: 'zero',
      from: empty / rows,
      to: (empty + zero) / rows,
      title: `${column}: ${count(zero)} of ${count(rows)} cells hold 0`,
    },
  ]);
  const say = ({ column, empty, zero }: ColumnGaps) =>
    `${words(column)} (${percent((empty + zero) / rows, 0)})`;
  return {
    id: 'film-gaps',
    title: 'Missing values by column',
    caption:
      `Share of ${count(rows)} rows in which a column says nothing; the widest gaps: ${list(sorted.slice(0, 4).map(say))}. ` +
      `Rust: empty cells. Muted: zeros where 0 can only mean "not known" (revenue, budget, runtime, votes).`,
    chart: {
      draw: (size) => ({
        options: {
          height: sorted.length * 19 + 48,
          marginLeft: size.narrow ? 128 : 160,
          marginRight: 56,
          marginTop: 24,
          marginBottom: 8,
          x: { label: 'share of rows', axis: 'top', domain: [0, 1], ticks: 0 },
          y: { label: null, domain: sorted.map(({ column }) => column), tickSize: 0 },
          color: { type: 'identity' },
          marks: [
            Plot.barX(
              shares.filter(({ from, to }) => to > from),
              {
                x1: 'from',
                x2: 'to',
                y: 'column',
                fill: (d: { kind: string }) => colour(d.kind === 'empty' ? 'film' : 'd2'),
                insetTop: 2,
                insetBottom: 2,
                title: 'title',
              },
            ),
            Plot.text(sorted, {
              x: (d: ColumnGaps) => (d.empty + d.zero) / rows,
              y: 'column',
              text: (d: ColumnGaps) => shareText(d.empty + d.zero, rows),
              textAnchor: 'start',
              dx: 5,
              fill: colour('muted'),
            }),
            Plot.ruleX([0], { stroke: colour('muted') }),
          ],
        },
      }),
      description: `Bar chart of missing values per column, largest: ${list(sorted.slice(0, 4).map(say))}.`,
    },
    table: {
      columns: ['column', 'rows', 'empty', 'zero (not known)'],
      rows: sorted.map(({ column, empty, zero }) => [column, rows, empty, zero]),
    },
  };
}

/** What each rule removed and left, in the order of the rules. */
export function funnelSteps(funnel: FilmFunnel): { step: string; removed: number; left: number }[] {
  let left = funnel.rows;
  const steps = [{ step: 'rows read', removed: 0, left }];
  for (const [step, removed] of [
    ['unreadable', funnel.malformed],
    ['repeated', funnel.duplicates],
    ['incomplete', funnel.missingValues],
    ['not released', funnel.notReleased],
    ['adult', funnel.adult],
  ] as const) {
    left -= removed;
    steps.push({ step: `less ${step}`, removed, left });
  }
  return steps;
}

function funnelFigure(funnel: FilmFunnel): Figure {
  const steps = funnelSteps(funnel);
  return {
    id: 'film-funnel',
    title: 'The cleaning, rule by rule',
    caption:
      `${count(funnel.rows)} rows became ${count(funnel.kept)} films, ${percent(funnel.kept / funnel.rows, 0)}. The paper went from ${count(PAPER_ROWS)} to ${count(PAPER_KEPT)}, which is ${percent(PAPER_KEPT / PAPER_ROWS, 0)}, though it says 24%. ` +
      `Incomplete are rows without title, overview, poster, popularity or genres. ${count(funnel.unfit)} of the films kept are flagged as unfit to be recommended unasked.`,
    chart: {
      draw: barChart(
        steps.map(
          ({ step, removed, left }, i): Bar => ({
            label: step,
            value: left,
            marked: i === steps.length - 1,
            title: i === 0 ? `${count(left)} rows` : `${count(removed)} removed, ${count(left)} left`,
            text: removed === 0 ? count(left) : `${count(left)} (${count(-removed)})`,
          }),
        ),
        { axis: 'rows left', colours: ['d2', 'film'], format: count, rowHeight: 30, room: 118 },
      ),
      description: `Funnel from ${count(funnel.rows)} rows to ${count(funnel.kept)} films: ${list(steps.slice(1).map(({ step, removed }) => `${step} ${count(removed)}`))}.`,
    },
    table: {
      columns: ['step', 'removed', 'left', 'share of the rows read'],
      rows: steps.map(({ step, removed, left }) => [step, removed, left, left / funnel.rows]),
    },
  };
}

function correlationFigure(gather: FilmGather): Figure {
  const { published, cleaned, known } = gather.correlations;
  const say = (a: string, b: string) =>
    `${words(a)} and ${words(b)} ${decimal(cleaned.between(a, b).r)} (every row as published ${decimal(published.between(a, b).r)}; only where both are known ${decimal(known.between(a, b).r)}, over ${count(known.between(a, b).n)} films)`;
  return {
    id: 'film-correlations',
    title: 'How the numbers of a film go together',
    caption: `Pearson's r over the cleaned films, a missing revenue or budget counted as the 0 that stands there, as in the paper: ${say('revenue', 'budget')}; ${say('vote_count', 'revenue')}. The paper found 0.69 and 0.70.`,
    chart: {
      draw: correlationChart(cleaned.cells(), FILM_NUMBERS, words),
      description: `Heat map of correlations between ${list(FILM_NUMBERS.map(words))}: revenue and budget ${decimal(cleaned.between('revenue', 'budget').r)}, vote count and revenue ${decimal(cleaned.between('vote_count', 'revenue').r)}.`,
    },
    table: {
      columns: [
        'a',
        'b',
        'r as published',
        'rows',
        'r cleaned',
        'films',
        'r where known',
        'films with both known',
      ],
      rows: cleaned.cells().map(({ a, b, r, n }) => {
        const all = published.between(a, b);
        const only = known.between(a, b);
        return [a, b, all.r, all.n, r, n, only.r, only.n];
      }),
    },
  };
}

/** Cramér's V of one pair of columns in one reading. */
export interface CategoryAssociation {
  readonly pair: string;
  readonly reading: 'whole cells' | 'first label';
  readonly v: number;
  readonly corrected: number;
  readonly rows: number;
  readonly columns: number;
  readonly n: number;
}

export function categoryAssociations(gather: FilmGather): CategoryAssociation[] {
  const short: Readonly<Record<(typeof CATEGORIES)[number], string>> = {
    genres: 'genres',
    production_countries: 'countries',
    spoken_languages: 'languages',
  };
  const name = (column: string) => short[column as keyof typeof short];
  return gather.categories.flatMap(({ a, b, cells, leading }) => {
    const pair = `${name(a)} × ${name(b)}`;
    return [
      { pair, reading: 'whole cells' as const, ...cells.association() },
      { pair, reading: 'first label' as const, ...leading.association() },
    ];
  });
}

function associationFigure(associations: readonly CategoryAssociation[]): Figure {
  const drawn = associations
    .filter(({ v }) => Number.isFinite(v))
    .map((d) => ({ ...d, label: `${d.pair}, ${d.reading}` }));
  const say = ({ pair, v, corrected }: CategoryAssociation) =>
    `${pair} ${decimal(v)}, corrected ${decimal(corrected)}`;
  const largest = Math.max(0, ...associations.flatMap(({ rows, columns }) => [rows, columns]));
  const of = (reading: string) => list(associations.filter((d) => d.reading === reading).map(say));
  return {
    id: 'film-associations',
    title: 'Genres, countries and languages',
    caption:
      `Cramér's V over the cleaned films; hollow: as it comes, filled: corrected for bias (Bergsma 2013). Whole cells as categories, as the paper read them: ${of('whole cells')}. ` +
      `By the first label of each cell: ${of('first label')}. Rare combinations (up to ${count(largest)} categories a column) blow the plain figure up; the corrected one can be compared.`,
    chart: {
      draw: (size) => ({
        options: {
          height: drawn.length * 34 + 70,
          marginLeft: size.narrow ? 16 : 230,
          marginRight: 24,
          marginBottom: 40,
          x: { label: "Cramér's V", domain: [0, 1], grid: true },
          y: {
            label: null,
            domain: drawn.map(({ label }) => label),
            tickSize: 0,
            axis: size.narrow ? null : 'left',
          },
          marks: [
            Plot.ruleY(drawn, { x1: 'v', x2: 'corrected', y: 'label', stroke: colour('muted') }),
            Plot.dot(drawn, {
              x: 'v',
              y: 'label',
              r: 5,
              fill: colour('card'),
              stroke: colour('film'),
              strokeWidth: 2,
              title: (d) =>
                `${d.label}: V ${decimal(d.v)}, ${count(d.rows)} × ${count(d.columns)} categories`,
            }),
            Plot.dot(drawn, {
              x: 'corrected',
              y: 'label',
              r: 5,
              fill: colour('film'),
              title: (d) => `${d.label}: corrected V ${decimal(d.corrected)} over ${count(d.n)} films`,
            }),
            ...(size.narrow
              ? [
                  Plot.text(drawn, {
                    x: 0,
                    y: 'label',
                    text: 'label',
                    textAnchor: 'start',
                    dy: -13,
                    fill: colour('muted'),
                  }),
                ]
              : []),
          ],
        },
      }),
      description: `Cramér's V between genres, countries and languages. Whole cells: ${of('whole cells')}. First labels: ${of('first label')}.`,
    },
    table: {
      columns: [
        'pair',
        'reading',
        'V',
        'V corrected',
        'categories of the first',
        'categories of the second',
        'films',
      ],
      rows: associations.map((d) => [d.pair, d.reading, d.v, d.corrected, d.rows, d.columns, d.n]),
    },
  };
}

/** The section about films. */
export function filmSection(gather: FilmGather, songs: SongGather): Section {
  const { funnel } = gather;
  return {
    id: 'films',
    title: 'Films',
    paragraphs: [
      `${count(funnel.rows)} rows in ${gather.gaps.length} columns were read, ${count(funnel.kept)} films kept. In what stayed, ${count(funnel.mended.year)} impossible release dates and ${count(funnel.mended.runtime)} impossible runtimes (0 minutes, or beyond ten hours) were set to unknown.`,
    ],
    figures: [
      gapsFigure(gather.gaps, funnel.rows),
      funnelFigure(funnel),
      correlationFigure(gather),
      associationFigure(categoryAssociations(gather)),
      ...keywordFigures(gather),
      matureFigure(gather, songs),
    ],
  };
}
