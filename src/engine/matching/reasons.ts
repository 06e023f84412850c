/**
 * Why a pair fits, in terms that both works carry. Each reason's terms are terms of the score: what the song's number
 * for it adds to the logit of the film is positive, and taking it away lowers the score.
 */
import type { FeelProfile } from '../feel/profile.ts';
import type { Model } from '../model/model.ts';
import type { PlacedSong } from '../model/song-tower.ts';
import type { Reason } from '../types.ts';

/** A strength that both sides must reach for a term to be said. */
const LEAST_STRENGTH = 0.3;
/** Most terms in one reason. */
const MOST_TERMS = 3;
/** Years apart that still count as one time. */
const NEAR_YEARS = 5;
/** Weight of "the same years" beside what terms add to the logit. */
const YEAR_WEIGHT = 0.05;

interface Shared {
  readonly name: string;
  /** Its place in the song vector. */
  readonly place: number;
  /** What it adds to the logit. */
  readonly weight: number;
  /** How strong it is on both sides, and how uncommon. */
  readonly telling: number;
}

/** Terms or worlds that both carry and that raise the logit, the strongest and least common first; `most` at most. */
function sharedOf(
  names: readonly string[],
  song: Float32Array,
  film: Float32Array,
  idf: ArrayLike<number>,
  from: number,
  most: number,
  contribution: (places: readonly number[]) => number,
): Shared[] {
  const candidates: Omit<Shared, 'weight'>[] = [];
  for (let i = 0; i < names.length; i++) {
    const strength = Math.min(song[i]!, film[i]!);
    if (strength < LEAST_STRENGTH) continue;
    candidates.push({ name: names[i]!, place: from + i, telling: strength * idf[i]! });
  }
  candidates.sort((x, y) => y.telling - x.telling);
  const shared: Shared[] = [];
  for (const candidate of candidates) {
    if (shared.length === most) break;
    const weight = contribution([candidate.place]);
    if (weight > 0) shared.push({ ...candidate, weight });
  }
  return shared;
}

/**
 * The reasons of a pair, strongest first: shared feelings, then the world, then the year. None where nothing is
 * shared: no reason is better than a bad one.
 *
 * @param filmVector the film in the shared space
 */
export function reasonsFor(
  model: Model,
  placed: PlacedSong,
  song: FeelProfile,
  film: FeelProfile,
  filmVector: ArrayLike<number>,
): Reason[] {
  const { feel } = model.spec;
  const { songPlaces } = model;
  const { termIdf, worldIdf } = model.space;
  const contribution = model.contributionsTo(placed, filmVector);
  const terms = sharedOf(
    feel.terms,
    song.terms,
    film.terms,
    termIdf,
    songPlaces.feel!,
    1 + MOST_TERMS,
    contribution,
  );
  const worlds = sharedOf(
    feel.worlds,
    song.worlds,
    film.worlds,
    worldIdf,
    songPlaces.world!,
    2,
    contribution,
  );
  const reasons: Reason[] = [];
  const weightOf = (items: readonly Shared[]) => contribution(items.map(({ place }) => place));
  const best = terms.slice(0, MOST_TERMS);
  if (best.length > 0)
    reasons.push({ key: 'feel', params: { terms: best.map(({ name }) => name) }, weight: weightOf(best) });
  // The next ones say it in other words, where films before had the first.
  const next = terms.slice(1, 1 + MOST_TERMS);
  if (next.length >= 2)
    reasons.push({
      key: 'feel',
      params: { terms: next.map(({ name }) => name) },
      weight: 0.8 * weightOf(next),
    });
  for (const { name, weight } of worlds) reasons.push({ key: 'world', params: { world: name }, weight });
  // An artist's years are not the song's.
  if (song.year !== null && film.year !== null && song.basis === 'described') {
    if (Math.abs(song.year - film.year) <= NEAR_YEARS)
      reasons.push({
        key: 'year',
        params: { songYear: song.year, filmYear: film.year },
        weight: YEAR_WEIGHT,
      });
  }
  return reasons;
}
