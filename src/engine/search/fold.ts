/** Tables that make different spellings of one letter the same letter. Data only, so that a row is easy to add. */
import japaneseToTraditional from 'opencc-js/dict/JPShinjitaiCharacters';
import traditionalToSimplified from 'opencc-js/dict/TSCharacters';

/** Letters that Unicode does not decompose, after lower-casing. */
const LATIN: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'ng',
  ƒ: 'f',
  ə: 'e',
  ɪ: 'i',
  ς: 'σ',
};

/** Arabic and Persian write the same letter with several code points; keyboards rarely agree on which. */
const ARABIC: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ے: 'ي',
  ک: 'ك',
  ڪ: 'ك',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ـ: '',
};

/** Letters of the same shape-family in Cyrillic alphabets that people swap when their keyboard lacks one. */
const CYRILLIC: Readonly<Record<string, string>> = { ґ: 'г', є: 'е', і: 'и' };

/** Decimal digits of Arabic, Persian and Devanagari to ASCII. */
const DIGITS: Readonly<Record<string, string>> = Object.fromEntries(
  [0x660, 0x6f0, 0x966].flatMap((zero) =>
    Array.from({ length: 10 }, (_, digit) => [String.fromCharCode(zero + digit), String(digit)]),
  ),
);

/** One letter → its replacement. Applied after NFKD, lower-casing and the removal of accents. */
export const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...LATIN, ...ARABIC, ...CYRILLIC, ...DIGITS }),
);

/**
 * Combining marks that are accents: a person may leave them out. The vowel signs of Devanagari or Thai and
 * the voicing marks of kana are marks as well, yet part of the letter, and stay.
 */
export const ACCENTS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: the marks are meant one by one
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/gu;

/** Pairs of OpenCC's: one character, a space, what stands for it, perhaps others. */
const pairs = (table: string) => table.split('|').map((pair) => pair.split(' ') as [string, string]);

/** Traditional or Japanese Han character → the simplified one that stands for it in the index (tables of OpenCC). */
export const HAN: ReadonlyMap<string, string> = (() => {
  const simplified = new Map(pairs(traditionalToSimplified));
  const all = new Map(simplified);
  for (const [japanese, traditional] of pairs(japaneseToTraditional)) {
    // 万 and its like are simplified forms as well.
    all.set(japanese, simplified.get(traditional) ?? traditional);
  }
  for (const [from, to] of ['妳你', '戸户', '竜龙']) all.set(from!, to!);
  return all;
})();
