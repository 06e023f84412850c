/** Songs that the catalogue lacks, found by their words on the network. Only the words are sent. */
import { artistKey } from '../../engine/search/normalise.ts';
import type { FoundSong, Song } from '../../engine/types.ts';
import type { DeezerTrack } from '../deezer/client.ts';
import type { FoundTrack } from '../facts.ts';
import { agree, isNamed, namedBy } from './agree.ts';
import type { LookupSession } from './lookup-session.ts';
import { readFound } from './outcome.ts';
import { ask, message, type Resolution, sorry } from './resolution.ts';
import { findTrack, offerTitle } from './text.ts';

/** A title alone means the best known song of that name when it leads the next artist's by this much (0…1). */
const LEAD = 0.15;
/** Songs that a question offers. */
const OFFERED = 5;
/** Entries of a list that are looked up: Deezer takes 50 questions in 5 s from everybody here. */
const MAX_LISTED = 8;
/** Longest text that is sent, in UTF-16 units. */
const MAX_WORDS = 200;

/** A recording, and the service that found it. */
interface Hit {
  readonly track: FoundTrack;
  readonly service: 'Deezer' | 'Spotify';
}

/**
 * Looks a text up.
 *
 * @param artist what the asker said of the artist apart from the text
 * @returns null where nobody has a song that the text names: then the catalogue's own answer stands
 */
export async function readOnline(
  session: LookupSession,
  text: string,
  artist?: string,
): Promise<Resolution | null> {
  const named = (track: FoundTrack) => {
    if (!artist) return namedBy(text, track);
    return isNamed(track, text, [artist]) ? 'title and artist' : null;
  };
  const hits = await search(session, artist ? `${artist} ${text}` : text, (track) => named(track) !== null);
  const withArtist = hits.find(({ track }) => named(track) === 'title and artist');
  if (withArtist) return readHit(session, withArtist);
  // A title alone means the best known song of that name, unless others are known nearly as well.
  const [first, ...others] = hits.toSorted((a, b) => (b.track.rank ?? 0) - (a.track.rank ?? 0));
  if (!first) return null;
  const rivals = rivalsOf(first, others);
  const question = rivals.length > 0 ? await askAmong(session, [first, ...rivals]) : null;
  return question ?? readHit(session, first);
}

/**
 * Finds the recording that another service names without its ISRC, such as a video or a song of Apple Music's.
 *
 * @param readings titles with artists, likeliest first; artists at least one each
 */
export async function findNamed(
  session: LookupSession,
  words: string,
  readings: readonly Pick<FoundTrack, 'title' | 'artists' | 'durationMs'>[],
): Promise<Hit | null> {
  const fits = (track: FoundTrack) =>
    readings.some(
      ({ title, artists, durationMs }) =>
        isNamed(track, title, artists) &&
        (durationMs === null || agree({ artists: track.artists, durationMs, isrc: null }, track)),
    );
  return (await search(session, words, fits))[0] ?? null;
}

/** Reads what was found, with the ISRC that a search may leave out. */
export async function readHit(session: LookupSession, { track, service }: Hit): Promise<Resolution> {
  let whole = track;
  if (!track.isrc && !track.spotifyId && 'deezerId' in track) {
    const { deezerId } = track as DeezerTrack;
    const found = await session.try('Deezer', (up, deadline) => up.deezerTrack(deezerId, deadline));
    if (found && agree(track, found)) whole = found;
  }
  return readFound(session, whole, service);
}

/** What fits of Spotify's hits where its credentials are set, else or otherwise of Deezer's. */
async function search(
  session: LookupSession,
  text: string,
  fits: (track: FoundTrack) => boolean,
): Promise<Hit[]> {
  // One text, one question: the services' own search cares for neither case nor spaces.
  const words = text.slice(0, MAX_WORDS).replace(/\s+/gu, ' ').trim().toLowerCase();
  const bySpotify = await session.try('Spotify', (up, deadline) => up.spotifySearch(words, deadline));
  const fitting = (bySpotify ?? []).filter(fits);
  if (fitting.length > 0) return fitting.map((track) => ({ track, service: 'Spotify' }));
  const byDeezer = await session.try('Deezer', (up, deadline) => up.deezerSearch(words, deadline));
  return (byDeezer ?? []).filter(fits).map((track) => ({ track, service: 'Deezer' }));
}

