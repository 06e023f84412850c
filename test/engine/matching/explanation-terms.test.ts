/** The words that a reason names. */
import { expect, test } from 'vitest';
import { plotWords } from '../../../src/engine/matching/explanation-terms.ts';
import type { TextSpace } from '../../../src/engine/model/text.ts';

/** A space of one dimension in which every term points the same way, the later ones further. */
function spaceOf(terms: readonly string[], idf = terms.map(() => 6)): TextSpace {
  return {
    terms,
    vocabulary: new Map(terms.map((term, index) => [term, index])),
    idf,
    rows: Int8Array.from(terms, (_, index) => index + 1),
    rowScale: terms.map(() => 1),
    dims: 1,
  };
}
const film = (overview: string, keywords: string[] = []) => ({ title: '', overview, tagline: '', keywords });
const TOWARDS = Float64Array.of(1);

test('the three that point furthest, a repeated one sooner', () => {
  const space = spaceOf(['beach', 'shark', 'boat', 'mayor']);
  expect(plotWords(space, film('mayor boat shark beach'), TOWARDS)).toEqual(['mayor', 'boat', 'shark']);
  expect(plotWords(space, film('mayor, shark! shark? Shark; beach'), TOWARDS)).toEqual([
    'shark',
    'mayor',
    'beach',
  ]);
});

test('nothing that points away, that every other story says, or that is said of the work and not of its story', () => {
  const space = spaceOf(
    ['shark', 'life', 'woman_director', 'sequel', '1975', 'new_york'],
    [6, 2, 6, 6, 6, 6],
  );
  const told = film('A shark, life, 1975', ['woman director', 'sequel', 'New York']);
  expect(plotWords(space, told, TOWARDS)).toEqual(['new york', 'shark']);
  expect(plotWords(space, told, Float64Array.of(-1))).toEqual([]);
  expect(plotWords(space, film(''), TOWARDS)).toEqual([]);
  expect(
    plotWords(spaceOf(['begins', 'york', 'new_york']), film('begins york', ['new york']), TOWARDS),
  ).toEqual(['new york']);
});
