/** An artist's name or an album's, where no song of that title comes before it. */
import { typosBetween } from '../../engine/search/distance.ts';
import { fameOf } from '../../engine/search/recording.ts';
import { parseTitle } from '../../engine/search/title.ts';
import type { ReadSong } from '../../engine/types.ts';
import { artistNamedBy } from './artist-names.ts';
import { blendOfAlbum, blendOfArtist } from './blends.ts';
import type { KnownSongs } from './known-songs.ts';
import { ask, message, type Resolution } from './resolution.ts';
import { hasArtist, mentions, titleKey } from './same-song.ts';
import { echo } from './title-and-artist.ts';

/** An artist whose best known song leads a song of the artist's name by this much is meant without a question. */
const ARTIST_LEAD = 20;
/** An artist with fewer known songs is not what a song's title is taken for. */
const KNOWN_ARTIST = 3;
/** Typos in a title that may as well be an artist's name. */
const MOST_TYPOS = 2;
/** Songs that are offered beside their album. */
const ALBUM_SONGS = 4;

/** Reads a text as an artist or an album; null where it is neither, or a song comes first. */
export function readAsGroup(known: KnownSongs, text: string, found: readonly ReadSong[]): Resolution | null {
  const key = titleKey(text);
  const titled = found.filter(({ song, named }) => named || titleKey(song.title, song.artists) === key);
  const [first] = titled;
  const typos = first ? typosBetween(key, titleKey(first.song.title, first.song.artists)) : 0;
  const artist =
    artistNamedBy(known, text, found) ??
    // "metalica" is no more a song of that name than the band.
    (first && typos > 0 && typos <= MOST_TYPOS
      ? artistNamedBy(known, parseTitle(first.song.title).core, found)
      : null);
  if (artist === null || (artist.part && titled.length > 0))
    return titled.length > 0 ? null : readAsAlbum(known, text);
  const { name, songs } = artist;
  if (titled.length === 0) return blendOfArtist(name, songs);
  // "P!nk" and "AC/DC" are written as nobody writes a title.
  if (/[^\p{L}\p{N}\s]/u.test(text) && name.toLowerCase() === text.toLowerCase())
    return blendOfArtist(name, songs);
  const byOthers = titled.filter(({ song }) => !hasArtist(song.artists, name));
  if (songs.length < KNOWN_ARTIST || byOthers.length === 0) return null;
  const lead = fameOf(songs[0]!) - fameOf(byOthers[0]!.song);
  if (lead >= ARTIST_LEAD) return blendOfArtist(name, songs);
  if (lead < 0) return null;
  const offered = [...byOthers.slice(0, 2), ...songs.map((song) => ({ song, quality: 1, version: null }))];
  return ask(message('lookup.question.artistOrSong', { name: echo(text) }), offered);
}

/** An album named with its artist, or the question whether the whole album is meant, or a song of it. */
function readAsAlbum(known: KnownSongs, text: string): Resolution | null {
  const albums = known.albumsNamed(text).filter(({ songs }) => songs.length > 1);
  const [album, ...others] = albums;
  if (!album) return readAsAlbumAndArtist(known, text);
  const name = echo(text);
  if (others.length > 0)
    return { kind: 'question', why: message('lookup.question.album', { name }), candidates: [], albums };
  const candidates = album.songs.slice(0, ALBUM_SONGS).map((song) => ({ song, quality: 1, version: null }));
  return { kind: 'question', why: message('lookup.question.albumOrSong', { name }), candidates, albums };
}

/** "Abbey Road Beatles", "Abbey Road by the Beatles", "Beatles – Abbey Road". */
function readAsAlbumAndArtist(known: KnownSongs, text: string): Resolution | null {
  const parts = text.split(/\s+/u);
  for (let at = 1; at < parts.length; at++) {
    const [head, tail] = [parts.slice(0, at), parts.slice(at)];
    for (const [name, artist] of [
      [head, tail],
      [tail, head],
    ] as const) {
      const wanted = artist.join(' ').replace(/^(?:by|from|[-–—])\s|\s(?:[-–—])$/iu, '');
      const title = name.join(' ').replace(/^[-–—]\s|\s[-–—]$/u, '');
      const album = known
        .albumsNamed(title)
        .find(
          ({ artists, songs }) =>
            songs.length > 1 && (hasArtist(artists, wanted) || mentions(artists, wanted)),
        );
      if (album) return blendOfAlbum(album);
    }
  }
  return null;
}
