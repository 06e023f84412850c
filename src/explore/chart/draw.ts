/** Charts without a browser: Observable Plot over linkedom, serialised as SVG. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { LIGHT_COLOURS } from './theme.ts';

/** What is used here of an SVG element (the project compiles without the browser's types). */
interface SvgElement {
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  readonly innerHTML: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelectorAll(selector: string): Iterable<SvgElement>;
  remove(): void;
}

/** The two forms of every chart: one for a desk, one for a telephone. */
export interface ChartSize {
  readonly width: number;
  readonly narrow: boolean;
}

export const WIDE: ChartSize = { width: 740, narrow: false };
export const NARROW: ChartSize = { width: 350, narrow: true };

export interface ChartSpec {
  readonly options: Plot.PlotOptions;
  /** A colour legend, drawn above the chart. */
  readonly legend?: Plot.ScaleOptions;
  /** Last touches to the drawn elements. */
  readonly finish?: (svg: SvgElement) => void;
}

export type Chart = (size: ChartSize) => ChartSpec;

const LEGEND_HEIGHT = 52;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * Draws a chart as one SVG element whose colours are CSS variables of the page.
 *
 * @param description what the chart shows, for those who can't see it
 */
export function drawSvg(
  { options, legend, finish }: ChartSpec,
  size: ChartSize,
  description: string,
): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const fontSize = size.narrow ? 11 : 12.5;
  const plot = Plot.plot({
    document,
    width: size.width,
    ...options,
  }) as unknown as SvgElement;
  finish?.(plot);
  const width = size.width;
  const height = Number(plot.getAttribute('height'));
  const top = legend ? LEGEND_HEIGHT : 0;
  const inner = [group(plot, 0, top)];
  if (legend) {
    const legendWidth = Math.min(440, width - 12);
    const drawn = Plot.legend({
      color: legend,
      document,
      width: legendWidth,
      height: 46,
      fontSize: 11,
      tickFormat: (value: number) => String(value).replace('-', '\u2212'),
    } as unknown as Plot.LegendOptions & { color: Plot.ScaleOptions }) as unknown as SvgElement;
    inner.unshift(group(drawn, 4, 0));
  }
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height + top}" width="${width}" height="${height + top}" ` +
    `role="img" aria-label="${escapeXml(description)}" fill="currentColor" font-family="${escapeXml(FONT)}" font-size="${fontSize}" ` +
    `text-anchor="middle">${inner.join('')}</svg>`;
  return roundNumbers(svg);
}

/** What Plot drew, at a height of its own, without the styles that only fit a page. */
function group(svg: SvgElement, x: number, y: number): string {
  for (const style of svg.querySelectorAll('style')) style.remove();
  // Within one image the labels of its groups are not read out.
  for (const element of svg.querySelectorAll('[aria-label]')) element.removeAttribute('aria-label');
  const anchor = svg.getAttribute('text-anchor') ?? 'start';
  return `<g transform="translate(${x},${y})" text-anchor="${anchor}">${svg.innerHTML}</g>`;
}

/** Tenths of a pixel are enough: a third of the file for the same picture. Text is left alone. */
function roundNumbers(svg: string): string {
  return svg.replace(/ (?:d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height|points)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1)))),
  );
}

/** The same drawing as a file of its own: light colours written out, on a white ground. */
export function standaloneSvg(svg: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg
    .replace(/var\(--([a-z]+\d?)\)/g, (whole, name: string) => LIGHT_COLOURS[name] ?? whole)
    .replaceAll('currentColor', LIGHT_COLOURS.ink!)
    .replace('role="img"', `role="img" color="${LIGHT_COLOURS.ink}" style="background:#fff"`)}\n`;
}

/** Text as it may stand in XML and HTML, in elements and in double-quoted attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
