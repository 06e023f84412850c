/**
 * Cross-validation over artists: every song, version and artist profile of one name lies in one fold. Each held-out
 * song is asked in three ways: with its own profile, with its artist's profile and picks, and with neither.
 */

import { borrowedFeel } from '../engine/matching/undescribed.ts';
import type { Model, ScoreScale } from '../engine/model/model.ts';
import type { Corpus, Entry } from './corpus.ts';
import { KNOWN_VOTES } from './corpus.ts';
import { fitModel, partOf } from './fit.ts';
import { bootstrapInterval, mean } from './metrics.ts';

export const FOLDS = 5;
export const STRATA = ['own profile', 'described artist', 'neither'] as const;
export type Stratum = (typeof STRATA)[number];

/** Songs with fewer picks at hand are not tested: recall of one pick says little. */
const LEAST_PICKS = 4;

/** How the picks of one held-out song were ranked in one stratum. */
export interface RankedSong {
  readonly key: string;
  readonly cluster: number;
  readonly auc: number;
  readonly recall5: number;
  readonly recall50: number;
  readonly recall500: number;
  readonly ndcg: number;
}

export interface Figures {
  readonly songs: number;
  readonly auc: number;
  readonly recall5: number;
  readonly recall50: number;
  readonly recall500: number;
  /** Normalised discounted cumulative gain over the first 50. */
  readonly ndcg: number;
  readonly interval: { readonly recall5: [number, number]; readonly recall50: [number, number] };
}

export type Validation = Readonly<Record<Stratum, readonly RankedSong[]>>;

/** @param folds which folds to run, all of them by default */
export function crossValidate(
  corpus: Corpus,
  folds: readonly number[] = [...Array(FOLDS).keys()],
  say: (text: string) => void = () => {},
): Validation {
  const out: Record<Stratum, RankedSong[]> = { 'own profile': [], 'described artist': [], neither: [] };
  for (const fold of folds) {
    const inside = (entry: Entry) => partOf(`fold ${entry.artist}`, FOLDS) === fold;
    const { model } = fitModel(
      corpus,
      corpus.entries.filter((entry) => !inside(entry)),
      say,
    );
    const test = corpus.entries.filter(
      (entry) => entry.kind === 'song' && inside(entry) && entry.films.length >= LEAST_PICKS,
    );
    rankSongs(corpus, model, test, out);
    say(`Fold ${fold + 1}: ${describeStrata(out)}`);
  }
  return out;
}

/** Ranks the picks of songs in every stratum that they can stand in. */
function rankSongs(
  corpus: Corpus,
  model: Model,
  test: readonly Entry[],
  out: Record<Stratum, RankedSong[]>,
): void {
  const { films, filmVectors } = corpus;
  const { dims } = model.spec;
  const known = films.flatMap((film, f) => (film.votes >= KNOWN_VOTES ? [f] : []));
  const place = new Map(known.map((f, i) => [f, i]));
  const block = new Float32Array(known.length * dims);
  const bias = new Float32Array(known.length);
  for (const [i, f] of known.entries()) {
    const projected = model.projectFilm(films[f]!.id, Float64Array.from(filmVectors[f]!));
    block.set(projected.vector, i * dims);
    bias[i] = projected.bias;
  }
  const logits = (x: Float64Array) => {
    const u = model.placeSong(x).vector;
    const scores = new Float32Array(known.length);
    for (let i = 0; i < known.length; i++) {
      let sum = bias[i]!;
      const at = i * dims;
      for (let d = 0; d < dims; d++) sum += u[d]! * block[at + d]!;
      scores[i] = sum;
    }
    return scores;
  };
  const rank = (entry: Entry, scores: Float32Array, stratum: Stratum) => {
    const targets = entry.films.flatMap((f) => place.get(f) ?? []);
    if (targets.length === 0) return;
    const ranks = targets.map((target) => {
      const own = scores[target]!;
      let better = 0;
      for (let i = 0; i < scores.length; i++) if (scores[i]! > own) better++;
      return better;
    });
    const within = (k: number) => ranks.filter((r) => r < k).length / entry.written;
    const ideal = Array.from({ length: entry.written }, (_, i) => 1 / Math.log2(i + 2)).reduce(
      (a, b) => a + b,
      0,
    );
    out[stratum].push({
      key: entry.key,
      cluster: partOf(entry.artist, 2 ** 31),
      auc: 1 - mean(ranks) / scores.length,
      recall5: within(5),
      recall50: within(50),
      recall500: within(500),
      ndcg: ranks.reduce((sum, r) => sum + (r < 50 ? 1 / Math.log2(r + 2) : 0), 0) / ideal,
    });
  };
  const { without } = corpus.settings;
  for (const entry of test) {
    const { terms, worlds, year } = entry.described;
    const own = { terms, worlds: without.includes('worlds') ? worlds.map(() => 0) : worlds };
    rank(
      entry,
      logits(model.songVector({ ...own, year, basis: 'described' }, entry.song, entry.genres)),
      'own profile',
    );
    if (!entry.heard) continue;
    const guess = model.predictSong(entry.song, entry.genres);
    if (without.includes('worlds')) guess.worlds.fill(0);
    rank(
      entry,
      logits(
        model.songVector({ ...guess, year: null, basis: 'sound' }, entry.song, entry.genres, guess.bumps),
      ),
      'neither',
    );
    const artist = corpus.artistOf(entry);
    if (!artist) continue;
    const borrowed = borrowedFeel(model, artist.described, guess);
    const scores = logits(
      model.songVector(
        without.includes('worlds') ? { ...borrowed, worlds: guess.worlds } : borrowed,
        entry.song,
        entry.genres,
      ),
    );
    const scale = scaleOf(scores);
    const picked = new Set(without.includes('artist picks') ? [] : artist.films.map((f) => place.get(f)));
    const lifts = scores.map((logit, at) =>
      model.lift(logit, scale, picked.has(at) ? model.spec.picks.artist : 0),
    );
    rank(entry, lifts, 'described artist');
  }
}

/** Mean and standard deviation of a song's logits. */
function scaleOf(scores: Float32Array): ScoreScale {
  const centre = mean(scores);
  let squares = 0;
  for (const score of scores) squares += (score - centre) ** 2;
  return { mean: centre, deviation: Math.sqrt(squares / scores.length) };
}

/** Means and intervals (by artist) of a stratum. */
export function summarise(songs: readonly RankedSong[]): Figures {
  const values = (of: (song: RankedSong) => number) => songs.map(of);
  const clusters = values((song) => song.cluster);
  return {
    songs: songs.length,
    auc: mean(values((song) => song.auc)),
    recall5: mean(values((song) => song.recall5)),
    recall50: mean(values((song) => song.recall50)),
    recall500: mean(values((song) => song.recall500)),
    ndcg: mean(values((song) => song.ndcg)),
    interval: {
      recall5: bootstrapInterval(
        values((song) => song.recall5),
        clusters,
      ),
      recall50: bootstrapInterval(
        values((song) => song.recall50),
        clusters,
      ),
    },
  };
}

export function describeStrata(validation: Validation): string {
  return STRATA.map((stratum) => {
    const figures = summarise(validation[stratum]);
    return `${stratum} ${figures.auc.toFixed(3)} / ${figures.recall5.toFixed(3)} / ${figures.recall50.toFixed(3)} (${figures.songs})`;
  }).join('; ');
}
