/** Colours as CSS variables: one name, a light and a dark value. */
import * as Plot from '@observablehq/plot';

/** Steps of the sequential ramp (few to many) and of the diverging ramp (−1 to 1). */
export const RAMP_STEPS = 7;
export const DIVERGING_STEPS = 9;

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
    strong: '#ffffff',
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
    strong: '#0d1012',
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

function variables({ plain, ramp: sequential, diverging }: Anchors): Record<string, string> {
  return {
    ...plain,
    ...Object.fromEntries(ramp(sequential, RAMP_STEPS).map((colour, i) => [`q${i}`, colour])),
    ...Object.fromEntries(ramp(diverging, DIVERGING_STEPS).map((colour, i) => [`d${i}`, colour])),
  };
}

/** Values of the variables by name, without the leading dashes. */
export const LIGHT_COLOURS: Readonly<Record<string, string>> = variables(LIGHT);
export const DARK_COLOURS: Readonly<Record<string, string>> = variables(DARK);

/** A colour that follows the reader's light or dark setting. */
export const colour = (name: string) => `var(--${name})`;

/** A colour scale of `RAMP_STEPS` classes between the given bounds (one fewer than the steps). */
export function rampScale(bounds: readonly number[], label: string): Plot.ScaleOptions {
  const range = Array.from({ length: bounds.length + 1 }, (_, i) =>
    colour(`q${Math.round((i * (RAMP_STEPS - 1)) / bounds.length)}`),
  );
  return { type: 'threshold', domain: [...bounds], range, label };
}

/** Bounds of the diverging classes for values in −limit…limit; the middle class holds what is about nothing. */
const DIVERGING_BOUNDS = [-0.7, -0.45, -0.25, -0.08, 0.08, 0.25, 0.45, 0.7];

export function divergingScale(limit: number, label: string): Plot.ScaleOptions {
  return {
    type: 'threshold',
    domain: DIVERGING_BOUNDS.map((bound) => Number((bound * limit).toPrecision(2))),
    range: Array.from({ length: DIVERGING_STEPS }, (_, i) => colour(`d${i}`)),
    label,
  };
}

/** The colour of a number written on a cell of the diverging scale. */
export const inkOn = (value: number, limit: number) =>
  Math.abs(value) >= 0.45 * limit ? colour('strong') : colour('ink');
