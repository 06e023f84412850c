/** Which words of a text say most for a match. */
import { type FilmText, filmTerms, type TextSpace, weighTerms } from '../model/text.ts';

/** Words of inverse document frequency below this stand in more than one text of twenty: too common to say. */
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

/**
 * What the pull of the other side means to each number of a text vector.
 *
 * @param weights vector length × pull length, row-major
 * @param from where the text stands in the vector
 */
export function textDirection(
  weights: Float32Array,
  from: number,
  dims: number,
  pull: Float64Array,
): Float64Array {
  const direction = new Float64Array(dims);
  for (let t = 0; t < dims; t++) {
    for (let d = 0; d < pull.length; d++) direction[t]! += weights[(from + t) * pull.length + d]! * pull[d]!;
  }
  return direction;
}

/** The film's own words that point most in a direction, at most three. */
export function plotWords(space: TextSpace, film: FilmText, direction: Float64Array): string[] {
  return strongestTerms(space, filmTerms(film), direction)
    .slice(0, 3)
    .map((name) => name.replaceAll('_', ' '));
}

/** The words of a song's names that point most in a direction, at most two. */
export function nameWords(space: TextSpace, names: readonly string[], direction: Float64Array): string[] {
  return strongestTerms(space, names, direction).slice(0, 2);
}

/** The telling terms of a text that point in a direction of its space, strongest first. */
function strongestTerms(space: TextSpace, terms: readonly string[], direction: Float64Array): string[] {
  const scored: [name: string, value: number][] = [];
  const weights = weighTerms(terms, space.vocabulary, space.idf);
  for (const term of weights.keys()) {
    if (space.idf[term]! < TELLING_IDF) continue;
    let sum = 0;
    for (let t = 0; t < direction.length; t++)
      sum += space.rows[term * direction.length + t]! * direction[t]!;
    const value = weights.get(term)! * space.rowScale[term]! * sum;
    if (value > 0 && isTelling(space.terms[term]!)) scored.push([space.terms[term]!, value]);
  }
  return scored.sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

function isTelling(name: string): boolean {
  return name.length > 2 && !/\d/.test(name) && !name.split('_').some((part) => TELLING_NOTHING.has(part));
}
