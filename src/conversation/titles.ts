/** Song titles as people say them: without what only names an edition of the same recording. */
import { parseTitle } from '../engine/search/title.ts';
import type { Song } from '../engine/types.ts';
import { clean } from '../shared/text.ts';

/** Longest title, in graphemes: the longest real film title has about 190 characters. */
const MAX_TITLE = 200;

export const titleOf = (text: string) => clean(text, MAX_TITLE) || '—';

const BRACKETED = (note: string) => [`(${note})`, `[${note}]`, `{${note}}`];
const DASHED = (note: string) => [' - ', ' – ', ' — '].map((dash) => dash + note);

/** A title without its edition, and the edition: “Bohemian Rhapsody” and “Remastered 2011”. */
export function splitTitle({ title, artists }: Pick<Song, 'title' | 'artists'>): {
  readonly title: string;
  readonly edition: string;
} {
  const whole = titleOf(title);
  const { editionNotes } = parseTitle(whole, artists);
  let rest = whole;
  const editions: string[] = [];
  for (const note of editionNotes) {
    const written = [...BRACKETED(note), ...DASHED(note), ` ${note}`].find((form) => rest.includes(form));
    if (written === undefined) continue;
    const without = clean(rest.replace(written, ' '), MAX_TITLE);
    if (without === '') continue;
    rest = without;
    editions.push(note);
  }
  return { title: rest, edition: clean(editions.join(', '), 100) };
}

/** The title of a song as headings and lists say it. */
export const songTitle = (song: Pick<Song, 'title' | 'artists'>) => splitTitle(song).title;
