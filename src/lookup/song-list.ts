/** Lists of songs as people paste them: one a line, or a table with a heading as playlist exporters write it. */
import { parse } from 'csv-parse/sync';
import { parseLinks } from './links.ts';

/** One entry of a list. */
export interface ListedSong {
  /** The song's words; '' where the entry is a link alone. */
  readonly text: string;
  /** Its artists, where a column of their own says them. */
  readonly artists: readonly string[];
  /** Spotify's id, where the entry holds one. */
  readonly spotifyId: string | null;
}

/** Longest list that is looked at: entries, and UTF-16 units. */
const MAX_SONGS = 100;
const MAX_TEXT = 20_000;
/** Longest line that is a song. */
const MAX_LINE = 250;
/** Links that are asked one by one, and strictly, as several songs of one question. */
const FEW_LINKS = 5;

const TITLE = /^(?:track|song|title|name|(?:track|song) (?:name|title)|titel|titre|título)$/i;
const ARTIST =
  /^(?:artists?|(?:album )?artist names?(?:\(s\))?|artist name\(s\)|interpret|artiste|artista)$/i;
const ID = /^(?:(?:spotify|track)[ _-]?(?:id|uri|url|link)|uri|url|spotify)$/i;
const SPOTIFY_ID = /(?:^|:|\/)([0-9A-Za-z]{22})(?=[?#]|$)/;

/** `1. `, `12) `, `#3 `, `- `, `• `. */
const MARK = /^(?:#?\d{1,3}[.):]?\s+|[-*•–·]\s+)/u;
const NUMBER = /^#?\d{1,3}[.):]\s/u;
/** Length and time at the end of a line: `3:45`, `(1:02:03)`. */
const LENGTH = /\s+[([]?\d{1,2}(?::\d{2}){1,2}[)\]]?$/u;
const PAIR = /\s[-–—~|]\s|\t|\sby\s|"\s*,|,\s*"|;|\S,\S/iu;
/** Shorter lines without a full stop may be bare titles. */
const BARE_TITLE = /^.{1,40}(?<![.!?,:])$/u;
/** Lines from which on bare titles are a list. */
const MANY = 4;

/**
 * The entries of a pasted list, or none where the text is no list but a song, links or talk.
 *
 * A list has a heading that names a column of songs, or at least three lines of which most are numbered, name a title
 * and an artist, hold a link, or are short; two lines are one when both say title and artist. More than five links to
 * songs are one in any form.
 */
export function readSongList(text: string): ListedSong[] {
  const lines = text
    .slice(0, MAX_TEXT)
    .split(/\r?\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length < 2) return manyLinks(text);
  const table = readTable(lines);
  if (table) return table.slice(0, MAX_SONGS);
  if (!isList(lines)) return manyLinks(text);
  return lines.slice(0, MAX_SONGS).flatMap((line): ListedSong[] => {
    const spotifyId = trackIn(line);
    const words = line.replace(MARK, '').replace(LENGTH, '').replace(/\t+/g, ' – ').trim();
    if (spotifyId) return [{ text: '', artists: [], spotifyId }];
    return words === '' || words.length > MAX_LINE ? [] : [{ text: words, artists: [], spotifyId: null }];
  });
}

/** More links to songs than are asked one by one, whatever stands between them: a field of one line has no lines. */
function manyLinks(text: string): ListedSong[] {
  const tracks = parseLinks(text.slice(0, MAX_TEXT)).flatMap((link) =>
    link.kind === 'track' ? link.id : [],
  );
  if (tracks.length <= FEW_LINKS) return [];
  return tracks.slice(0, MAX_SONGS).map((spotifyId) => ({ text: '', artists: [], spotifyId }));
}

function isList(lines: readonly string[]): boolean {
  const share = (test: (line: string) => boolean) => lines.filter(test).length / lines.length;
  const links = lines.filter((line) => parseLinks(line).length > 0).length;
  if (links > 0 && share((line) => NUMBER.test(line)) < 1) {
    return links > FEW_LINKS && links / lines.length > 0.5;
  }
  const said = share((line) => line.length <= MAX_LINE && (PAIR.test(line) || NUMBER.test(line)));
  if (lines.length === 2) return said === 1;
  return said > 0.6 || (lines.length >= MANY && share((line) => BARE_TITLE.test(line)) > 0.9);
}

function trackIn(line: string): string | null {
  const link = parseLinks(line).find(({ kind }) => kind === 'track');
  return link && 'id' in link ? link.id : null;
}

/** Reads a table whose first line names its columns; null where it does not. */
function readTable(lines: readonly string[]): ListedSong[] | null {
  const rows = rowsOf(lines);
  const [heading, ...others] = rows;
  if (!heading || others.length === 0) return null;
  const column = (name: RegExp) => heading.findIndex((cell) => name.test(cell.trim()));
  const [title, artist, id] = [column(TITLE), column(ARTIST), column(ID)];
  // One word above a list may be a title itself: a table has two columns, or says that it lists songs' ids.
  if ((title < 0 || heading.length < 2) && id < 0) return null;
  return others.flatMap((row) => {
    const spotifyId = id < 0 ? null : (SPOTIFY_ID.exec(row[id]?.trim() ?? '')?.[1] ?? null);
    const text = title < 0 ? '' : (row[title]?.trim() ?? '');
    if (!spotifyId && (text === '' || text.length > MAX_LINE)) return [];
    return [{ text: text.slice(0, MAX_LINE), artists: artistsIn(row[artist] ?? ''), spotifyId }];
  });
}

function rowsOf(lines: readonly string[]): string[][] {
  const delimiter = ['\t', ';', ','].find((one) => lines[0]!.includes(one)) ?? ',';
  try {
    const options = { delimiter, relax_quotes: true, relax_column_count: true, bom: true } as const;
    return parse(lines.join('\n'), options) as string[][];
  } catch {
    return [];
  }
}

/** Exporters join artists by comma or semicolon. */
function artistsIn(cell: string): string[] {
  const parts = cell.split(/\s*[,;]\s*/).filter((part) => part !== '');
  return [...new Set([...parts, cell.trim()])].filter((part) => part !== '' && part.length <= MAX_LINE);
}
