/** What is asked for as numbers: one song or a blend, with the parts that reasons need. */
import type { Catalogue } from '../catalogue/reader.ts';
import { storeKey } from '../catalogue/records.ts';
import type { ArtistLookup } from '../model/artists.ts';
import { type FoundGenres, findGenres } from '../model/imputation.ts';
import type { Mood } from '../model/mood.ts';
import { songTerms } from '../model/song-text.ts';
import type { Imputation, Song } from '../types.ts';

export interface SongQuery {
  /** The song vector, or the mean of several. */
  readonly x: Float64Array;
  readonly mood: Mood;
  /** Terms of the songs' names. */
  readonly names: readonly string[];
  /** Content and mood, unit length. */
  readonly embedding: Float64Array;
  readonly imputed: Imputation;
}

export function artistLookup(catalogue: Catalogue): ArtistLookup {
  return (key) => catalogue.records.artists.get(storeKey(key));
}

/** Genre weights of a song, imputed where it came without labels, and from what. */
export function genresOf(catalogue: Catalogue, song: Song): FoundGenres {
  return findGenres(song, catalogue.model, artistLookup(catalogue), catalogue.sounds);
}

/** @param songs one or more */
export function songQuery(catalogue: Catalogue, songs: readonly Song[]): SongQuery {
  const { model } = catalogue;
  const parts = songs.map((song) => {
    const { genres, imputed } = genresOf(catalogue, song);
    return { x: model.songVector(song, genres), mood: model.songMood(song), imputed };
  });
  const x = new Float64Array(parts[0]!.x.length);
  let valence = 0;
  let energy = 0;
  for (const part of parts) {
    for (let i = 0; i < x.length; i++) x[i]! += part.x[i]! / parts.length;
    valence += part.mood.valence / parts.length;
    energy += part.mood.energy / parts.length;
  }
  const mood = { valence, energy };
  return {
    x,
    mood,
    names: songs.flatMap(songTerms),
    embedding: model.embed(model.projectSong(x), mood),
    imputed: parts.find((part) => part.imputed.kind !== 'none')?.imputed ?? { kind: 'none', count: 0 },
  };
}
