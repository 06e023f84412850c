/** Calibration of the score: from a pair's standing to how likely a judge calls it fitting. */
import type { Relevance } from '../engine/catalogue/records.ts';
import type { FeelProfile } from '../engine/feel/profile.ts';
import { undescribedFeel } from '../engine/matching/undescribed.ts';
import {
  GRADES,
  gradePlace,
  gradeValue,
  type LiftShape,
  liftOf,
  pickShare,
  standing,
} from '../engine/model/lift.ts';
import type { Model } from '../engine/model/model.ts';
import { sigmoid } from '../engine/model/numbers.ts';
import type { ModelSpec } from '../engine/model/spec.ts';
import type { Corpus } from './corpus.ts';
import type { Judgement } from './judgements.ts';
import { fitLogistic, type SparseRows } from './logistic.ts';
import { UNFITTED_SHAPE } from './settings.ts';

/** One judged pair as the score sees it. */
export interface Judged {
  /** Standard deviations above the song's mean logit. */
  readonly z: number;
  /** Whether the film was picked for the song or for its artist. */
  readonly pick: 'own' | 'artist' | null;
  /** A reader's grade of the film, 0…3, for the song itself or for its artist; null where none read it. */
  readonly grade: { readonly of: 'song' | 'artist'; readonly value: number } | null;
  readonly basis: 'described' | 'artist' | 'sound';
  /** 0, ½ or 1. */
  readonly fits: number;
}

/**
 * Judged pairs whose song and film are at hand, each as the product would see it.
 *
 * @param bySound as it would see them if neither song nor artist were described; without picks, which were not
 *   judged for being found by sound
 */
export function judgedPairs(
  corpus: Corpus,
  model: Model,
  judgements: readonly Judgement[],
  bySound = false,
): Judged[] {
  const entries = new Map(
    corpus.entries.filter(({ kind }) => kind === 'song').map((entry) => [entry.key, entry]),
  );
  const songs = new Map(corpus.input.songs.map((song) => [song.id, song]));
  const films = new Map(corpus.films.map((film, f) => [film.id, f]));
  const out: Judged[] = [];
  for (const { song: id, film, fits } of judgements) {
    const f = films.get(film);
    const found = entries.get(id) ?? corpus.versionOf(id);
    const song = found?.song ?? songs.get(id);
    if (f === undefined || !song || (bySound && found?.heard === false)) continue;
    const entry = bySound ? undefined : found;
    const genres = found?.genres ?? corpus.genresOf(song);
    const named = corpus.artistNamed(song.artists);
    if (bySound && [found, named].some((entry) => entry?.described.picks.includes(film))) continue;
    const artist = bySound ? undefined : named;
    const known: FeelProfile | undefined = entry && { ...entry.described, basis: 'described' };
    const { profile, bumps } = known
      ? { profile: known, bumps: undefined }
      : undescribedFeel(model, song, genres, artist?.described);
    const projected = model.placeSong(model.songVector(profile, song, genres, bumps)).vector;
    const place = model.projectFilm(film, Float64Array.from(corpus.filmVectors[f]!));
    let logit = place.bias;
    for (let d = 0; d < projected.length; d++) logit += projected[d]! * place.vector[d]!;
    const scale = model.scoreScale(projected);
    out.push({
      z: (logit - scale.mean) / scale.deviation,
      pick: entry?.described.picks.includes(film)
        ? 'own'
        : artist?.described.picks.includes(film) && !artist.described.further?.has(film)
          ? 'artist'
          : null,
      grade: gradeOf(
        film,
        entry?.described.relevance ?? (bySound ? undefined : corpus.input.feel.relevance.get(id)),
        artist?.described.relevance,
      ),
      basis: profile.basis === 'predicted' ? 'sound' : profile.basis,
      fits,
    });
  }
  return out;
}

/** The grade that the product would use: the song's, where anything was graded for the song, else its artist's. */
function gradeOf(
  film: number,
  song: readonly Relevance[] = [],
  artist: readonly Relevance[] = [],
): Judged['grade'] {
  const of = song.length > 0 ? 'song' : 'artist';
  const found = (of === 'song' ? song : artist).find(([id]) => id === film);
  return found ? { of, value: found[1] } : null;
}

const GRADED = ['song', 'artist'] as const;
/** Where the coefficients of grades begin. */
const FIRST_GRADE = 3;
const BASES = ['described', 'artist', 'sound'] as const;
/** Ridge on the coefficients, in pairs' worth of doubt. */
const DOUBT = 0.2;

/** Shapes that are tried, one number after the other. */
const CEILINGS = [2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 5, 8];
const FADES = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3];

/** Numbers of a row: standing, pick, two neighbouring grades, basis. */
const WIDTH = 5;
const INTERCEPTS = FIRST_GRADE + GRADED.length * GRADES.length;

/** Pairs as rows for the regression. Coefficients: slope, own pick, artist's pick, grades, intercepts. */
function rowsOf(pairs: readonly Judged[], shape: LiftShape): SparseRows {
  const places = new Int32Array(WIDTH * pairs.length);
  const values = new Float64Array(WIDTH * pairs.length);
  for (const [row, { z, pick, grade, basis }] of pairs.entries()) {
    const at = standing(z, shape);
    const [below, above] = gradePlace(grade?.value ?? 0);
    const first = FIRST_GRADE + GRADES.length * GRADED.indexOf(grade?.of ?? 'song') + below;
    const numbers = [
      [0, at],
      [pick === 'artist' ? 2 : 1, pick === null ? 0 : pickShare(at, shape)],
      [first, grade ? 1 - above : 0],
      [first + 1, grade ? above : 0],
      [INTERCEPTS + BASES.indexOf(basis), 1],
    ] as const;
    for (const [i, [place, value]] of numbers.entries()) {
      places[row * WIDTH + i] = place;
      values[row * WIDTH + i] = value;
    }
  }
  return { width: WIDTH, places, values, targets: Float64Array.from(pairs, ({ fits }) => fits) };
}

