/** A catalogue as the look-ups see it, with a song search built by the code at hand if that is wanted. */
import { Engine } from '../../src/engine/engine.ts';
import { buildSongIndex, type SongHit, SongIndex } from '../../src/engine/search/index.ts';
import type { Song } from '../../src/engine/types.ts';
import { loadJapanese } from '../../src/indexer/japanese.ts';
import type { KnownSongs } from '../../src/lookup/resolve/known-songs.ts';

export interface BenchCatalogue {
  readonly songs: readonly Song[];
  readonly known: KnownSongs;
  /** Bytes of the song search. */
  readonly bytes: number | null;
  close(): Promise<void>;
}

/**
 * Opens a catalogue folder.
 * @param rebuild builds the song search anew from the catalogue's songs instead of using the one in the folder
 */
export async function openCatalogue(dir: string, rebuild: boolean): Promise<BenchCatalogue> {
  const engine = await Engine.open(dir);
  const songs = [...engine.catalogue.records.songs.getRange()].map(({ value }) => value as Song);
  songs.sort((a, b) => (a.id < b.id ? -1 : 1));
  if (!rebuild) return { songs, known: engine, bytes: null, close: () => engine.close() };
  const built = buildSongIndex(songs, await loadJapanese());
  const index = SongIndex.load(built);
  const withSong = ({ id, ...hit }: SongHit) => {
    const song = engine.song(id);
    return song ? [{ ...hit, song }] : [];
  };
  const known: KnownSongs = {
    findSongs: (text, limit = 5) => index.search(text, limit).flatMap(withSong),
    readSongs: (text, limit = 5) => index.read(text, limit).flatMap(withSong),
    song: (id) => engine.song(id),
    songsByArtist: (name) => engine.songsByArtist(name),
    albumsNamed: (name) => engine.albumsNamed(name),
    imputedFrom: (song) => engine.imputedFrom(song),
  };
  return { songs, known, bytes: built.length, close: () => engine.close() };
}
