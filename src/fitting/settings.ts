/** Settings of a fit; the defaults were chosen by cross-validation over picks (docs/MATCHING.md). */
import type { LiftShape } from '../engine/model/lift.ts';
import { TOWER_DEFAULTS, type TowerSettings } from './tower.ts';

/** What may be left out, for ablations. */
export type Part = 'worlds' | 'artists' | 'audio' | 'genres' | 'learned' | 'facts' | 'artist picks' | 'era';

export interface FitSettings {
  readonly tower: TowerSettings;
  /** Scale of each group of the song and film vectors; a small one is pressed harder by weight decay. */
  readonly songWeights: Readonly<Record<string, number>>;
  readonly filmWeights: Readonly<Record<string, number>>;
  /** Share of co-occurring terms in a smoothed profile. */
  readonly smoothing: number;
  readonly meanShare: number;
  /** Ridge penalties of the two profile predictors. */
  readonly soundPenalty: number;
  readonly factPenalty: number;
  /** Grams of song names that the sound predictor may know. */
  readonly grams: number;
  readonly soundShare: number;
  readonly predictedShare: number;
  /** Weight of an artist's picks beside a song's, of a guess, and of a song as it looks undescribed. */
  readonly artistWeight: number;
  readonly guessWeight: number;
  readonly soundWeight: number;
  /** What picks add, as `Model.lift` takes it, until judged pairs say better. */
  readonly picks: { readonly own: number; readonly artist: number };
  readonly without: readonly Part[];
}

/** The shape of the lift before any pair is judged. */
export const UNFITTED_SHAPE: LiftShape = { ceiling: 3, fade: 0 };

export const FIT_DEFAULTS: FitSettings = {
  tower: TOWER_DEFAULTS,
  songWeights: { feel: 3, world: 2, genre: 1.5, audio: 0.25, era: 1 },
  filmWeights: {
    feel: 3,
    world: 2,
    genre: 0.3,
    plot: 1,
    era: 1,
    language: 1,
    country: 0.5,
    popularity: 1,
  },
  smoothing: 0.35,
  meanShare: 0.6,
  soundPenalty: 25,
  factPenalty: 20,
  grams: 2800,
  soundShare: 0.35,
  predictedShare: 0.15,
  artistWeight: 0.6,
  guessWeight: 1 / 3,
  soundWeight: 0.6,
  picks: { own: 2.5, artist: 1.4 },
  without: [],
};
