/** Several songs that are matched as one. */
import type { Song } from '../../engine/types.ts';
import type { KnownAlbum } from './known-songs.ts';
import { nonMusicKind } from './non-music.ts';
import { message, type Resolution, type ResolvedBlend, sorry } from './resolution.ts';

/** Songs that go into a blend: an artist may have hundreds, and the best known are typical enough. */
const MOST = 50;

/** An album of the catalogue as an answer: also what a choice among a question's albums becomes. */
export function blendOfAlbum(album: KnownAlbum, total: number | null = null): Resolution {
  return blend('album', album.album, album.songs, total);
}

/** An artist's songs, best known first. */
export function blendOfArtist(name: string, songs: readonly Song[]): Resolution {
  // As the catalogue writes it, where it knows exactly one form.
  const written = songs[0]?.artists.find((artist) => artist.toLowerCase() === name.toLowerCase());
  return blend('artist', written ?? name, songs, null);
}

/**
 * @param songs the known ones, at least one
 * @param total how many there are altogether; null where nobody says
 */
export function blend(
  of: ResolvedBlend['of'],
  name: string,
  songs: readonly Song[],
  total: number | null,
): Resolution {
  const fit = songs.filter((song) => nonMusicKind(song) === null).slice(0, MOST);
  if (fit.length === 0) return sorry(message('lookup.nonMusic.all', { name }));
  const known = songs.length;
  const note =
    total === null
      ? message('lookup.blend.known', { name, count: known })
      : message('lookup.blend.some', { name, count: known, total });
  return { kind: 'blend', of, name, songs: fit, known, total, note };
}
