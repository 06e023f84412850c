/** From the id of an album, an artist or a playlist to a blend of the songs that are known of it. */
import { setImmediate } from 'node:timers/promises';
import type { Song } from '../../engine/types.ts';
import type { FoundTrack, NamedAlbum } from '../facts.ts';
import { blend, blendOfAlbum, blendOfArtist } from './blends.ts';
import type { LookupSession } from './lookup-session.ts';
import { message, type Resolution, sorry } from './resolution.ts';
import { hasArtist } from './same-song.ts';
import { findTrack } from './text.ts';

/** Songs of a list that are searched for by name: each search blocks the event loop for milliseconds. */
const MAX_SEARCHES = 25;

/** Reads an album's id: its known songs, or the question which album of that name is meant. */
export async function readAlbum(session: LookupSession, id: string): Promise<Resolution> {
  const { known } = session;
  const facts = await session.try('Spotify', (up, deadline) => up.album(id, deadline));
  const name =
    facts?.name ?? (await session.try('Spotify', (up, deadline) => up.title('album', id, deadline)));
  if (!name) return session.nobodyKnew(sorry(message('lookup.sorry.unknownLink')));
  const named = known.albumsNamed(name);
  if (facts) {
    const byId = facts.ids.flatMap((track) => known.song(track) ?? []);
    const byName = named
      .filter(({ artists }) => facts.artists.some((artist) => hasArtist(artists, artist)))
      .flatMap(({ songs }) => songs);
    const songs = distinct([...byId, ...byName]);
    if (songs.length > 0) return blend('album', facts.name, songs, Math.max(facts.total, songs.length));
  } else if (named.length === 1) {
    return blendOfAlbum(named[0]!);
  } else if (named.length > 1) {
    return {
      kind: 'question',
      why: message('lookup.question.album', { name }),
      candidates: [],
      albums: named,
    };
  }
  return sorry(message('lookup.sorry.unknownAlbum', { name }), known.findSongs(name, 5));
}

/** Reads an artist's id: the known songs, best known first. */
export async function readArtist(session: LookupSession, id: string): Promise<Resolution> {
  const name =
    (await session.try('Spotify', (up, deadline) => up.artist(id, deadline))) ??
    (await session.try('Spotify', (up, deadline) => up.title('artist', id, deadline)));
  if (!name) return session.nobodyKnew(sorry(message('lookup.sorry.unknownLink')));
  return artistNamed(session, name);
}

/** Reads an artist's name: the known songs, best known first. */
export function artistNamed({ known }: LookupSession, name: string): Resolution {
  const songs = known.songsByArtist(name);
  if (songs.length > 0) return blendOfArtist(name, songs);
  return sorry(message('lookup.sorry.unknownArtist', { name }), known.findSongs(name, 5));
}

/** Reads a playlist's id, where this installation may ask Spotify. */
export async function readPlaylist(session: LookupSession, id: string): Promise<Resolution> {
  if (!session.upstreams) return sorry(message('lookup.sorry.offline'));
  if (!session.upstreams.hasSpotify) return sorry(message('lookup.sorry.playlist'));
  const facts = await session.try('Spotify', (up, deadline) => up.playlist(id, deadline));
  if (!facts) return session.nobodyKnew(sorry(message('lookup.sorry.privatePlaylist')));
  if (!facts.tracks) return sorry(message('lookup.sorry.privatePlaylist'));
  const songs = await songsOf(session, facts.tracks);
  if (songs.length === 0) return sorry(message('lookup.sorry.unknownPlaylist', { name: facts.name }));
  return blend('playlist', facts.name, songs, Math.max(facts.total, songs.length));
}

/** Reads an album that a service other than Spotify named. */
export async function readNamedAlbum(session: LookupSession, album: NamedAlbum): Promise<Resolution> {
  const { known } = session;
  const named = known
    .albumsNamed(album.name)
    .filter(({ artists }) => album.artists.some((artist) => hasArtist(artists, artist)))
    .flatMap(({ songs }) => songs);
  const songs = distinct([...named, ...(await songsOf(session, album.tracks))]);
  const total = album.total === null ? null : Math.max(album.total, songs.length);
  if (songs.length > 0) return blend('album', album.name, songs, total);
  return sorry(message('lookup.sorry.unknownAlbum', { name: album.name }), known.findSongs(album.name, 5));
}

/** By id, then by name, then by measured features, in the list's order. */
export async function songsOf(session: LookupSession, tracks: readonly FoundTrack[]): Promise<Song[]> {
  const { known } = session;
  const found = new Map<FoundTrack, Song>();
  let searches = 0;
  for (const track of tracks) {
    let song = track.spotifyId ? known.song(track.spotifyId) : null;
    if (!song && searches < MAX_SEARCHES) {
      searches += 1;
      song = findTrack(known, track.title, track.artists);
      // A search holds the event loop for milliseconds: others may go in between.
      await setImmediate();
    }
    if (song) found.set(track, song);
  }
  const missing = tracks.filter((track) => !found.has(track));
  const measured = await session.try('ReccoBeats', (up, deadline) => up.measuredSongs(missing, deadline));
  for (const [track, song] of measured ?? []) found.set(track, song);
  return distinct(tracks.flatMap((track) => found.get(track) ?? []));
}

function distinct(songs: readonly Song[]): Song[] {
  return [...new Map(songs.map((song) => [song.id, song])).values()];
}
