/** Chart shapes that several sections share, each built of Plot's marks. */
import * as Plot from '@observablehq/plot';
import { decimal } from '../format.ts';
import type { Correlation } from '../stats/correlation.ts';
import type { DensityPoint } from '../stats/density.ts';
import type { Bin } from '../stats/describe.ts';
import type { Chart, ChartSize } from './draw.ts';
import { colour, divergingScale, textOnDiverging } from './theme.ts';

/** A bar of a ranking. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly title: string;
  /** Ends of the interval, where there is one. */
  readonly low?: number;
  readonly high?: number;
  /** Stands out from the others. */
  readonly marked?: boolean;
  /** Written behind the bar in place of the value. */
  readonly text?: string;
}

export interface BarOptions {
  readonly axis: string;
  /** Colour variable of bars that are not marked, and of those that are. */
  readonly colours: readonly [plain: string, marked: string];
  readonly format: (value: number) => string;
  readonly rowHeight?: number;
  /** A vertical line to compare with. */
  readonly reference?: number;
  /** Room behind the bars for what is written there, in pixels. */
  readonly room?: number;
}

/** Room for labels of this length. */
function labelMargin(labels: readonly string[], { narrow }: ChartSize): number {
  const longest = Math.max(...labels.map((label) => label.length), 4);
  return Math.min(narrow ? 140 : 210, 14 + longest * (narrow ? 6 : 6.8));
}

/** Horizontal bars, the first on top, each with its value written beside it. */
export function barChart(bars: readonly Bar[], o: BarOptions): Chart {
  return (size) => ({
    options: {
      marginLeft: labelMargin(
        bars.map(({ label }) => label),
        size,
      ),
      marginRight: o.room ?? (size.narrow ? 48 : 64),
      marginTop: 24,
      marginBottom: 10,
      height: bars.length * (o.rowHeight ?? 21) + 42,
      x: { label: o.axis, axis: 'top', grid: false, ticks: 0 },
      y: { label: null, domain: bars.map(({ label }) => label), tickSize: 0 },
      color: { type: 'identity' },
      marks: [
        Plot.barX(bars, {
          x: 'value',
          y: 'label',
          fill: (bar: Bar) => colour(o.colours[bar.marked ? 1 : 0]),
          insetTop: 2,
          insetBottom: 2,
          rx2: 2,
          title: 'title',
        }),
        Plot.ruleY(
          bars.filter(({ low }) => low !== undefined),
          { x1: 'low', x2: 'high', y: 'label', stroke: colour('ink'), strokeWidth: 1.5 },
        ),
        Plot.text(bars, {
          x: (bar: Bar) => Math.max(0, bar.value, bar.high ?? 0),
          y: 'label',
          text: (bar: Bar) => bar.text ?? o.format(bar.value),
          textAnchor: 'start',
          dx: 5,
          fill: colour('muted'),
          fontVariant: 'tabular-nums',
        }),
        ...(o.reference === undefined
          ? []
          : [Plot.ruleX([o.reference], { stroke: colour('ink'), strokeDasharray: '3,3' })]),
        Plot.ruleX([0], { stroke: colour('muted') }),
      ],
    },
  });
}

/** A histogram with the density curve over it, at the scale of the counts. */
export function histogramChart(
  bins: readonly Bin[],
  density: readonly DensityPoint[],
  n: number,
  axis: string,
  unit: string,
): Chart {
  const width = bins[0] ? bins[0].to - bins[0].from : 1;
  return (size) => ({
    options: {
      height: size.narrow ? 230 : 300,
      marginLeft: 52,
      marginBottom: 40,
      x: { label: axis },
      y: { label: 'tracks', grid: true, ticks: 5 },
      marks: [
        Plot.rectY(bins, {
          x1: 'from',
          x2: 'to',
          y: 'count',
          fill: colour('song'),
          fillOpacity: 0.45,
          inset: 0.5,
          title: (bin: Bin) => `${bin.from} to ${bin.to} ${unit}: ${bin.count.toLocaleString('en')} tracks`,
        }),
        Plot.lineY(density, {
          x: 'x',
          y: (point: DensityPoint) => point.density * n * width,
          stroke: colour('song'),
          strokeWidth: 2.2,
        }),
        Plot.ruleY([0], { stroke: colour('muted') }),
      ],
    },
  });
}

/** A square of correlations, numbers written in the cells. */
export function correlationChart(
  cells: readonly Correlation[],
  names: readonly string[],
  label: (name: string) => string,
): Chart {
  return heatmap(
    cells.map(({ a, b, r, n }) => ({
      x: label(b),
      y: label(a),
      value: r,
      title: `${label(a)} and ${label(b)}: r ${decimal(r)} over ${n.toLocaleString('en')}`,
    })),
    { xs: names.map(label), ys: names.map(label), limit: 1, legend: "Pearson's r" },
  );
}

export interface HeatCell {
  readonly x: string;
  readonly y: string;
  readonly value: number;
  readonly title: string;
}

export interface HeatOptions {
  readonly xs: readonly string[];
  readonly ys: readonly string[];
  /** The value at which the colours end. */
  readonly limit: number;
  readonly legend: string;
}

