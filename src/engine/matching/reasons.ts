/**
 * Why a pair fits. The content cosine is bilinear in the song and film vectors, so it splits exactly into one
 * term per song group and film group; the mood cosine adds one term per channel. A reason is the largest of
 * these terms, named by what within the two groups contributed to it. The terms sum to the similarity.
 */

import type { FilmRoom, Model } from '../model/model.ts';
import { type Mood, moodVector } from '../model/mood.ts';
import { dot } from '../model/numbers.ts';
import type { Group } from '../model/spec.ts';
import type { Film, Reason } from '../types.ts';
import { nameWords, plotWords, textDirection } from './explanation-terms.ts';
import { audioTraits, strongest } from './traits.ts';

/** The projected groups of one side. */
export interface Parts {
  readonly vector: Float64Array;
  readonly groups: readonly Float64Array[];
  readonly length: number;
  readonly mood: Mood;
  /** The same as a unit vector. */
  readonly moodVector: Float64Array;
  /** Of a song, the terms of its names. */
  readonly names: readonly string[];
  /** What each group's pull means to the numbers of a text vector, once it was asked for. */
  readonly directions: (Float64Array | undefined)[];
}

/** @param names terms of the song's title, album and artists, as its vector was made of */
export function songSide(model: Model, x: Float64Array, mood: Mood, names: readonly string[]): Parts {
  return sideOf(model, x, model.songParts(x), mood, names);
}

/** @param room where `r` stands already; what is returned holds until it is filled anew */
export function filmSide(model: Model, r: Float64Array, mood: Mood, room?: FilmRoom): Parts {
  return sideOf(model, r, model.filmParts(r, room), mood, []);
}

function sideOf(
  model: Model,
  vector: Float64Array,
  groups: readonly Float64Array[],
  mood: Mood,
  names: readonly string[],
): Parts {
  let squares = 0;
  for (let d = 0; d < groups[0]!.length; d++) {
    let sum = 0;
    for (let g = 0; g < groups.length; g++) sum += groups[g]![d]!;
    squares += sum * sum;
  }
  return {
    vector,
    groups,
    length: Math.sqrt(squares),
    mood,
    moodVector: moodVector(mood, model.spec),
    names,
    directions: [],
  };
}

/** One term of the similarity. */
export interface Term {
  readonly song: string;
  readonly film: string;
  readonly weight: number;
}

/** The numbers of a mood vector. */
const MOOD_NAMES = ['valence', 'energy', 'middle'] as const;

/** Every term of the similarity, in no particular order; they sum to it. */
export function similarityTerms(model: Model, song: Parts, film: Parts): Term[] {
  const weights = termWeights(model, song, film);
  const content = model.songGroups.flatMap(({ name }) =>
    model.filmGroups.map((group) => ({ song: name, film: group.name })),
  );
  const mood = MOOD_NAMES.map((name) => ({ song: 'mood', film: name }));
  return [...content, ...mood].map((term, i) => ({ ...term, weight: weights[i]! }));
}

/** Room for {@link termWeights}: arrays that live so shortly would be most of what there is to collect. */
let weightRoom = new Float64Array(0);

/** Song groups × film groups, then the numbers of mood. What is returned holds until the next call. */
function termWeights(model: Model, song: Parts, film: Parts): Float64Array {
  const { beta } = model.spec.mood;
  const scale = song.length > 0 && film.length > 0 ? (1 - beta) / (song.length * film.length) : 0;
  const count = song.groups.length * film.groups.length + MOOD_NAMES.length;
  if (weightRoom.length !== count) weightRoom = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < song.groups.length; i++) {
    for (let j = 0; j < film.groups.length; j++)
      weightRoom[at++] = scale * dot(song.groups[i]!, film.groups[j]!);
  }
  for (let d = 0; d < MOOD_NAMES.length; d++)
    weightRoom[at++] = beta * song.moodVector[d]! * film.moodVector[d]!;
  return weightRoom;
}

