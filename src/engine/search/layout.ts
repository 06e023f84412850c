import { crc32 } from 'node:zlib';
import { CatalogueError } from '../../shared/errors.ts';

/**
 * The bytes of an index: a header, a table of sections, the sections. Little-endian, every section aligned to
 * eight bytes, so that loading makes views over the buffer instead of copies.
 */

const MAGIC = 0x53324d4d; // 'MM2S'
const FORMAT = 2;
const HEADER_BYTES = 16; // magic, format, total bytes, CRC-32 of all that follows the header

/** Sections in the order of the file, each with the type of its elements. */
const SECTIONS = {
  /** UTF-8 text of every id, title and artist. */
  strings: Uint8Array,
  /** String n lies at stringStart[n] … stringStart[n + 1]. */
  stringStart: Uint32Array,
  /** Recordings, best known first: title (string), version (0 = none, else position in VERSIONS + 1), 0…100. */
  docTitle: Uint32Array,
  docVersion: Uint8Array,
  docPopularity: Uint8Array,
  /** Recording → artists (strings). */
  docArtistStart: Uint32Array,
  docArtists: Uint32Array,
  /** Recording → ids of its versions (strings), the best known first. */
  docSongStart: Uint32Array,
  docSongs: Uint32Array,
  /** Recording → words in order, each `word << FIELD.bits | field` (see FIELD). */
  docTokenStart: Uint32Array,
  docTokens: Uint32Array,
  /** Words ordered by length, then by code unit, as UTF-16. */
  wordStart: Uint32Array,
  wordUnits: Uint16Array,
  /** Words in dictionary order, so that a beginning is a range. */
  wordOrder: Uint32Array,
  /** Letter pair (`first << 16 | second`, ascending) → words that contain it, ascending. */
  gramKeys: Uint32Array,
  gramStart: Uint32Array,
  gramWords: Uint32Array,
  /** Word → recordings that contain it, ascending, each `recording << 2 | where` (see WHERE). */
  postingStart: Uint32Array,
  postings: Uint32Array,
} as const;

type SectionName = keyof typeof SECTIONS;
const NAMES = Object.keys(SECTIONS) as SectionName[];

/** The sections as typed arrays. */
export type Sections = {
  readonly [Name in SectionName]: (typeof SECTIONS)[Name] extends Uint8ArrayConstructor
    ? Uint8Array
    : (typeof SECTIONS)[Name] extends Uint16ArrayConstructor
      ? Uint16Array
      : Uint32Array;
};

/**
 * Field of a word in a recording: its name, other words of the title, its name in other letters (two ways at most), an
 * artist's name in other letters, or `first` + number of the artist. A token is `word << bits | field`.
 */
export const FIELD = {
  core: 0,
  extra: 1,
  alt: 2,
  lastAlt: 3,
  artist: 4,
  first: 5,
  last: 15,
  bits: 4,
  mask: 15,
} as const;
/** Bits of a posting: the word stands in the song's name; in an artist's name. */
export const WHERE = { core: 1, artist: 2 } as const;

/** Joins the sections into one file. */
export function writeSections(sections: Sections): Uint8Array {
  const tableBytes = NAMES.length * 8;
  let end = align(HEADER_BYTES + tableBytes);
  const offsets = NAMES.map((name) => {
    const offset = end;
    end = align(offset + sections[name].byteLength);
    return offset;
  });
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  NAMES.forEach((name, index) => {
    const section = sections[name];
    view.setUint32(HEADER_BYTES + index * 8, offsets[index]!, true);
    view.setUint32(HEADER_BYTES + index * 8 + 4, section.byteLength, true);
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), offsets[index]);
  });
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, FORMAT, true);
  view.setUint32(8, end, true);
  view.setUint32(12, crc32(bytes.subarray(HEADER_BYTES)), true);
  return bytes;
}

/**
 * Opens the sections of a file without copying them (unless the bytes are unaligned).
 * @throws CatalogueError when the bytes are no index, of another format, cut short, altered or inconsistent.
 */
export function readSections(bytes: Uint8Array): Sections {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const tableEnd = HEADER_BYTES + NAMES.length * 8;
  if (aligned.byteLength < tableEnd) throw damaged('it is too short');
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw damaged('it is not a song index');
  if (view.getUint32(4, true) !== FORMAT) throw damaged('it has another format version');
  if (view.getUint32(8, true) !== aligned.byteLength) throw damaged('its length is wrong');
  if (view.getUint32(12, true) !== crc32(aligned.subarray(HEADER_BYTES)))
    throw damaged('its checksum is wrong');

  const sections: Partial<Record<SectionName, unknown>> = {};
  let previousEnd = tableEnd;
  NAMES.forEach((name, index) => {
    const Type = SECTIONS[name];
    const offset = view.getUint32(HEADER_BYTES + index * 8, true);
    const byteLength = view.getUint32(HEADER_BYTES + index * 8 + 4, true);
    const fits = offset >= previousEnd && offset + byteLength <= aligned.byteLength;
    if (!fits || offset % 8 !== 0 || byteLength % Type.BYTES_PER_ELEMENT !== 0)
      throw damaged('a section lies outside');
    sections[name] = new Type(
      aligned.buffer as ArrayBuffer,
      aligned.byteOffset + offset,
      byteLength / Type.BYTES_PER_ELEMENT,
    );
    previousEnd = offset + byteLength;
  });
  const complete = sections as Sections;
  checkReferences(complete);
  return complete;
}

/** Every reference points into its target: from here on the search need not check again. */
function checkReferences(s: Sections): void {
  const docs = s.docTitle.length;
  const wordCount = s.wordOrder.length;
  const strings = s.stringStart.length - 1;
  checkStarts(s.stringStart, strings, s.strings.length);
  checkStarts(s.docArtistStart, docs, s.docArtists.length);
  checkStarts(s.docSongStart, docs, s.docSongs.length);
  checkStarts(s.docTokenStart, docs, s.docTokens.length);
  checkStarts(s.wordStart, wordCount, s.wordUnits.length);
  checkStarts(s.gramStart, s.gramKeys.length, s.gramWords.length);
  checkStarts(s.postingStart, wordCount, s.postings.length);
  checkBelow(s.docTitle, strings);
  checkBelow(s.docArtists, strings);
  checkBelow(s.docSongs, strings);
  checkBelow(s.docTokens, wordCount << FIELD.bits);
  checkBelow(s.wordOrder, wordCount);
  checkBelow(s.gramWords, wordCount);
  checkBelow(s.postings, docs * 4);
  if (s.docVersion.length !== docs || s.docPopularity.length !== docs) throw damaged('its tables disagree');
  for (let doc = 0; doc < docs; doc++) {
    if (s.docSongStart[doc] === s.docSongStart[doc + 1]) throw damaged('a recording has no song');
  }
}

function checkStarts(starts: Uint32Array, count: number, end: number): void {
  if (starts.length !== count + 1 || starts[0] !== 0 || starts[count] !== end)
    throw damaged('its tables disagree');
  for (let index = 0; index < count; index++) {
    if (starts[index]! > starts[index + 1]!) throw damaged('its tables disagree');
  }
}

function checkBelow(values: Uint32Array, limit: number): void {
  for (let index = 0; index < values.length; index++) {
    if (values[index]! >= limit) throw damaged('a reference points outside');
  }
}

function align(offset: number): number {
  return (offset + 7) & ~7;
}

function damaged(detail: string): CatalogueError {
  return new CatalogueError('The song index is damaged.', {
    id: 'catalogue.search.damaged',
    hint: `The song index cannot be used: ${detail}. Build or download the catalogue again.`,
  });
}
