/** What popularity goes with: explicit lyrics, and the place between valence and danceability. */
import * as Plot from '@observablehq/plot';
import type { Song } from '../../engine/types.ts';
import type { Chart } from '../chart/draw.ts';
import { colour, rampScale } from '../chart/theme.ts';
import type { Figure } from '../figure.ts';
import { count, decimal, effectWord, pValue } from '../format.ts';
import { CorrelationTally } from '../stats/correlation.ts';
import { quantileOfSorted, type Summary, summarise, type Whiskers, whiskers } from '../stats/describe.ts';
import { mannWhitney } from '../stats/rank-test.ts';

interface Box extends Summary, Whiskers {
  readonly label: string;
}

/** Box plots of popularity, explicit tracks against the others. */
export function explicitFigure(songs: readonly Song[]): Figure {
  const groups = ([true, false] as const).map((explicit) => ({
    label: explicit ? 'explicit' : 'not explicit',
    values: songs.flatMap((song) =>
      song.explicit === explicit && song.popularity !== null ? [song.popularity] : [],
    ),
  }));
  const boxes: Box[] = groups.map(({ label, values }) => {
    const summary = summarise(values);
    return { label, ...summary, ...whiskers(values, summary) };
  });
  const [explicit, other] = boxes as [Box, Box];
  const test = mannWhitney(groups[0]!.values, groups[1]!.values);
  return {
    id: 'explicit-popularity',
    title: 'Explicit tracks and popularity',
    caption:
      `Explicit tracks stand at a median of ${decimal(explicit.median, 0)} (${count(explicit.count)} tracks), the others at ${decimal(other.median, 0)} (${count(other.count)}). ` +
      `Mann–Whitney U = ${count(test.u)}, z = ${decimal(test.z, 1)}, ${pValue(test.p)}; rank-biserial correlation ${decimal(test.effect)}, ${effectWord(test.effect)}. ` +
      'Boxes hold the middle half, whiskers reach 1.5 interquartile ranges.',
    chart: {
      draw: boxChart(boxes),
      description: `Box plots of popularity: explicit median ${decimal(explicit.median, 0)}, middle half ${decimal(explicit.q1, 0)} to ${decimal(explicit.q3, 0)}; not explicit median ${decimal(other.median, 0)}, ${decimal(other.q1, 0)} to ${decimal(other.q3, 0)}.`,
    },
    table: {
      columns: [
        'group',
        'tracks',
        'mean',
        'sd',
        'min',
        'q1',
        'median',
        'q3',
        'max',
        'whisker low',
        'whisker high',
        'outliers',
        'U',
        'z',
        'p',
        'rank-biserial',
      ],
      rows: boxes.map((b, i) => [
        ...[b.label, b.count, b.mean, b.sd, b.min, b.q1, b.median, b.q3, b.max, b.low, b.high, b.outliers],
        ...(i === 0 ? [test.u, test.z, test.p, test.effect] : [null, null, null, null]),
      ]),
    },
  };
}

function boxChart(boxes: readonly Box[]): Chart {
  const drawn = boxes.filter(({ count: n }) => n > 0);
  return (size) => ({
    options: {
      height: 170,
      marginLeft: size.narrow ? 80 : 96,
      marginRight: 16,
      marginBottom: 40,
      x: { label: 'popularity', domain: [0, 100], grid: true },
      y: { label: null, domain: boxes.map(({ label }) => label), tickSize: 0, padding: 0.3 },
      marks: [
        Plot.ruleY(drawn, { x1: 'low', x2: 'high', y: 'label', stroke: colour('muted') }),
        Plot.tickX(drawn, { x: 'low', y: 'label', stroke: colour('muted'), inset: 14 }),
        Plot.tickX(drawn, { x: 'high', y: 'label', stroke: colour('muted'), inset: 14 }),
        Plot.barX(drawn, {
          x1: 'q1',
          x2: 'q3',
          y: 'label',
          fill: colour('q2'),
          stroke: colour('song'),
          title: (b: Box) =>
            `${b.label}: median ${b.median}, middle half ${b.q1} to ${b.q3}, ${b.count.toLocaleString('en')} tracks`,
        }),
        Plot.tickX(drawn, { x: 'median', y: 'label', stroke: colour('ink'), strokeWidth: 2.5 }),
      ],
    },
  });
}

/** More dots than this hide each other: the plane is divided into squares instead. */
const MOST_DOTS = 2500;
/** Squares with fewer tracks say little. */
const LEAST_TRACKS = 5;

interface Square {
  readonly x: number;
  readonly y: number;
  readonly tracks: number;
  readonly popularity: number;
}

