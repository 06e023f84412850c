/** An artist's name or an album's, where no song of that title comes before it. */
import type { ReadSong, Song } from '../../engine/types.ts';
import { blendOfAlbum, blendOfArtist } from './blends.ts';
import type { KnownSongs } from './known-songs.ts';
import { ask, message, type Resolution } from './resolution.ts';
import { hasArtist, titleKey } from './same-song.ts';
import { echo } from './title-and-artist.ts';

/** An artist whose best known song leads a song of the artist's name by this much is meant without a question. */
const ARTIST_LEAD = 20;
/** An artist with fewer known songs is not what a song's title is taken for. */
const KNOWN_ARTIST = 3;

/** Reads a text as an artist or an album; null where it is neither, or a song comes first. */
export function readAsGroup(known: KnownSongs, text: string, found: readonly ReadSong[]): Resolution | null {
  const key = titleKey(text);
  const titled = found.filter(({ song }) => titleKey(song.title, song.artists) === key);
  const byArtist = known.songsByArtist(text);
  if (titled.length === 0) {
    if (byArtist.length > 0) return blendOfArtist(text, byArtist);
    if (found[0]?.named) return null;
    const [album, ...others] = known.albumsNamed(text);
    return album && others.length === 0 && album.songs.length > 1 ? blendOfAlbum(album) : null;
  }
  const byOthers = titled.filter(({ song }) => !hasArtist(song.artists, text));
  if (byArtist.length < KNOWN_ARTIST || byOthers.length === 0) return null;
  const lead = popularity(byArtist[0]!) - popularity(byOthers[0]!.song);
  if (lead >= ARTIST_LEAD) return blendOfArtist(text, byArtist);
  if (lead < 0) return null;
  const songs = [...byOthers.slice(0, 2), ...byArtist.map((song) => ({ song, quality: 1, version: null }))];
  return ask(message('lookup.question.artistOrSong', { name: echo(text) }), songs);
}

function popularity(song: Song): number {
  return song.popularity ?? 0;
}
