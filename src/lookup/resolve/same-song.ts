/** When two names are the same name, by the rules of the catalogue's own search. */
import { artistKey, normaliseText, words } from '../../engine/search/normalise.ts';
import { parseTitle } from '../../engine/search/title.ts';
import type { Song } from '../../engine/types.ts';

/** A title's name alone, normalised: without "Remastered 2011", "feat. …", "From the film …". */
export function titleKey(title: string, artists: readonly string[] = []): string {
  const core = parseTitle(title, artists).core;
  return normaliseText(core) || core.trim().toLowerCase();
}

/** Whether one of the artists is the one named; "The Beatles" is "Beatles". */
export function hasArtist(artists: readonly string[], name: string): boolean {
  const wanted = artistKey(name);
  return wanted !== '' && artists.some((artist) => artistKey(artist) === wanted);
}

/** Whether a song of the catalogue is the track of this name: same title, same kind of version, an artist in common. */
export function isTrack(song: Song, title: string, artists: readonly string[]): boolean {
  return (
    titleKey(song.title, song.artists) === titleKey(title, artists) &&
    parseTitle(song.title, song.artists).version === parseTitle(title, artists).version &&
    artists.some((artist) => hasArtist(song.artists, artist))
  );
}

/** "Eilish" for "Billie Eilish". */
export function mentions(artists: readonly string[], name: string): boolean {
  const wanted = words(name);
  const all = new Set(artists.flatMap((artist) => words(artist)));
  return wanted.length > 0 && wanted.every((word) => all.has(word));
}

/**
 * Whether two songs that one text names are one to the person who wrote it: they have an artist in common, and no note
 * sets them apart, as "English Version" and "Spanish Version" do, nor numbers, as of movements and works.
 */
export function isSameName(one: Song, other: Song): boolean {
  if (!one.artists.some((artist) => hasArtist(other.artists, artist))) return false;
  const [notes, others] = [one, other].map(({ title, artists }) => {
    const { subtitles, versionNotes } = parseTitle(title, artists);
    return normaliseText([...subtitles, ...versionNotes].join(' '));
  });
  const numbers = ({ title, artists }: Song) =>
    parseTitle(title, artists)
      .core.match(/\d+|\b[IVX]+(?=[.:])/g)
      ?.join(' ') ?? '';
  const apart = numbers(one) !== '' && numbers(other) !== '' && numbers(one) !== numbers(other);
  return !apart && (notes === '' || others === '' || notes === others);
}
