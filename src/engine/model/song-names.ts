/**
 * What a song is called, as letter triples and words of title, album and artists: they tell a language, a scene,
 * an occasion, where nobody has described the song.
 */
import type { Song } from '../types.ts';

export type SongNames = Pick<Song, 'title' | 'album' | 'artists'>;

/** Lower case, no accents, anything but letters and digits as one space. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const SCRIPTS = [
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Cyrillic',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Greek',
  'Thai',
  'Tamil',
].map((name) => [`script:${name}`, new RegExp(`\\p{Script=${name}}`, 'u')] as const);

function triples(
  text: string,
  prefix: string,
  add: (gram: string, count: number) => void,
  count: number,
): void {
  const padded = ` ${text} `;
  for (let i = 0; i + 3 <= padded.length; i++) add(prefix + padded.slice(i, i + 3), count);
}

/** Gram → how often it stands there. */
export function songGrams({ title, album, artists }: SongNames): Map<string, number> {
  const grams = new Map<string, number>();
  const add = (gram: string, count: number) => grams.set(gram, (grams.get(gram) ?? 0) + count);
  const work = fold(`${title} | ${album}`);
  const people = fold(artists.join(' '));
  triples(work, '', add, 1);
  triples(people, 'by:', add, 0.5);
  for (const word of work.split(' ')) if (word !== '') add(`word:${word}`, 1);
  const raw = `${title} ${album} ${artists.join(' ')}`;
  for (const [gram, script] of SCRIPTS) if (script.test(raw)) add(gram, 3);
  for (const letter of new Set(raw.toLowerCase())) if (letter > '\u007f') add(`letter:${letter}`, 1);
  return grams;
}

/** The grams that the model knows, weighted and at unit length: gram index → weight. */
export function weighGrams(
  grams: ReadonlyMap<string, number>,
  vocabulary: ReadonlyMap<string, number>,
  idf: ArrayLike<number>,
): Map<number, number> {
  const weights = new Map<number, number>();
  let squares = 0;
  for (const [gram, count] of grams) {
    const index = vocabulary.get(gram);
    if (index === undefined) continue;
    const weight = (1 + Math.log(1 + count)) * idf[index]!;
    weights.set(index, weight);
    squares += weight * weight;
  }
  const length = Math.sqrt(squares);
  if (length > 0) for (const [index, weight] of weights) weights.set(index, weight / length);
  return weights;
}
