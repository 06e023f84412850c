import { describe, expect, it } from 'vitest';
import { dot, norm } from '../../src/engine/model/numbers.ts';
import {
  type FilmText,
  filmTerms,
  type TextSpace,
  textVector,
  tokenise,
} from '../../src/engine/model/text.ts';
import { type FittedTextSpace, fitTextSpace, type TextSpaceOptions } from '../../src/fitting/text-space.ts';
import { WORD_DIMS } from '../../src/fitting/word-vectors.ts';
import { seededRandom } from '../../src/shared/random.ts';

const TOPICS = [
  'vampire coffin blood castle night fang',
  'soldier trench battle general tank front',
  'wedding bride kiss romance bouquet groom',
].map((words) => words.split(' '));

const OPTIONS: TextSpaceOptions = { dims: 3, minTexts: 2, oversampling: 4, iterations: 6, seed: 9 };

/** Films that each speak of one topic, with a little of everything else. */
function corpus(count: number): { film: FilmText; topic: number }[] {
  const random = seededRandom(21);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const topic = i % TOPICS.length;
    const own = TOPICS[topic]!;
    const words = Array.from({ length: 12 }, () => pick(random() < 0.85 ? own : TOPICS.flat()));
    return {
      film: { title: pick(own), overview: words.join(' '), tagline: '', keywords: [pick(own)] },
      topic,
    };
  });
}

const films = corpus(600);
const texts = films.map(({ film }) => film);
/** Word vectors of two words that never stand together in a film, and mean the same. */
const MEANINGS = new Map(
  ['fang', 'bouquet'].map((word) => [
    word,
    Float32Array.from({ length: WORD_DIMS }, (_, d) => (d === 3 ? 1 : 0)),
  ]),
);
const fitted = await fitTextSpace(texts, async () => new Map(), OPTIONS);
const spaceOf = (made: FittedTextSpace): TextSpace => ({
  ...made,
  vocabulary: new Map(made.terms.map((term, index) => [term, index])),
});
const space = spaceOf(fitted);
const vectorOf = (overview: string) => textVector({ title: '', overview, tagline: '', keywords: [] }, space);

describe('the text space', () => {
  it('recovers planted topics: films of one topic lie together, those of others apart', () => {
    const vectors = films
      .slice(0, 150)
      .map(({ film, topic }) => ({ vector: textVector(film, space), topic }));
    const sums = { same: [0, 0], other: [0, 0] };
    for (const [i, a] of vectors.entries())
      for (const b of vectors.slice(0, i)) {
        const sum = sums[a.topic === b.topic ? 'same' : 'other'];
        sum[0]! += dot(a.vector, b.vector);
        sum[1]!++;
      }
    expect(sums.same[0]! / sums.same[1]!).toBeGreaterThan(0.85);
    expect(sums.other[0]! / sums.other[1]!).toBeLessThan(0.35);
  });

  it('knows words of a topic that never stood together in the film asked for', () => {
    expect(dot(vectorOf('vampire coffin'), vectorOf('fang castle'))).toBeGreaterThan(0.8);
    expect(dot(vectorOf('vampire coffin'), vectorOf('bride bouquet'))).toBeLessThan(0.4);
  });

  it('gives unit vectors, or zeros for a text without a known word', () => {
    for (const film of texts.slice(0, 30)) expect(norm(textVector(film, space))).toBeCloseTo(1, 9);
    expect(norm(vectorOf('xylophone quartz'))).toBe(0);
    expect(norm(vectorOf(''))).toBe(0);
  });

  it('has directions at right angles and of one length, but for a byte’s rounding', () => {
    const { terms, rows, rowScale, blocks } = fitted;
    const width = blocks.reduce((sum, dims) => sum + dims, 0);
    const product = (a: number, b: number) =>
      terms.reduce((sum, _, t) => sum + rows[t * width + a]! * rows[t * width + b]! * rowScale[t]! ** 2, 0);
    const length = product(0, 0);
    for (let a = 0; a < OPTIONS.dims; a++)
      for (let b = 0; b <= a; b++) expect(product(a, b) / length).toBeCloseTo(a === b ? 1 : 0, 1);
  });

  it('has a second block of word meanings, at its own length', async () => {
    const asked: string[] = [];
    const meant = spaceOf(
      await fitTextSpace(
        texts,
        async (wanted) => {
          asked.push(...wanted);
          return MEANINGS;
        },
        OPTIONS,
      ),
    );
    expect(asked).toEqual(meant.terms);
    expect(meant.blocks).toEqual([OPTIONS.dims, WORD_DIMS]);
    const block = (overview: string) =>
      textVector({ title: '', overview, tagline: '', keywords: [] }, meant).subarray(OPTIONS.dims);
    expect(norm(block('fang'))).toBeCloseTo(1, 2);
    expect(dot(block('fang'), block('bouquet'))).toBeCloseTo(1, 2);
    expect(norm(block('trench'))).toBe(0);
  });

  it('comes out the same each time', async () => {
    expect(await fitTextSpace(texts, async () => new Map(), OPTIONS)).toEqual(fitted);
  });

  it('leaves out terms of too few films, and weighs rare terms more', async () => {
    const some = [...texts, { title: 'hapax', overview: 'rarity', tagline: '', keywords: [] }];
    some.push({ title: '', overview: 'rarity', tagline: '', keywords: [] });
    const { terms, idf } = await fitTextSpace(some, async () => new Map(), OPTIONS);
    expect(terms).not.toContain('hapax');
    expect(terms).toContain('rarity');
    expect(terms).toEqual([...terms].sort());
    const weight = (term: string) => idf[terms.indexOf(term)]!;
    expect(weight('rarity')).toBeGreaterThan(2 * weight('vampire'));
    // ln((1 + 602)/(1 + 2)) + 1
    expect(weight('rarity')).toBeCloseTo(Math.log(603 / 3) + 1, 4);
  });
});

describe('words', () => {
  it('lose case, accents, stop words and single letters', () => {
    expect(tokenise('The Éclair and a MAN’s 2 dogs, 101 of them')).toEqual(['eclair', 'man', 'dogs', '101']);
    expect(tokenise('Ночной дозор')).toEqual(['ночнои', 'дозор']);
    expect(tokenise('the of and')).toEqual([]);
  });

  it('are the same by the short way for plain English as by the long one', () => {
    // One letter outside ASCII takes the long way; it stands alone, so that it adds no word.
    for (const text of ["A Fistful of Dollars: don't-stop 3:10!", 'x1 Y22 [Z]', 'tab\tand\nline'])
      expect(tokenise(text)).toEqual(tokenise(`${text} ß`));
  });

  it('of keywords stand alone and as one term', () => {
    expect(filmTerms({ title: 'X', overview: '', tagline: '', keywords: ['space opera', 'robot'] })).toEqual([
      'space',
      'opera',
      'space_opera',
      'robot',
    ]);
  });
});
