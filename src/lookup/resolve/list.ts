/** From a pasted list of songs to a blend of those that are known. */
import { setImmediate } from 'node:timers/promises';
import type { Song } from '../../engine/types.ts';
import { within } from '../../shared/deadline.ts';
import { type FoundTrack, makeFacts } from '../facts.ts';
import type { ListedSong } from '../song-list.ts';
import { blend } from './blends.ts';
import type { LookupSession } from './lookup-session.ts';
import { findListed } from './online.ts';
import { message, type Resolution, sorry } from './resolution.ts';
import { findTrack, readText } from './text.ts';

/** Titles that stand for the list in an answer. */
const NAMED = 3;

/** From so many known songs on a list is typical enough: no more are looked up. */
const ENOUGH = 12;

/** Milliseconds that stay for the answer when looking up takes too long. */
const RESERVE_MS = 200;

/**
 * Reads a list: songs of the catalogue by id and by name, others with a Spotify id by their measured sound, and a few
 * more by their words.
 *
 * @param online whether words may be looked up
 */
export async function readList(
  session: LookupSession,
  list: readonly ListedSong[],
  online: boolean,
): Promise<Resolution> {
  const { known } = session;
  const found = new Map<ListedSong, Song>();
  for (const entry of list) {
    const song = (entry.spotifyId && known.song(entry.spotifyId)) || byWords(session, entry);
    if (song) found.set(entry, song);
    // A search holds the event loop for milliseconds: others may go in between.
    await setImmediate();
  }
  for (const [entry, song] of await measuredOf(
    session,
    list.filter((entry) => !found.has(entry)),
  )) {
    found.set(entry, song);
  }
  if (online && found.size < ENOUGH) {
    const open = list.filter((entry) => !found.has(entry) && entry.text !== '' && !entry.spotifyId);
    const texts = open.map(({ text, artists }) => `${text} ${artists[0] ?? ''}`.trim());
    for (const [at, song] of await inTime(session, findListed(session, texts))) found.set(open[at]!, song);
  }
  const songs = new Map(list.flatMap((entry) => found.get(entry) ?? []).map((song) => [song.id, song]));
  const titles = [...songs.values()].slice(0, NAMED).map(({ title }) => title);
  if (titles.length === 0) {
    const name = list
      .slice(0, NAMED)
      .map(({ text, spotifyId }) => text || spotifyId)
      .join(' + ');
    return session.nobodyKnew(sorry(message('lookup.sorry.unknownPlaylist', { name: shortened(name) })));
  }
  const name = `${titles.join(' + ')}${list.length > titles.length ? ' + …' : ''}`;
  return blend('playlist', name, [...songs.values()], list.length);
}

/** What is found in time: known songs must not be lost to a service that is slow. */
async function inTime(
  { deadline }: LookupSession,
  finding: Promise<Map<number, Song>>,
): Promise<Map<number, Song>> {
  const time = deadline.child(Math.max(0, deadline.remaining() - RESERVE_MS));
  try {
    return await within(finding, time);
  } catch (error) {
    if (!time.signal.aborted) throw error;
    return new Map();
  }
}

function byWords({ known }: LookupSession, { text, artists }: ListedSong): Song | null {
  if (text === '') return null;
  if (artists.length > 0) return findTrack(known, text, artists);
  const read = readText(known, text);
  return read.kind === 'song' ? read.song : null;
}

async function measuredOf(
  session: LookupSession,
  entries: readonly ListedSong[],
): Promise<Map<ListedSong, Song>> {
  const ids = entries.flatMap(({ spotifyId }) => spotifyId ?? []);
  const bare = entries.some(({ spotifyId, text }) => spotifyId && text === '');
  const named = bare ? await session.try('ReccoBeats', (up, deadline) => up.facts(ids, deadline)) : null;
  const tracks = new Map<FoundTrack, ListedSong>();
  for (const entry of entries) {
    const { spotifyId, text, artists } = entry;
    if (!spotifyId) continue;
    const facts = text === '' ? named?.get(spotifyId) : makeFacts({ title: text, artists });
    if (facts) tracks.set({ ...facts, spotifyId, rank: null }, entry);
  }
  const measured = await session.try('ReccoBeats', (up, deadline) =>
    up.measuredSongs([...tracks.keys()], deadline),
  );
  return new Map([...(measured ?? [])].map(([track, song]) => [tracks.get(track)!, song]));
}

const shortened = (name: string) => (name.length > 120 ? `${name.slice(0, 119)}…` : name);
