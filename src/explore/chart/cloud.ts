/** Word clouds: d3-cloud places the words, Plot draws them. */
import * as Plot from '@observablehq/plot';
import cloud from 'd3-cloud';
import { seededRandom } from '../../shared/random.ts';
import type { Chart, ChartSize } from './draw.ts';

export interface CloudWord {
  readonly text: string;
  readonly count: number;
  readonly colour: string;
}

interface PlacedWord extends CloudWord {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly width: number;
}

/** Widths in em of a sans-serif's letters, in classes: the reader's own font is not known here. */
function widthInEm(text: string): number {
  let width = 0;
  for (const letter of text)
    width += /[iljt'.,\s|!]/.test(letter)
      ? 0.3
      : /[mwMW@]/.test(letter)
        ? 0.86
        : /[frsckxyzv-]/.test(letter)
          ? 0.5
          : 0.58;
  return width;
}

const SHEET = 2048;
/** Below this size of the largest word no smaller letters are tried. */
const SMALLEST_TOP = 18;

/**
 * The part of a canvas that d3-cloud asks for, with every word a solid box. Node has no canvas; and boxes keep
 * words apart whatever font the reader's machine sets them in.
 */
function boxCanvas() {
  const pixels = new Uint8ClampedArray(SHEET * SHEET * 4);
  let origin = { x: 0, y: 0 };
  let size = 0;
  const context = {
    set font(value: string) {
      size = Number(/(\d+(?:\.\d+)?)px/.exec(value)?.[1] ?? 0);
    },
    measureText: (text: string) => ({ width: widthInEm(text) * size }),
    clearRect: () => pixels.fill(0),
    save: () => {},
    restore: () => {},
    translate: (x: number, y: number) => {
      origin = { x, y };
    },
    fillText: (text: string, left: number) => {
      const from = Math.round(origin.x + left) - 2;
      const to = Math.round(origin.x + left + widthInEm(text) * size) + 2;
      const bottom = Math.round(origin.y + size * 0.26);
      for (let y = Math.max(0, Math.round(origin.y - size * 0.8)); y <= bottom; y++) {
        for (let x = Math.max(0, from); x <= to; x++) pixels[(y * SHEET + x) * 4] = 255;
      }
    },
    strokeText: () => {},
    getImageData: (_x: number, _y: number, width: number) => ({
      data: width === 1 ? new Uint8ClampedArray(4) : pixels,
    }),
  };
  return { width: 0, height: 0, getContext: () => context };
}

/** One attempt: a word that finds no room is left out. The letters' area follows the count. */
function attempt(words: readonly CloudWord[], width: number, height: number, largest: number): PlacedWord[] {
  const top = Math.max(...words.map(({ count }) => count), 1);
  const smallest = Math.max(8, largest * 0.2);
  const placed: PlacedWord[] = [];
  cloud<CloudWord & cloud.Word>()
    .canvas(boxCanvas)
    .size([Math.floor(width / 32) * 32, height])
    .words(words.map((word) => ({ ...word })))
    .font('sans-serif')
    .fontSize((word) => smallest + (largest - smallest) * Math.sqrt(word.count / top))
    .rotate(0)
    .padding(1)
    .random(seededRandom(3))
    .on('end', (tags) => {
      for (const { text, count, colour, x, y, size } of tags) {
        placed.push({
          text,
          count,
          colour,
          x: x! + width / 2,
          y: y! + height / 2,
          size: size!,
          width: widthInEm(text) * size!,
        });
      }
    })
    .start();
  return placed;
}

/** Places all the words, the most frequent first, in the largest letters that leave room for each. */
export function layOutCloud(
  words: readonly CloudWord[],
  width: number,
  height: number,
  largest: number,
): PlacedWord[] {
  let best: PlacedWord[] = [];
  for (let size = largest; size >= SMALLEST_TOP; size *= 0.9) {
    const placed = attempt(words, width, height, size);
    if (placed.length > best.length) best = placed;
    if (best.length === words.length) break;
  }
  return best;
}

/** A word cloud as a chart. */
export function cloudChart(words: readonly CloudWord[]): Chart {
  return (size: ChartSize) => {
    const height = size.narrow ? 330 : 380;
    const placed = layOutCloud(words, size.width, height, size.narrow ? 34 : 58);
    return {
      options: {
        height,
        margin: 0,
        axis: null,
        x: { type: 'identity' },
        y: { type: 'identity' },
        marks: [
          Plot.text(placed, {
            x: 'x',
            y: 'y',
            text: 'text',
            fontSize: (word: PlacedWord) => word.size,
            fill: (word: PlacedWord) => word.colour,
            lineAnchor: 'bottom',
            fontWeight: 600,
            title: (word: PlacedWord) => `${word.text}: ${word.count.toLocaleString('en')} films`,
          }),
        ],
        color: { type: 'identity' },
      },
      // The words keep the widths they were placed with, in any font.
      finish: (svg) => {
        const widths = new Map(placed.map((word) => [word.text, word.width]));
        for (const text of svg.querySelectorAll('text')) {
          const own = [...text.childNodes].find((node) => node.nodeType === 3)?.textContent ?? '';
          const width = widths.get(own);
          if (width === undefined) continue;
          text.setAttribute('textLength', width.toFixed(1));
          text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
        }
      },
    };
  };
}
