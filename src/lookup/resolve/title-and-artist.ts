/** A text taken apart into a title that is known and an artist who may not be. */
import { normaliseText } from '../../engine/search/normalise.ts';
import { titleKey } from './same-song.ts';

/** Longest part of a text that is repeated in a sentence, in graphemes. */
const MAX_ECHO = 80;
/** Words between a title and its artist. */
const BETWEEN = /^(?:by|from|[-–—:,]+)$/i;

export interface TitleAndArtist {
  readonly title: string;
  readonly artist: string;
  /** Something stands between the two that says so: "by", a dash. */
  readonly said: boolean;
  /** The title is the greater part of the text: two words at least, and no fewer than the artist. */
  readonly weighty: boolean;
}

/** The title as it stands at the beginning or end of a text, and what is left; null where it stands in neither place. */
export function splitTitle(text: string, title: string, artists: readonly string[]): TitleAndArtist | null {
  const key = titleKey(title, artists);
  const parts = text.trim().split(/\s+/u);
  for (let count = 1; count < parts.length; count++) {
    if (titleKey(parts.slice(0, count).join(' ')) === key) {
      const said = BETWEEN.test(parts[count]!) || /[-–—:,]$/u.test(parts[count - 1]!);
      const rest = parts.slice(BETWEEN.test(parts[count]!) ? count + 1 : count);
      if (rest.length > 0) return pair(parts.slice(0, count), rest, said);
    }
    if (titleKey(parts.slice(-count).join(' ')) === key) {
      const said = /^[-–—:,]+$/u.test(parts.at(-count - 1)!) || /[-–—:,]$/u.test(parts.at(-count - 1)!);
      const rest = parts
        .slice(0, parts.length - count)
        .join(' ')
        .replace(/[-–—:,\s]+$/u, '');
      if (rest !== '') return pair(parts.slice(-count), rest.split(' '), said);
    }
  }
  return null;
}

function pair(title: readonly string[], artist: readonly string[], said: boolean): TitleAndArtist {
  const length = (parts: readonly string[]) => normaliseText(parts.join(' ')).split(' ').length;
  const weighty = length(title) >= 2 && length(title) >= length(artist);
  return { title: title.join(' ').replace(/[-–—:,]+$/u, ''), artist: artist.join(' '), said, weighty };
}

/** What is repeated of a text in a sentence. */
export function echo(text: string): string {
  const characters = Array.from(
    new Intl.Segmenter().segment(text.slice(0, 4 * MAX_ECHO)),
    ({ segment }) => segment,
  );
  return characters.length > MAX_ECHO ? `${characters.slice(0, MAX_ECHO).join('')}…` : text;
}
