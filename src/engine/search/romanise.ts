/** Titles and names in Latin letters, for whoever cannot type theirs, and texts for catalogues that do not write them. */
import anyAscii from 'any-ascii';
import { toRomaji } from 'wanakana';
import { words } from './normalise.ts';

/** Reads Japanese: katakana, with a space between words; null where it cannot. */
export type JapaneseReader = (text: string) => string | null;

const FOREIGN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAN = /\p{Script=Han}/u;
/** Runs of Chinese characters, and of syllables of Korean. */
const SYLLABLES = /[\p{Script=Han}]+|[\p{Script=Hangul}]+/gu;

/** Whether a text has letters that are not Latin. */
export function isForeign(text: string): boolean {
  return FOREIGN.test(text);
}

/** Whether a text has Chinese characters, of whatever language. */
export function isHan(text: string): boolean {
  return HAN.test(text);
}

/**
 * The words by which a title or a name may be written in Latin letters: none for what is Latin already, one form for
 * most, and a Japanese and a Chinese one for characters that may be either.
 */
export function romanised(text: string, japanese: JapaneseReader | null): string[][] {
  if (!isForeign(text)) return [];
  const forms: string[] = [];
  const kana = KANA.test(text);
  if (!kana) forms.push(letterByLetter(text));
  if (kana || HAN.test(text)) {
    const reading = japanese?.(text) ?? (kana && !HAN.test(text) ? text : null);
    if (reading !== null) forms.push(anyAscii(shortVowels(toRomaji(reading))));
  }
  return forms.map(words).filter((form) => form.length > 0);
}

/** Chinese as separate syllables, as pinyin is typed; Korean words in one piece. */
function letterByLetter(text: string): string {
  const spaced = text.replace(SYLLABLES, (run) =>
    HAN.test(run)
      ? ` ${[...run].map((character) => anyAscii(character)).join(' ')} `
      : anyAscii(run).toLowerCase(),
  );
  return anyAscii(spaced);
}

/** "toukyou" is typed "tokyo". */
function shortVowels(romaji: string): string {
  return romaji.replace(/ou|oo/g, 'o').replace(/uu/g, 'u');
}