/** What judged pairs say of the score: how steep it is, where it begins for each basis, and what picks are worth. */
export type Calibration = Pick<ModelSpec, 'calibration' | 'picks' | 'relevance'>;

/**
 * The likeliest score: its shape by trial, the rest by logistic regression. What a pick adds to the log odds, divided
 * by the slope, is what it is worth in the lift: ranking and score are then one.
 */
export function fitScore(pairs: readonly Judged[]): Calibration {
  let best = fitOfShape(pairs, UNFITTED_SHAPE);
  const tryShape = (shape: LiftShape) => {
    const fitted = fitOfShape(pairs, shape, best.beta);
    // A surer standing must not take more from a pick than it gives.
    const rises = fitted.picks.own * shape.fade < 1 && fitted.picks.artist * shape.fade < 1;
    if (rises && fitted.loss < best.loss) best = fitted;
  };
  for (let round = 0; round < 2; round++) {
    for (const ceiling of CEILINGS) tryShape({ ...best.calibration, ceiling });
    for (const fade of FADES) tryShape({ ...best.calibration, fade });
  }
  return { calibration: best.calibration, picks: best.picks, relevance: best.relevance };
}

/** @param from coefficients of a like shape, to start from */
function fitOfShape(
  pairs: readonly Judged[],
  { ceiling, fade }: LiftShape,
  from?: Float64Array,
): Calibration & { readonly loss: number; readonly beta: Float64Array } {
  // Pulled to slope 1, picks and grades worth nothing, and a chance of one in eight.
  const prior = Float64Array.from({ length: INTERCEPTS + BASES.length }, (_, i) =>
    i === 0 ? 1 : i < INTERCEPTS ? 0 : -2,
  );
  const { beta, loss } = fitLogistic(rowsOf(pairs, { ceiling, fade }), prior, DOUBT, from);
  const round = (x: number) => Number(x.toFixed(4));
  const slope = Math.max(beta[0]!, 0.01);
  const grades = (of: number) =>
    GRADES.map((_, at) => round(beta[FIRST_GRADE + of * GRADES.length + at]! / slope));
  return {
    calibration: {
      slope: round(slope),
      ceiling,
      fade,
      intercepts: {
        described: round(beta[INTERCEPTS]!),
        artist: round(beta[INTERCEPTS + 1]!),
        sound: round(beta[INTERCEPTS + 2]!),
      },
    },
    picks: { own: round(Math.max(beta[1]!, 0) / slope), artist: round(Math.max(beta[2]!, 0) / slope) },
    relevance: { song: grades(0), artist: grades(1) },
    loss,
    beta,
  };
}

/**
 * The same calibration with another intercept for songs that are known by their sound alone: hardly any judged song
 * is one, so it is fitted on all of them as they would look then.
 */
export function withSoundIntercept(calibration: Calibration, bySound: readonly Judged[]): Calibration {
  if (bySound.length === 0) return calibration;
  const { slope, intercepts } = calibration.calibration;
  let sound = intercepts.artist;
  for (let round = 0; round < 40; round++) {
    // Newton's method in one number, its steps bounded.
    let gradient = DOUBT * (intercepts.artist - sound);
    let curvature = DOUBT;
    for (const pair of bySound) {
      const p = sigmoid(slope * standing(pair.z, calibration.calibration) + sound);
      gradient += pair.fits - p;
      curvature += p * (1 - p);
    }
    sound += Math.max(-1, Math.min(1, gradient / curvature));
  }
  const rounded = Number(sound.toFixed(4));
  return {
    ...calibration,
    calibration: { ...calibration.calibration, intercepts: { ...intercepts, sound: rounded } },
  };
}

export function scoreOf(
  { z, pick, grade, basis }: Judged,
  { calibration, picks, relevance }: Calibration,
): number {
  const read = grade ? gradeValue(grade.value, relevance[grade.of]) : 0;
  const lift = liftOf(z, pick === null ? 0 : picks[pick], calibration) + read;
  return sigmoid(calibration.slope * lift + calibration.intercepts[basis]);
}

/** One row of a reliability table. */
export interface ReliabilityRow {
  readonly from: number;
  readonly to: number;
  readonly pairs: number;
  readonly meanScore: number;
  /** Mean judgement. */
  readonly observed: number;
}

/** How the score holds in ten equal bands, and the expected calibration error over them. */
export function reliability(
  pairs: readonly Judged[],
  calibration: Calibration,
  bands = 10,
): { rows: ReliabilityRow[]; error: number } {
  const rows: ReliabilityRow[] = [];
  let error = 0;
  const scored = pairs.map((pair) => ({ score: scoreOf(pair, calibration), fits: pair.fits }));
  for (let band = 0; band < bands; band++) {
    const [from, to] = [band / bands, (band + 1) / bands];
    const inside = scored.filter(({ score }) => score >= from && (score < to || band === bands - 1));
    if (inside.length === 0) continue;
    const meanScore = inside.reduce((sum, x) => sum + x.score, 0) / inside.length;
    const observed = inside.reduce((sum, x) => sum + x.fits, 0) / inside.length;
    rows.push({ from, to, pairs: inside.length, meanScore, observed });
    error += (inside.length / pairs.length) * Math.abs(meanScore - observed);
  }
  return { rows, error };
}