/** A grid of numbers on the diverging colours. */
export function heatmap(cells: readonly HeatCell[], { xs, ys, limit, legend }: HeatOptions): Chart {
  return (size) => {
    const left = labelMargin(ys, size);
    const cell = (size.width - left - 8) / xs.length;
    const rowHeight = Math.min(34, Math.max(size.narrow ? 20 : 24, cell * 0.8));
    const short = cell < 34;
    // On a telephone only what is not nothing fits beside its neighbours; the rest is a touch away.
    const written = cells.filter(
      ({ value }) => Number.isFinite(value) && (!short || Math.abs(value) >= 0.2 * limit),
    );
    const top = 16 + Math.max(...xs.map((name) => name.length)) * (size.narrow ? 4.6 : 5.2);
    return {
      legend: divergingScale(limit, legend),
      options: {
        height: top + ys.length * rowHeight + 8,
        marginLeft: left,
        marginTop: top,
        marginRight: 8,
        marginBottom: 8,
        x: { axis: 'top', label: null, domain: [...xs], tickRotate: -50, tickSize: 0, padding: 0.03 },
        y: { label: null, domain: [...ys], tickSize: 0, padding: 0.03 },
        color: divergingScale(limit, legend),
        marks: [
          Plot.cell(
            cells.filter(({ value }) => Number.isFinite(value)),
            { x: 'x', y: 'y', fill: 'value', title: 'title' },
          ),
          Plot.text(written, {
            x: 'x',
            y: 'y',
            text: (d: HeatCell) =>
              short ? decimal(d.value, 1).replace('0.', '.').replace('1.0', '1') : decimal(d.value),
            fill: { value: (d: HeatCell) => textOnDiverging(d.value, limit), scale: null } as never,
            fontSize: short ? 9 : 11,
            fontVariant: 'tabular-nums',
          }),
        ],
      },
    };
  };
}

/** A mean with its interval. */
export interface Estimate {
  readonly label: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly title: string;
  readonly marked?: boolean;
}

/** Dots with intervals, the first on top, beside the mean of all. */
export function intervalChart(
  estimates: readonly Estimate[],
  axis: string,
  reference: number,
  colours: readonly [string, string],
): Chart {
  const shade = (d: Estimate) => colour(colours[d.marked ? 1 : 0]);
  return (size) => ({
    options: {
      height: estimates.length * (size.narrow ? 20 : 21) + 66,
      marginLeft: labelMargin(
        estimates.map(({ label }) => label),
        size,
      ),
      marginRight: 16,
      marginBottom: 40,
      x: { label: axis, grid: true, nice: true, ticks: size.narrow ? 5 : 8 },
      y: { label: null, domain: estimates.map(({ label }) => label), tickSize: 0 },
      color: { type: 'identity' },
      marks: [
        Plot.ruleX([reference], { stroke: colour('muted'), strokeDasharray: '3,3' }),
        Plot.ruleY(estimates, { x1: 'low', x2: 'high', y: 'label', stroke: shade, strokeWidth: 2 }),
        Plot.dot(estimates, { x: 'mean', y: 'label', r: 4.2, fill: shade, title: 'title' }),
      ],
    },
  });
}

/** Two figures of one thing. */
export interface DotPair {
  readonly label: string;
  readonly first: number;
  readonly second: number;
  readonly title: string;
}

/** Two dots a row, joined by a line, the first row on top; shares 0…1. */
export function pairedDots(
  pairs: readonly DotPair[],
  o: {
    readonly axis: string;
    readonly colours: readonly [first: string, second: string];
    readonly names: readonly [first: string, second: string];
  },
): Chart {
  const top = Math.max(...pairs.flatMap(({ first, second }) => [first, second]), 0.01);
  return (size) => {
    const left = labelMargin(
      pairs.map(({ label }) => label),
      size,
    );
    return {
      options: {
        height: pairs.length * (size.narrow ? 18 : 19) + 74,
        marginLeft: left,
        marginRight: 16,
        marginTop: 30,
        marginBottom: 40,
        x: {
          label: o.axis,
          grid: true,
          domain: [0, top * 1.04],
          ticks: size.narrow ? 5 : 8,
          tickFormat: (value: number) => `${Math.round(100 * value)}%`,
        },
        y: { label: null, domain: pairs.map(({ label }) => label), tickSize: 0 },
        color: { type: 'identity' },
        marks: [
          Plot.ruleY(pairs, {
            x1: 'first',
            x2: 'second',
            y: 'label',
            stroke: colour('faint'),
            strokeWidth: 2.5,
          }),
          Plot.dot(pairs, { x: 'first', y: 'label', r: 4, fill: colour(o.colours[0]), title: 'title' }),
          Plot.dot(pairs, {
            x: 'second',
            y: 'label',
            r: 4,
            symbol: 'square',
            fill: colour(o.colours[1]),
            title: 'title',
          }),
          ...o.names.map((name, i) =>
            Plot.text([`${i === 0 ? '\u25cf' : '\u25a0'} ${name}`], {
              frameAnchor: 'top-left',
              dx: i === 0 ? 0 : 22 + (o.names[0].length + 2) * 6.8,
              dy: -22,
              textAnchor: 'start',
              fontWeight: 650,
              fill: colour(o.colours[i]!),
            }),
          ),
        ],
      },
    };
  };
}
