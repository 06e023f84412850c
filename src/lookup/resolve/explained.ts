/**
 * Songs that a text names with something beside: the film or album that the song is of ("time inception hans
 * zimmer"), a guest whom the catalogue does not list ("umbrella rihanna jay-z"), or by a second title in brackets
 * ("500 miles proclaimers").
 */
import { normaliseText, words } from '../../engine/search/normalise.ts';
import { OPTIONAL } from '../../engine/search/query.ts';
import { albumKey } from '../../engine/search/recording.ts';
import { parseTitle } from '../../engine/search/title.ts';
import type { ReadSong, Song } from '../../engine/types.ts';
import { artistNamedBy } from './artist-names.ts';
import type { KnownSongs } from './known-songs.ts';

/** An album that carries a film's, a game's or a musical's name. */
const SOUNDTRACK =
  /\b(?:motion picture|soundtrack|original (?:score|cast|series|broadway)|ost|music from)\b/iu;

/** The songs found, where none is named: with those marked as named whose every word has its place. */
export function withExplained(
  known: KnownSongs,
  text: string,
  found: readonly ReadSong[],
): readonly ReadSong[] {
  if (found.some(({ named }) => named)) return found;
  // A guest whom the text says to be one need not be the song's: catalogues leave them out.
  const { featured } = parseTitle(text);
  const typed = featured.reduce<readonly string[]>(
    (rest, guest) => without(rest, words(guest)) ?? rest,
    words(text),
  );
  const explained = found.filter(({ song, version }) => version === null && explains(known, typed, song));
  if (explained.length === 0) return found;
  const others = found.filter((hit) => !explained.includes(hit));
  return [...explained.map((hit) => ({ ...hit, named: true, unread: [] })), ...others];
}

/** Subtitles of such words alone name no song. */
const GENERIC = /^(?:main|end|opening|title|love|theme|intro|outro|part|pt|act|scene|the|of|[ivx]+|\d+)$/;

/** The name of a work in quotation marks: 'Symphony No. 9 "Ode to Joy"'. */
const NICKNAME = /["“«„]([^"”»“]{3,})["”»“]/gu;

function explains(known: KnownSongs, typed: readonly string[], song: Song): boolean {
  const { core, subtitles } = parseTitle(song.title, song.artists);
  const others = subtitles.map(words).filter((title) => !title.every((word) => GENERIC.test(word)));
  const nicknames = [...`${core} ${subtitles.join(' ')}`.matchAll(NICKNAME)].map(([, name]) => words(name!));
  // "Ode to Joy" says enough by itself.
  if (nicknames.some((name) => name.length > 1 && name.join(' ') === typed.join(' '))) return true;
  return [words(core), ...others, ...nicknames].some((title) => {
    const rest = without(typed, title);
    return rest !== null && hasPlace(known, rest, song);
  });
}

/** Whether words beside a title are the song's artists, and beside one of them at most an album or a guest. */
function hasPlace(known: KnownSongs, words: readonly string[], song: Song): boolean {
  const beside = (rest: readonly string[]) => rest.filter((word) => !OPTIONAL.has(word));
  let rest = words;
  let byArtist = false;
  for (const artist of song.artists) {
    const left = without(rest, nameWords(artist));
    if (left === null) continue;
    rest = left;
    byArtist = true;
  }
  const left = beside(rest);
  if (left.length === 0) return byArtist;
  const album = normaliseText(song.album);
  if (byArtist) {
    const ofAlbum = new Set(album.split(' '));
    return (
      left.every((word) => ofAlbum.has(word)) || artistNamedBy(known, left.join(' '), [])?.part === false
    );
  }
  const name = rest.join(' ');
  const ofFilm = known.usesOf(song).some(({ film }) => begins(nameWords(film.title), nameWords(name)));
  if (ofFilm) return true;
  return SOUNDTRACK.test(song.album) ? album.startsWith(`${name} `) : name === albumKey(song.album);
}

/** The words of a name, without an article before it. */
function nameWords(artist: string): string[] {
  const all = words(artist);
  return all.length > 1 && all[0] === 'the' ? all.slice(1) : all;
}

function begins(whole: readonly string[], part: readonly string[]): boolean {
  return part.length > 0 && part.every((word, at) => whole[at] === word);
}

/** The text without one run of words, or null where it does not have it. */
function without(text: readonly string[], run: readonly string[]): readonly string[] | null {
  if (run.length === 0) return null;
  for (let at = 0; at + run.length <= text.length; at++) {
    if (run.every((word, index) => text[at + index] === word))
      return [...text.slice(0, at), ...text.slice(at + run.length)];
  }
  return null;
}
