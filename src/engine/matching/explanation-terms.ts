/** Which words of a text say most for a match. */

import { TopItems } from '../../shared/top-items.ts';
import { type FilmText, filmTerms, type TextSpace, termWeight } from '../model/text.ts';

/** Words of inverse document frequency below this stand in more than one text of twenty: too common to say. */
const TELLING_IDF = 4;

/** Words about the film as a work, not about its story. */
const TELLING_NOTHING: ReadonlySet<string> = new Set(
  `based novel book true events adaptation biography autobiography biopic memoir documentary mockumentary remake sequel
  prequel reboot trilogy franchise cinematic episode episodes director directors directorial directed screenplay produced
  starring cast premiere premiered credits aftercreditsstinger duringcreditsstinger films filmmaker musical horror
  action characters feature series interviews footage`.split(/\s+/),
);

/** Words that any story may hold; as a part of a longer term they do no harm. */
const FILLERS: ReadonlySet<string> = new Set(
  `able across ago alive along always another anything apart around arrives attempt attempts away bad became become
  becomes becoming begin begins behind believe best better beyond big bring brings called care case change
  changes close come comes coming couple course days deal decide decides different discover discovering
  discovers doesn due early encounter end ends even events eventually ever every everyone everything face faces
  fall falls far final finally find finding five follow following follows forced forever former found
  four full future get gets getting give given goes going good great group happens hard head help hit however
  includes including inside involved join keep kill known knows late later lead leading leads learn learns leave
  leaves leaving left less let lets like live living long look looking lost made make makes making many may
  meanwhile meet meets men middle move moves much name named near need needs never night nothing open others
  outside part past people person place plan plans play present private put quickly real reality realize
  realizes really return returns right run runs save see seems seen sees sent set sets several share short shows
  side since single small someone something soon spend start starts state stay still stop struggle
  struggles suddenly take taken takes taking tell tells thing things though together told top tries try trying
  turn turned turns unexpected unique use visit want wants way ways well whatever whose without work working
  wrong yet york`.split(/\s+/),
);

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
  return strongestTerms(space, filmTerms(film), direction, 3).map((name) => name.replaceAll('_', ' '));
}

/** The words of a song's names that point most in a direction, at most two. */
export function nameWords(space: TextSpace, names: readonly string[], direction: Float64Array): string[] {
  return strongestTerms(space, names, direction, 2);
}

/** Room for {@link strongestTerms}. */
let room = new Int32Array(64);

/** Positions of the known terms of a text, ascending, a repeated one repeatedly; they hold until the next call. */
function knownTerms(terms: readonly string[], vocabulary: ReadonlyMap<string, number>): Int32Array {
  if (room.length < terms.length) room = new Int32Array(2 * terms.length);
  let count = 0;
  for (const term of terms) {
    const index = vocabulary.get(term);
    if (index !== undefined) room[count++] = index;
  }
  return room.subarray(0, count).sort();
}

/** The telling terms of a text that point most in a direction of its space, strongest first, at most `most`. */
function strongestTerms(
  space: TextSpace,
  terms: readonly string[],
  direction: Float64Array,
  most: number,
): string[] {
  const best = new TopItems(Number.POSITIVE_INFINITY);
  const known = knownTerms(terms, space.vocabulary);
  for (let from = 0, to = 0; from < known.length; from = to) {
    const term = known[from]!;
    while (to < known.length && known[to] === term) to++;
    const idf = space.idf[term]!;
    if (idf < TELLING_IDF) continue;
    const offset = term * direction.length;
    let sum = 0;
    for (let t = 0; t < direction.length; t++) sum += space.rows[offset + t]! * direction[t]!;
    // Up to the length of the whole text, which is the same for each of its terms.
    const value = termWeight(to - from, idf) * space.rowScale[term]! * sum;
    if (value > 0) best.offer(term, value);
  }
  const names: string[] = [];
  for (const term of best.sorted()) {
    if (names.length === most) break;
    const name = space.terms[term]!;
    if (isTelling(name)) names.push(name);
  }
  return names;
}

function isTelling(name: string): boolean {
  return (
    name.length > 2 &&
    !/\d/.test(name) &&
    !FILLERS.has(name) &&
    !name.split('_').some((part) => TELLING_NOTHING.has(part))
  );
}
