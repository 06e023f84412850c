/** A small picture that sets the song's mood beside the film's: sad to happy, calm to intense. */
import sharp from 'sharp';
import type { MoodPoint } from '../engine/types.ts';
import type { Words } from '../i18n/index.ts';
import { escapeMarkup } from '../shared/text.ts';

const WIDTH = 300;
const HEIGHT = 220;
const LEFT = 26;
const RIGHT = WIDTH - 26;
const TOP = 24;
const BOTTOM = HEIGHT - 30;
/** Keeps a dot and its name inside the plane. */
const EDGE = 12;

/** Colours; a page passes `currentColor` and lets its theme decide. */
export interface MoodColours {
  readonly ground: string;
  readonly ink: string;
  readonly song: string;
  readonly film: string;
}

/** For platforms that show a PNG on any background: a dark card of its own. */
export const CARD_COLOURS: MoodColours = {
  ground: '#1d1715',
  ink: '#f4e9dc',
  song: '#f2b35e',
  film: '#e8705f',
};

const clamp = (x: number) => (Number.isFinite(x) ? Math.max(-1, Math.min(1, x)) : 0);
const place = ({ valence, energy }: MoodPoint) => ({
  x: Math.round(LEFT + EDGE + ((clamp(valence) + 1) / 2) * (RIGHT - LEFT - 2 * EDGE)),
  y: Math.round(BOTTOM - EDGE - ((clamp(energy) + 1) / 2) * (BOTTOM - TOP - 2 * EDGE)),
});

/** The picture as SVG, 300 × 220, its caption as the text alternative. */
export function moodPicture(
  mood: { readonly song: MoodPoint; readonly film: MoodPoint; readonly caption: string },
  words: Words,
  colours: MoodColours = CARD_COLOURS,
): string {
  const { t } = words;
  const say = (key: Parameters<typeof t>[0]) => escapeMarkup(t(key));
  const [song, film] = [place(mood.song), place(mood.film)];
  const [midX, midY] = [(LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2];
  // Names stand above and below, so that they never cover each other however close the dots are.
  const songAbove = song.y <= film.y;
  const label = (at: { x: number; y: number }, above: boolean, text: string, fill: string) => {
    // At the rim the name stands beside its dot, clear of the axis' words.
    const beside = above ? at.y < TOP + 24 : at.y > BOTTOM - 26;
    const side = at.x > WIDTH / 2 ? -12 : 12;
    const anchor = beside
      ? side < 0
        ? 'end'
        : 'start'
      : at.x < 80
        ? 'start'
        : at.x > WIDTH - 80
          ? 'end'
          : 'middle';
    const [x, y] = beside ? [at.x + side, at.y + 4] : [at.x, above ? at.y - 11 : at.y + 20];
    return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${fill}" font-weight="700">${text}</text>`;
  };
  const axis = `stroke="${colours.ink}" stroke-opacity="0.28" stroke-width="1"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeMarkup(mood.caption)}" font-family="system-ui,'Segoe UI','Open Sans','DejaVu Sans',sans-serif" font-size="12">` +
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="12" fill="${colours.ground}"/>` +
    `<path d="M${LEFT} ${midY}H${RIGHT}M${midX} ${TOP}V${BOTTOM}" ${axis} stroke-dasharray="2 5" fill="none"/>` +
    `<rect x="${LEFT}" y="${TOP}" width="${RIGHT - LEFT}" height="${BOTTOM - TOP}" rx="6" fill="none" ${axis}/>` +
    `<g fill="${colours.ink}" fill-opacity="0.85"><text x="${LEFT}" y="${HEIGHT - 12}">${say('mood.sad')}</text>` +
    `<text x="${RIGHT}" y="${HEIGHT - 12}" text-anchor="end">${say('mood.happy')}</text>` +
    `<text x="${midX}" y="${TOP - 8}" text-anchor="middle">${say('mood.intense')}</text>` +
    `<text x="${midX}" y="${HEIGHT - 12}" text-anchor="middle">${say('mood.calm')}</text></g>` +
    `<line x1="${song.x}" y1="${song.y}" x2="${film.x}" y2="${film.y}" stroke="${colours.ink}" stroke-opacity="0.55" stroke-width="1.5"/>` +
    `<circle cx="${song.x}" cy="${song.y}" r="6.5" fill="${colours.song}"/>` +
    `<rect x="${film.x - 6}" y="${film.y - 6}" width="12" height="12" rx="2.5" fill="${colours.film}"/>` +
    label(song, songAbove, say('mood.song'), colours.song) +
    label(film, !songAbove, say('mood.film'), colours.film) +
    '</svg>'
  );
}

/** Any drawing as a PNG, for platforms that take no SVG. @param width pixels */
export async function pngOf(svg: string, width: number): Promise<Buffer> {
  // 72 dots an inch are one pixel per SVG unit; drawing at the final size keeps edges sharp.
  const { width: units = width } = await sharp(Buffer.from(svg)).metadata();
  return sharp(Buffer.from(svg), { density: Math.max(1, (72 * width) / units) })
    .resize({ width })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
