/** Which artist a text names: as catalogues write it, as people type it, or by a part that says enough. */
import { aliasOf } from '../../engine/search/aliases.ts';
import { typosBetween } from '../../engine/search/distance.ts';
import { artistKey, words } from '../../engine/search/normalise.ts';
import { romanised } from '../../engine/search/romanise.ts';
import type { FoundSong, Song } from '../../engine/types.ts';
import type { KnownSongs } from './known-songs.ts';

/** Songs that show whom a part of a name means. */
const LOOKED_AT = 20;
/** Of them, the share that must be by one artist, and the least number. */
const SHARE = 0.75;
const LEAST = 4;
/** In a word of a name from so many letters on, two typos are one name. */
const LONG = 6;
/** Shorter texts are no part of a name. */
const PART = 4;

export interface NamedArtist {
  /** As the catalogue writes it. */
  readonly name: string;
  /** At least one, best known first. */
  readonly songs: readonly Song[];
  /** The text gives only a part of the name. */
  readonly part: boolean;
}

/** The artist that a whole text names, or null. @param found songs that the text may mean */
export function artistNamedBy(
  known: KnownSongs,
  text: string,
  found: readonly FoundSong[],
): NamedArtist | null {
  // "кино" is Kino, where the catalogue writes it so.
  const latin = romanised(text, null).map((form) => form.join(' '));
  for (const name of [text, aliasOf(text), ...latin]) {
    const songs = name === null ? [] : known.songsByArtist(name);
    if (songs.length > 0) return { name: written(name!, songs), songs, part: false };
  }
  const wanted = compact(aliasOf(text) ?? text);
  if (wanted === '') return null;
  const hits = [...found, ...known.findSongs(aliasOf(text) ?? text, LOOKED_AT)];
  const same = hits.flatMap(({ song }) => song.artists).find((name) => compact(name) === wanted);
  if (same !== undefined) return { name: same, songs: known.songsByArtist(same), part: false };
  return partOf(known, text) ?? nearlyOf(known, text);
}

/** "billy eilish", "the beetles": a name of two words or more of which one is misspelt. */
function nearlyOf(known: KnownSongs, text: string): NamedArtist | null {
  const parts = firm(text);
  const band = /^the /i.test(text);
  if (parts.length < 2 && !band) return null;
  for (const part of parts.filter(({ length }) => length >= PART)) {
    for (const name of known.findSongs(part, LOOKED_AT).flatMap(({ song }) => song.artists)) {
      const whole = firm(name);
      if (whole.length !== parts.length || /^the /i.test(name) !== band) continue;
      const typos = whole.map((word, at) => typosBetween(word, parts[at]!));
      const wrong = typos.filter((count) => count > 0);
      const longest = Math.max(...whole.filter((_, at) => typos[at]! > 0).map(({ length }) => length));
      if (wrong.length !== 1 || wrong[0]! > (longest < LONG ? 1 : 2)) continue;
      const songs = known.songsByArtist(name);
      if (songs.length >= LEAST) return { name, songs, part: true };
    }
  }
  return null;
}

/** "dvorak", "eilish": a part of a name by which nearly all that is found is one artist's. */
function partOf(known: KnownSongs, text: string): NamedArtist | null {
  const parts = words(text);
  if (parts.join('').length < PART) return null;
  const hits = known.findSongs(text, LOOKED_AT);
  const counts = new Map<string, { name: string; count: number }>();
  for (const name of hits.flatMap(({ song }) => song.artists)) {
    const whole = new Set(words(name));
    if (!parts.every((part) => whole.has(part))) continue;
    const entry = counts.get(artistKey(name)) ?? { name, count: 0 };
    entry.count++;
    counts.set(artistKey(name), entry);
  }
  const [first] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (!first || first.count < Math.max(LEAST, SHARE * hits.length)) return null;
  const songs = known.songsByArtist(first.name);
  return songs.length === 0 ? null : { name: first.name, songs, part: true };
}

/** The artist's name in the songs, which may be written otherwise than in the text. */
function written(name: string, songs: readonly Song[]): string {
  const key = artistKey(name);
  return songs[0]!.artists.find((artist) => artistKey(artist) === key) ?? name;
}

/** A name's firm words without spaces. */
function compact(name: string): string {
  return firm(name).join('');
}

/** A name's words without those that people write in several ways or leave out. */
function firm(name: string): string[] {
  return words(name).filter((word) => !/^(?:the|and|n)$/.test(word));
}
