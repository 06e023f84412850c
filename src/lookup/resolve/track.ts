/** From a track's id to a song: the catalogue, then whoever knows more. */
import type { LookupSession } from './lookup-session.ts';
import { readOnline, readTitleOnly } from './online.ts';
import { measuredSong, readFound, resolved } from './outcome.ts';
import { message, type Resolution, sorry } from './resolution.ts';
import { readText } from './text.ts';

/**
 * Reads a track's id. Each source is asked only when the ones before it did not suffice, and nothing is ever
 * made up: without features, a known recording or known songs by the artist, the answer is an apology.
 *
 * @param artist what the asker said of the artist: together with a title it names a song
 */
export async function readTrack(session: LookupSession, id: string, artist?: string): Promise<Resolution> {
  const { known } = session;
  const inIt = known.song(id);
  if (inIt) return resolved(inIt, { kind: 'catalogue', note: message('lookup.source.catalogue') });

  const measured = await session.measured({ spotifyId: id });
  const features = measured?.features;
  if (measured?.facts) {
    if (features) return measuredSong(session, id, { facts: measured.facts, features });
    return readFound(session, { ...measured.facts, spotifyId: id, rank: null }, 'ReccoBeats', {
      byId: false,
    });
  }
  const named = await session.try('Spotify', (up, deadline) => up.track(id, deadline));
  if (named) {
    if (features) return measuredSong(session, id, { facts: named, features });
    return readFound(session, { ...named, spotifyId: id }, 'Spotify', { byId: false });
  }
  const title = await session.try('Spotify', (up, deadline) => up.title('track', id, deadline));
  if (!title) return session.nobodyKnew(sorry(message('lookup.sorry.unknownTrack')));
  if (artist) {
    const local = readText(known, title, artist);
    return local.kind === 'song' ? local : ((await readOnline(session, title, artist)) ?? local);
  }
  return readTitleOnly(session, title, 'Spotify');
}
