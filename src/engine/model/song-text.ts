/** What a song is called: words of its title, its album and its artists, which tell a language, an age, an occasion. */
import type { Song } from '../types.ts';

/** Scripts that write words without spaces between them: each character is a term. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

export type SongText = Pick<Song, 'title' | 'album' | 'artists'>;

/** Lower-case words without accents, in order of appearance; no stop words, as they tell languages apart. */
export function songTerms(song: SongText): string[] {
  const text = [song.title, song.album, ...song.artists].join(' ');
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}_]+/gu);
  return (words ?? []).flatMap((word) => (UNSPACED.test(word) ? [...word] : [word]));
}
