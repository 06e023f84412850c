/** A picture that sets what the song feels like beside what the film feels like; lines join what both share. */
import type { Words } from '../i18n/index.ts';
import { clean, escapeMarkup } from '../shared/text.ts';

/** One column: feelings by strength, then worlds. */
interface Side {
  readonly terms: readonly { readonly name: string; readonly strength: number; readonly shared: boolean }[];
  readonly worlds: readonly { readonly name: string; readonly shared: boolean }[];
}

const WIDTH = 340;
const MARGIN = 16;
/** Width of a column. */
const COLUMN = 134;
const RIGHT = WIDTH - MARGIN - COLUMN;
const HEAD = 30;
const TERM_HEIGHT = 31;
const WORLD_HEIGHT = 21;
const BAR_HEIGHT = 5;
const FONT = 14;

/** Colours; a page passes those of its theme. */
export interface ProfileColours {
  readonly ground: string;
  readonly ink: string;
  readonly song: string;
  readonly film: string;
}

/** For platforms that show a PNG on any background: a dark card of its own. */
export const CARD_COLOURS: ProfileColours = {
  ground: '#1d1715',
  ink: '#f4e9dc',
  song: '#f2b35e',
  film: '#f08a7c',
};

const safe = (text: string, most = 60) => escapeMarkup(clean(text, most));

/** Rough width of a text, in the widest of the fonts: scripts of East Asia are squares. */
function widthOf(text: string, size: number, bold: boolean): number {
  const latin = (bold ? 0.68 : 0.6) * size;
  return [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? size : latin), 0);
}

interface Row {
  readonly name: string;
  readonly shared: boolean;
  /** Baseline of the text. */
  readonly y: number;
  /** 0…1; null for a world. */
  readonly strength: number | null;
}

function rowsOf({ terms, worlds }: Side, worldsFrom: number): Row[] {
  return [
    ...terms.map((term, at) => ({ ...term, y: HEAD + 24 + at * TERM_HEIGHT })),
    ...worlds.map((world, at) => ({ ...world, strength: null, y: worldsFrom + 18 + at * WORLD_HEIGHT })),
  ];
}

function rowMarkup(row: Row, x: number, fill: string, ink: string): string {
  const { name, shared, y, strength } = row;
  const size = Math.min(FONT, (FONT * COLUMN) / widthOf(name, FONT, shared)).toFixed(1);
  const text = `<text x="${x}" y="${y}" font-size="${size}" fill="${ink}" font-weight="${shared ? 700 : 400}">${safe(name)}</text>`;
  if (strength === null) return text;
  const length = Math.round(COLUMN * Math.max(0.02, Math.min(1, Number.isFinite(strength) ? strength : 0)));
  const bar = (width: number, opacity: number, colour: string) =>
    `<rect x="${x}" y="${y + 6}" width="${width}" height="${BAR_HEIGHT}" rx="2.5" fill="${colour}" fill-opacity="${opacity}"/>`;
  return text + bar(COLUMN, 0.14, ink) + bar(length, shared ? 1 : 0.5, fill);
}

/** A line between the same word on both sides, with a dot at either end. */
function joinMarkup(left: Row, right: Row, colours: ProfileColours): string {
  const [from, to] = [MARGIN + COLUMN + 8, RIGHT - 8];
  const [y1, y2] = [left.y - 4, right.y - 4];
  const middle = (from + to) / 2;
  return (
    `<path d="M${from} ${y1}C${middle} ${y1} ${middle} ${y2} ${to} ${y2}" fill="none" stroke="${colours.ink}" stroke-width="1.6" stroke-opacity="0.75"/>` +
    `<circle cx="${from}" cy="${y1}" r="4" fill="${colours.song}"/><circle cx="${to}" cy="${y2}" r="4" fill="${colours.film}"/>`
  );
}

/** The picture as SVG, 340 wide, its caption as the text alternative. */
export function profilePicture(
  profiles: { readonly song: Side; readonly film: Side; readonly caption: string },
  words: Words,
  colours: ProfileColours = CARD_COLOURS,
): string {
  const { song, film, caption } = profiles;
  const most = (side: 'terms' | 'worlds') => Math.max(song[side].length, film[side].length);
  const worldsFrom = HEAD + 12 + most('terms') * TERM_HEIGHT;
  const height = worldsFrom + (most('worlds') > 0 ? 12 + most('worlds') * WORLD_HEIGHT : 0);
  const [left, right] = [rowsOf(song, worldsFrom), rowsOf(film, worldsFrom)];
  const joins = left.flatMap((row) => {
    const other = right.find(({ name }) => name === row.name);
    return row.shared && other ? [joinMarkup(row, other, colours)] : [];
  });
  const head = (x: number, text: string, fill: string) =>
    `<text x="${x}" y="25" font-size="13" font-weight="700" fill="${fill}">${safe(text)}</text>`;
  const rule =
    most('worlds') > 0 && most('terms') > 0
      ? `<path d="M${MARGIN} ${worldsFrom}H${WIDTH - MARGIN}" stroke="${colours.ink}" stroke-opacity="0.25"/>`
      : '';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${safe(caption, 1000)}" font-family="system-ui,'Segoe UI','Open Sans','DejaVu Sans',sans-serif">` +
    `<rect width="${WIDTH}" height="${height}" rx="12" fill="${colours.ground}"/>` +
    head(MARGIN, words.t('profile.song'), colours.song) +
    head(RIGHT, words.t('profile.film'), colours.film) +
    rule +
    left.map((row) => rowMarkup(row, MARGIN, colours.song, colours.ink)).join('') +
    right.map((row) => rowMarkup(row, RIGHT, colours.film, colours.ink)).join('') +
    joins.join('') +
    '</svg>'
  );
}
