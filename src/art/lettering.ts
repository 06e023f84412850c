/**
 * Text as outlines, for pictures that look the same on every machine, fonts or none: shaped, in every script that the
 * bundled fonts hold, right-to-left where it runs so. A sign that no font holds is left out rather than drawn as a box.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import bidiFactory from 'bidi-js';
import { create, type Font } from 'fontkit';
import { escapeMarkup, graphemes } from '../shared/text.ts';

/** How a text looks: `display` and `caps` for titles, `bold` and `text` for the rest. */
export type Face = 'display' | 'caps' | 'bold' | 'text';

/** Fonts that stand in where a face lacks a sign, in the order in which they are tried. */
const OTHERS = [
  'bold',
  'japanese',
  'chinese',
  'korean',
  'hebrew',
  'arabic',
  'devanagari',
  'thai',
  'bengali',
  'tamil',
  'telugu',
  'georgian',
  'armenian',
] as const;
type FontName = Face | (typeof OTHERS)[number];

const opened = new Map<FontName, Font>();

function fontOf(name: FontName): Font {
  let font = opened.get(name);
  if (!font) {
    font = create(gunzipSync(readFileSync(new URL(`./fonts/${name}.ttf.gz`, import.meta.url)))) as Font;
    opened.set(name, font);
  }
  return font;
}

// The package is CommonJS, and its types speak of a default export inside it.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();

/** Joins letters, or asks for another look of them, and has none of its own. */
const INVISIBLE = /^(?:\u200c|\u200d|[\ufe00-\ufe0f])$/;

const chosen = new Map<string, FontName | null>();

/** The font for one grapheme, or null where none holds all of it. */
function fontFor(cluster: string, face: Face): FontName | null {
  const key = face + cluster;
  const known = chosen.get(key);
  if (known !== undefined) return known;
  const points = [...cluster].filter((sign) => !INVISIBLE.test(sign)).map((sign) => sign.codePointAt(0)!);
  const fits = (name: FontName) =>
    points.length > 0 && points.every((point) => fontOf(name).hasGlyphForCodePoint(point));
  const found = ([face, ...OTHERS] as const).find(fits) ?? null;
  // Titles repeat their signs; a stranger's text must not fill the memory.
  if (chosen.size < 20_000 && cluster.length <= 8) chosen.set(key, found);
  return found;
}

/** Neighbouring signs of one font and one direction. */
interface Run {
  text: string;
  readonly font: FontName;
  /** Of the bidi algorithm: odd levels run from right to left. */
  readonly level: number;
}

/** The runs of a line in the order in which they are read, and the level of the whole. */
function runsOf(text: string, face: Face): Run[] {
  const { levels } = bidi.getEmbeddingLevels(text);
  const runs: Run[] = [];
  let at = 0;
  for (const cluster of graphemes(text)) {
    const level = levels[at] ?? 0;
    at += cluster.length;
    const last = runs.at(-1);
    // A space belongs to the word before it, where that word's font has one.
    const isSpace = cluster === ' ' && last && fontOf(last.font).hasGlyphForCodePoint(32);
    const font = isSpace ? last.font : fontFor(cluster, face);
    if (font === null) continue;
    const drawn = level % 2 === 1 ? (bidi.getMirroredCharacter(cluster) ?? cluster) : cluster;
    if (last && last.font === font && last.level === level) last.text += drawn;
    else runs.push({ text: drawn, font, level });
  }
  return inOrder(runs);
}

/** Runs from left to right: rule L2 of the bidi algorithm. */
function inOrder(runs: readonly Run[]): Run[] {
  const out = [...runs];
  const highest = Math.max(0, ...out.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < out.length; from++) {
      if (out[from]!.level < level) continue;
      let to = from;
      while (to < out.length && out[to]!.level >= level) to++;
      out.splice(from, to - from, ...out.slice(from, to).reverse());
      from = to;
    }
  }
  return out;
}

interface Placed {
  readonly d: string;
  readonly width: number;
}

const round = (x: number) => String(Math.round(x * 100) / 100);

const LETTER: Readonly<Record<string, string>> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
};

/** The shaped runs of a line, from left to right. */
function shape(text: string, face: Face) {
  return runsOf(text, face).map(({ text: part, font: name, level }) => {
    const font = fontOf(name);
    const run = font.layout(part, undefined, undefined, undefined, level % 2 === 1 ? 'rtl' : 'ltr');
    return { run, unit: 1 / font.unitsPerEm };
  });
}

/** The outline of a line that begins at 0, 0 on its baseline. */
function outline(text: string, face: Face, size: number, spacing: number): Placed {
  let d = '';
  let x = 0;
  for (const { run, unit } of shape(text, face)) {
    const scale = size * unit;
    for (const [i, glyph] of run.glyphs.entries()) {
      const at = run.positions[i]!;
      const [dx, dy] = [x + at.xOffset * scale, -at.yOffset * scale];
      for (const { command, args } of glyph.path.commands) {
        const points = args.map((value, n) => round(n % 2 === 0 ? dx + value * scale : dy - value * scale));
        d += LETTER[command]! + points.join(' ');
      }
      x += at.xAdvance * scale + (at.xAdvance > 0 ? spacing : 0);
    }
  }
  return { d, width: Math.max(0, x - spacing) };
}

