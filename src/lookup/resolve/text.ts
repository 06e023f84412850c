/** From words to a song, by the catalogue alone. */
import { words } from '../../engine/search/normalise.ts';
import type { FoundSong, Song } from '../../engine/types.ts';
import { blendOfAlbum, blendOfArtist } from './blends.ts';
import type { KnownSongs } from './known-songs.ts';
import { nonMusicKind } from './non-music.ts';
import { message, type Question, type Resolution, sorry } from './resolution.ts';
import { hasArtist, isTrack, mentions, titleKey } from './same-song.ts';

/** Longest text that is searched for, in UTF-16 units. */
const MAX_TEXT = 300;
/** Longest part of it that is repeated in a sentence. */
const MAX_ECHO = 80;
/** Readings that are looked at. */
const LIMIT = 10;
/** Readings that are offered. */
const OFFERED = 5;
/** From this quality on the text names the song: every word fits, give or take a typo. */
export const CLEAR = 0.8;
/** From this quality on it names the song exactly. */
const EXACT = 0.995;
/** Another song whose quality comes as near as this is a rival, unless only the first is named exactly … */
const RIVAL = 0.05;
/** … or is so many points of popularity (0…100) better known. */
const LEAD = 8;
/** An artist whose best known song leads a song of the artist's name by this much is meant without a question. */
const ARTIST_LEAD = 20;
/** An artist with fewer known songs is not what a song's title is taken for. */
const KNOWN_ARTIST = 3;

/**
 * Reads words as a song; where no song carries them, as an artist or an album.
 *
 * @param artist narrows the reading to songs by this artist
 */
export function readText(known: KnownSongs, text: string, artist?: string): Resolution {
  const wanted = text.trim();
  if (words(wanted).length === 0) return sorry(message('lookup.sorry.empty'));
  if (wanted.length > MAX_TEXT) return sorry(message('lookup.sorry.tooLong'));
  if (artist) return readWithArtist(known, wanted, artist);
  const found = known.findSongs(wanted, LIMIT);
  const group = readAsGroup(known, wanted, found);
  return (
    group ??
    byAnotherArtist(known, wanted, found) ??
    choose(found) ??
    sorry(message('lookup.sorry.notFound', { text: echo(wanted) }), nearest(known, wanted))
  );
}

/** The song of the catalogue that is the track of this name and these artists, or null. */
export function findTrack(known: KnownSongs, title: string, artists: readonly string[]): Song | null {
  const found = known.findSongs(`${title} ${artists[0] ?? ''}`, LIMIT);
  return found.find(({ song }) => isTrack(song, title, artists))?.song ?? null;
}

/** Songs to offer for a title without an artist: those that carry it first. */
export function offerTitle(known: KnownSongs, title: string, service = 'Spotify'): Question | null {
  const key = titleKey(title);
  const found = known
    .findSongs(title, LIMIT)
    .filter(({ song }) => titleKey(song.title, song.artists) === key);
  if (found.length === 0) return null;
  return ask('lookup.question.titleOnly', { title: echo(title), service }, found);
}

function readWithArtist(known: KnownSongs, title: string, artist: string): Resolution {
  const found = known
    .findSongs(`${title} ${artist}`, LIMIT)
    .filter(({ song }) => hasArtist(song.artists, artist) || mentions(song.artists, artist));
  const reason = message('lookup.sorry.notByArtist', { text: echo(title), artist: echo(artist) });
  return choose(found) ?? sorry(reason, known.findSongs(title, OFFERED));
}

/** A title and its artist as people write them: `Creep by Radiohead`, `Creep – Radiohead`. */
const TITLE_AND_ARTIST = /^(.+?)\s+(?:by|[-–—])\s+(.+)$/i;