/** Terms below this share of the similarity are not worth a sentence. */
const LEAST_SHARE = 0.06;
/** A mood below this many standard deviations is no mood to speak of. */
const CLEAR_MOOD = 0.35;

/** The strongest reasons, at most `most`, each supported by its own positive term. */
export function reasonsFor(model: Model, song: Parts, film: Parts, facts: Film, most = 3): Reason[] {
  const reasons: Reason[] = [];
  const said: Term[] = [];
  for (const term of mergedTerms(model, song, film).sort((a, b) => b.weight - a.weight)) {
    if (reasons.length >= most) break;
    // Asked before the words are looked for, which is most of the work.
    if (isSaid(said, term)) continue;
    const reason = word(model, song, film, facts, term);
    if (!reason) continue;
    reasons.push(reason);
    said.push(term);
  }
  return reasons;
}

/**
 * The terms that are worth a sentence. Language and country are one culture; valence and energy that both agree are
 * one mood.
 */
function mergedTerms(model: Model, song: Parts, film: Parts): Term[] {
  const weights = termWeights(model, song, film);
  let similarity = 0;
  for (let i = 0; i < weights.length; i++) similarity += weights[i]!;
  const floor = LEAST_SHARE * Math.max(similarity, 0.1);
  const out: Term[] = [];
  const add = (songName: string, filmName: string, weight: number) => {
    if (weight >= floor) out.push({ song: songName, film: filmName, weight });
  };
  const { songGroups, filmGroups } = model;
  const countries = placeOf(filmGroups, 'country');
  for (let i = 0; i < songGroups.length; i++) {
    const row = i * filmGroups.length;
    for (let j = 0; j < filmGroups.length; j++) {
      const { name } = filmGroups[j]!;
      const weight = weights[row + j]!;
      if (name === 'country') continue;
      if (name !== 'language') {
        add(songGroups[i]!.name, name, weight);
        continue;
      }
      const country = weights[row + countries] ?? 0;
      add(songGroups[i]!.name, weight >= country ? 'language' : 'country', weight + country);
    }
  }
  const mood = songGroups.length * filmGroups.length;
  const agree = (a: number, b: number) =>
    Math.sign(a) === Math.sign(b) && Math.min(Math.abs(a), Math.abs(b)) >= CLEAR_MOOD;
  const valence = agree(song.mood.valence, film.mood.valence) ? weights[mood]! : 0;
  const energy = agree(song.mood.energy, film.mood.energy) ? weights[mood + 1]! : 0;
  if (valence > 0 && energy > 0) add('mood', 'both', valence + energy);
  else if (valence > 0) add('mood', 'valence', valence);
  else if (energy > 0) add('mood', 'energy', energy);
  return out;
}

const isLabelled = (name: string) => name === 'genre' || name === 'artist';

function isSaid(said: readonly Term[], term: Term): boolean {
  for (const known of said) if (saysTheSame(known, term)) return true;
  return false;
}

/** Two reasons with the same film side and overlapping song side repeat each other. */
function saysTheSame(a: Term, b: Term): boolean {
  if (a.film !== b.film) return false;
  return (
    a.song === b.song ||
    (isLabelled(a.song) && isLabelled(b.song)) ||
    a.film === 'language' ||
    a.film === 'country'
  );
}

function word(model: Model, song: Parts, film: Parts, facts: Film, term: Term): Reason | null {
  const key = `${term.song}-${term.film}`;
  if (term.song === 'mood') return { key, params: moodParams(song.mood), weight: term.weight };
  const songSidePart = songParams(model, song, film, term);
  const filmSidePart = songSidePart && filmParams(model, song, film, facts, term);
  return filmSidePart ? { key, params: { ...songSidePart, ...filmSidePart }, weight: term.weight } : null;
}

function moodParams(mood: Mood): Reason['params'] {
  return { tone: mood.valence > 0 ? 'bright' : 'bleak', pace: mood.energy > 0 ? 'intense' : 'calm' };
}

