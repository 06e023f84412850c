/** Everything of a model but its matrices, from the songs and films at hand. */

import { AUDIO_NAMES, audioNumbers } from '../engine/model/features.ts';
import { MODEL_FORMAT, type ModelSpec, UNREAD } from '../engine/model/spec.ts';
import type { Song } from '../engine/types.ts';
import type { CleanFilm } from '../indexer/clean-films.ts';
import type { FitInput } from './input.ts';
import { REGIONAL_GENRES } from './regional-genres.ts';
import { type FitSettings, UNFITTED_SHAPE } from './settings.ts';

const round = (x: number) => Number(x.toPrecision(7));

function moments(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / Math.max(values.length, 1);
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(values.length, 1);
  return { mean: round(mean), sd: round(Math.sqrt(variance)) || 1 };
}

/** The names that occur most often, most frequent first (ties by name). */
function mostFrequent(lists: Iterable<readonly string[]>, count: number): string[] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const name of list) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, count)
    .map(([name]) => name);
}

/** Smallest and largest value of each feature that the paper min-max scales. */
function ranges(songs: readonly Song[], films: readonly CleanFilm[]): ModelSpec['ranges'] {
  const span = (values: Iterable<number>): [number, number] => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return [round(low), round(high)];
  };
  return {
    songPopularity: span(songs.map((song) => song.popularity ?? 0)),
    tempo: span(songs.map((song) => song.features?.tempo ?? 0)),
    loudness: span(songs.flatMap((song) => song.features?.loudness ?? [])),
    filmPopularity: span(films.map((film) => film.popularity)),
    runtime: span(films.map((film) => film.runtime ?? 0)),
    rating: span(films.map((film) => film.rating)),
    votes: span(films.map((film) => film.votes)),
    revenue: span(films.map((film) => film.revenue)),
  };
}

/**
 * "Explicit" is said of one song in twelve, which makes its z-score the largest number of a song: the same song in
 * its clean version would get other films. Spread so much wider, it does not.
 */
const EXPLICIT_SPREAD = 2.5;

/** @param fittedAt the day to note */
export function describeModel(input: FitInput, settings: FitSettings, fittedAt: string): ModelSpec {
  const { songs, films, feel, text } = input;
  const audio = AUDIO_NAMES.map((name) => {
    const values: number[] = [];
    for (const song of songs) {
      const value = audioNumbers(song)[name];
      if (value != null) values.push(value);
    }
    const { mean, sd } = moments(values);
    return { name, mean, sd: name === 'explicit' ? round(EXPLICIT_SPREAD * sd) : sd };
  });
  return {
    format: MODEL_FORMAT,
    fittedAt,
    feelData: feel.version,
    feel: {
      terms: [...feel.vocabulary.terms],
      worlds: [...feel.vocabulary.worlds],
      meanShare: settings.meanShare,
    },
    song: {
      audio,
      clip: 4,
      genres: mostFrequent(
        songs.map((song) => song.genres),
        114,
      ).sort(),
      regionalGenres: [...REGIONAL_GENRES],
      // Known once the entries are read.
      grams: 0,
      soundShare: settings.soundShare,
      hidden: settings.tower.hidden,
    },
    film: {
      genres: mostFrequent(
        films.map((film) => film.genres),
        19,
      ),
      languages: mostFrequent(
        films.map((film) => [film.language]),
        34,
      ),
      countries: mostFrequent(
        films.map((film) => film.countries),
        45,
      ),
      yearCentres: [1930, 1950, 1965, 1975, 1985, 1995, 2005, 2015, 2022],
      yearWidth: 8,
      textBlocks: [...text.blocks],
      terms: text.terms.length,
      learned: 0,
      predictedShare: settings.predictedShare,
    },
    weights: { song: { ...settings.songWeights }, film: { ...settings.filmWeights } },
    dims: settings.tower.dims,
    bias: 0,
    scale: 1,
    picks: { ...settings.picks },
    relevance: UNREAD,
    popularityBias: { hidden: -2.5, standard: 0, known: 2 },
    calibration: { slope: 1, ...UNFITTED_SHAPE, intercepts: { described: -3, artist: -3, sound: -3 } },
    ranges: ranges(songs, films),
    files: {},
  };
}
