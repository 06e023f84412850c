/** From a track's id to a song: the catalogue, then whoever knows more. */
import type { Song } from '../../engine/types.ts';
import type { TrackFacts } from '../reccobeats/client.ts';
import { songFrom } from '../upstreams.ts';
import { estimateSong } from './estimate.ts';
import type { LookupSession } from './lookup-session.ts';
import { nonMusicKind } from './non-music.ts';
import { message, type Resolution, type Source, sorry } from './resolution.ts';
import { hasArtist } from './same-song.ts';
import { findTrack, offerTitle, readText } from './text.ts';

/** Milliseconds that each source gets: together less than a question may take (see resolver.ts). */
const SHARE = { reccobeats: 1_300, spotify: 700, oembed: 450 } as const;

/**
 * Reads a track's id. Each source is asked only when the ones before it did not suffice, and nothing is ever
 * made up: without features, a known recording or known songs by the artist, the answer is an apology.
 *
 * @param artist what the asker said of the artist: together with a title it names a song
 */
export async function readTrack(session: LookupSession, id: string, artist?: string): Promise<Resolution> {
  const { known } = session;
  const inCatalogue = known.song(id);
  if (inCatalogue)
    return resolved(inCatalogue, { kind: 'catalogue', note: message('lookup.source.catalogue') });

  const measured = await session.try('ReccoBeats', SHARE.reccobeats, (up, deadline) =>
    up.measured(id, deadline),
  );
  if (measured?.features) {
    const song = songFrom(id, measured.facts, measured.features);
    return resolved(song, { kind: 'reccobeats', note: imputationNote(session, song) });
  }
  const named =
    measured?.facts ??
    (await session.try('Spotify', SHARE.spotify, (up, deadline) => up.track(id, deadline)));
  if (named) return byName(session, id, named);

  const title = await session.try('Spotify', SHARE.oembed, (up, deadline) => up.title('track', id, deadline));
  if (!title) return session.nobodyKnew(sorry(message('lookup.sorry.unknownTrack')));
  if (artist) return readText(known, title, artist);
  const offer = offerTitle(known, title);
  return offer ?? sorry(message('lookup.sorry.titleOnly', { title }), known.findSongs(title, 5));
}

/** A track of which title and artists are known: the same recording in the catalogue, else an estimate. */
function byName({ known }: LookupSession, id: string, facts: TrackFacts): Resolution {
  const same = findTrack(known, facts.title, facts.artists);
  if (same) return resolved(same, { kind: 'spotify', note: message('lookup.source.spotify') });
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

function imputationNote({ known }: LookupSession, song: Song) {
  const { kind, count } = known.imputedFrom(song);
  if (kind === 'artist') return message('lookup.source.reccobeatsArtist', { count });
  if (kind === 'nearest') return message('lookup.source.reccobeatsNearest', { count });
  return message('lookup.source.reccobeats');
}

function resolved(song: Song, source: Source): Resolution {
  const unfit = nonMusicKind(song);
  if (unfit) return sorry(message(`lookup.nonMusic.${unfit}`, { title: song.title }));
  return { kind: 'song', song, source, candidates: [] };
}
