/**
 * Why a pair fits. The content cosine is bilinear in the song and film vectors, so it splits exactly into one
 * term per song group and film group; the mood cosine adds one term per channel. A reason is the largest of
 * these terms, named by what within the two groups contributed to it. The terms sum to the similarity.
 */

import type { Model } from '../model/model.ts';
import { type Mood, moodVector } from '../model/mood.ts';
import { norm } from '../model/numbers.ts';
import { sumOf } from '../model/projection.ts';
import { type FilmText, termWeights } from '../model/text.ts';
import type { Film, Reason } from '../types.ts';
import { audioTraits, strongest } from './traits.ts';

/** The projected groups of one side. */
export interface Parts {
  readonly vector: Float64Array;
  readonly groups: readonly Float64Array[];
  readonly length: number;
  readonly mood: Mood;
}

export function songSide(model: Model, x: Float64Array, mood: Mood): Parts {
  return sideOf(x, model.songParts(x), mood);
}

export function filmSide(model: Model, r: Float64Array, mood: Mood): Parts {
  return sideOf(r, model.filmParts(r), mood);
}

function sideOf(vector: Float64Array, groups: readonly Float64Array[], mood: Mood): Parts {
  return { vector, groups, length: norm(sumOf(groups)), mood };
}

/** One term of the similarity. */
export interface Term {
  readonly song: string;
  readonly film: string;
  readonly weight: number;
}

/** Every term of the similarity, in no particular order; they sum to it. */
export function similarityTerms(model: Model, song: Parts, film: Parts): Term[] {
  const { beta } = model.spec.mood;
  const scale = song.length > 0 && film.length > 0 ? (1 - beta) / (song.length * film.length) : 0;
  const terms: Term[] = [];
  for (const [i, s] of model.songGroups.entries()) {
    for (const [j, f] of model.filmGroups.entries()) {
      terms.push({ song: s.name, film: f.name, weight: scale * dotOf(song.groups[i]!, film.groups[j]!) });
    }
  }
  const a = moodVector(song.mood, model.spec);
  const b = moodVector(film.mood, model.spec);
  for (const [d, name] of ['valence', 'energy', 'middle'].entries()) {
    terms.push({ song: 'mood', film: name, weight: beta * a[d]! * b[d]! });
  }
  return terms;
}

function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Terms below this share of the similarity are not worth a sentence. */
const LEAST_SHARE = 0.06;
/** A mood below this many standard deviations is no mood to speak of. */
const CLEAR_MOOD = 0.35;

/** The strongest reasons, at most `most`, each supported by its own positive term. */
export function reasonsFor(model: Model, song: Parts, film: Parts, facts: Film, most = 3): Reason[] {
  const terms = similarityTerms(model, song, film);
  const similarity = terms.reduce((sum, term) => sum + term.weight, 0);
  const floor = LEAST_SHARE * Math.max(similarity, 0.1);
  const reasons: Reason[] = [];
  for (const term of mergeTerms(terms, song.mood, film.mood).sort((a, b) => b.weight - a.weight)) {
    if (reasons.length >= most || term.weight < floor) break;
    // Asked before the words are looked for, which is most of the work.
    if (reasons.some((known) => saysTheSame(known.key, keyOf(term)))) continue;
    const reason = word(model, song, film, facts, term);
    if (reason) reasons.push(reason);
  }
  return reasons;
}

/** Language and country are one culture; valence and energy that both agree are one mood. */
function mergeTerms(terms: readonly Term[], song: Mood, film: Mood): Term[] {
  const out: Term[] = [];
  const mood = new Map<string, number>();
  for (const term of terms) {
    if (term.song === 'mood') mood.set(term.film, term.weight);
    else if (term.film !== 'language' && term.film !== 'country') out.push(term);
  }
  for (const group of new Set(terms.filter((term) => term.song !== 'mood').map((term) => term.song))) {
    const of = (name: string) => terms.find((term) => term.song === group && term.film === name)?.weight ?? 0;
    const [language, country] = [of('language'), of('country')];
    out.push({ song: group, film: language >= country ? 'language' : 'country', weight: language + country });
  }
  const agree = (a: number, b: number) =>
    Math.sign(a) === Math.sign(b) && Math.min(Math.abs(a), Math.abs(b)) >= CLEAR_MOOD;
  const valence = agree(song.valence, film.valence) ? (mood.get('valence') ?? 0) : 0;
  const energy = agree(song.energy, film.energy) ? (mood.get('energy') ?? 0) : 0;
  if (valence > 0 && energy > 0) out.push({ song: 'mood', film: 'both', weight: valence + energy });
  else if (valence > 0) out.push({ song: 'mood', film: 'valence', weight: valence });
  else if (energy > 0) out.push({ song: 'mood', film: 'energy', weight: energy });
  return out;
}

