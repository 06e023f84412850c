/** What a fitted model says about itself: the readable part of `data/model/`, checked on load. */
import { z } from 'zod';

/** Raised whenever an older program could misread a newer model. */
export const MODEL_FORMAT = 2;

const range = z.tuple([z.number(), z.number()]);
const standardisation = z.object({ name: z.string(), mean: z.number(), sd: z.number().positive() });
const moments = z.object({ mean: z.number(), sd: z.number().positive() });
const fileEntry = z.object({ bytes: z.number().int().nonnegative(), sha256: z.string().length(64) });

export const modelSpecSchema = z.object({
  format: z.literal(MODEL_FORMAT),
  /** Day of the fit, for people; nothing depends on it. */
  fittedAt: z.string(),
  song: z.object({
    /** Audio numbers in vector order with their fitted moments. */
    audio: z.array(standardisation),
    /** z-scores are clipped at ± this many standard deviations. */
    clip: z.number().positive(),
    /** Genre labels in vector order. */
    genres: z.array(z.string()),
    /** Labels of a place or language: never imputed from tracks that only sound alike. */
    boundGenres: z.array(z.string()),
    /** Weight of the artist's genre shares beside the track's own genres. */
    artistWeight: z.number(),
    /** The mean film of the artists' soundtracks: its weight, films' worth of doubt, artists known. */
    soundtracks: z.object({
      weight: z.number(),
      prior: z.number().positive(),
      artists: z.number().int().nonnegative(),
    }),
    /** Weight, dimensions and vocabulary of the words of title, album and artists. */
    textWeight: z.number(),
    textDims: z.number().int().positive(),
    terms: z.number().int().nonnegative(),
  }),
  film: z.object({
    genres: z.array(z.string()),
    /** Most frequent original languages; one more number stands for every other. */
    languages: z.array(z.string()),
    countries: z.array(z.string()),
    yearCentres: z.array(z.number()),
    yearWidth: z.number().positive(),
    runtime: z.object({ centre: z.number(), scale: z.number().positive(), limit: z.number() }),
    /** Scale of each group of the vector; the ridge presses harder on a group of small scale. */
    weights: z.object({
      genre: z.number(),
      language: z.number(),
      plot: z.number(),
      era: z.number(),
      runtime: z.number(),
      country: z.number(),
    }),
    textDims: z.number().int().positive(),
    terms: z.number().int().positive(),
    /** Numbers of the poster; 0 in a model that leaves posters out, as the shipped one does (docs/MATCHING.md). */
    visualDims: z.number().int().nonnegative(),
  }),
  /** Dimensions of the shared space before mood and popularity are added. */
  dims: z.number().int().positive(),
  mood: z.object({
    /** Weight of the mood block in the squared cosine, 0…1. */
    beta: z.number().min(0).max(1),
    energyWeight: z.number(),
    constant: z.number(),
    /** Valence and energy by TMDb genre. */
    table: z.record(z.string(), z.tuple([z.number(), z.number()])),
    sentimentWeight: z.number(),
    /** Moments of the genre means and of the overview scores over the fitting films. */
    film: z.object({ valence: moments, energy: moments, sentiment: moments, negativity: moments }),
    /** Quantile tables for the rank-Gaussian transform. */
    quantiles: z.object({
      songValence: z.array(z.number()),
      songEnergy: z.array(z.number()),
      filmValence: z.array(z.number()),
      filmEnergy: z.array(z.number()),
    }),
  }),
  popularity: z.object({
    /** Votes and rating of the prior in the weighted rating. */
    priorVotes: z.number(),
    priorRating: z.number(),
    scale: z.number(),
  }),
  /** Query angle of the mainstream knob, radians. */
  mainstream: z.object({ hidden: z.number(), standard: z.number(), known: z.number() }),
  /** score = sigmoid(slope · similarity + intercept). */
  calibration: z.object({ slope: z.number().positive(), intercept: z.number() }),
  /** Min-max ranges of the plain features (the paper's normalisation), from the fitting data. */
  ranges: z.record(z.string(), range),
  files: z.record(z.string(), fileEntry),
});

export type ModelSpec = z.infer<typeof modelSpecSchema>;

/** Length of a song vector: audio, own genres, artist's genre shares, artist's soundtracks, words of its names. */
export function songDims(spec: Pick<ModelSpec, 'song' | 'film'>): number {
  return spec.song.audio.length + 2 * spec.song.genres.length + filmDims(spec) + spec.song.textDims;
}

/** Length of a film vector: genres, languages and "other", text, year bumps, runtime, countries, poster. */
export function filmDims(spec: Pick<ModelSpec, 'film'>): number {
  return filmGroups(spec).at(-1)!.to;
}

/** A named run of a vector, for reasons and ablations. */
export interface Group {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function runs(parts: readonly (readonly [string, number])[]): Group[] {
  let from = 0;
  return parts.map(([name, length]) => {
    const group = { name, from, to: from + length };
    from += length;
    return group;
  });
}

/** The groups of the song vector, in order. */
export function songGroups(spec: Pick<ModelSpec, 'song' | 'film'>): Group[] {
  const genres = spec.song.genres.length;
  return runs([
    ['audio', spec.song.audio.length],
    ['genre', genres],
    ['artist', genres],
    ['soundtracks', filmDims(spec)],
    ['names', spec.song.textDims],
  ]);
}

/** The groups of the film vector, in order. */
export function filmGroups(spec: Pick<ModelSpec, 'film'>): Group[] {
  const { genres, languages, countries, yearCentres, textDims, visualDims } = spec.film;
  return runs([
    ['genre', genres.length],
    ['language', languages.length + 1],
    ['plot', textDims],
    ['era', yearCentres.length],
    ['runtime', 1],
    ['country', countries.length],
    ['visual', visualDims],
  ]);
}
