/** Keys, modes, booleans, ids and other words with a fixed meaning. */
import type { CellReader } from './names.ts';

const PITCHES: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11, h: 11 };
const PITCH =
  /^([a-h])\s*(#|♯|sharp|b|♭|flat)?(?:\s*\/\s*[a-h]\s*(?:#|♯|b|♭)?)?\s*(?:m|min|minor|maj|major|moll|dur)?$/i;

/** Pitch class 0…11 and −1, from a number or a name. */
export const keyReader: CellReader = (cell, note) => {
  if (/^-?\d+(?:\.0+)?$/.test(cell)) {
    const number = Number(cell);
    return number >= -1 && number <= 11 ? String(number) : null;
  }
  const [, letter, sign] = PITCH.exec(cell) ?? [];
  if (!letter) return null;
  note('key-name');
  const shift = /^(?:#|♯|sharp)$/i.test(sign ?? '') ? 1 : sign ? -1 : 0;
  return String((PITCHES[letter.toLowerCase()]! + shift + 12) % 12);
};

/** 1 major, 0 minor. */
export const modeReader: CellReader = (cell, note) => {
  if (/^[01](?:\.0+)?$/.test(cell)) return cell[0]!;
  const isMajor = /^(?:major|maj|dur|mayor|majeur|ionian)$/i.test(cell);
  if (!isMajor && !/^(?:minor|min|moll|menor|mineur|aeolian)$/i.test(cell)) return null;
  note('mode-name');
  return isMajor ? '1' : '0';
};

/** Beats in a bar. */
export const beatsReader: CellReader = (cell, note) => {
  if (/^\d+(?:\.0+)?$/.test(cell)) return String(Number(cell));
  const beats = /^(\d{1,2})\s*\/\s*\d{1,2}$/.exec(cell)?.[1];
  if (beats === undefined) return null;
  note('metre');
  return beats;
};

const TRUE = /^(?:1(?:\.0+)?|t|y|yes|on|ja|oui|si|sí|sim|wahr|vrai|verdadero|explicit|adult|-1)$/i;
const FALSE = /^(?:0(?:\.0+)?|f|n|no|off|nein|non|não|nao|falsch|faux|falso|clean|not explicit)$/i;

/** True or False. */
export const booleanReader: CellReader = (cell, note) => {
  if (/^true$/i.test(cell)) return 'True';
  if (/^false$/i.test(cell)) return 'False';
  const value = TRUE.test(cell) ? 'True' : FALSE.test(cell) ? 'False' : null;
  if (value !== null && !/^[01]$/.test(cell)) note('boolean-word');
  return value;
};

/** TMDb's words for how far a film is. */
const STATUSES = ['Released', 'Post Production', 'In Production', 'Planned', 'Rumored', 'Canceled'];

export const statusReader: CellReader = (cell, note) => {
  if (cell === 'Released') return cell;
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const found = STATUSES.find(
    (status) =>
      plain(status) ===
      plain(cell)
        .replace(/^cancelled$/, 'canceled')
        .replace(/^rumoured$/, 'rumored'),
  );
  if (found !== undefined && found !== cell) note('letter-case');
  return found ?? null;
};

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

/** Two-letter codes by English name. */
const LANGUAGES = new Map<string, string>(
  'ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk km kn ko lt lv mk ml mn mr ms nb ne nl no pa pl pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh zu'
    .split(' ')
    .map((code) => [languageNames.of(code)!.toLowerCase(), code]),
);
// TMDb's own names and codes of the two Chinese languages.
LANGUAGES.set('mandarin', 'zh').set('cantonese', 'cn');

/** The code of a language's English name; empty where it is unknown. */
export const languageCode = (name: string): string => LANGUAGES.get(name.toLowerCase()) ?? '';

export const languageReader: CellReader = (cell, note) => {
  if (/^[a-z]{2}$/i.test(cell)) return cell.toLowerCase();
  const code = languageCode(cell) || shorterCode(cell);
  if (code === '') return null;
  note('language-name');
  return code;
};

/** "en" of "eng" and "en-GB"; empty for what is no code. */
function shorterCode(cell: string): string {
  if (!/^[a-z]{2,3}(?:[-_][a-z]{2,4})?$/i.test(cell)) return '';
  try {
    const code = new Intl.Locale(cell.replace('_', '-')).language;
    return code.length === 2 ? code : '';
  } catch {
    return '';
  }
}

const regionNames = new Intl.DisplayNames('en', { type: 'region' });
/** TMDb's names where they are not those of the Unicode consortium. */
const OWN_REGIONS: Readonly<Record<string, string>> = {
  US: 'United States of America',
  CZ: 'Czech Republic',
  HK: 'Hong Kong',
  TR: 'Turkey',
  BA: 'Bosnia and Herzegovina',
  MK: 'Macedonia',
  TT: 'Trinidad and Tobago',
};

/** The name of a country of two letters; null for other texts. */
export function countryName(code: string): string | null {
  if (!/^[A-Z]{2}$/.test(code)) return null;
  const name = OWN_REGIONS[code] ?? regionNames.of(code);
  return name === undefined || name === code ? null : name;
}

/** TMDb's path of a picture. */
export const posterReader: CellReader = (cell, note) => {
  if (/^\/[^/\s]+$/.test(cell)) return cell;
  const name =
    /^(?:https?:\/\/[^/]*tmdb[^/]*\/t\/p\/[^/]+\/)?([\w-]+\.(?:jpe?g|png|webp|svg))(?:\?.*)?$/i.exec(
      cell,
    )?.[1];
  if (name === undefined) return null;
  note('poster-link');
  return `/${name}`;
};

export const imdbReader: CellReader = (cell, note) => {
  if (/^tt\d{5,12}$/.test(cell)) return cell;
  const linked = /^(?:https?:\/\/)?(?:[\w.]*imdb\.com\/title\/)(tt\d{5,12})\b/i.exec(cell)?.[1];
  const number = /^0*(\d{1,9})(?:\.0)?$/.exec(cell)?.[1];
  if (!linked && !number) return null;
  note('imdb-form');
  return linked ?? `tt${number!.padStart(7, '0')}`;
};

/** Spotify's id of a track. */
export const trackIdReader: CellReader = (cell, note) => {
  if (/^[0-9A-Za-z]{22}$/.test(cell)) return cell;
  const id =
    /^(?:spotify:track:|(?:https?:\/\/)?(?:open|play)\.spotify\.com\/(?:intl-[\w-]+\/)?(?:embed\/)?track\/)([0-9A-Za-z]{22})(?:[/?#].*)?$/i.exec(
      cell,
    )?.[1];
  if (id === undefined) return null;
  note('id-link');
  return id;
};

/** TMDb's number of a film. */
export const filmIdReader: CellReader = (cell, note) => {
  if (/^\d{1,10}$/.test(cell)) return cell;
  if (/^\d{1,10}\.0+$/.test(cell)) return cell.slice(0, cell.indexOf('.'));
  const id = /^(?:https?:\/\/)?(?:[\w.]*themoviedb\.org\/movie\/|tmdb:(?:movie:)?)(\d{1,10})\b/i.exec(
    cell,
  )?.[1];
  if (id === undefined) return null;
  note('id-link');
  return id;
};
