/** Readings of what people type into filters. Each returns null for what it does not understand. */

import { namesOf, wordsFor } from '../../i18n/index.ts';
import { FILM_GENRES, type FilmGenre } from '../../shared/film-genres.ts';
import { MAINSTREAM_LEVELS, type Mainstream } from '../query.ts';
import { genreNamed } from './genres.ts';

/** The first film year; years ahead of it can't filter anything. */
export const FIRST_YEAR = 1870;
export const LAST_YEAR = 2100;
/** Minutes; longer than any film of the catalogue. */
export const MAX_RUNTIME = 1000;

export function parseGenres(text: string): FilmGenre[] | null {
  const names = text.split(/[,/|;]+/).filter((name) => name.trim() !== '');
  const genres = names.map(genreNamed);
  if (names.length === 0 || names.length > 19 || genres.includes(null)) return null;
  // In one order, so that the same filter looks the same however it was typed.
  return FILM_GENRES.filter((genre) => genres.includes(genre));
}

/** `1994`, `1990s`, `90s`, `1990-1999`, `<1970`, `>2000`, `since 2000`, `before 1970`. */
export function parseYears(text: string): [number, number] | null {
  const t = text.trim().toLowerCase().replace(/[–—]/g, '-').replace(/\s+/g, ' ');
  const decade =
    /^'?(\d{2}|\d{4}) ?(?:s|er|er[ -]jahre|年代|년대)$/.exec(t)?.[1] ??
    /^(?:(?:les |los |os )?(?:années|años|anos)|jahre) (\d{2}|\d{4})$/.exec(t)?.[1];
  if (decade) {
    const from = decade.length === 4 ? Number(decade) : Number(decade) + (Number(decade) < 30 ? 2000 : 1900);
    return from % 10 === 0 ? bounded(from, from + 9, FIRST_YEAR, LAST_YEAR) : null;
  }
  const range = /^(\d{4}) ?(?:-|to|\.\.) ?(\d{4})$/.exec(t);
  if (range) return bounded(Number(range[1]), Number(range[2]), FIRST_YEAR, LAST_YEAR);
  if (/^\d{4}$/.test(t)) return bounded(Number(t), Number(t), FIRST_YEAR, LAST_YEAR);
  const before = /^(?:<|before ?|-|until ?) ?(\d{4})$/.exec(t)?.[1];
  if (before) {
    return bounded(FIRST_YEAR, Number(before) - (/^(<|before)/.test(t) ? 1 : 0), FIRST_YEAR, LAST_YEAR);
  }
  const after = /^(?:>|after ?|since ?|from ?) ?(\d{4})$/.exec(t)?.[1] ?? /^(\d{4}) ?[-+]$/.exec(t)?.[1];
  if (after) return bounded(Number(after) + (/^(>|after)/.test(t) ? 1 : 0), LAST_YEAR, FIRST_YEAR, LAST_YEAR);
  return null;
}

/** Minutes: `90-120`, `<100`, `>150`, `under 100`, `100` (up to). */
export function parseRuntime(text: string): [number, number] | null {
  const t = text
    .trim()
    .toLowerCase()
    .replace(/[–—]/g, '-')
    .replace(/ ?(minutes|mins|min|m)$/, '');
  const range = /^(\d{1,4}) ?(?:-|to|\.\.) ?(\d{1,4})$/.exec(t);
  if (range) return bounded(Number(range[1]), Number(range[2]), 0, MAX_RUNTIME);
  const most = /^(?:<=?|under|below|up to|max)? ?(\d{1,4})$/.exec(t)?.[1];
  if (most) return bounded(0, Number(most), 0, MAX_RUNTIME);
  const least = /^(?:>=?|over|above|from|min) ?(\d{1,4})$/.exec(t)?.[1] ?? /^(\d{1,4}) ?[-+]$/.exec(t)?.[1];
  if (least) return bounded(Number(least), MAX_RUNTIME, 0, MAX_RUNTIME);
  return null;
}

function bounded(from: number, to: number, least: number, most: number): [number, number] | null {
  return from <= to && from >= least && to <= most ? [from, to] : null;
}

/** A rating of 0…10 in tenths; a comma may stand for the point. */
export function parseRating(value: string | number): number | null {
  const text = String(value)
    .trim()
    .replace(',', '.')
    .replace(/^>=?\s*|\+$/g, '');
  if (!/^\d{1,2}(\.\d{1,3})?$/.test(text)) return null;
  const rating = Math.round(Number(text) * 10) / 10;
  return rating <= 10 ? rating : null;
}

/** Levels by what they are called in each language. */
const LEVELS: ReadonlyMap<string, Mainstream> = new Map(
  MAINSTREAM_LEVELS.flatMap((level) =>
    [level, ...namesOf(`mainstream.${level}`)].map((name) => [name.toLowerCase(), level] as const),
  ),
);

/** `hidden`, `balanced`, `known`, or what a level is called in any language. */
export function parseMainstream(text: string): Mainstream | null {
  return LEVELS.get(text.trim().toLowerCase()) ?? null;
}

/**
 * Languages by code or name, in English or in the asker's language.
 *
 * @param codes the catalogue's languages, ISO 639-1
 */
export function parseLanguages(text: string, codes: readonly string[], locale: string): string[] | null {
  const named = text
    .toLowerCase()
    .split(/[,/|;]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (named.length === 0 || named.length > 10) return null;
  const byName = new Map<string, string>();
  for (const words of [wordsFor('en'), wordsFor(locale)]) {
    for (const code of codes) byName.set(words.languageName(code).toLowerCase(), code);
  }
  byName.set('mandarin', 'zh');
  const found = named.map((name) => (codes.includes(name) ? name : (byName.get(name) ?? null)));
  return found.includes(null) ? null : [...new Set(found as string[])];
}

const YES: ReadonlySet<string> = new Set(
  ['yes', 'y', 'true', 'on', '1', 'me', 'ja', 'oui', 'sí', 'si', 'sim', 'はい', '네', '예'].map((word) =>
    word.normalize('NFC'),
  ),
);
const NO: ReadonlySet<string> = new Set([
  'no',
  'n',
  'false',
  'off',
  '0',
  'nein',
  'non',
  'não',
  'いいえ',
  '아니요',
  '아니오',
]);

/** `yes`, `no`, `true`, `on`… in any of our languages, or a platform's own boolean. */
export function parseYesNo(value: string | boolean): boolean | null {
  if (typeof value === 'boolean') return value;
  const word = value.trim().normalize('NFC').toLowerCase();
  if (YES.has(word)) return true;
  if (NO.has(word)) return false;
  return null;
}