/** Two reasons with the same film side and overlapping song side repeat each other. */
function saysTheSame(a: string, b: string): boolean {
  const [songA, filmA] = a.split('-');
  const [songB, filmB] = b.split('-');
  if (filmA !== filmB) return false;
  const labelled = (name: string | undefined) => name === 'genre' || name === 'artist';
  return (
    songA === songB || (labelled(songA) && labelled(songB)) || filmA === 'language' || filmA === 'country'
  );
}

const keyOf = (term: Term) => `${term.song}-${term.film}`;

function word(model: Model, song: Parts, film: Parts, facts: Film, term: Term): Reason | null {
  const key = keyOf(term);
  if (term.song === 'mood') return { key, params: moodParams(song.mood), weight: term.weight };
  const songSidePart = songParams(model, song, film, term);
  const filmSidePart = songSidePart && filmParams(model, song, film, facts, term);
  return filmSidePart ? { key, params: { ...songSidePart, ...filmSidePart }, weight: term.weight } : null;
}

function moodParams(mood: Mood): Reason['params'] {
  return { tone: mood.valence > 0 ? 'bright' : 'bleak', pace: mood.energy > 0 ? 'intense' : 'calm' };
}

/** Contribution of each number of a group to the pull of the other side's group. */
function pulls(
  side: Parts,
  weights: Float32Array,
  mean: Float32Array,
  from: number,
  to: number,
  pull: Float64Array,
): Float64Array {
  const dims = pull.length;
  const values = new Float64Array(to - from);
  for (let i = from; i < to; i++) {
    // Most are genres that the side has not: no reason names them.
    if (side.vector[i] === 0) continue;
    let sum = 0;
    for (let d = 0; d < dims; d++) sum += weights[i * dims + d]! * pull[d]!;
    values[i - from] = (side.vector[i]! - mean[i]!) * sum;
  }
  return values;
}

function songParams(model: Model, song: Parts, film: Parts, term: Term): Reason['params'] | null {
  const group = model.songGroups.find((g) => g.name === term.song)!;
  const pull = film.groups[model.filmGroups.findIndex((g) => g.name === term.film)]!;
  const values = pulls(song, model.weights.song, model.weights.songMean, group.from, group.to, pull);
  if (term.song === 'audio') {
    const traits = audioTraits(
      model.spec.song.audio.map((a) => a.name),
      song.vector,
      values,
    );
    return traits.length > 0 ? { traits } : null;
  }
  const names = model.spec.song.genres;
  const songGenres = strongest(values, 2, (i) => song.vector[group.from + i]! > 0.1).map((i) => names[i]!);
  return songGenres.length > 0 ? { songGenres } : null;
}

function filmParams(
  model: Model,
  song: Parts,
  film: Parts,
  facts: Film,
  term: Term,
): Reason['params'] | null {
  const group = model.filmGroups.find((g) => g.name === term.film)!;
  const pull = song.groups[model.songGroups.findIndex((g) => g.name === term.song)]!;
  const values = () => pulls(film, model.weights.film, model.weights.filmMean, group.from, group.to, pull);
  switch (term.film) {
    case 'genre': {
      const filmGenres = strongest(values(), 2, (i) => film.vector[group.from + i]! > 0).map(
        (i) => model.spec.film.genres[i]!,
      );
      return filmGenres.length > 0 ? { filmGenres } : null;
    }
    case 'plot': {
      const words = plotWords(model, facts, group.from, pull);
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

/** Words of inverse document frequency below this stand in more than one film of twenty: too common to say. */
const TELLING_IDF = 4;
/** Words about the film as a work, not about its story. */
const TELLING_NOTHING: ReadonlySet<string> = new Set([
  'based',
  'novel',
  'book',
  'true',
  'events',
  'remake',
  'sequel',
]);

/** The film's own words that pulled most towards the song. */
function plotWords(model: Model, film: FilmText, from: number, pull: Float64Array): string[] {
  const { space, weights } = model;
  const dims = pull.length;
  const direction = new Float64Array(space.dims);
  for (let t = 0; t < space.dims; t++) {
    for (let d = 0; d < dims; d++) direction[t]! += weights.film[(from + t) * dims + d]! * pull[d]!;
  }
  const telling = [...termWeights(film, space.vocabulary, space.idf)].filter(
    ([term]) => space.idf[term]! >= TELLING_IDF,
  );
  const scored = telling.map(([term, weight]) => {
    let sum = 0;
    for (let t = 0; t < space.dims; t++) sum += space.rows[term * space.dims + t]! * direction[t]!;
    return [space.terms[term]!, weight * space.rowScale[term]! * sum] as const;
  });
  return scored
    .filter(
      ([name, value]) =>
        value > 0 &&
        name.length > 2 &&
        !/\d/.test(name) &&
        !name.split('_').some((part) => TELLING_NOTHING.has(part)),
    )
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([name]) => name.replaceAll('_', ' '));
}
