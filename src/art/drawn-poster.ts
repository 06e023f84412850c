/**
 * A poster drawn for a film whose own can't be shown: a picture of what it feels like in its genre's colours, its title
 * and year.
 * The same film always gets the same poster. SVG, 500 × 750, no script, no outside reference.
 */

import { isMotif, planMotifs } from '../shared/poster-motifs.ts';
import { clean, escapeMarkup } from '../shared/text.ts';
import { type Face, fitLines, isDrawable, lettered, type Sizes } from './lettering.ts';
import { chanceOf, HEIGHT, n, WIDTH } from './scenes/kit.ts';
import { MOTIF_DRAWINGS } from './scenes/motifs.ts';
import { type Look, lookOf } from './scenes/palettes.ts';

/** What a poster is drawn from. */
export interface PosterSubject {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  /** TMDb genre names. */
  readonly genres: readonly string[];
  /** The picture that an answer chose; without one the film's own. */
  readonly motif?: string;
  /** What the film feels like, for choosing. */
  readonly terms?: Readonly<Record<string, number>>;
  readonly worlds?: Readonly<Record<string, number>>;
  readonly keywords?: readonly string[];
}

const FACES: Readonly<Record<Look['type'], { readonly face: Face; readonly tracking: number }>> = {
  caps: { face: 'caps', tracking: 0.05 },
  serif: { face: 'display', tracking: -0.005 },
  sans: { face: 'bold', tracking: -0.015 },
};

const MARGIN = 40;
/** Font sizes to try, each with the most lines it may take. */
const SIZES: Sizes = [
  [72, 2],
  [58, 3],
  [47, 3],
  [38, 4],
  [31, 5],
  [25, 7],
];

/**
 * Draws the poster. Titles may hold any text: they are cleaned, wrapped and escaped.
 *
 * @param options `grain: false` leaves out the noise of print, which makes a PNG ten times as large
 */
export function drawnPoster(subject: PosterSubject, options: { readonly grain?: boolean } = {}): string {
  const grain =
    options.grain === false
      ? ''
      : `<rect width="${WIDTH}" height="${HEIGHT}" filter="url(#n)" opacity="0.38"/>`;
  const chance = chanceOf(subject.id);
  const look = lookOf(subject.genres, chance);
  const palette = chance.pick(look.palettes);
  const asked = subject.motif !== undefined && isMotif(subject.motif) ? subject.motif : undefined;
  const motif = MOTIF_DRAWINGS[asked ?? planMotifs([subject])[0]!];
  // Half of all posters are mirrored: twice the variety for one line.
  const flip = chance.next() < 0.5 ? ` transform="translate(${WIDTH} 0) scale(-1 1)"` : '';
  const { face, tracking } = FACES[look.type];
  const named = clean(subject.title, 160);
  const plain = isDrawable(named, face) ? named : '—';
  const title = look.type === 'caps' ? plain.toLocaleUpperCase('en') : plain;
  const { size, lines } = fitLines(title, { face, tracking }, WIDTH - 2 * MARGIN, SIZES);
  const leading = size * 1.12;
  const bottom = HEIGHT - 74;
  const first = bottom - (lines.length - 1) * leading;
  const centred = { fill: palette.ink, anchor: 'middle' } as const;
  const text = lines
    .map((words, at) =>
      lettered(words, WIDTH / 2, first + at * leading, {
        ...centred,
        face,
        size,
        spacing: size * tracking,
      }),
    )
    .join('');
  const facts = [String(subject.year ?? ''), ...subject.genres.slice(0, 2)]
    .map((fact) => clean(fact, 20))
    .filter((fact) => fact !== '');
  const small = lettered(facts.join(' · '), WIDTH / 2, HEIGHT - 34, {
    ...centred,
    face: 'text',
    size: 15,
    spacing: 1.2,
  });
  const name = escapeMarkup(named || plain);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${name}"><defs><linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="${palette.sky}"/><stop offset="0.78" stop-color="${palette.ground}"/></linearGradient><linearGradient id="f" x2="0" y2="1"><stop offset="0" stop-color="${palette.ground}" stop-opacity="0"/><stop offset="0.55" stop-color="${palette.ground}" stop-opacity="0.94"/><stop offset="1" stop-color="${palette.ground}"/></linearGradient><filter id="n" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.8" numOctaves="2" seed="${subject.id % 997}"/><feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.45  0 0 0 0 0.4  0.5 0.5 0 0 -0.36"/></filter><clipPath id="frame"><rect width="${WIDTH}" height="${HEIGHT}"/></clipPath></defs><g clip-path="url(#frame)"><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#g)"/><g${flip}>${motif(chance, palette)}</g><rect y="${n(first - leading - 100)}" width="${WIDTH}" height="${n(HEIGHT - first + leading + 101)}" fill="url(#f)"/>${grain}<rect x="14" y="14" width="${WIDTH - 28}" height="${HEIGHT - 28}" fill="none" stroke="${palette.ink}" stroke-width="1.5" opacity="0.4"/></g>${text}${small}</svg>`;
}
