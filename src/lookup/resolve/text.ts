/** From words to a song, by the catalogue alone. */

import { words } from '../../engine/search/normalise.ts';
import { OPTIONAL } from '../../engine/search/query.ts';
import { fameOf } from '../../engine/search/recording.ts';
import { versionOf } from '../../engine/search/title.ts';
import type { FoundSong, ReadSong, Song } from '../../engine/types.ts';
import { withExplained } from './explained.ts';
import { readAsGroup } from './groups-by-name.ts';
import type { KnownSongs } from './known-songs.ts';
import { nonMusicKind } from './non-music.ts';
import { withBy, withoutRequest } from './request.ts';
import { ask, message, type Question, type Resolution, sorry } from './resolution.ts';
import { hasArtist, isSameName, isTrack, mentions, titleKey } from './same-song.ts';
import { echo, splitTitle } from './title-and-artist.ts';

/** Longest text that is searched for, in UTF-16 units. */
const MAX_TEXT = 300;
/** Readings that are looked at. */
const LIMIT = 20;
/** Letters of the longest beginning that is searched for where nothing else is near. */
const MAX_BEGINNING = 5;
/** Readings that are offered. */
const OFFERED = 5;
/** From this quality on a song that is not named is worth a question. */
export const CLEAR = 0.8;
/** From this quality on a song is named to the letter. */
const EXACT = 0.995;
/** Another named song whose quality comes as near as this is a rival, unless only the first is named exactly … */
const RIVAL = 0.05;
/** … or is so many points of popularity (0…100) better known. */
const LEAD = 8;
/** A remix, a cover or a live take that is known less (0…100) is hardly what a plain title means. */
const LITTLE_KNOWN = 40;
/** Versions that are sung by others than those whom they name. */
const COVERS: ReadonlySet<string> = new Set(['cover', 'karaoke']);
/** A title in a text of which a song of another title explains so much more is not what is meant. */
const FARTHER = 0.15;

/**
 * Reads words as a song; where no song carries them, as an artist or an album. Only a song that the words name is
 * taken; everything else ends in a question or in an apology with the nearest songs.
 *
 * @param artist narrows the reading to songs by this artist
 */
export function readText(known: KnownSongs, text: string, artist?: string): Resolution {
  const wanted = text.trim();
  if (words(wanted).length === 0) return sorry(message('lookup.sorry.empty'));
  if (wanted.length > MAX_TEXT) return sorry(message('lookup.sorry.tooLong'));
  if (artist) return readWithArtist(known, wanted, artist);
  const asked = withoutRequest(wanted);
  const read = readWanted(known, wanted);
  // "Play That Funky Music" is a song, "play Funkytown" a request.
  if (sure(read) || asked === wanted) return read;
  const plain = readWanted(known, asked);
  const by = withBy(asked);
  if (sure(plain) || by === asked) return plain;
  const other = readWanted(known, by);
  return sure(other) ? other : plain;
}

const sure = ({ kind }: Resolution) => kind === 'song' || kind === 'blend';

function readWanted(known: KnownSongs, wanted: string): Resolution {
  const found = withExplained(known, wanted, known.readSongs(wanted, LIMIT));
  return (
    readAsGroup(known, wanted, found) ??
    declined(found) ??
    otherTake(wanted, found) ??
    chosen(found) ??
    byOthers(known, wanted, found) ??
    open(known, wanted, found)
  );
}

/** The song of the catalogue that is the track of this name and these artists, or null. */
export function findTrack(known: KnownSongs, title: string, artists: readonly string[]): Song | null {
  const found = known.readSongs(`${title} ${artists[0] ?? ''}`, LIMIT);
  return found.find(({ song }) => isTrack(song, title, artists))?.song ?? null;
}

/** The question which song of a title is meant, without an artist; null where there are not several. */
export function offerTitle(known: KnownSongs, title: string, service = 'Spotify'): Question | null {
  const key = titleKey(title);
  const found = known
    .readSongs(title, LIMIT)
    .filter(({ song }) => titleKey(song.title, song.artists) === key);
  if (found.length < 2) return null;
  return ask(message('lookup.question.titleOnly', { title: echo(title), service }), found);
}

function readWithArtist(known: KnownSongs, title: string, artist: string): Resolution {
  const found = known
    .readSongs(`${title} ${artist}`, LIMIT)
    .filter(({ song }) => hasArtist(song.artists, artist) || mentions(song.artists, artist));
  return declined(found) ?? chosen(found) ?? notBy(known, title, artist);
}

