import type { FoundSong, Imputation, ReadSong, Song } from '../../engine/types.ts';

/** What look-ups need of a catalogue; `Engine` has all of it. */
export interface KnownSongs {
  /** Songs that a text may mean, best first; never one that the text does not support. */
  findSongs(text: string, limit?: number): readonly FoundSong[];
  /** Songs that a submitted text may mean: those that it names first. */
  readSongs(text: string, limit?: number): readonly ReadSong[];
  /** The song with a Spotify track id, or null. */
  song(id: string): Song | null;
  /** Songs of an artist (exact after normalisation), best known first. */
  songsByArtist(name: string): readonly Song[];
  albumsNamed(name: string): readonly KnownAlbum[];
  /** What a song's missing genres would be taken from. */
  imputedFrom(song: Song): Imputation;
  /** Films that a song is known from. */
  usesOf(song: Song): readonly { readonly film: { readonly title: string } }[];
}

/** An album as far as the catalogue knows it. */
export interface KnownAlbum {
  readonly album: string;
  readonly artists: readonly string[];
  readonly songs: readonly Song[];
}
