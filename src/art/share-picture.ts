/**
 * The picture that people post: the song, its five films with their scores, and one line of why. 1200 × 630, the size
 * that chats and feeds show whole; SVG without scripts, fonts or outside references.
 */
import { clean, escapeMarkup } from '../shared/text.ts';
import { drawnPoster, type PosterSubject } from './drawn-poster.ts';
import { fitLines, lettered, widthOf } from './lettering.ts';

export const PICTURE_WIDTH = 1200;
export const PICTURE_HEIGHT = 630;

/** One film of the picture. */
export interface PictureFilm extends PosterSubject {
  /** Two decimals in the reader's notation. */
  readonly scoreText: string;
  /** Its real poster, where it may be shown: a JPEG or PNG. */
  readonly image?: { readonly mediaType: string; readonly bytes: Uint8Array };
}

export interface PictureContent {
  /** One line over the title, such as “Five films that feel like”. */
  readonly lead: string;
  readonly title: string;
  readonly artists: string;
  /** Best first, at most five. */
  readonly films: readonly PictureFilm[];
  /** One sentence, or empty. */
  readonly why: string;
  /** The whole in words, for those who cannot see it. */
  readonly alt: string;
}

const MARGIN = 52;
const GAP = 18;
const POSTER_WIDTH = (PICTURE_WIDTH - 2 * MARGIN - 4 * GAP) / 5;
const POSTER_HEIGHT = POSTER_WIDTH * 1.5;
const POSTER_TOP = 224;
const COLOURS = { paper: '#14100f', ink: '#f6ebdd', soft: '#cdbcab', gold: '#f2b35e', red: '#c2413b' };

/** A drawing inside another: its ids must be its own. */
function nested(svg: string, prefix: string, x: number, y: number, width: number, height: number): string {
  return svg
    .replace(/\b(id="|url\(#)(\w+)/g, `$1${prefix}$2`)
    .replace(/ (?:width|height)="[^"]*" (?:height="[^"]*" )?role="img"/, '')
    .replace('<svg ', `<svg x="${x}" y="${y}" width="${width}" height="${height}" `);
}

function posterMarkup(film: PictureFilm, at: number): string {
  const x = MARGIN + at * (POSTER_WIDTH + GAP);
  const { image } = film;
  const drawn = image
    ? `<image x="${x}" y="${POSTER_TOP}" width="${POSTER_WIDTH}" height="${POSTER_HEIGHT}" preserveAspectRatio="xMidYMid slice" href="data:${image.mediaType};base64,${Buffer.from(image.bytes).toString('base64')}"/>`
    : nested(drawnPoster(film, { grain: false }), `p${at}`, x, POSTER_TOP, POSTER_WIDTH, POSTER_HEIGHT);
  const frame = `x="${x}" y="${POSTER_TOP}" width="${POSTER_WIDTH}" height="${POSTER_HEIGHT}" rx="10"`;
  const label = widthOf(film.scoreText, 'bold', 23) + 26;
  const [badgeX, badgeY] = [x + POSTER_WIDTH - label - 10, POSTER_TOP + 10];
  return (
    `<rect ${frame} fill="#000" fill-opacity="0.45" transform="translate(0 9)"/>` +
    `<clipPath id="c${at}"><rect ${frame}/></clipPath><g clip-path="url(#c${at})">${drawn}</g>` +
    `<rect ${frame} fill="none" stroke="#fff" stroke-opacity="0.14"/>` +
    `<rect x="${badgeX}" y="${badgeY}" width="${label}" height="36" rx="18" fill="${COLOURS.paper}" fill-opacity="0.92"/>` +
    lettered(film.scoreText, badgeX + label / 2, badgeY + 26.5, {
      face: 'bold',
      size: 23,
      fill: COLOURS.gold,
      anchor: 'middle',
    })
  );
}

/** The mark of the page and its name, ending at the right margin. */
function brand(): string {
  const right = PICTURE_WIDTH - MARGIN;
  const [left, middle, end] = ['Music', '2', 'Movie'].map((part) => widthOf(part, 'display', 27)) as [
    number,
    number,
    number,
  ];
  const x = right - left - middle - end;
  const style = { face: 'display', size: 27 } as const;
  return (
    `<g transform="translate(${x - 50} 37) scale(0.95)"><rect x="2" y="6" width="36" height="28" rx="6" fill="${COLOURS.red}"/><path d="M10 23v-6M15 27V13M20 24v-8M25 29V11M30 22v-4" stroke="#fff6ea" stroke-width="2.6" stroke-linecap="round" fill="none"/></g>` +
    lettered('Music', x, 66, { ...style, fill: COLOURS.ink }) +
    lettered('2', x + left, 66, { ...style, fill: '#f08a7c' }) +
    lettered('Movie', x + left + middle, 66, { ...style, fill: COLOURS.ink })
  );
}

/** Draws the picture. Texts may hold anything: they are cleaned, fitted and escaped. */
export function sharePicture(content: PictureContent): string {
  const room = PICTURE_WIDTH - 2 * MARGIN;
  const title = fitLines(clean(content.title, 120) || '—', { face: 'display', tracking: -0.01 }, room, [
    [76, 1],
    [62, 1],
    [50, 1],
    [42, 1],
    [36, 2],
  ]);
  const style = {
    face: 'display',
    size: title.size,
    spacing: -0.01 * title.size,
    fill: COLOURS.ink,
  } as const;
  const base = title.lines.length > 1 ? 112 : 138;
  const lines = title.lines.map((line, at) => lettered(line, MARGIN, base + at * title.size * 1.08, style));
  const artists = fitLines(clean(content.artists, 120), { face: 'bold' }, room, [[27, 1]]);
  const why = fitLines(clean(content.why, 160), { face: 'text' }, room, [
    [25, 1],
    [21, 1],
  ]);
  const films = content.films.slice(0, 5);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PICTURE_WIDTH} ${PICTURE_HEIGHT}" width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" role="img" aria-label="${escapeMarkup(clean(content.alt, 600))}">` +
    '<defs><radialGradient id="lamp" cx="0.86" cy="-0.1" r="0.9"><stop offset="0" stop-color="#f2a652" stop-opacity="0.34"/><stop offset="1" stop-color="#f2a652" stop-opacity="0"/></radialGradient><radialGradient id="velvet" cx="0.05" cy="1.1" r="0.8"><stop offset="0" stop-color="#a62c2b" stop-opacity="0.4"/><stop offset="1" stop-color="#a62c2b" stop-opacity="0"/></radialGradient></defs>' +
    `<rect width="100%" height="100%" fill="${COLOURS.paper}"/><rect width="100%" height="100%" fill="url(#velvet)"/><rect width="100%" height="100%" fill="url(#lamp)"/>` +
    lettered(clean(content.lead, 80), MARGIN, 60, { face: 'text', size: 25, fill: COLOURS.soft }) +
    brand() +
    lines.join('') +
    (artists.lines[0]
      ? lettered(artists.lines[0], MARGIN, 190, { face: 'bold', size: 27, fill: COLOURS.gold })
      : '') +
    films.map(posterMarkup).join('') +
    (why.lines[0]
      ? lettered(why.lines[0], PICTURE_WIDTH / 2, 588, {
          face: 'text',
          size: why.size,
          fill: COLOURS.ink,
          anchor: 'middle',
        })
      : '') +
    '</svg>'
  );
}
