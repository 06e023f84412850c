/** Colours as CSS variables: one name, a light and a dark value. */
import * as Plot from '@observablehq/plot';

/** Steps of the sequential ramp (few to many) and of the diverging ramp (−1 to 1). */
const RAMP_STEPS = 7;
const DIVERGING_STEPS = 9;

interface Anchors {
  readonly plain: Readonly<Record<string, string>>;
  /** Ends of the sequential ramp. */
  readonly ramp: readonly string[];
  /** Negative end, middle, positive end. */
  readonly diverging: readonly string[];
}

// Songs are teal and films are rust wherever both appear; either reads at 4.5:1 on its page colour.
const LIGHT: Anchors = {
  plain: {
    page: '#fbfaf6',
    card: '#ffffff',
    ink: '#1f2224',
    muted: '#5b6064',
    rule: '#dcd8ce',
    song: '#0c6b70',
    film: '#b0451f',
    faint: '#c3cfcd',
  },
  ramp: ['#e6efec', '#74b3ae', '#0b4a52'],
  diverging: ['#93330f', '#e9b596', '#f3f1ec', '#93c7c2', '#0b5359'],
};

const DARK: Anchors = {
  plain: {
    page: '#14171a',
    card: '#1a1e22',
    ink: '#e9e6df',
    muted: '#a9adb0',
    rule: '#343a40',
    song: '#57c3bd',
    film: '#f0936a',
    faint: '#3c5052',
  },
  ramp: ['#233033', '#2f8783', '#b6f0e6'],
  diverging: ['#ffa87f', '#8a4a2d', '#262b2f', '#2c6f6d', '#7fe0d8'],
};

/** `count` colours through the anchors, evenly spaced in CIELAB. */
function ramp(anchors: readonly string[], count: number): string[] {
  const domain = anchors.map((_, i) => (i * (count - 1)) / (anchors.length - 1));
  const scale = Plot.scale({ color: { type: 'linear', domain, range: [...anchors], interpolate: 'lab' } });
  return Array.from({ length: count }, (_, i) => hex(scale.apply(i) as string));
}

function hex(rgb: string): string {
  const channels = rgb.match(/\d+/g) ?? [];
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance of a colour, 0…1 (WCAG 2.2). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1…21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const DARK_TEXT = '#000000';
const LIGHT_TEXT = '#ffffff';

/** Each step of both ramps, and the colour in which text is read best on it (q → t, d → u). */
function variables({ plain, ramp: sequential, diverging }: Anchors): Record<string, string> {
  const steps = (colours: readonly string[], name: string, text: string) =>
    colours.flatMap((step, i) => [
      [`${name}${i}`, step],
      [`${text}${i}`, contrast(step, DARK_TEXT) >= contrast(step, LIGHT_TEXT) ? DARK_TEXT : LIGHT_TEXT],
    ]);
  return {
    ...plain,
    ...Object.fromEntries(steps(ramp(sequential, RAMP_STEPS), 'q', 't')),
    ...Object.fromEntries(steps(ramp(diverging, DIVERGING_STEPS), 'd', 'u')),
  };
}

/** Values of the variables by name, without the leading dashes. */
export const LIGHT_COLOURS: Readonly<Record<string, string>> = variables(LIGHT);
export const DARK_COLOURS: Readonly<Record<string, string>> = variables(DARK);

/** A colour that follows the reader's light or dark setting. */
export const colour = (name: string) => `var(--${name})`;

/** Which step of the ramp the classes between `bounds` take. */
const rampStep = (index: number, bounds: readonly number[]) =>
  Math.round((index * (RAMP_STEPS - 1)) / bounds.length);

/** A colour scale of classes between the given bounds (at most one fewer than the steps). */
export function rampScale(bounds: readonly number[], label: string): Plot.ScaleOptions {
  const range = Array.from({ length: bounds.length + 1 }, (_, i) => colour(`q${rampStep(i, bounds)}`));
  return { type: 'threshold', domain: [...bounds], range, label };
}

/** The class of a value: how many bounds it reaches. */
const classOf = (value: number, bounds: readonly number[]) => bounds.filter((bound) => value >= bound).length;

/** Bounds of the diverging classes for values in −1…1; the middle class holds what is about nothing. */
const DIVERGING_BOUNDS = [-0.7, -0.45, -0.25, -0.1, 0.1, 0.25, 0.45, 0.7];

const divergingBounds = (limit: number) =>
  DIVERGING_BOUNDS.map((bound) => Number((bound * limit).toFixed(2)));

/** The diverging colour scale for values in −limit…limit. */
export function divergingScale(limit: number, label: string): Plot.ScaleOptions {
  return {
    type: 'threshold',
    domain: divergingBounds(limit),
    range: Array.from({ length: DIVERGING_STEPS }, (_, i) => colour(`d${i}`)),
    label,
  };
}

/** The colour of a number written on a cell of the diverging scale. */
export const textOnDiverging = (value: number, limit: number) =>
  colour(`u${classOf(value, divergingBounds(limit))}`);
