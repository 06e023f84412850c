/** The record store: films, songs, artists and name look-ups in one LMDB environment. */
import { createHash } from 'node:crypto';
import { type Database, open, type RootDatabase } from 'lmdb';
import type { ArtistGenres } from '../model/artists.ts';
import type { Film, Song } from '../types.ts';

/** A film as stored: with the working numbers that no answer shows. */
export interface FilmRecord extends Film {
  /** 0…1, how dark the words of the overview are. */
  readonly negativity: number;
  /** Dollars, 0 where unknown: for the paper's method in `evaluate`. */
  readonly revenue: number;
}

/** The film as it is shown. */
export function shownFilm({ negativity: _n, revenue: _r, ...shown }: FilmRecord): Film {
  return shown;
}

/** TMDB id of a film that a reader of the list judged, and the grade: 0 no, 1 half, 2 fit, 3 best; a mean of several. */
export type Relevance = readonly [film: number, grade: number];

/** An artist as stored, keyed by `artistKey`. */
export interface ArtistRecord extends ArtistGenres {
  readonly name: string;
  /** Track ids, best known first (at most 100). */
  readonly songs: readonly string[];
  /** Packed profile (`packProfile`) and middle year of a described artist. */
  readonly feel?: Uint8Array;
  readonly year?: number | null;
  /** TMDB ids picked for the artist. */
  readonly picks?: readonly number[];
  /** TMDB ids of films for the artist's other moods. */
  readonly further?: readonly number[];
  readonly relevance?: readonly Relevance[];
}

/**
 * What is known of a song's feel, by song id: judged, taken from the song that it is a version of, or expected of it by
 * its artist and sound (`undescribedFeel`), worked out once.
 */
export interface FeelRecord {
  readonly feel: Uint8Array;
  readonly year: number | null;
  /** Year bumps of a song of unknown year that nobody described (`packStrengths`). */
  readonly bumps?: Uint8Array;
  /** TMDB ids picked for the song. */
  readonly picks: readonly number[];
  readonly relevance?: readonly Relevance[];
  /** Films in which the song is known to stand. */
  readonly plays: readonly { readonly film: number; readonly kind: string }[];
}

/** An album as stored under its folded name. */
export interface AlbumRecord {
  readonly album: string;
  readonly artists: readonly string[];
  readonly songs: readonly string[];
}

export interface Records {
  readonly root: RootDatabase;
  readonly films: Database<FilmRecord, number>;
  readonly songs: Database<Song, string>;
  readonly artists: Database<ArtistRecord, string>;
  readonly albums: Database<AlbumRecord[], string>;
  /** Folded film title → film ids, most voted first. */
  readonly titles: Database<number[], string>;
  readonly feels: Database<FeelRecord, string>;
}

/** LMDB keys end at 1,978 bytes; folded names are cut well before. */
const LONGEST_KEY = 300;

/** A name as a key of this store. */
export function storeKey(folded: string): string {
  return folded.length <= LONGEST_KEY
    ? folded || '\u0001'
    : `${folded.slice(0, LONGEST_KEY)}\u0001${createHash('sha1').update(folded).digest('hex')}`;
}

const NAMES = ['films', 'songs', 'artists', 'albums', 'titles', 'feels'] as const;

/** Opens the store of a catalogue folder. Verify the folder first: LMDB ends the process on damaged files. */
export function openRecords(dir: string, readOnly: boolean): Records {
  const root = open({
    path: dir,
    readOnly,
    maxDbs: 8,
    noMemInit: true,
    ...(readOnly ? {} : { mapSize: 2 ** 33, noSync: true }),
  });
  const shared = { sharedStructuresKey: Symbol.for('structures') };
  return {
    root,
    films: root.openDB({ name: 'films', ...shared }),
    songs: root.openDB({ name: 'songs', ...shared }),
    artists: root.openDB({ name: 'artists', ...shared }),
    albums: root.openDB({ name: 'albums', ...shared }),
    titles: root.openDB({ name: 'titles', ...shared }),
    feels: root.openDB({ name: 'feels', ...shared }),
  };
}

/** sha256 over every store's ordered keys and decoded values: equal for catalogues of equal content. */
export function hashRecords(records: Records): string {
  const hash = createHash('sha256');
  for (const name of NAMES) {
    hash.update(`\u0000${name}\u0000`);
    for (const { key, value } of records[name].getRange({})) hash.update(JSON.stringify([key, value]));
  }
  return hash.digest('hex');
}