/** What to say of a title that is known and an artist that does not fit it; null where the text is no such pair. */
function byAnotherArtist(known: KnownSongs, text: string, found: readonly FoundSong[]): Resolution | null {
  const [first] = found;
  if (!first || first.quality >= CLEAR) return null;
  const [, title, artist] = TITLE_AND_ARTIST.exec(text) ?? [];
  if (!title || !artist || titleKey(first.song.title, first.song.artists) !== titleKey(title)) return null;
  return readWithArtist(known, title, artist);
}

/** An artist's name or an album's, where no song of that title comes before it. */
function readAsGroup(known: KnownSongs, text: string, found: readonly FoundSong[]): Resolution | null {
  const key = titleKey(text);
  const titled = found.filter(({ song }) => titleKey(song.title, song.artists) === key);
  const byArtist = known.songsByArtist(text);
  if (titled.length === 0) {
    if (byArtist.length > 0) return blendOfArtist(text, byArtist);
    if (found[0] && found[0].quality >= CLEAR) return null;
    const [album, ...others] = known.albumsNamed(text);
    return album && others.length === 0 && album.songs.length > 1 ? blendOfAlbum(album) : null;
  }
  const byOthers = titled.filter(({ song }) => !hasArtist(song.artists, text));
  if (byArtist.length < KNOWN_ARTIST || byOthers.length === 0) return null;
  const lead = popularity(byArtist[0]!) - popularity(byOthers[0]!.song);
  if (lead >= ARTIST_LEAD) return blendOfArtist(text, byArtist);
  if (lead < 0) return null;
  const songs = [...byOthers.slice(0, 2), ...byArtist.map((song) => ({ song, quality: 1, version: null }))];
  return ask('lookup.question.artistOrSong', { name: echo(text) }, songs);
}

/** The first reading where it is clear, otherwise the question; null without any. */
function choose(found: readonly FoundSong[]): Resolution | null {
  if (!found[0]) return null;
  const fit = found.filter(({ song }) => nonMusicKind(song) === null);
  const unfit = nonMusicKind(found[0].song);
  if (unfit && (found[0].quality >= CLEAR || fit.length === 0)) {
    return sorry(message(`lookup.nonMusic.${unfit}`, { title: found[0].song.title }), fit.slice(0, OFFERED));
  }
  const [first, ...others] = fit as [FoundSong, ...FoundSong[]];
  const near = first.quality >= EXACT ? EXACT : first.quality - RIVAL;
  const rivals = others.filter(
    (other) =>
      other.quality >= near &&
      // A live take or a cover is not what a plain title asks for.
      (other.version === null || first.version !== null) &&
      popularity(first.song) - popularity(other.song) < LEAD,
  );
  if (first.quality < CLEAR || rivals.length > 0) return ask('lookup.question.text', {}, fit);
  return {
    kind: 'song',
    song: first.song,
    source: { kind: 'catalogue', note: message('lookup.source.catalogue') },
    candidates: fit.slice(0, OFFERED),
  };
}

function ask(
  key: 'lookup.question.text' | 'lookup.question.artistOrSong' | 'lookup.question.titleOnly',
  params: Record<string, string>,
  found: readonly FoundSong[],
): Question {
  return { kind: 'question', why: message(key, params), candidates: found.slice(0, OFFERED), albums: [] };
}

/** When the whole text finds nothing: songs found by its longest words. */
function nearest(known: KnownSongs, text: string): FoundSong[] {
  const longest = [...new Set(words(text))].sort((a, b) => b.length - a.length).slice(0, 3);
  const found = new Map<string, FoundSong>();
  for (const word of longest) {
    for (const hit of known.findSongs(word, 2)) found.set(hit.song.id, hit);
  }
  return [...found.values()].slice(0, OFFERED);
}

function popularity(song: Song): number {
  return song.popularity ?? 0;
}

/** What is repeated of a text in a sentence. */
function echo(text: string): string {
  const characters = Array.from(
    new Intl.Segmenter().segment(text.slice(0, 4 * MAX_ECHO)),
    ({ segment }) => segment,
  );
  return characters.length > MAX_ECHO ? `${characters.slice(0, MAX_ECHO).join('')}…` : text;
}
