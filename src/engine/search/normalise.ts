import { ACCENTS, HAN, LETTERS } from './fold.ts';
import { type ParsedTitle, parseTitle } from './title.ts';

/** Words longer than this are cut, in UTF-16 units: no title depends on its 49th letter. */
export const MAX_WORD = 48;

/** Control characters are not in it: they go the long way. */
const ASCII = /^[ -~]*$/;
const PLAIN = /^[a-z0-9 ]*$/;
const FORMAT_CONTROLS = /\p{Cf}/gu;
const APOSTROPHES = /['’‘‛ʼʻʹ`´′＇"“”„]/gu;
/** B.I.G., R.E.M.: single letters with dots between them are one word. */
const ACRONYM = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}\p{L}?(?!\p{L})/gu;
const NOT_WORD = /[^\p{L}\p{M}\p{N}]+/gu;
/** Han, hiragana, katakana with the marks that belong to them: written without spaces. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]/u;
const UNSPACED_RUNS = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]+)/u;
const HANGUL = /\p{Script=Hangul}/u;

/**
 * Brings a text to the form in which titles, artists and queries are compared: lower case, without accents,
 * punctuation, apostrophes, bidi and other format controls; full-width, half-width and compatibility forms
 * unified; Turkish ı and İ as i; Arabic and Persian letter variants as one; `&` as `and`; `$` and `!` inside a
 * word as the letters they stand for. Chinese, Japanese and Korean characters stay as they are. Words are
 * separated by one space; a text without a letter or digit gives ''. Idempotent; never throws.
 */
export function normaliseText(text: string): string {
  if (PLAIN.test(text)) return text.replace(/ +/g, ' ').trim();
  const ascii = ASCII.test(text);
  const letters = ascii ? text.toLowerCase() : foldLetters(text);
  const separated = (
    letters.includes('.') ? letters.replace(ACRONYM, (acronym) => acronym.replaceAll('.', '')) : letters
  )
    .replace(APOSTROPHES, '')
    .replace(/&/g, ' and ')
    .replace(/(?<=\p{L})\$|\$(?=\p{L})/gu, 's')
    .replace(/(?<=\p{L})!(?=\p{L})/gu, 'i')
    .replace(NOT_WORD, ' ')
    .trim();
  return ascii ? separated : separated.normalize('NFC');
}

function foldLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(FORMAT_CONTROLS, '')
    .toLowerCase()
    .replace(ACCENTS, '')
    .replace(/[^\0-\u007f]/gu, (letter) => LETTERS.get(letter) ?? letter);
}

/**
 * The words by which a text is indexed. Unspaced scripts give one word per character, with katakana read as
 * hiragana and traditional characters as simplified ones; Hangul is taken apart into its letters, so that an
 * unfinished syllable is a beginning and one wrong letter is one typo. A text of symbols alone ("÷", "!!!") is
 * one word, or else such a title could not be found.
 */
export function words(text: string): string[] {
  const normalised = normaliseText(text);
  if (normalised === '') {
    const symbols = text.normalize('NFKC').replace(/[\s\p{C}\p{M}]+/gu, '');
    return symbols === '' ? [] : [symbols.slice(0, MAX_WORD)];
  }
  const found: string[] = [];
  for (const word of normalised.split(' ')) {
    if (!UNSPACED.test(word)) {
      found.push(HANGUL.test(word) ? word.normalize('NFD').slice(0, MAX_WORD) : word.slice(0, MAX_WORD));
      continue;
    }
    for (const run of word.split(UNSPACED_RUNS)) {
      if (run === '') continue;
      if (UNSPACED.test(run)) found.push(...[...run].map(foldCharacter));
      else found.push(run.slice(0, MAX_WORD));
    }
  }
  return found;
}

/** Whether an indexed word is one character of an unspaced script. */
export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}

function foldCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  if (code >= 0x30a1 && code <= 0x30f6) return String.fromCharCode(code - 0x60);
  return HAN.get(character) ?? character;
}

/**
 * The identity of a recording: equal for songs that are the same take under another label (remastered, mono,
 * single version, radio edit, bonus track, from a soundtrack, featured artist named in the title or not), and
 * different for another take (live, remix, acoustic, cover, instrumental …) or other artists. The order of the
 * artists does not matter.
 */
export function songKey(title: string, artists: readonly string[]): string {
  return recordingKey(parseTitle(title, artists), artists);
}

/** `songKey` of a title that is already taken apart. */
export function recordingKey(parsed: ParsedTitle, artists: readonly string[]): string {
  const names = new Set([...artists, ...parsed.featured].map(artistKey));
  names.delete('');
  const kept = [parsed.core, ...parsed.subtitles].map((part) => words(part).join(' ')).join('|');
  const versions = parsed.versionNotes.map((note) => words(note).join(' ')).sort();
  return [kept, versions.join('|'), [...names].sort().join('|')].join('\n');
}

/** An artist's name as compared: normalised, without a leading article. */
export function artistKey(artist: string): string {
  return words(artist)
    .join(' ')
    .replace(/^the (?=.)/, '');
}
