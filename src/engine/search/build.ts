import { gramsOf } from './grams.ts';
import { FIELD, type Sections, WHERE, writeSections } from './layout.ts';
import { recordingKey, words } from './normalise.ts';
import { fameOf } from './recording.ts';
import { isForeign, type JapaneseReader, romanised } from './romanise.ts';
import { type ParsedTitle, parseTitle } from './title.ts';
import { VERSIONS, type Version, versionOfAlbum } from './versions.ts';

/** What the search needs to know of a song. */
export interface SearchSong {
  readonly id: string;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  /** 0…100; null where the source does not say. */
  readonly popularity: number | null;
  readonly durationMs: number | null;
}

/** Words kept of one field of one recording: no real title comes near. */
const MAX_FIELD_WORDS = 48;
const ARTIST_FIELDS = FIELD.last - FIELD.first;

interface ParsedSong {
  readonly song: SearchSong;
  readonly parsed: ParsedTitle;
  readonly version: Version | null;
}

/** Songs that are one recording, the best known first. */
interface Recording {
  readonly songs: readonly SearchSong[];
  readonly version: Version | null;
  readonly tokens: readonly { readonly word: string; readonly field: number }[];
}

/**
 * Builds the search index of a catalogue.
 * @param japanese reads Japanese, so that it is found by its sound; without it kana alone is
 * @param songs any number up to 2²⁸ − 1 recordings; equal input in equal order gives equal bytes.
 * @returns the index file; `SongIndex.load` opens it.
 */
export function buildSongIndex(
  songs: readonly SearchSong[],
  japanese: JapaneseReader | null = null,
): Uint8Array {
  const recordings = collapse(songs, japanese);
  const docs = recordings.length;
  const strings = new StringTable();
  const docArtists = new Lists(docs);
  const docSongs = new Lists(docs);
  const docTitle = new Uint32Array(docs);
  const docVersion = new Uint8Array(docs);
  const docPopularity = new Uint8Array(docs);
  const vocabulary = collectVocabulary(recordings);
  const docTokens = new Lists(docs);
  const postings: number[][] = vocabulary.sorted.map(() => []);

  recordings.forEach((recording, doc) => {
    const best = recording.songs[0]!;
    docTitle[doc] = strings.add(best.title);
    docVersion[doc] = recording.version === null ? 0 : VERSIONS.indexOf(recording.version) + 1;
    docPopularity[doc] = popularity(best);
    docArtists.push(best.artists.map((artist) => strings.add(artist)));
    docSongs.push(recording.songs.map((song) => strings.add(song.id)));
    const where = new Map<number, number>();
    docTokens.push(
      recording.tokens.map(({ word, field }) => {
        const number = vocabulary.number.get(word)!;
        const bit = field === FIELD.extra ? 0 : field < FIELD.artist ? WHERE.core : WHERE.artist;
        where.set(number, (where.get(number) ?? 0) | bit);
        return (number << FIELD.bits) | field;
      }),
    );
    for (const [number, bits] of where) postings[number]!.push(doc * 4 + bits);
  });

  const byWord = new Lists(postings.length);
  for (const list of postings) byWord.push(list);
  return writeSections({
    ...strings.sections(),
    docTitle,
    docVersion,
    docPopularity,
    docArtistStart: docArtists.starts,
    docArtists: docArtists.values(),
    docSongStart: docSongs.starts,
    docSongs: docSongs.values(),
    docTokenStart: docTokens.starts,
    docTokens: docTokens.values(),
    ...vocabularySections(vocabulary.sorted),
    postingStart: byWord.starts,
    postings: byWord.values(),
  });
}

