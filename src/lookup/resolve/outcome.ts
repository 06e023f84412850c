/** From what services say of a recording to the answer: a song, an estimate, or why neither. */
import type { Song } from '../../engine/types.ts';
import { type FoundTrack, ownIdOf, type TrackFacts } from '../facts.ts';
import { type Measured, songFrom } from '../upstreams.ts';
import { agree } from './agree.ts';
import { estimateSong } from './estimate.ts';
import type { LookupSession } from './lookup-session.ts';
import { nonMusicKind } from './non-music.ts';
import { message, type Resolution, type Source, sorry } from './resolution.ts';
import { hasArtist } from './same-song.ts';
import { findTrack } from './text.ts';

/** A song with where it comes from, unless it is no music. */
export function resolved(song: Song, source: Source): Resolution {
  const unfit = nonMusicKind(song);
  if (unfit) return sorry(message(`lookup.nonMusic.${unfit}`, { title: song.title }));
  return { kind: 'song', song, source, candidates: [] };
}

/** A song made of its facts and the sound that ReccoBeats measured. */
export function measuredSong({ known }: LookupSession, id: string, { facts, features }: Required<Heard>) {
  const song = songFrom(id, facts, features);
  const { kind, count } = known.imputedFrom(song);
  const note =
    kind === 'artist'
      ? message('lookup.source.reccobeatsArtist', { count })
      : kind === 'nearest'
        ? message('lookup.source.reccobeatsNearest', { count })
        : message('lookup.source.reccobeats');
  return resolved(song, { kind: 'reccobeats', note });
}

interface Heard {
  readonly facts: TrackFacts;
  readonly features: NonNullable<Measured['features']>;
}

/** The same recording in the catalogue, or null. @param service who named it */
export function inCatalogue(
  { known }: LookupSession,
  { title, artists }: Pick<TrackFacts, 'title' | 'artists'>,
  service: string,
): Resolution | null {
  const same = findTrack(known, title, artists);
  return (
    same && resolved(same, { kind: 'recognised', note: message('lookup.source.recognised', { service }) })
  );
}

/** A track of which title and artists are known and no sound: an estimate by the artist's songs, or an apology. */
export function estimated({ known }: LookupSession, id: string, facts: TrackFacts): Resolution {
  const others = knownSongsBy(facts.artists, (name) => known.songsByArtist(name));
  if (others.length === 0) {
    const params = { title: facts.title, artists: facts.artists };
    return sorry(message('lookup.sorry.namedTrack', params), known.findSongs(facts.title, 5));
  }
  const note = message('lookup.source.estimate', { count: others.length });
  return resolved(estimateSong(id, facts, others), { kind: 'estimate', note });
}

/** The first artist's songs; a guest's say less, so they count only where the first is unknown. */
function knownSongsBy(
  artists: readonly string[],
  songsBy: (name: string) => readonly Song[],
): readonly Song[] {
  for (const name of artists) {
    const songs = songsBy(name).filter((song) => hasArtist(song.artists, name));
    if (songs.length > 0) return songs;
  }
  return [];
}

/**
 * Reads a recording that a service named: the catalogue's, else with the sound that ReccoBeats measured under its id
 * or ISRC, else an estimate. A sound that ReccoBeats holds for another recording is refused.
 *
 * @param byId whether ReccoBeats is to be asked by Spotify's id; false where it was
 */
export async function readFound(
  session: LookupSession,
  track: FoundTrack,
  service: string,
  { byId = true } = {},
): Promise<Resolution> {
  const same = inCatalogue(session, track, service);
  if (same) return same;
  const keys = [
    ...(track.spotifyId && byId ? [{ spotifyId: track.spotifyId }] : []),
    ...(track.isrc ? [{ isrc: track.isrc }] : []),
  ];
  let id = track.spotifyId;
  for (const key of keys) {
    const measured = await session.measured(key);
    if (!measured || (measured.facts && !agree(track, measured.facts))) continue;
    id ??= measured.facts?.spotifyId ?? null;
    if (!measured.features) continue;
    const facts = { ...track, popularity: track.popularity ?? measured.facts?.popularity ?? null };
    return measuredSong(session, id ?? ownIdOf(facts), { facts, features: measured.features });
  }
  return estimated(session, id ?? ownIdOf(track), track);
}