/** Hits by others that are nearly as well known as the first; where the service does not say, none is. */
function rivalsOf(first: Hit, others: readonly Hit[]): Hit[] {
  const seen = new Set(first.track.artists.map(artistKey));
  return others.filter(({ track }) => {
    const key = artistKey(track.artists[0]!);
    if (seen.has(key)) return false;
    seen.add(key);
    return (first.track.rank ?? 1) - (track.rank ?? 0) < LEAD;
  });
}

/**
 * The songs of a list that the network knows, with their measured sounds. Each entry is one search, so only some are
 * looked up.
 *
 * @param texts title and artist each; a title alone says too little in a list
 * @returns by position in `texts`
 */
export async function findListed(
  session: LookupSession,
  texts: readonly string[],
): Promise<Map<number, Song>> {
  const hits = await Promise.all(
    texts.slice(0, MAX_LISTED).map(async (text) => {
      const fitting = await search(session, text, (track) => namedBy(text, track) === 'title and artist');
      return fitting[0]?.track ?? null;
    }),
  );
  const tracks = hits.flatMap((track) => track ?? []);
  const measured = await session.try('ReccoBeats', (up, deadline) => up.measuredSongs(tracks, deadline));
  const found = new Map<number, Song>();
  for (const [at, track] of hits.entries()) {
    const song = track && measured?.get(track);
    if (song) found.set(at, song);
  }
  return found;
}

/** The question which of several songs of one name is meant; null where no two of them can be matched. */
async function askAmong(session: LookupSession, hits: readonly Hit[]): Promise<Resolution | null> {
  const songs = await matchable(session, hits);
  return songs.length < 2 ? null : ask(message('lookup.question.text'), songs);
}

/** The catalogue's songs among the hits, then those with a sound that ReccoBeats measured. */
async function matchable(session: LookupSession, hits: readonly Hit[]): Promise<FoundSong[]> {
  const { known } = session;
  const own = hits.map(({ track }) => findTrack(known, track.title, track.artists));
  const others = hits.filter((_, at) => !own[at]).map(({ track }) => track);
  const measured = await session.try('ReccoBeats', (up, deadline) => up.measuredSongs(others, deadline));
  const songs = [...own.flatMap((song) => song ?? []), ...(measured?.values() ?? [])];
  return songs.map((song) => ({ song, quality: 1, version: null }));
}

/**
 * What to say of a link that tells a title alone: the question which of the songs of that title it is, from the
 * catalogue and from whoever else is known to have one; never one of them as if it were sure.
 */
export async function readTitleOnly(
  session: LookupSession,
  title: string,
  service: string,
): Promise<Resolution> {
  const { known } = session;
  const own = offerTitle(known, title, service)?.candidates ?? [];
  const hits = await search(session, title, (track) => namedBy(title, track) === 'title');
  const names = new Set(own.map(({ song }) => artistKey(song.artists[0] ?? '')));
  const firsts = hits.filter(({ track }) => {
    const name = artistKey(track.artists[0]!);
    return !names.has(name) && names.add(name);
  });
  const others = firsts.length > 0 ? await matchable(session, firsts.slice(0, OFFERED)) : [];
  // Half of the places are for songs that the catalogue lacks: the link is not to one that it has.
  const offered = [...own.slice(0, OFFERED - Math.min(others.length, 2)), ...others];
  if (offered.length > 1) return ask(message('lookup.question.titleOnly', { title, service }), offered);
  const nearest = offered.length > 0 ? offered : known.findSongs(title, OFFERED);
  return session.nobodyKnew(sorry(message('lookup.sorry.titleOnly', { title }), nearest));
}
