/** Calibration of the score: from a pair's standing to how likely a judge calls it fitting. */
import type { FeelProfile } from '../engine/feel/profile.ts';
import { undescribedFeel } from '../engine/matching/undescribed.ts';
import { type LiftShape, liftOf, pickShare, standing } from '../engine/model/lift.ts';
import type { Model } from '../engine/model/model.ts';
import { sigmoid } from '../engine/model/numbers.ts';
import type { ModelSpec } from '../engine/model/spec.ts';
import type { Corpus } from './corpus.ts';
import type { Judgement } from './judgements.ts';
import { solvePositive } from './linear.ts';
import { UNFITTED_SHAPE } from './settings.ts';

/** One judged pair as the score sees it. */
export interface Judged {
  /** Standard deviations above the song's mean logit. */
  readonly z: number;
  /** Whether the film was picked for the song or for its artist. */
  readonly pick: 'own' | 'artist' | null;
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
      basis: profile.basis === 'predicted' ? 'sound' : profile.basis,
      fits,
    });
  }
  return out;
}

const BASES = ['described', 'artist', 'sound'] as const;
/** Ridge on the coefficients, in pairs' worth of doubt. */
const DOUBT = 0.2;

/** Shapes that are tried, one number after the other. */
const CEILINGS = [2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 5, 8];
const FADES = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3];

function rowOf({ z, pick, basis }: Judged, shape: LiftShape): number[] {
  const at = standing(z, shape);
  const share = pickShare(at, shape);
  return [
    at,
    pick === 'own' ? share : 0,
    pick === 'artist' ? share : 0,
    ...BASES.map((name) => Number(name === basis)),
  ];
}

/** What judged pairs say of the score: how steep it is, where it begins for each basis, and what picks are worth. */
export type Calibration = Pick<ModelSpec, 'calibration' | 'picks'>;

/**
 * The likeliest score: its shape by trial, the rest by logistic regression. What a pick adds to the log odds, divided
 * by the slope, is what it is worth in the lift: ranking and score are then one.
 */
export function fitScore(pairs: readonly Judged[]): Calibration {
  let best = fitOfShape(pairs, UNFITTED_SHAPE);
  const tryShape = (shape: LiftShape) => {
    const fitted = fitOfShape(pairs, shape);
    // A surer standing must not take more from a pick than it gives.
    const rises = fitted.picks.own * shape.fade < 1 && fitted.picks.artist * shape.fade < 1;
    if (rises && fitted.loss < best.loss) best = fitted;
  };
  for (let round = 0; round < 2; round++) {
    for (const ceiling of CEILINGS) tryShape({ ...best.calibration, ceiling });
    for (const fade of FADES) tryShape({ ...best.calibration, fade });
  }
  return { calibration: best.calibration, picks: best.picks };
}

/** Newton's method, steps halved where they overshoot. */
function fitOfShape(
  pairs: readonly Judged[],
  { ceiling, fade }: LiftShape,
  rounds = 40,
): Calibration & { readonly loss: number } {
  const first = 3;
  const n = first + BASES.length;
  // Pulled to slope 1, picks worth nothing, and a chance of one in eight.
  const prior = Float64Array.from({ length: n }, (_, i) => (i === 0 ? 1 : i < first ? 0 : -2));
  let beta = prior.slice();
  const rows = pairs.map((pair) => rowOf(pair, { ceiling, fade }));
  const loss = (b: Float64Array) =>
    rows.reduce(
      (sum, x, at) => {
        const logit = x.reduce((total, value, i) => total + value * b[i]!, 0);
        // log(1 + e^logit) without overflow.
        return sum + Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - pairs[at]!.fits * logit;
      },
      b.reduce((sum, value, i) => sum + (DOUBT / 2) * (value - prior[i]!) ** 2, 0),
    );
  for (let round = 0; round < rounds; round++) {
    const hessian = new Float64Array(n * n);
    const gradient = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      hessian[i * n + i] = DOUBT;
      gradient[i] = -DOUBT * (beta[i]! - prior[i]!);
    }
    for (const [at, x] of rows.entries()) {
      const p = sigmoid(x.reduce((sum, value, i) => sum + value * beta[i]!, 0));
      for (let i = 0; i < n; i++) {
        gradient[i]! += (pairs[at]!.fits - p) * x[i]!;
        for (let j = 0; j < n; j++) hessian[i * n + j]! += p * (1 - p) * x[i]! * x[j]!;
      }
    }
    const step = solvePositive(hessian, gradient, n, 1);
    const next = (share: number) => beta.map((value, i) => value + share * step[i]!);
    const before = loss(beta);
    // A whole step may overshoot to where every pair is sure, and no step leads back.
    let share = 1;
    while (share > 1e-6 && loss(next(share)) > before) share /= 2;
    beta = next(share);
    if (before - loss(beta) < 1e-9) break;
  }
  const round = (x: number) => Number(x.toFixed(4));
  const slope = Math.max(beta[0]!, 0.01);
  return {
    calibration: {
      slope: round(slope),
      ceiling,
      fade,
      intercepts: { described: round(beta[3]!), artist: round(beta[4]!), sound: round(beta[5]!) },
    },
    picks: { own: round(Math.max(beta[1]!, 0) / slope), artist: round(Math.max(beta[2]!, 0) / slope) },
    loss: loss(beta),
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

export function scoreOf({ z, pick, basis }: Judged, { calibration, picks }: Calibration): number {
  const lift = liftOf(z, pick === null ? 0 : picks[pick], calibration);
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