/** Groups the songs by recording; recordings and the songs in them come best known first, ties in input order. */
function collapse(songs: readonly SearchSong[], japanese: JapaneseReader | null): Recording[] {
  const groups = new Map<string, ParsedSong[]>();
  for (const song of songs) {
    const parsed = parseTitle(song.title, song.artists);
    const version = parsed.version ?? versionOfAlbum(song.album);
    const key = `${recordingKey(parsed, song.artists)}\n${version}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ song, parsed, version }]);
    else group.push({ song, parsed, version });
  }
  // An artist's name is read once for all songs.
  const names = new Map<string, string[][]>();
  const readName = (artist: string) => {
    const known = names.get(artist) ?? romanised(artist, japanese);
    names.set(artist, known);
    return known;
  };
  for (const group of groups.values()) group.sort(byPopularity);
  return [...groups.values()]
    .sort(([a], [b]) => byPopularity(a!, b!))
    .map((group) => describe(group, japanese, readName));
}

function byPopularity(a: ParsedSong, b: ParsedSong): number {
  return popularity(b.song) - popularity(a.song);
}

/** "Somebody feat. Somebody Else" as one artist is two. */
function namesIn(artist: string): string[] {
  return artist.split(/ (?:feat\.?|featuring|ft\.) /iu);
}

function describe(
  songs: readonly ParsedSong[],
  japanese: JapaneseReader | null,
  readName: (artist: string) => string[][],
): Recording {
  const { song: best, parsed, version } = songs[0]!;
  const tokens: { word: string; field: number }[] = [];
  const seen = new Set<string>();
  const add = (found: readonly string[], field: number) => {
    for (const word of found.slice(0, MAX_FIELD_WORDS)) {
      seen.add(word);
      tokens.push({ word, field });
    }
  };
  add(words(parsed.core), FIELD.core);
  // "Gangnam Style (강남스타일)" has two names.
  const foreign = isForeign(parsed.core);
  const other = parsed.subtitles.filter((subtitle) => isForeign(subtitle) !== foreign).map(words);
  [...other, ...romanised(parsed.core, japanese)]
    .slice(0, 1 + FIELD.lastAlt - FIELD.alt)
    .forEach((form, index) => {
      add(form, FIELD.alt + index);
    });
  const artists = best.artists.flatMap(namesIn);
  for (const artist of artists) for (const form of readName(artist)) add(form, FIELD.artist);
  artists.forEach((artist, index) => {
    add(words(artist), FIELD.first + Math.min(index, ARTIST_FIELDS));
  });
  // The notes of every version help to find the recording ("lose yourself 8 mile"), once each.
  const extras = new Set<string>();
  for (const { song, parsed: other } of songs) {
    const notes = [...other.subtitles, ...other.versionNotes, ...other.editionNotes, ...other.featured];
    for (const note of [...notes, ...song.artists]) {
      for (const word of words(note)) if (!seen.has(word)) extras.add(word);
    }
  }
  for (const word of [...extras].slice(0, MAX_FIELD_WORDS)) tokens.push({ word, field: FIELD.extra });
  return { songs: songs.map(({ song }) => song), version, tokens };
}

/** 0…100, whole. */
function popularity(song: SearchSong): number {
  const value = fameOf(song);
  return Number.isFinite(value) ? Math.round(Math.min(100, Math.max(0, value))) : 0;
}

function collectVocabulary(recordings: readonly Recording[]): {
  sorted: string[];
  number: Map<string, number>;
} {
  const distinct = new Set<string>();
  for (const { tokens } of recordings) for (const { word } of tokens) distinct.add(word);
  const sorted = [...distinct].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return { sorted, number: new Map(sorted.map((word, index) => [word, index])) };
}

function vocabularySections(sorted: readonly string[]) {
  const wordStart = new Uint32Array(sorted.length + 1);
  sorted.forEach((word, index) => {
    wordStart[index + 1] = wordStart[index]! + word.length;
  });
  const wordUnits = new Uint16Array(wordStart[sorted.length]!);
  const grams = new Map<number, number[]>();
  sorted.forEach((word, index) => {
    for (let at = 0; at < word.length; at++) wordUnits[wordStart[index]! + at] = word.charCodeAt(at);
    for (const gram of gramsOf(word)) {
      const list = grams.get(gram);
      if (list === undefined) grams.set(gram, [index]);
      else list.push(index);
    }
  });
  const gramKeys = Uint32Array.from(grams.keys()).sort();
  const gramWords = new Lists(gramKeys.length);
  for (const gram of gramKeys) gramWords.push(grams.get(gram)!);
  const wordOrder = Uint32Array.from(sorted.keys());
  wordOrder.sort((a, b) => (sorted[a]! < sorted[b]! ? -1 : 1));
  return {
    wordStart,
    wordUnits,
    wordOrder,
    gramKeys,
    gramStart: gramWords.starts,
    gramWords: gramWords.values(),
  };
}

/** Strings, each stored once. */
class StringTable {
  readonly #numbers = new Map<string, number>();

  add(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  sections(): Pick<Sections, 'strings' | 'stringStart'> {
    const all = [...this.#numbers.keys()].map((text) => Buffer.from(text, 'utf8'));
    const stringStart = new Uint32Array(all.length + 1);
    all.forEach((bytes, index) => {
      stringStart[index + 1] = stringStart[index]! + bytes.length;
    });
    return { strings: new Uint8Array(Buffer.concat(all)), stringStart };
  }
}

/** Lists of numbers one after the other; list n is values[starts[n] … starts[n + 1]]. */
class Lists {
  readonly starts: Uint32Array;
  readonly #lists: (readonly number[])[] = [];

  constructor(count: number) {
    this.starts = new Uint32Array(count + 1);
  }

  push(list: readonly number[]): void {
    this.#lists.push(list);
    this.starts[this.#lists.length] = this.starts[this.#lists.length - 1]! + list.length;
  }

  values(): Uint32Array {
    const joined = new Uint32Array(this.starts[this.#lists.length]!);
    this.#lists.forEach((list, index) => {
      joined.set(list, this.starts[index]);
    });
    return joined;
  }
}
