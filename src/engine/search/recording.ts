/** One key per recording, however its editions and versions are written. */
import { normaliseText } from './normalise.ts';
import { parseTitle } from './title.ts';

/** What people call the song, folded: without editions, versions and guests. */
export function titleKey(title: string, artists: readonly string[] = []): string {
  return normaliseText(parseTitle(title, artists).core);
}

/** One name for an album's editions: folded, without "(Remastered)", "(Deluxe Edition)". '' for symbols alone. */
export function albumKey(name: string): string {
  return titleKey(name) || normaliseText(name);
}

/** One spelling of an artist's name: folded, without a leading article. */
export function nameKey(name: string): string {
  return normaliseText(name).replace(/^the /, '');
}

/** What joins the names of two artists in one cell: "Coolio feat. L.V.", "Elton John & Kiki Dee". */
const JOINED_NAMES = /\s+(?:feat\.?|ft\.?|featuring|with|and|&|\+|x|vs\.?)\s+|\s*[,/]\s*/iu;

/**
 * Keys under which a song may be known: its title with each of its artists, and with each name of a joined one.
 *
 * @param title the song's `titleKey`, where it is at hand
 */
export function recordingKeys(
  song: { readonly title: string; readonly artists: readonly string[] },
  title = titleKey(song.title, song.artists),
): string[] {
  const names = song.artists.flatMap((artist) => [artist, ...artist.split(JOINED_NAMES)]);
  return [...new Set(names.map(nameKey))].map((name) => `${title}\u0001${name}`);
}

/** Begins the ids of our own. */
export const OWN_PREFIX = 'm2m00000';

/** Whether an id is one of ours, which Spotify does not know. */
export const isOwnSong = (id: string): boolean => id.startsWith(OWN_PREFIX);

/** What a song counts whose popularity is not told: no data set has it, so it was described because people name it. */
const UNTOLD = 68;

/** How well known a song of a catalogue is, 0…100. */
export function fameOf({ popularity }: { readonly popularity: number | null }): number {
  return popularity ?? UNTOLD;
}
