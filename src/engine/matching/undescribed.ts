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

/** Strengths and year of a described artist. */
export type ArtistFeel = Pick<FeelProfile, 'terms' | 'worlds' | 'year'>;

/** An artist's profile, moved by what a song's sound leads one to expect. */
export function borrowedFeel(
  model: Model,
  artist: ArtistFeel,
  predicted: Pick<FeelProfile, 'terms' | 'worlds'>,
): FeelProfile {
  const share = model.spec.song.soundShare;
  const mix = (own: Float32Array, guess: Float32Array) =>
    own.map((value, i) => (1 - share) * value + share * guess[i]!);
  return {
    terms: mix(artist.terms, predicted.terms),
    worlds: mix(artist.worlds, predicted.worlds),
    year: artist.year,
    basis: 'artist',
  };
}

/** The profile that an artist's record holds, where the artist is described. */
export function artistFeel(
  model: Model,
  record: { readonly feel?: Uint8Array; readonly year?: number | null } | undefined,
): ArtistFeel | undefined {
  const { terms, worlds } = model.spec.feel;
  return record?.feel && unpackProfile(record.feel, terms.length, worlds.length, record.year ?? null);
}

/** @param artist a described artist of the song, where there is one */
export function undescribedFeel(
  model: Model,
  song: Song,
  genres: SongGenres,
  artist?: ArtistFeel,
): ExpectedFeel {
  const { bumps, ...predicted } = model.predictSong(song, genres);
  const profile: FeelProfile = artist
    ? borrowedFeel(model, artist, predicted)
    : { ...predicted, year: null, basis: 'sound' };
  return { profile, bumps };
}
