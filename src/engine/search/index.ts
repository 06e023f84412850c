/**
 * The song search: from a text as people type it to the recordings it may mean. `buildSongIndex` makes the
 * index once, when the catalogue is built; `SongIndex.load` opens it at start.
 */

import { readSections, type Sections } from './layout.ts';
import { type Found, Ranker } from './rank.ts';
import { VERSIONS } from './versions.ts';
import { WEIGHTS, type Weights } from './weights.ts';

export { buildSongIndex, type SearchSong } from './build.ts';
export { normaliseText, songKey } from './normalise.ts';
export { isHan, type JapaneseReader } from './romanise.ts';

/** One recording that a text may mean: its best known version, and the ids of the others. */
export interface SongHit {
  readonly id: string;
  readonly title: string;
  readonly artists: readonly string[];
  /** 0…1: how well the text supports this song. 1 = every word exact and the name complete. */
  readonly quality: number;
  /** The text names this recording: its whole title, and nothing that it does not have. */
  readonly named: boolean;
  /** Words beside a whole title which the recording does not have; none where the title is not whole. */
  readonly unread: readonly string[];
  /** What the song says it is ('live', 'remix', 'cover', 'acoustic' …), or null for a plain recording. */
  readonly version: string | null;
  /** Ids of the other versions of the same recording, the best known first. */
  readonly alternatives: readonly string[];
}

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

/** The search over one catalogue. */
export class SongIndex {
  /** Songs in the index, collapsed versions included. */
  readonly size: number;
  readonly #s: Sections;
  readonly #ranker: Ranker;

  private constructor(sections: Sections, weights: Weights) {
    this.#s = sections;
    this.#ranker = new Ranker(sections, weights);
    this.size = sections.docSongs.length;
  }

  /**
   * Opens an index made by `buildSongIndex`. The bytes are used in place and must not change afterwards.
   * @param weights other ones than usual, to try them
   * @throws CatalogueError when they are damaged or of another format.
   */
  static load(bytes: Uint8Array, weights: Weights = WEIGHTS): SongIndex {
    return new SongIndex(readSections(bytes), weights);
  }

  /**
   * The recordings that a text may mean while it is typed, best first: title, artist, both in either order,
   * unfinished or with typos. Only the first 200 graphemes count. A recording that the text does not support is left
   * out, so a text without meaning gives []. Never throws.
   * @param limit at most this many recordings, 1…100; 10 unless given.
   */
  search(text: string, limit: number = DEFAULT_LIMIT): SongHit[] {
    return this.#find(text, limit, false);
  }

  /** Like `search` for a text that was submitted: its words are whole, and what it names comes first. */
  read(text: string, limit: number = DEFAULT_LIMIT): SongHit[] {
    return this.#find(text, limit, true);
  }

  #find(text: string, limit: number, finished: boolean): SongHit[] {
    const count = Math.min(MAX_LIMIT, Math.floor(limit));
    if (!(count >= 1)) return [];
    return this.#ranker.find(text, count, finished).map((found) => this.#hit(found));
  }

  #hit({ doc, quality, named, unread }: Found): SongHit {
    const s = this.#s;
    const [id, ...alternatives] = this.#strings(s.docSongs, s.docSongStart, doc);
    return {
      id: id!,
      title: this.#string(s.docTitle[doc]!),
      artists: this.#strings(s.docArtists, s.docArtistStart, doc),
      quality,
      named,
      unread,
      version: VERSIONS[s.docVersion[doc]! - 1] ?? null,
      alternatives,
    };
  }

  #strings(values: Uint32Array, starts: Uint32Array, doc: number): string[] {
    return Array.from(values.subarray(starts[doc], starts[doc + 1]), (number) => this.#string(number));
  }

  #string(number: number): string {
    return utf8.decode(
      this.#s.strings.subarray(this.#s.stringStart[number], this.#s.stringStart[number + 1]),
    );
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
