import {
  CATALOGUE_NUMBER,
  EDITION,
  FEATURING,
  NOTE_SEPARATOR,
  TRAILING_EDITION,
  TRAILING_FEATURING,
  VERSION_PATTERNS,
  type Version,
  WITH,
} from './versions.ts';

/** A title taken apart. All parts are as written, apart from NFKC and white space. */
export interface ParsedTitle {
  /** What people call the song; never empty unless the title is. */
  readonly core: string;
  /** Parts that belong to the name without being what people type first: "(Are Made of This)". */
  readonly subtitles: readonly string[];
  /** Notes that make it another take: "Live at Wembley", "Major Lazer Remix". */
  readonly versionNotes: readonly string[];
  /** Notes that only name an edition of the same take: "Remastered 2011", "From …". */
  readonly editionNotes: readonly string[];
  /** Guests named in the title. */
  readonly featured: readonly string[];
  /** The version of the first version note, or null. */
  readonly version: Version | null;
}

const OPEN = '([{【〔〈';
const CLOSE = ')]}】〕〉';
const BRACKETS = /[()[\]{}【】〔〕〈〉]/;
/** Longer titles are cut (UTF-16 units): they only occur as an attack or a mistake. */
const MAX_TITLE = 600;

/**
 * Takes a title apart into its name, its subtitles and its notes.
 * @param artists the song's artists; they decide whether "(with …)" names a guest. May be empty.
 */
export function parseTitle(title: string, artists: readonly string[] = []): ParsedTitle {
  const text = title.slice(0, MAX_TITLE).normalize('NFKC').replace(/\s+/gu, ' ').trim();
  const { outside, inside } = splitBrackets(text);
  const [first = '', ...rest] = splitDashes(outside);
  const notes = [...inside, ...rest];
  let core = first;

  const subtitles: string[] = [];
  const versionNotes: string[] = [];
  const editionNotes: string[] = [];
  const featured: string[] = [];
  let version: Version | null = null;

  const work = CATALOGUE_NUMBER.exec(core);
  if (work !== null && work.index > 0) {
    subtitles.push(work[0].replace(/^, /, ''));
    core = core.slice(0, work.index);
  }
  const trailing = TRAILING_FEATURING.exec(core);
  if (trailing !== null && trailing.index > 0) {
    featured.push(...splitNames(trailing[1]!));
    core = core.slice(0, trailing.index);
  }
  const edition = TRAILING_EDITION.exec(core);
  if (edition !== null && edition.index > 0) {
    editionNotes.push(edition[0].trim());
    core = core.slice(0, edition.index);
  }
  for (const note of notes) {
    const guests = namedGuests(note, artists);
    if (guests !== null) {
      featured.push(...guests);
      continue;
    }
    const parts = note.split(NOTE_SEPARATOR).filter((part) => part !== '');
    const kinds = parts.map((part) => (EDITION.test(part.toLowerCase()) ? 'edition' : versionOf(part)));
    if (parts.length === 0) continue;
    if (kinds.every((kind) => kind === 'edition')) editionNotes.push(note);
    else if (kinds.every((kind) => kind === null)) subtitles.push(note);
    else {
      const named = kinds.find((kind) => kind !== null && kind !== 'edition');
      if (named === undefined) subtitles.push(note);
      else {
        versionNotes.push(parts.filter((_, index) => kinds[index] !== 'edition').join(' '));
        version ??= named as Version;
      }
    }
  }
  core = core.trim();
  if (core === '') core = subtitles.shift() ?? text;
  return { core, subtitles, versionNotes, editionNotes, featured, version };
}

/** The version that a note names, or null when it names none. */
export function versionOf(note: string): Version | null {
  const lower = note.toLowerCase();
  for (const [version, pattern] of VERSION_PATTERNS) if (pattern.test(lower)) return version;
  return null;
}

function namedGuests(note: string, artists: readonly string[]): string[] | null {
  if (FEATURING.test(note)) return splitNames(note.replace(FEATURING, ''));
  if (!WITH.test(note)) return null;
  const names = note.replace(WITH, '').toLowerCase();
  return artists.some((artist) => artist !== '' && names.includes(artist.toLowerCase()))
    ? splitNames(note.replace(WITH, ''))
    : null;
}

function splitNames(names: string): string[] {
  return names
    .split(/\s*(?:,|;|&|\band\b|\bx\b|\by\b)\s*/iu)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Separates bracketed groups from the rest. An unclosed or stray bracket counts as text. */
function splitBrackets(text: string): { outside: string; inside: string[] } {
  if (!BRACKETS.test(text)) return { outside: text, inside: [] };
  let outside = '';
  const inside: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (OPEN.includes(character)) {
      if (depth === 0) start = at;
      depth++;
    } else if (CLOSE.includes(character)) {
      if (depth === 0) continue;
      depth--;
      if (depth === 0) {
        inside.push(text.slice(start + 1, at).trim());
        outside += ' ';
      }
    } else if (depth === 0) outside += character;
  }
  if (depth > 0) outside += ` ${text.slice(start + 1)}`;
  return { outside: outside.replace(/ +/g, ' ').trim(), inside };
}

/** Splits "Name - Note" and "名前 -Note-". A dash inside a word does not count. */
function splitDashes(text: string): string[] {
  const framed = /^(.+?) ?(?<=[\s\p{Lo}])[-~〜]([^-~〜]+)[-~〜]$/u.exec(text);
  const flat = framed === null ? text : `${framed[1]} - ${framed[2]}`;
  return flat
    .split(/ [-–—] /u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
