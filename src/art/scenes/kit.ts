/** Tools for drawing posters: seeded chance, shapes as SVG text, colours. */

import { seededRandom } from '../../shared/random.ts';

/** Poster size in SVG units. */
export const WIDTH = 500;
export const HEIGHT = 750;

/** Colours of one poster. */
export interface Palette {
  /** Upper and lower end of the ground. */
  readonly sky: string;
  readonly ground: string;
  /** Darkest or lightest tone: silhouettes. */
  readonly shade: string;
  readonly accent: string;
  readonly glow: string;
  /** The title's colour: reads on the end of the ground where the title stands. */
  readonly ink: string;
}

/** Chance that is the same for the same film everywhere. */
export interface Chance {
  /** 0…1 */
  next(): number;
  between(from: number, to: number): number;
  whole(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
}

/** Chance from a scrambled seed, as neighbouring ids would else begin alike. */
export function chanceOf(seed: number): Chance {
  const next = seededRandom(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b));
  const between = (from: number, to: number) => from + (to - from) * next();
  const whole = (from: number, to: number) => Math.floor(between(from, to + 1));
  return { next, between, whole, pick: (items) => items[whole(0, items.length - 1)]! };
}

/** A number with one decimal: half the bytes, no visible loss at 500 units. */
export const n = (x: number) => String(Math.round(x * 10) / 10);

type Attributes = Readonly<Record<string, string | number>>;

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? n3(value) : value}"`)
    .join('');
}
const n3 = (x: number) => String(Math.round(x * 1000) / 1000);

export const circle = (cx: number, cy: number, r: number, fill: string, more: Attributes = {}) =>
  `<circle cx="${n(cx)}" cy="${n(cy)}" r="${n(r)}" fill="${fill}"${attributesOf(more)}/>`;

export const ring = (
  cx: number,
  cy: number,
  r: number,
  stroke: string,
  width: number,
  more: Attributes = {},
) => circle(cx, cy, r, 'none', { stroke, 'stroke-width': width, ...more });

export const rect = (x: number, y: number, w: number, h: number, fill: string, more: Attributes = {}) =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}"${attributesOf(more)}/>`;

export const path = (d: string, fill: string, more: Attributes = {}) =>
  `<path d="${d}" fill="${fill}"${attributesOf(more)}/>`;

export const line = (d: string, stroke: string, width: number, more: Attributes = {}) =>
  path(d, 'none', { stroke, 'stroke-width': width, 'stroke-linecap': 'round', ...more });

export const polygon = (
  points: readonly (readonly [number, number])[],
  fill: string,
  more: Attributes = {},
) => path(`M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`, fill, more);

/** A ridge from edge to edge, filled to the bottom. */
export function ridge(
  chance: Chance,
  y: number,
  rough: number,
  steps: number,
  fill: string,
  bottom = HEIGHT,
): string {
  const points: [number, number][] = [[-10, bottom]];
  for (let at = 0; at <= steps; at++) {
    points.push([-10 + (at * (WIDTH + 20)) / steps, y + chance.between(-rough, rough)]);
  }
  points.push([WIDTH + 10, bottom]);
  return polygon(points, fill);
}

/** Soft hills from edge to edge. */
export function hills(chance: Chance, y: number, swing: number, fill: string, bottom = HEIGHT): string {
  const a = y + chance.between(-swing, swing);
  const b = y + chance.between(-swing, swing);
  const c = y + chance.between(-swing, swing);
  const d = `M-10 ${n(bottom)}L-10 ${n(a)}C120 ${n(a - swing)} 170 ${n(b + swing)} 260 ${n(b)}S430 ${n(c - swing)} 510 ${n(c)}L510 ${n(bottom)}Z`;
  return path(d, fill);
}

/** Stars strewn over the upper part. */
export function stars(chance: Chance, count: number, depth: number, fill: string): string {
  let out = '';
  for (let i = 0; i < count; i++) {
    const r = chance.next() < 0.12 ? chance.between(1.6, 2.6) : chance.between(0.5, 1.3);
    out += circle(chance.between(0, WIDTH), chance.between(0, depth), r, fill, {
      opacity: chance.between(0.35, 1),
    });
  }
  return out;
}

/** A small standing person: what gives a landscape its size. */
export function person(x: number, y: number, h: number, fill: string): string {
  const w = h * 0.3;
  return (
    circle(x, y - h * 0.88, h * 0.12, fill) +
    path(
      `M${n(x - w / 2)} ${n(y - h * 0.66)}Q${n(x)} ${n(y - h * 0.8)} ${n(x + w / 2)} ${n(y - h * 0.66)}L${n(x + w * 0.36)} ${n(y - h * 0.3)}L${n(x + w * 0.3)} ${n(y)}H${n(x + w * 0.06)}L${n(x)} ${n(y - h * 0.3)}L${n(x - w * 0.06)} ${n(y)}H${n(x - w * 0.3)}L${n(x - w * 0.36)} ${n(y - h * 0.3)}Z`,
      fill,
    )
  );
}

/** What a poster's picture is drawn with. */
export type Motif = (chance: Chance, palette: Palette) => string;
