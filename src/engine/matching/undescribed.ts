/** The feel of a song that nobody described: its artist's, moved by its sound, else its sound's alone. */
import { type FeelProfile, unpackProfile } from '../feel/profile.ts';
import type { SongGenres } from '../model/features.ts';
import type { Model } from '../model/model.ts';
import type { Song } from '../types.ts';

export interface ExpectedFeel {
  readonly profile: FeelProfile;
  /** Year bumps, for a song whose year is not known. */
  readonly bumps: Float64Array;
}

/** @param artist the record of a described artist of the song, where there is one */
export function undescribedFeel(
  model: Model,
  song: Song,
  genres: SongGenres,
  artist?: { readonly feel?: Uint8Array; readonly year?: number | null },
): ExpectedFeel {
  const { bumps, ...predicted } = model.predictSong(song, genres);
  if (!artist?.feel) return { profile: { ...predicted, year: null, basis: 'sound' }, bumps };
  const { feel, song: spec } = model.spec;
  const own = unpackProfile(artist.feel, feel.terms.length, feel.worlds.length, artist.year ?? null);
  const share = spec.soundShare;
  const mix = (a: Float32Array, b: Float32Array) => a.map((value, i) => (1 - share) * value + share * b[i]!);
  return {
    profile: {
      terms: mix(own.terms, predicted.terms),
      worlds: mix(own.worlds, predicted.worlds),
      year: own.year,
      basis: 'artist',
    },
    bumps,
  };
}
