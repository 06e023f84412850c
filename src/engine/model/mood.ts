/** The mood channel: valence (sad to happy) and energy (calm to intense) of songs and films on one scale. */
import type { Film, Song } from '../types.ts';
import { clip, rankGaussian } from './numbers.ts';
import type { ModelSpec } from './spec.ts';

/** Valence and energy as rank-Gaussian scores: 0 is the middle of the fitting data, ±2.5 its ends. */
export interface Mood {
  readonly valence: number;
  readonly energy: number;
}

/** Length of the mood block. */
export const MOOD_DIMS = 3;

/** Raw mood numbers of a film: means of the genre table and the overview's word scores. */
export interface RawFilmMood {
  readonly tableValence: number;
  readonly tableEnergy: number;
  /** −1…1 */
  readonly sentiment: number;
  /** Share of the overview's feeling that is negative, 0…1. */
  readonly negativity: number;
}

/** Means of the table over the film's genres; 0 where none is listed. */
export function genreMood(
  genres: readonly string[],
  table: ModelSpec['mood']['table'],
): { valence: number; energy: number } {
  let valence = 0;
  let energy = 0;
  let known = 0;
  for (const genre of genres) {
    const entry = table[genre];
    if (!entry) continue;
    valence += entry[0];
    energy += entry[1];
    known++;
  }
  return known === 0 ? { valence: 0, energy: 0 } : { valence: valence / known, energy: energy / known };
}

/** Valence and energy before ranking: z(genre table) + weight · z(overview). */
export function combineFilmMood(
  raw: RawFilmMood,
  mood: Pick<ModelSpec['mood'], 'film' | 'sentimentWeight'>,
): Mood {
  const z = (x: number, m: { mean: number; sd: number }) => (x - m.mean) / m.sd;
  const { film, sentimentWeight } = mood;
  return {
    valence: z(raw.tableValence, film.valence) + sentimentWeight * z(raw.sentiment, film.sentiment),
    energy: z(raw.tableEnergy, film.energy) + sentimentWeight * z(raw.negativity, film.negativity),
  };
}

/** A film's mood from its genres and the sentiment of its overview. */
export function filmMood(
  film: Pick<Film, 'genres' | 'sentiment'> & { negativity: number },
  spec: ModelSpec,
): Mood {
  const table = genreMood(film.genres, spec.mood.table);
  const combined = combineFilmMood(
    {
      tableValence: table.valence,
      tableEnergy: table.energy,
      sentiment: film.sentiment,
      negativity: film.negativity,
    },
    spec.mood,
  );
  return {
    valence: rankGaussian(combined.valence, spec.mood.quantiles.filmValence),
    energy: rankGaussian(combined.energy, spec.mood.quantiles.filmEnergy),
  };
}

/** Most of its valence that a song can lose to {@link songValence}. */
const LOUD_MINOR_LOSS = 0.4;
/** The same in a major key, where loud music is more often glad. */
const LOUD_MAJOR_LOSS = 0.14;

/** Valence that a silent, acoustic song in a major key gains: a lullaby is tender, not bleak. */
const CALM_MAJOR_GAIN = 0.18;

/**
 * A song's raw valence for the mood channel, 0…1. Spotify's valence calls loud, fast music happy and quiet music
 * sad: a song of energy above 0.7 loses up to 40 % of it in a minor key, a third of that in a major one; an
 * acoustic song of energy below 0.25 gains up to 0.18 in a major key (matching notes, "known wrong answers": a
 * metal riff is not a romp, a lullaby no war film).
 */
export function songValence(song: Pick<Song, 'features'>): number {
  const { valence, energy, mode, acousticness } = song.features;
  const loud = clip((energy - 0.7) / 0.3, 0, 1);
  const calm = clip((0.25 - energy) / 0.25, 0, 1);
  const gain = mode === 1 ? CALM_MAJOR_GAIN * calm * acousticness : 0;
  return clip(valence * (1 - loud * (mode === 0 ? LOUD_MINOR_LOSS : LOUD_MAJOR_LOSS)) + gain, 0, 1);
}

/** A song's mood from its audio features. */
export function songMood(song: Pick<Song, 'features'>, spec: ModelSpec): Mood {
  return {
    valence: rankGaussian(songValence(song), spec.mood.quantiles.songValence),
    energy: rankGaussian(song.features.energy, spec.mood.quantiles.songEnergy),
  };
}

/** The mood block: [valence, weighted energy, constant] at unit length. */
export function moodVector(mood: Mood, spec: Pick<ModelSpec, 'mood'>): Float64Array {
  const energy = spec.mood.energyWeight * mood.energy;
  const length = Math.hypot(mood.valence, energy, spec.mood.constant);
  return Float64Array.of(mood.valence / length, energy / length, spec.mood.constant / length);
}
