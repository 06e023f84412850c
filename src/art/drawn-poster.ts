/**
 * A poster drawn for a film whose own can't be shown: its genre's picture and colours, its title and year.
 * The same film always gets the same poster. SVG, 500 × 750, no script, no outside reference.
 */

import { clean, escapeMarkup, graphemes } from '../shared/text.ts';
import { chanceOf, HEIGHT, n, WIDTH } from './scenes/kit.ts';
import { type Look, lookOf } from './scenes/palettes.ts';

/** What a poster is drawn from. */
export interface PosterSubject {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  /** TMDb genre names. */
  readonly genres: readonly string[];
}

const FACES: Readonly<Record<Look['type'], { family: string; weight: number; spacing: number }>> = {
  caps: {
    family:
      "'Avenir Next Condensed','Arial Narrow','Roboto Condensed','Open Sans','DejaVu Sans Condensed',sans-serif",
    weight: 700,
    spacing: 0.06,
  },
  serif: {
    family: "'Iowan Old Style','Palatino Linotype',Palatino,Georgia,'DejaVu Serif',serif",
    weight: 700,
    spacing: -0.01,
  },
  sans: {
    family: "'Avenir Next','Helvetica Neue','Segoe UI','Open Sans','DejaVu Sans',sans-serif",
    weight: 700,
    spacing: -0.015,
  },
};

const MARGIN = 40;
const LINE_WIDTH = WIDTH - 2 * MARGIN;
/** Font sizes to try, each with the most lines it may take. */
const SIZES: readonly (readonly [number, number])[] = [
  [66, 2],
  [56, 3],
  [46, 3],
  [38, 4],
  [31, 5],
  [25, 7],
];
const LAST_SIZE = SIZES[SIZES.length - 1]!;

/** Width of one grapheme in ems: a little more than the widest usual face needs. */
function ems(cluster: string): number {
  if (
    /^[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]|\p{Extended_Pictographic}/u.test(
      cluster,
    )
  )
    return 1.05;
  if (/^[ilI.,:;'’!|]/.test(cluster)) return 0.4;
  if (/^[mwMW@%]/.test(cluster)) return 1.02;
  if (/^\s/.test(cluster)) return 0.35;
  if (/^\p{Lu}/u.test(cluster)) return 0.8;
  return 0.68;
}

const SPACELESS = /[\u2e80-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/;

/** Breaks a title into lines of at most `width` ems; words longer than a line are cut, and `cut` says so. */
function wrap(title: string, width: number, spacing: number): { lines: string[]; cut: boolean } {
  const widthOf = (text: string) => graphemes(text).reduce((sum, g) => sum + ems(g) + spacing, 0);
  const lines: string[] = [];
  let current = '';
  let cut = false;
  const place = (piece: string, gap: string) => {
    if (current !== '' && widthOf(current + gap + piece) <= width) {
      current += gap + piece;
      return;
    }
    if (current !== '') lines.push(current);
    current = '';
    for (const cluster of graphemes(piece)) {
      if (current !== '' && widthOf(current + cluster) > width) {
        lines.push(current);
        current = '';
        cut = true;
      }
      current += cluster;
    }
  };
  for (const word of title.split(' ')) {
    // Scripts that set no spaces may break between any two characters.
    if (!SPACELESS.test(word)) place(word, ' ');
    else for (const [at, cluster] of graphemes(word).entries()) place(cluster, at === 0 ? ' ' : '');
  }
  if (current !== '') lines.push(current);
  return { lines, cut };
}

/** The title's lines at the largest size that holds them; the last resort ends in an ellipsis. */
function setTitle(title: string, spacing: number): { size: number; lines: string[] } {
  for (const [size, most] of SIZES) {
    const { lines, cut } = wrap(title, LINE_WIDTH / size, spacing);
    if (lines.length <= most && !cut) return { size, lines };
  }
  const [size, most] = LAST_SIZE;
  const { lines } = wrap(title, LINE_WIDTH / size, spacing);
  if (lines.length <= most) return { size, lines };
  const kept = lines.slice(0, most);
  kept[most - 1] = `${graphemes(kept[most - 1]!)
    .slice(0, -1)
    .join('')}…`;
  return { size, lines: kept };
}

/** Draws the poster. Titles may hold any text: they are cleaned, wrapped and escaped. */
export function drawnPoster(subject: PosterSubject): string {
  const chance = chanceOf(subject.id);
  const look = lookOf(subject.genres, chance);
  const palette = chance.pick(look.palettes);
  // Half of all posters are mirrored: twice the variety for one line.
  const flip = chance.next() < 0.5 ? ` transform="translate(${WIDTH} 0) scale(-1 1)"` : '';
  const face = FACES[look.type];
  const plain = clean(subject.title, 160) || '—';
  const title = look.type === 'caps' ? plain.toLocaleUpperCase('en') : plain;
  const { size, lines } = setTitle(title, face.spacing);
  const leading = size * 1.12;
  const bottom = HEIGHT - 74;
  const first = bottom - (lines.length - 1) * leading;
  const text = lines
    .map((words, at) => `<text x="${WIDTH / 2}" y="${n(first + at * leading)}">${escapeMarkup(words)}</text>`)
    .join('');
  const small = [subject.year ?? '', ...subject.genres.slice(0, 2)]
    .filter((part) => part !== '')
    .join('  ·  ');
  const name = escapeMarkup(plain);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${name}"><defs><linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="${palette.sky}"/><stop offset="0.78" stop-color="${palette.ground}"/></linearGradient><linearGradient id="f" x2="0" y2="1"><stop offset="0" stop-color="${palette.ground}" stop-opacity="0"/><stop offset="0.55" stop-color="${palette.ground}" stop-opacity="0.94"/><stop offset="1" stop-color="${palette.ground}"/></linearGradient><filter id="n" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.8" numOctaves="2" seed="${subject.id % 997}"/><feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.45  0 0 0 0 0.4  0.5 0.5 0 0 -0.36"/></filter><clipPath id="frame"><rect width="${WIDTH}" height="${HEIGHT}"/></clipPath></defs><g clip-path="url(#frame)"><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#g)"/><g${flip}>${chance.pick(look.motifs)(chance, palette)}</g><rect y="${n(first - leading - 100)}" width="${WIDTH}" height="${n(HEIGHT - first + leading + 101)}" fill="url(#f)"/><rect width="${WIDTH}" height="${HEIGHT}" filter="url(#n)" opacity="0.38"/><rect x="14" y="14" width="${WIDTH - 28}" height="${HEIGHT - 28}" fill="none" stroke="${palette.ink}" stroke-width="1.5" opacity="0.4"/></g><g fill="${palette.ink}" text-anchor="middle" unicode-bidi="plaintext" font-family="${face.family}" font-size="${size}" font-weight="${face.weight}" letter-spacing="${n(size * face.spacing)}">${text}<text x="${WIDTH / 2}" y="${HEIGHT - 34}" font-size="14.5" font-weight="400" letter-spacing="2">${escapeMarkup(small)}</text></g></svg>`;
}
