/** Genres of a song that came without labels of its own. */
import type { Imputation, Song } from '../types.ts';
import { type ArtistLookup, imputedShares, labelledGenres } from './artists.ts';
import { audioScores, type SongGenres } from './features.ts';
import type { Model } from './model.ts';
import { NEAREST_TRACKS, nearestGenres, type SoundTable } from './nearest.ts';

/** Genre weights of a song, and what they were taken from. */
export interface FoundGenres {
  readonly genres: SongGenres;
  readonly imputed: Imputation;
}

const NOTHING: Imputation = { kind: 'none', count: 0 };

/** As if the song had no labels: its artists' shares where there are any, else those of the nearest tracks by sound. */
export function imputeGenres(
  song: Song,
  model: Model,
  lookup: ArtistLookup,
  sounds: SoundTable,
): FoundGenres {
  const { shares, tracks } = imputedShares(song.artists, lookup, model.regionalGenres);
  if (shares.size > 0)
    return { genres: { own: shares, artist: shares }, imputed: { kind: 'artist', count: tracks } };
  // Without a sound there is nothing to be near to.
  if (song.features === null) return { genres: { own: new Map(), artist: new Map() }, imputed: NOTHING };
  const nearest = nearestGenres(audioScores(song, model.spec), sounds, model.regionalGenres);
  return {
    genres: { own: nearest, artist: nearest },
    imputed: nearest.size > 0 ? { kind: 'nearest', count: Math.min(NEAREST_TRACKS, sounds.count) } : NOTHING,
  };
}

/** The song's own labels with its artists' shares; imputed where it has none. */
export function findGenres(song: Song, model: Model, lookup: ArtistLookup, sounds: SoundTable): FoundGenres {
  const labelled = labelledGenres(song, lookup, model.genreIndex);
  return labelled.own.size > 0
    ? { genres: labelled, imputed: NOTHING }
    : imputeGenres(song, model, lookup, sounds);
}