/** Widths of words in ems, without spacing, and how many letters carry spacing. */
const measured = new Map<string, { readonly ems: number; readonly letters: number }>();

function measure(word: string, face: Face) {
  const key = face + word;
  const known = measured.get(key);
  if (known) return known;
  const ems = shape(word, face).reduce((sum, { run, unit }) => sum + run.advanceWidth * unit, 0);
  const found = { ems, letters: graphemes(word).length };
  if (measured.size >= 20_000) measured.clear();
  if (word.length <= 40) measured.set(key, found);
  return found;
}

/** Room that a line takes, in the units of `size`, word by word. @param spacing room added after each letter */
export function widthOf(text: string, face: Face, size: number, spacing = 0): number {
  const parts = text.split(/(?<= )/).map((word) => measure(word, face));
  return parts.reduce((sum, { ems, letters }) => sum + ems * size + letters * spacing, 0);
}

/** Whether any of the text can be drawn. */
export function isDrawable(text: string, face: Face): boolean {
  return graphemes(text).some((cluster) => !/^\s$/.test(cluster) && fontFor(cluster, face) !== null);
}

export interface LineStyle {
  readonly face: Face;
  /** Height of an em in SVG units. */
  readonly size: number;
  readonly fill: string;
  readonly spacing?: number;
  /** Where `x` is; the left end unless given. */
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly opacity?: number;
}

/** A line of text as an SVG path with the text as its label, the baseline at `y`; nothing where no sign can be drawn. */
export function lettered(text: string, x: number, y: number, style: LineStyle): string {
  const { d, width } = outline(text, style.face, style.size, style.spacing ?? 0);
  if (d === '') return '';
  const shift = { start: 0, middle: width / 2, end: width }[style.anchor ?? 'start'];
  const opacity = style.opacity === undefined ? '' : ` fill-opacity="${style.opacity}"`;
  return `<path aria-label="${escapeMarkup(text)}" transform="translate(${round(x - shift)} ${round(y)})" fill="${style.fill}"${opacity} d="${d}"/>`;
}

const SPACELESS = /[\u2e80-\u9fff\uf900-\ufaff\u0e00-\u0e7f]/;

/** Pieces that a line may end after: words, and single signs of scripts that set no spaces. */
function piecesOf(text: string): string[] {
  return text
    .split(/(?<= )/)
    .flatMap((word) => (SPACELESS.test(word) ? graphemes(word) : [word]))
    .filter((piece) => piece !== '');
}

/**
 * Breaks a text into lines no wider than `width`; a word longer than a line is cut.
 * @returns the lines, and whether a word had to be cut
 */
export function wrapLines(
  text: string,
  style: Pick<LineStyle, 'face' | 'size' | 'spacing'>,
  width: number,
): { readonly lines: readonly string[]; readonly cut: boolean } {
  const fits = (line: string) => widthOf(line.trim(), style.face, style.size, style.spacing) <= width;
  const lines: string[] = [];
  let current = '';
  let cut = false;
  for (const piece of piecesOf(text)) {
    if (fits(current + piece)) {
      current += piece;
      continue;
    }
    if (current !== '') lines.push(current.trim());
    current = '';
    if (fits(piece)) {
      current = piece;
      continue;
    }
    cut = true;
    let taken = 0;
    for (const sign of graphemes(piece)) {
      const wide = widthOf(sign, style.face, style.size, style.spacing);
      if (current !== '' && taken + wide > width) {
        lines.push(current.trim());
        current = '';
        taken = 0;
      }
      current += sign;
      taken += wide;
    }
  }
  if (current.trim() !== '') lines.push(current.trim());
  return { lines, cut };
}

/** Sizes to try, the largest first, each with the most lines that it may take. */
export type Sizes = readonly (readonly [size: number, lines: number])[];

/** The text at the largest size at which it fits; the last resort ends in an ellipsis. */
export function fitLines(
  text: string,
  style: Pick<LineStyle, 'face'> & { readonly tracking?: number },
  width: number,
  sizes: Sizes,
): { readonly size: number; readonly lines: readonly string[] } {
  let last: { size: number; lines: readonly string[] } = { size: 0, lines: [] };
  for (const [size, most] of sizes) {
    const spacing = size * (style.tracking ?? 0);
    const { lines, cut } = wrapLines(text, { face: style.face, size, spacing }, width);
    if (lines.length <= most && !cut) return { size, lines };
    last = { size, lines };
    if (lines.length > most) {
      const kept = lines.slice(0, most);
      kept[most - 1] = `${graphemes(kept[most - 1]!)
        .slice(0, -1)
        .join('')
        .trimEnd()}…`;
      last = { size, lines: kept };
    }
  }
  return last;
}
