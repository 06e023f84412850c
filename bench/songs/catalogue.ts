/** A catalogue as the look-ups see it, with a song search built by the code at hand if that is wanted. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FILES } from '../../src/engine/catalogue/format.ts';
import { placesOf } from '../../src/engine/catalogue/place.ts';
import { Engine } from '../../src/engine/engine.ts';
import { buildSongIndex, type SongHit, SongIndex } from '../../src/engine/search/index.ts';
import { WEIGHTS, type Weights } from '../../src/engine/search/weights.ts';
import type { Song } from '../../src/engine/types.ts';
import { loadJapanese } from '../../src/indexer/japanese.ts';
import type { KnownSongs } from '../../src/lookup/resolve/known-songs.ts';

export interface BenchCatalogue {
  readonly songs: readonly Song[];
  readonly known: KnownSongs;
  /** Bytes of the song search. */
  readonly bytes: number;
  /** The same with other weights of the search. */
  withWeights(weights: Weights): KnownSongs;
  close(): Promise<void>;
}

/**
 * Opens a catalogue folder.
 * @param rebuild builds the song search anew from the catalogue's songs instead of using the one in the folder
 */
export async function openCatalogue(dir: string, rebuild: boolean): Promise<BenchCatalogue> {
  const engine = await Engine.open(dir);
  const [place = dir] = await placesOf(dir);
  const songs = [...engine.catalogue.records.songs.getRange()].map(({ value }) => value as Song);
  songs.sort((a, b) => (a.id < b.id ? -1 : 1));
  const built = rebuild
    ? buildSongIndex(songs, await loadJapanese())
    : new Uint8Array(await readFile(path.join(place, FILES.search)));
  const withWeights = (weights: Weights): KnownSongs => {
    const index = SongIndex.load(built, weights);
    const withSong = ({ id, ...hit }: SongHit) => {
      const song = engine.song(id);
      return song ? [{ ...hit, song }] : [];
    };
    return {
      findSongs: (text, limit = 5) => index.search(text, limit).flatMap(withSong),
      readSongs: (text, limit = 5) => index.read(text, limit).flatMap(withSong),
      song: (id) => engine.song(id),
      songsByArtist: (name) => engine.songsByArtist(name),
      albumsNamed: (name) => engine.albumsNamed(name),
      imputedFrom: (song) => engine.imputedFrom(song),
      usesOf: (song) => engine.usesOf(song),
    };
  };
  return {
    songs,
    known: withWeights(WEIGHTS),
    withWeights,
    bytes: built.length,
    close: () => engine.close(),
  };
}
