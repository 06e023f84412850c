/** From a link of a service other than Spotify to a song or a blend. */
import { type FoundTrack, ownIdOf } from '../facts.ts';
import type { Link } from '../links.ts';
import { readNamedAlbum } from './group.ts';
import type { LookupSession } from './lookup-session.ts';
import { findNamed, readHit } from './online.ts';
import { estimated, inCatalogue, readFound } from './outcome.ts';
import { message, type Resolution, sorry } from './resolution.ts';
import { readUpload } from './upload.ts';

/** Reads a link of another service. */
export async function readService(
  session: LookupSession,
  link: Extract<Link, { kind: 'youtube' | 'soundcloud' | 'deezer' | 'apple' }>,
): Promise<Resolution> {
  const nothing = sorry(message('lookup.sorry.emptyLink', { service: SERVICE[link.kind] }));
  const service = SERVICE[link.kind];
  if (link.kind === 'youtube' || link.kind === 'soundcloud') {
    const upload = await session.try(service, (up, deadline) =>
      link.kind === 'youtube' ? up.youTubeVideo(link.id, deadline) : up.soundCloudTrack(link.path, deadline),
    );
    return upload ? readUpload(session, upload, service) : session.nobodyKnew(nothing);
  }
  if (link.of === 'album') {
    const album = await session.try(service, (up, deadline) =>
      link.kind === 'deezer'
        ? up.deezerAlbum(link.id, deadline)
        : up.appleAlbum(link.id, link.country, deadline),
    );
    return album ? readNamedAlbum(session, album) : session.nobodyKnew(nothing);
  }
  const track = await session.try<FoundTrack>(service, (up, deadline) =>
    link.kind === 'deezer'
      ? up.deezerTrack(link.id, deadline)
      : up.appleTrack(link.id, link.country, deadline),
  );
  if (!track) return session.nobodyKnew(nothing);
  if (track.isrc) return readFound(session, track, service);
  // Apple does not say the ISRC: Deezer knows it of the recording with the same name, artist and length.
  const same = inCatalogue(session, track, service);
  if (same) return same;
  const hit = await findNamed(session, `${track.artists[0]} ${track.title}`, [track]);
  return hit ? readHit(session, hit) : estimated(session, ownIdOf(track), track);
}

const SERVICE = {
  youtube: 'YouTube',
  soundcloud: 'SoundCloud',
  deezer: 'Deezer',
  apple: 'Apple Music',
} as const;
