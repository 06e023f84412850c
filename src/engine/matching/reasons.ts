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
const MOST_WORLDS = 2;
/** Weight of the same feeling in other words, beside the first ones. */
const OTHER_WORDS = 0.8;
/** Years apart that still count as one time. */
const NEAR_YEARS = 5;
/** Weight of "the same years" beside what terms add to the logit. */
const YEAR_WEIGHT = 0.05;

type Contribution = (places: number | readonly number[]) => number;

/**
 * Terms or worlds that both carry and that raise the logit, the strongest and least common first; `most` at most.
 *
 * @param from where the first stands in the song vector
 * @returns their places among all
 */
function sharedOf(
  song: Float32Array,
  film: Float32Array,
  idf: ArrayLike<number>,
  from: number,
  most: number,
  contribution: Contribution,
): number[] {
  const shared: number[] = [];
  // One after the other, because few of those that both carry are looked at.
  let before = -1;
  let limit = Number.POSITIVE_INFINITY;
  while (shared.length < most) {
    let next = -1;
    let telling = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < song.length; i++) {
      const strength = Math.min(song[i]!, film[i]!);
      if (strength < LEAST_STRENGTH) continue;
      const value = strength * idf[i]!;
      const isLater = value < limit || (value === limit && i > before);
      if (isLater && value > telling) {
        next = i;
        telling = value;
      }
    }
    if (next < 0) break;
    before = next;
    limit = telling;
    if (contribution(from + next) > 0) shared.push(next);
  }
  return shared;
}

function feelReason(
  model: Model,
  shared: readonly number[],
  share: number,
  contribution: Contribution,
): Reason {
  const { feel } = model.songPlaces;
  const terms = shared.map((term) => model.spec.feel.terms[term]!);
  return { key: 'feel', params: { terms }, weight: share * contribution(shared.map((term) => feel! + term)) };
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
  const terms = sharedOf(song.terms, film.terms, termIdf, songPlaces.feel!, 1 + MOST_TERMS, contribution);
  const worlds = sharedOf(song.worlds, film.worlds, worldIdf, songPlaces.world!, MOST_WORLDS, contribution);
  const reasons: Reason[] = [];
  if (terms.length > 0) reasons.push(feelReason(model, terms.slice(0, MOST_TERMS), 1, contribution));
  // The next ones say it in other words, where films before had the first.
  if (terms.length > 2) reasons.push(feelReason(model, terms.slice(1), OTHER_WORDS, contribution));
  for (const world of worlds) {
    const weight = contribution(songPlaces.world! + world);
    reasons.push({ key: 'world', params: { world: feel.worlds[world]! }, weight });
  }
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
