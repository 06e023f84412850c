/** From raw songs and films to the statistics that a model keeps, and to vectors. */
import { AUDIO_NAMES, audioNumbers } from '../engine/model/features.ts';
import { combineFilmMood, genreMood, songValence } from '../engine/model/mood.ts';
import { quantileTable } from '../engine/model/numbers.ts';
import { MODEL_FORMAT, type ModelSpec } from '../engine/model/spec.ts';
import type { Song } from '../engine/types.ts';
import type { CleanFilm } from '../indexer/clean-films.ts';
import { BOUND_GENRES } from './language-examples.ts';
import type { VisualGroup } from './visual.ts';

/** Valence and energy that a TMDb genre leads one to expect (method notes, "mood block"). */
export const MOOD_TABLE: Readonly<Record<string, [number, number]>> = {
  Action: [0, 1],
  Adventure: [0.4, 0.6],
  Animation: [0.6, 0.2],
  Comedy: [1, 0.1],
  Crime: [-0.6, 0.3],
  Documentary: [-0.1, -0.7],
  Drama: [-0.5, -0.6],
  Family: [0.9, -0.1],
  Fantasy: [0.3, 0.2],
  History: [-0.3, -0.4],
  Horror: [-1, 0.8],
  Music: [0.7, 0.1],
  Mystery: [-0.4, 0.2],
  Romance: [0.5, -0.5],
  'Science Fiction': [-0.1, 0.5],
  'TV Movie': [0, -0.2],
  Thriller: [-0.7, 0.8],
  War: [-0.8, 0.5],
  Western: [-0.1, 0.2],
};

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
    tempo: span(songs.map((song) => song.features.tempo ?? 0)),
    loudness: span(songs.map((song) => song.features.loudness)),
    filmPopularity: span(films.map((film) => film.popularity)),
    runtime: span(films.map((film) => film.runtime ?? 0)),
    rating: span(films.map((film) => film.rating)),
    votes: span(films.map((film) => film.votes)),
    revenue: span(films.map((film) => film.revenue)),
  };
}

/** Settings of a fit; the defaults were chosen by cross-validation over the shared pairs (docs/MATCHING.md). */
export interface FitSettings {
  readonly dims: number;
  readonly ridgeSong: number;
  readonly ridgeFilm: number;
  readonly correlationPower: number;
  readonly artistWeight: number;
  /** Weight of the mean film of the artist's soundtracks, and films' worth of doubt in it. */
  readonly soundtrackWeight: number;
  readonly soundtrackPrior: number;
  /** Weight of the words of title, album and artists. */
  readonly songTextWeight: number;
  /** Scale of each group of the film vector. */
  readonly filmWeights: ModelSpec['film']['weights'];
  readonly beta: number;
  readonly extraWeight: number;
  readonly creditWeight: number;
  readonly scoreWeight: number;
  /** Weight of each example made by language-examples.ts. */
  readonly languageWeight: number;
  /** Power of the number of a film's pairs in a pair's weight. */
  readonly filmPower: number;
  /** Posters as a group of the film vector; the fitted model has none, as none helped (docs/MATCHING.md). */
  readonly visual: VisualGroup | null;
  /** Groups left out, for ablations: `song:artist`, `film:plot`… */
  readonly without: readonly string[];
}

export const FIT_DEFAULTS: FitSettings = {
  dims: 44,
  ridgeSong: 0.4,
  ridgeFilm: 0.7,
  correlationPower: 1,
  artistWeight: 2,
  soundtrackWeight: 2,
  soundtrackPrior: 2,
  songTextWeight: 2,
  filmWeights: { genre: 0.4, language: 1.5, plot: 1.4, era: 2.5, runtime: 0.25, country: 0.2 },
  beta: 0.15,
  extraWeight: 0.5,
  creditWeight: 0.3,
  scoreWeight: 0.1,
  languageWeight: 0.1,
  filmPower: -0.5,
  visual: null,
  without: [],
};

/**
 * "Explicit" is said of one song in twelve, which makes its z-score the largest number of a song: the same song in
 * its clean version would get other films. Spread so much wider, it costs nothing in cross-validation.
 */
const EXPLICIT_SPREAD = 2.5;

/** Terms and dimensions of a text space. */
export interface SpaceSize {
  readonly terms: number;
  readonly textDims: number;
}

/** Everything of a model but its matrices, from the songs and films at hand. */
export function describe(
  songs: readonly Song[],
  films: readonly CleanFilm[],
  text: SpaceSize,
  songText: SpaceSize,
  settings: FitSettings,
  fittedAt: string,
): ModelSpec {
  const audio = AUDIO_NAMES.map((name) => {
    const values: number[] = [];
    for (const song of songs) {
      const value = audioNumbers(song)[name];
      if (value != null) values.push(value);
    }
    const { mean, sd } = moments(values);
    return { name, mean, sd: name === 'explicit' ? round(EXPLICIT_SPREAD * sd) : sd };
  });
  const raw = films.map((film) => ({
    ...genreMood(film.genres, MOOD_TABLE),
    sentiment: film.sentiment,
    negativity: film.negativity,
  }));
  const filmMoments = {
    valence: moments(raw.map((r) => r.valence)),
    energy: moments(raw.map((r) => r.energy)),
    sentiment: moments(raw.map((r) => r.sentiment)),
    negativity: moments(raw.map((r) => r.negativity)),
  };
  const sentimentWeight = 0.3;
  const combined = raw.map((r) =>
    combineFilmMood(
      { tableValence: r.valence, tableEnergy: r.energy, sentiment: r.sentiment, negativity: r.negativity },
      { film: filmMoments, sentimentWeight },
    ),
  );
  return {
    format: MODEL_FORMAT,
    fittedAt,
    song: {
      audio,
      clip: 4,
      genres: mostFrequent(
        songs.map((song) => song.genres),
        114,
      ).sort(),
      boundGenres: [...BOUND_GENRES],
      artistWeight: settings.artistWeight,
      soundtracks: { weight: settings.soundtrackWeight, prior: settings.soundtrackPrior, artists: 0 },
      textWeight: settings.songTextWeight,
      ...songText,
    },
    film: {
      genres: Object.keys(MOOD_TABLE),
      languages: mostFrequent(
        films.map((film) => [film.language]),
        24,
      ),
      countries: mostFrequent(
        films.map((film) => film.countries),
        31,
      ),
      yearCentres: [1930, 1950, 1965, 1975, 1985, 1995, 2005, 2015, 2022],
      yearWidth: 8,
      runtime: { centre: 100, scale: 40, limit: 2 },
      weights: { ...settings.filmWeights },
      ...text,
      visualDims: settings.visual?.dims ?? 0,
    },
    dims: settings.dims,
    mood: {
      beta: settings.beta,
      energyWeight: 0.6,
      constant: 0.5,
      table: { ...MOOD_TABLE },
      sentimentWeight,
      film: filmMoments,
      quantiles: {
        songValence: quantileTable(songs.map((song) => songValence(song))),
        songEnergy: quantileTable(songs.map((song) => song.features.energy)),
        filmValence: quantileTable(combined.map((m) => m.valence)),
        filmEnergy: quantileTable(combined.map((m) => m.energy)),
      },
    },
    popularity: { priorVotes: 50, priorRating: 5.8, scale: 0.6 },
    mainstream: { hidden: 0.2, standard: 0.43, known: 0.65 },
    calibration: { slope: 6.22, intercept: -1.57 },
    ranges: ranges(songs, films),
    files: {},
  };
}
