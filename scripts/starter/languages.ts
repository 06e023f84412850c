/** What tells a song's language: labels and letters, as data. */

/** Languages that a song's genre gives away. Labels that are sung in many languages are not here. */
export const GENRE_LANGUAGE: Readonly<Record<string, string>> = {
  anime: 'Japanese',
  'j-dance': 'Japanese',
  'j-idol': 'Japanese',
  'j-pop': 'Japanese',
  'j-rock': 'Japanese',
  'k-pop': 'Korean',
  mandopop: 'Chinese',
  cantopop: 'Chinese',
  'pop-film': 'Indian languages',
  indian: 'Indian languages',
  malay: 'Malay',
  turkish: 'Turkish',
  iranian: 'Persian',
  forro: 'Portuguese',
  mpb: 'Portuguese',
  pagode: 'Portuguese',
  samba: 'Portuguese',
  sertanejo: 'Portuguese',
  latino: 'Spanish',
  reggaeton: 'Spanish',
  salsa: 'Spanish',
  spanish: 'Spanish',
  tango: 'Spanish',
};

/** Languages that a title's letters give away; they outweigh the genre. First match wins. */
export const SCRIPT_LANGUAGE: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'Japanese'],
  [/\p{Script=Hangul}/u, 'Korean'],
  [/\p{Script=Cyrillic}/u, 'Russian'],
];