/** What to say of a title and an artist that do not go together. */
function notBy(known: KnownSongs, title: string, artist: string): Resolution {
  const params = { text: echo(title), title: echo(title), artist: echo(artist) };
  const found = known.readSongs(title, OFFERED);
  const titled = found.filter(({ named }) => named);
  if (titled.length > 0) return sorry(message('lookup.sorry.byOthers', params), titled);
  return sorry(message('lookup.sorry.notByArtist', params), found.length > 0 ? found : nearest(known, title));
}

/** An apology where the text means something that is no music. */
function declined(found: readonly ReadSong[]): Resolution | null {
  const [first] = found;
  const unfit = first && nonMusicKind(first.song);
  if (!unfit || !(first.named || first.quality >= CLEAR)) return null;
  const fit = found.filter(({ song }) => nonMusicKind(song) === null);
  return sorry(message(`lookup.nonMusic.${unfit}`, { title: first.song.title }), fit.slice(0, OFFERED));
}

/**
 * An apology where all that a text names are takes that it does not ask for: little known ones of a title alone, or
 * others' covers of a song by the artist who is named.
 */
function otherTake(text: string, found: readonly ReadSong[]): Resolution | null {
  const named = found.filter((hit) => hit.named);
  if (named.length === 0 || versionOf(text) !== null) return null;
  const other = named.every(({ song, version }) => {
    if (version === null) return false;
    if (titleKey(text) === titleKey(song.title, song.artists)) return fameOf(song) < LITTLE_KNOWN;
    const sung = new Set(song.artists.flatMap(words));
    return COVERS.has(version) && !words(text).some((word) => !OPTIONAL.has(word) && sung.has(word));
  });
  if (!other) return null;
  return sorry(message('lookup.sorry.notFound', { text: echo(text) }), found.slice(0, OFFERED));
}

/** The song that the text names, or the question which of several; null where it names none. */
function chosen(found: readonly ReadSong[]): Resolution | null {
  const fit = found.filter(({ song }) => nonMusicKind(song) === null);
  const [first, ...others] = fit;
  if (!first?.named) return null;
  const near = first.quality >= EXACT ? EXACT : first.quality - RIVAL;
  const rivals = others.filter(
    (other) =>
      other.named &&
      other.quality >= near &&
      // A live take or a cover is not what a plain title asks for.
      (other.version === null || first.version !== null) &&
      !isSameName(first.song, other.song) &&
      fameOf(first.song) - fameOf(other.song) < LEAD,
  );
  if (rivals.length > 0) return ask(message('lookup.question.text'), fit);
  return {
    kind: 'song',
    song: first.song,
    source: { kind: 'catalogue', note: message('lookup.source.catalogue') },
    candidates: fit.slice(0, OFFERED),
  };
}

/** What to say of a title that others have sung than the artist who is named; null where the text is no such pair. */
function byOthers(known: KnownSongs, text: string, found: readonly ReadSong[]): Resolution | null {
  const titled = found.filter(({ unread }) => unread.length > 0);
  const whole = found.find(({ unread }) => unread.length === 0);
  // "dont stop beleiving journey" is nearer to another title than to "Don't Stop".
  if (whole && whole.quality > (titled[0]?.quality ?? 0) + FARTHER) return null;
  for (const { song } of titled) {
    const pair = splitTitle(text, song.title, song.artists);
    if (pair === null) continue;
    const { artist, said, weighty } = pair;
    if (said || weighty || known.songsByArtist(artist).length > 0) return notBy(known, pair.title, artist);
  }
  return null;
}

/** The question, or the apology with the nearest songs, where nothing is named. */
function open(known: KnownSongs, text: string, found: readonly ReadSong[]): Resolution {
  const fit = found.filter(({ song }) => nonMusicKind(song) === null);
  if (fit.length > 1 && fit[0]!.quality >= CLEAR)
    return { ...ask(message('lookup.question.text'), fit), open: true };
  return sorry(
    message('lookup.sorry.notFound', { text: echo(text) }),
    fit.length > 0 ? fit.slice(0, OFFERED) : nearest(known, text),
  );
}

/** When the whole text finds nothing: songs found by its longest words, or by the beginning of one. */
function nearest(known: KnownSongs, text: string): FoundSong[] {
  const longest = [...new Set(words(text))].sort((a, b) => b.length - a.length).slice(0, 3);
  const found = new Map<string, FoundSong>();
  for (const word of longest) {
    for (const hit of known.findSongs(word, 2)) found.set(hit.song.id, hit);
  }
  const [first = ''] = longest;
  for (let length = Math.min(first.length - 1, MAX_BEGINNING); length > 0 && found.size === 0; length--) {
    for (const hit of known.findSongs(first.slice(0, length), 3)) found.set(hit.song.id, hit);
  }
  return [...found.values()].slice(0, OFFERED);
}
