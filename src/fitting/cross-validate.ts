/** By-film cross-validation: how well a fit ranks the films of songs whose films it has not seen. */
import { createHash } from 'node:crypto';
import type { Model } from '../engine/model/model.ts';
import type { Corpus, Example } from './corpus.ts';
import { fitModel } from './fit.ts';
import { bootstrapInterval, mean, percentile } from './metrics.ts';

export const FOLDS = 5;

/** The fold of a film: a hash of its id, so that adding films moves none. */
export function foldOf(filmId: number, folds = FOLDS): number {
  return createHash('sha1').update(`fold ${filmId}`).digest().readUInt32BE(0) % folds;
}

/** One held-out pair and how it was ranked. */
export interface HeldOutPair {
  readonly filmId: number;
  readonly trackId: string;
  /** Percentile of the true film among the fold's films, 0…1. */
  readonly percentile: number;
  /** The same among English films; null where the film is not English. */
  readonly percentileEnglish: number | null;
  /** Rank in the whole catalogue, popularity included, 1 the best. */
  readonly rank: number;
  /** Content-and-mood cosine of the pair. */
  readonly similarity: number;
  /** Cosines of the same song with other films of the fold, for calibration. */
  readonly others: readonly number[];
}

export interface CrossValidation {
  readonly pairs: readonly HeldOutPair[];
  readonly auc: number;
  readonly aucEnglish: number;
  readonly recall100: number;
  readonly interval: {
    readonly auc: [number, number];
    readonly aucEnglish: [number, number];
    readonly recall100: [number, number];
  };
}

export interface CrossValidationOptions {
  readonly folds?: number;
  /** Rank against the whole catalogue too (slower). */
  readonly ranks?: boolean;
  /** Withhold the test songs' genres. */
  readonly withheld?: boolean;
  /** Learn from, and test on, these films alone. */
  readonly only?: (filmId: number) => boolean;
}

/** A row-major block of film embeddings. */
function embedFilms(corpus: Corpus, model: Model, filmIds: readonly number[]): Float64Array[] {
  return filmIds.map((id) => {
    const film = corpus.filmById.get(id)!;
    return model.embed(model.projectFilm(corpus.filmVector(film)), model.filmMood(film));
  });
}

export function crossValidate(corpus: Corpus, options: CrossValidationOptions = {}): CrossValidation {
  const { folds = FOLDS, ranks = false, withheld = false, only = () => true } = options;
  const examples = corpus.examples.filter(({ filmId }) => only(filmId));
  const pairs: HeldOutPair[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const test = examples.filter(
      (example) => example.kind === 'pair' && foldOf(example.filmId, folds) === fold,
    );
    const tested = new Set(test.map((example) => example.recording));
    const training = examples.filter(
      (example) => foldOf(example.filmId, folds) !== fold && !tested.has(example.recording),
    );
    const { model } = fitModel(corpus, training, (filmId) => foldOf(filmId, folds) === fold);
    pairs.push(...rankFold(corpus, model, test, { ranks, withheld }));
  }
  return summarise(pairs);
}

function rankFold(
  corpus: Corpus,
  model: Model,
  test: readonly Example[],
  { ranks, withheld }: { ranks: boolean; withheld: boolean },
): HeldOutPair[] {
  const filmIds = [...new Set(test.map((example) => example.filmId))].sort((a, b) => a - b);
  const films = embedFilms(corpus, model, filmIds);
  const english = filmIds.map((id) => corpus.filmById.get(id)!.language === 'en');
  const all = ranks ? wholeCatalogue(corpus, model) : null;
  return test.map((example) => {
    const song = corpus.songById.get(example.trackId)!;
    const x = corpus.songVector(song, withheld, model);
    const s = model.embed(model.projectSong(x), model.songMood(song));
    const scores = films.map((film) => dotProduct(film, s));
    const target = filmIds.indexOf(example.filmId);
    const englishScores = scores.filter((_, i) => english[i]);
    const englishTarget = filmIds.filter((_, i) => english[i]).indexOf(example.filmId);
    return {
      filmId: example.filmId,
      trackId: example.trackId,
      percentile: percentile(scores, target),
      percentileEnglish: english[target] ? percentile(englishScores, englishTarget) : null,
      rank: all ? all.rank(model.query(s), example.filmId) : Number.NaN,
      similarity: scores[target]!,
      others: scores.filter((_, i) => i !== target),
    };
  });
}

function dotProduct(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Every film's indexed vector in one block, to rank a film among all. */
function wholeCatalogue(
  corpus: Corpus,
  model: Model,
): { rank: (query: Float32Array, filmId: number) => number } {
  const { films } = corpus.input;
  const dims = model.contentDims + 1;
  const block = new Float32Array(films.length * dims);
  const rows = new Map<number, number>();
  for (const [row, film] of films.entries()) {
    const embedding = model.embed(model.projectFilm(corpus.filmVector(film)), model.filmMood(film));
    block.set(model.indexed(embedding, model.popularity(film.votes, film.rating)), row * dims);
    rows.set(film.id, row);
  }
  return {
    rank: (query, filmId) => {
      const at = (row: number) => {
        let sum = 0;
        for (let d = 0; d < dims; d++) sum += query[d]! * block[row * dims + d]!;
        return sum;
      };
      const own = at(rows.get(filmId)!);
      let better = 0;
      for (let row = 0; row < films.length; row++) if (at(row) > own) better++;
      return better + 1;
    },
  };
}

function summarise(pairs: readonly HeldOutPair[]): CrossValidation {
  const english = pairs.filter((pair) => pair.percentileEnglish !== null);
  const auc = pairs.map((pair) => pair.percentile);
  const aucEnglish = english.map((pair) => pair.percentileEnglish!);
  const hits = pairs.map((pair) => (pair.rank <= 100 ? 1 : 0));
  const films = pairs.map((pair) => pair.filmId);
  return {
    pairs,
    auc: mean(auc),
    aucEnglish: mean(aucEnglish),
    recall100: mean(hits),
    interval: {
      auc: bootstrapInterval(auc, films),
      aucEnglish: bootstrapInterval(
        aucEnglish,
        english.map((pair) => pair.filmId),
      ),
      recall100: bootstrapInterval(hits, films),
    },
  };
}
