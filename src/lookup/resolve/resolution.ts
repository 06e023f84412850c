/** What a person's words or link resolve to. */
import type { FoundSong, Song } from '../../engine/types.ts';
import type { Message, MessageKey } from '../../i18n/index.ts';
import type { KnownAlbum } from './known-songs.ts';

/** What an answer rests on. */
export interface Source {
  /**
   * `catalogue`: the song is in it. `reccobeats`: measured features from there. `recognised`: a service named the
   * song, the catalogue has it. `estimate`: the mean of the artist's known songs.
   */
  readonly kind: 'catalogue' | 'reccobeats' | 'recognised' | 'estimate';
  /** The same as a sentence for the asker, with counts. */
  readonly note: Message;
}

export interface ResolvedSong {
  readonly kind: 'song';
  readonly song: Song;
  readonly source: Source;
  /** Readings of a text, the chosen one first; empty for a link. */
  readonly candidates: readonly FoundSong[];
}

export interface ResolvedBlend {
  readonly kind: 'blend';
  readonly of: 'album' | 'artist' | 'playlist';
  readonly name: string;
  /** At least one; best known first where the source has no order of its own. */
  readonly songs: readonly Song[];
  /** How many of its songs are known: `songs.length` before songs that fit no film were left out. */
  readonly known: number;
  /** How many songs it has altogether; null where nobody says. */
  readonly total: number | null;
  /** A sentence with how many songs of how many are known. */
  readonly note: Message;
}

export interface Question {
  readonly kind: 'question';
  readonly why: Message;
  /** Songs to choose from, likeliest first; empty when albums are asked about. */
  readonly candidates: readonly FoundSong[];
  /** Albums to choose from; empty when songs are asked about. `blendOfAlbum` makes the choice an answer. */
  readonly albums: readonly KnownAlbum[];
  /** The words name none of them: they may mean a song that the catalogue lacks. */
  readonly open?: boolean;
}

export interface Unresolved {
  readonly kind: 'sorry';
  readonly reason: Message;
  /** The nearest songs of the catalogue, possibly none. */
  readonly candidates: readonly FoundSong[];
}

export type Resolution = ResolvedSong | ResolvedBlend | Question | Unresolved;

/** Builds a message. */
export function message(key: MessageKey, params: Message['params'] = {}): Message {
  return { key, params };
}

/** Declines, with the nearest songs where there are any. */
export function sorry(reason: Message, candidates: readonly FoundSong[] = []): Unresolved {
  return { kind: 'sorry', reason, candidates };
}

/** Most songs that a question offers. */
const OFFERED = 5;

/** Asks which of several songs is meant. */
export function ask(why: Message, found: readonly FoundSong[]): Question {
  return { kind: 'question', why, candidates: found.slice(0, OFFERED), albums: [] };
}
