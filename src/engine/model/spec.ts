/** What a fitted model says about itself: the readable part of `data/model/`, checked on load. */
import { z } from 'zod';
import { GRADES } from './lift.ts';

/** Raised whenever an older program could misread a newer model. */
export const MODEL_FORMAT = 4;

const range = z.tuple([z.number(), z.number()]);
const standardisation = z.object({ name: z.string(), mean: z.number(), sd: z.number().positive() });
const fileEntry = z.object({ bytes: z.number().int().nonnegative(), sha256: z.string().length(64) });
const count = z.number().int().nonnegative();

const byGrade = z.array(z.number()).length(GRADES.length);
/** What grades add before they are fitted: nothing. */
export const UNREAD = { song: GRADES.map(() => 0), artist: GRADES.map(() => 0) };

export const modelSpecSchema = z.object({
  format: z.literal(MODEL_FORMAT),
  /** Day of the fit, for people; nothing depends on it. */
  fittedAt: z.string(),
  /** sha256 over the feel data that it was learned from. */
  feelData: z.string(),
  feel: z.object({
    /** Feelings and worlds in vector order (`data/feel/terms.tsv`). */
    terms: z.array(z.string()),
    worlds: z.array(z.string()),
    /** Share of the films' mean direction that is subtracted from every feel vector. */
    meanShare: z.number(),
  }),
  song: z.object({
    /** Audio numbers in vector order with their fitted moments. */
    audio: z.array(standardisation),
    /** z-scores are clipped at ± this many standard deviations. */
    clip: z.number().positive(),
    /** Genre labels in vector order. */
    genres: z.array(z.string()),
    /** Labels of a place or language: never imputed from tracks that only sound alike. */
    regionalGenres: z.array(z.string()),
    /** Letter triples and words of title, album and artists that the sound predictor knows. */
    grams: count,
    /** Share of the predicted profile in the profile of a song that has its artist's. */
    soundShare: z.number().min(0).max(1),
    /** Hidden units of the song tower. */
    hidden: count,
  }),
  film: z.object({
    genres: z.array(z.string()),
    /** Most frequent original languages; one more number stands for every other. */
    languages: z.array(z.string()),
    countries: z.array(z.string()),
    yearCentres: z.array(z.number()),
    yearWidth: z.number().positive(),
    /** Dimensions of the blocks of a text vector; each block has unit length. Empty in a model without texts. */
    textBlocks: z.array(z.number().int().positive()),
    terms: count,
    /** Films with a learned vector of their own, beside the one that their facts give. */
    learned: count,
    /** Share of the predicted profile in the profile of a described film. */
    predictedShare: z.number().min(0).max(1),
  }),
  /** Scale of each group of the song and film vectors. */
  weights: z.object({
    song: z.record(z.string(), z.number()),
    film: z.record(z.string(), z.number()),
  }),
  /** Dimensions of the shared space, before bias, popularity and slack are added. */
  dims: z.number().int().positive(),
  /** Logit of a film without a learned bias. */
  bias: z.number(),
  /** Length of the longest film vector: all are divided by it, and slack fills up what is missing to 1. */
  scale: z.number().positive(),
  /** What a pick adds to a film's standing at 0: the song's own, and its artist's; see `Model.lift`. */
  picks: z.object({ own: z.number(), artist: z.number() }),
  /** What a reader's grade of the film adds to its lift, by grade from 0 on: for the song, and for its artist. */
  relevance: z.object({ song: byGrade, artist: byGrade }).default(UNREAD),
  /** Logits per tenfold votes that the popularity bias adds: hidden gems, default, well known. */
  popularityBias: z.object({ hidden: z.number(), standard: z.number(), known: z.number() }),
  /** score = sigmoid(slope · lift + intercept of the basis); see `Model.lift` and `Model.score`. */
  calibration: z.object({
    slope: z.number().positive(),
    /** Standard deviations beyond which a film that nobody picked is no surer. */
    ceiling: z.number().positive(),
    /** How much of a pick's worth is lost for each standard deviation that the film stands high anyway. */
    fade: z.number().min(0),
    intercepts: z.object({ described: z.number(), artist: z.number(), sound: z.number() }),
  }),
  /** Min-max ranges of the plain features (the paper's normalisation), from the fitting data. */
  ranges: z.record(z.string(), range),
  files: z.record(z.string(), fileEntry),
});

export type ModelSpec = z.infer<typeof modelSpecSchema>;

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

const lengthOf = (groups: readonly Group[]) => groups.at(-1)!.to;

type Layout = Pick<ModelSpec, 'song' | 'film' | 'feel'>;

/** The groups of the song vector, in order. */
export function songGroups({ song, film, feel }: Layout): Group[] {
  return runs([
    ['feel', feel.terms.length],
    ['world', feel.worlds.length],
    ['genre', song.genres.length],
    ['audio', song.audio.length],
    ['era', film.yearCentres.length],
    ['constant', 1],
  ]);
}

/** Numbers that say how well known and liked a film is; see `popularityNumbers`. */
export const POPULARITY_NUMBERS = 4;

/** The groups of the film vector, in order. */
export function filmGroups({ film, feel }: Layout): Group[] {
  return runs([
    ['feel', feel.terms.length],
    ['world', feel.worlds.length],
    ['genre', film.genres.length],
    ['plot', textDims(film)],
    ['era', film.yearCentres.length],
    ['language', film.languages.length + 1],
    ['country', film.countries.length],
    ['popularity', POPULARITY_NUMBERS],
    ['constant', 1],
  ]);
}

/** The groups of what a song's profile is predicted from. */
export function soundGroups({ song, film }: Layout): Group[] {
  return runs([
    ['genre', song.genres.length],
    ['shares', song.genres.length],
    ['audio', song.audio.length],
    ['squares', song.audio.length],
    ['names', song.grams],
    ['meaning', meaningDims(film)],
    ['constant', 1],
  ]);
}

/** The groups of what a film's profile is predicted from. */
export function factGroups({ film }: Layout): Group[] {
  return runs([
    ['genre', film.genres.length],
    ['era', film.yearCentres.length],
    ['language', film.languages.length + 1],
    ['country', film.countries.length],
    ['plot', textDims(film)],
    ['sentiment', 2],
    ['constant', 1],
  ]);
}

/** Dimensions of averaged word vectors: the last block of a text vector. */
export const meaningDims = (film: Pick<ModelSpec['film'], 'textBlocks'>) => film.textBlocks.at(-1) ?? 0;

export const textDims = (film: Pick<ModelSpec['film'], 'textBlocks'>) =>
  film.textBlocks.reduce((sum, dims) => sum + dims, 0);
export const songDims = (spec: Layout) => lengthOf(songGroups(spec));
export const filmDims = (spec: Layout) => lengthOf(filmGroups(spec));
export const soundDims = (spec: Layout) => lengthOf(soundGroups(spec));
export const factDims = (spec: Layout) => lengthOf(factGroups(spec));
/** What the sound predictor gives: terms, worlds, year bumps. */
export const predictedSongDims = ({ feel, film }: Layout) =>
  feel.terms.length + feel.worlds.length + film.yearCentres.length;
