/** One key per recording, however its editions and versions are written. */
import { normaliseText } from './normalise.ts';
import { parseTitle } from './title.ts';

/** What people call the song, folded: without editions, versions and guests. */
export function titleKey(title: string, artists: readonly string[] = []): string {
  return normaliseText(parseTitle(title, artists).core);
}

/** One spelling of an artist's name: folded, without a leading article. */
export function nameKey(name: string): string {
  return normaliseText(name).replace(/^the /, '');
}

/** Keys under which a song may be known: its title with each of its artists. */
export function recordingKeys(song: {
  readonly title: string;
  readonly artists: readonly string[];
}): string[] {
  const title = titleKey(song.title, song.artists);
  return song.artists.map((artist) => `${title}\u0001${nameKey(artist)}`);
}