/** Squares of `width` over the unit square, with the mean popularity of the tracks in them. */
export function binPopularity(songs: readonly Song[], width: number): Square[] {
  const perSide = Math.round(1 / width);
  const cells = new Map<number, { tracks: number; sum: number }>();
  const place = (value: number) => Math.min(perSide - 1, Math.floor(value * perSide));
  for (const { features, popularity } of songs) {
    if (popularity === null || features === null) continue;
    const key = place(features.valence) * perSide + place(features.danceability);
    const cell = cells.get(key) ?? { tracks: 0, sum: 0 };
    cells.set(key, cell);
    cell.tracks++;
    cell.sum += popularity;
  }
  return [...cells].map(([key, { tracks, sum }]) => ({
    x: Math.floor(key / perSide) / perSide,
    y: (key % perSide) / perSide,
    tracks,
    popularity: sum / tracks,
  }));
}

/** Six bounds between the outer twentieths of the values, as whole numbers. */
function popularityClasses(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const low = quantileOfSorted(sorted, 0.05);
  const step = (quantileOfSorted(sorted, 0.95) - low) / 5;
  return [...new Set(Array.from({ length: 6 }, (_, i) => Math.round(low + i * step)))];
}

/** Valence against danceability, coloured by popularity. */
export function valenceDanceabilityFigure(songs: readonly Song[]): Figure {
  const binned = songs.length > MOST_DOTS;
  const width = 0.04;
  const rated = songs.flatMap(({ id, features, popularity }) =>
    features === null || popularity === null
      ? []
      : [{ id, popularity, valence: features.valence, danceability: features.danceability }],
  );
  const squares = binned ? binPopularity(songs, width) : [];
  const shown = squares.filter(({ tracks }) => tracks >= LEAST_TRACKS);
  const values = binned
    ? shown.map(({ popularity }) => popularity)
    : rated.map(({ popularity }) => popularity);
  const spread = summarise(values);
  const classes = popularityClasses(values);
  const tally = new CorrelationTally(['valence', 'danceability', 'popularity']);
  for (const { valence, danceability, popularity } of rated) tally.add([valence, danceability, popularity]);
  const r = (a: string, b: string) => tally.between(a, b).r;
  const marks = () =>
    binned
      ? [
          Plot.rect(shown, {
            x1: 'x',
            x2: (d: Square) => d.x + width,
            y1: 'y',
            y2: (d: Square) => d.y + width,
            fill: 'popularity',
            inset: 0.4,
            title: (d: Square) =>
              `valence ${decimal(d.x)}, danceability ${decimal(d.y)}: mean popularity ${decimal(d.popularity, 1)} of ${d.tracks} tracks`,
          }),
        ]
      : [
          Plot.dot(rated, {
            x: 'valence',
            y: 'danceability',
            fill: 'popularity',
            r: 2.6,
            sort: 'popularity',
          }),
        ];
  return {
    id: 'valence-danceability',
    title: 'Valence, danceability and popularity',
    caption:
      `${count(rated.length)} tracks${binned ? ` in ${count(shown.length)} squares of ${width} with at least ${LEAST_TRACKS} tracks, coloured by mean popularity` : ', coloured by popularity'}. ` +
      `Valence and danceability go together (r ${decimal(r('valence', 'danceability'))}); popularity follows valence with r ${decimal(r('valence', 'popularity'))} and danceability with r ${decimal(r('danceability', 'popularity'))}. ` +
      `Half of the ${binned ? 'squares' : 'tracks'} lie between ${decimal(spread.q1, binned ? 1 : 0)} and ${decimal(spread.q3, binned ? 1 : 0)}.`,
    chart: {
      draw: (size) => ({
        legend: rampScale(classes, binned ? 'mean popularity' : 'popularity'),
        options: {
          height: size.narrow ? 340 : 520,
          marginLeft: 44,
          marginBottom: 40,
          x: { label: 'valence', domain: [0, 1], grid: true },
          y: { label: 'danceability', domain: [0, 1], grid: true },
          color: rampScale(classes, 'popularity'),
          marks: marks(),
        },
      }),
      description: `Valence against danceability coloured by popularity; correlations: valence and danceability ${decimal(r('valence', 'danceability'))}, popularity and valence ${decimal(r('valence', 'popularity'))}, popularity and danceability ${decimal(r('danceability', 'popularity'))}.`,
    },
    table: binned
      ? {
          columns: ['valence from', 'danceability from', 'tracks', 'mean popularity'],
          rows: squares.map((d) => [d.x, d.y, d.tracks, d.popularity]),
        }
      : {
          columns: ['track id', 'valence', 'danceability', 'popularity'],
          rows: rated.map((d) => [d.id, d.valence, d.danceability, d.popularity]),
        },
  };
}