function placeOf(groups: readonly Group[], name: string): number {
  for (let i = 0; i < groups.length; i++) if (groups[i]!.name === name) return i;
  return -1;
}

/** Room for {@link pulls}. */
let pullRoom = new Float64Array(0);

/**
 * Contribution of each number of a group to the pull of the other side's group: the first `to − from` of what is
 * returned, until the next call.
 */
function pulls(
  side: Parts,
  weights: Float32Array,
  mean: Float32Array,
  from: number,
  to: number,
  pull: Float64Array,
): ArrayLike<number> {
  const dims = pull.length;
  if (pullRoom.length < to - from) pullRoom = new Float64Array(to - from);
  const values = pullRoom;
  for (let i = from; i < to; i++) {
    let sum = 0;
    // Most are genres that the side has not: no reason names them.
    if (side.vector[i] !== 0) for (let d = 0; d < dims; d++) sum += weights[i * dims + d]! * pull[d]!;
    values[i - from] = (side.vector[i]! - mean[i]!) * sum;
  }
  return values;
}

function songParams(model: Model, song: Parts, film: Parts, term: Term): Reason['params'] | null {
  const group = model.songGroups[placeOf(model.songGroups, term.song)]!;
  const pull = film.groups[placeOf(model.filmGroups, term.film)]!;
  // What is of the mean alone is said of no one: the artist's films are known, or there is nothing to say.
  if (term.song === 'soundtracks')
    return song.vector.subarray(group.from, group.to).some((x) => x !== 0) ? {} : null;
  if (term.song === 'names') {
    const { songSpace, weights } = model;
    const direction = textDirection(weights.song, group.from, songSpace.dims, pull);
    const songWords = nameWords(songSpace, song.names, direction);
    return songWords.length > 0 ? { songWords } : null;
  }
  const values = pulls(song, model.weights.song, model.weights.songMean, group.from, group.to, pull);
  if (term.song === 'audio') {
    const traits = audioTraits(model.audioNames, song.vector, values);
    return traits.length > 0 ? { traits } : null;
  }
  const names = model.spec.song.genres;
  const songGenres = strongest(values, names.length, 2, (i) => song.vector[group.from + i]! > 0.1).map(
    (i) => names[i]!,
  );
  return songGenres.length > 0 ? { songGenres } : null;
}

function filmParams(
  model: Model,
  song: Parts,
  film: Parts,
  facts: Film,
  term: Term,
): Reason['params'] | null {
  const group = model.filmGroups[placeOf(model.filmGroups, term.film)]!;
  const songGroup = placeOf(model.songGroups, term.song);
  const pull = song.groups[songGroup]!;
  switch (term.film) {
    case 'genre': {
      const { genres } = model.spec.film;
      const values = pulls(film, model.weights.film, model.weights.filmMean, group.from, group.to, pull);
      const filmGenres = strongest(values, genres.length, 2, (i) => film.vector[group.from + i]! > 0).map(
        (i) => genres[i]!,
      );
      return filmGenres.length > 0 ? { filmGenres } : null;
    }
    case 'plot': {
      const words = plotWords(model.space, facts, directionOf(model, song, songGroup, group.from));
      return words.length > 0 ? { words } : null;
    }
    case 'era':
      return facts.year === null ? null : { decade: 10 * Math.floor(facts.year / 10) };
    case 'runtime':
      return facts.runtime === null
        ? null
        : { direction: film.vector[group.from]! > model.weights.filmMean[group.from]! ? 'long' : 'short' };
    case 'language':
      return { language: facts.language };
    case 'country':
      return facts.countries.length > 0 ? { country: facts.countries[0]! } : null;
    default:
      return null;
  }
}

/** What the pull of one of the song's groups means to each number of a text vector: the same for every film. */
function directionOf(model: Model, song: Parts, group: number, from: number): Float64Array {
  song.directions[group] ??= textDirection(model.weights.film, from, model.space.dims, song.groups[group]!);
  return song.directions[group];
}
