import { describe, expect, it } from 'vitest';
import { brokenRules, countWords, LikenessIndex, tokens } from '../../scripts/starter/overviews.ts';

const OURS =
  'A lighthouse keeper teaches a stray goat to ring the fog bell, and the whole drowsy village ' +
  'slowly forgives him for the wreck. Salt, deferDelay and small brass jokes.';
const index = new LikenessIndex([
  { title: 'The Bell', overview: OURS },
  { title: 'Elsewhere', overview: 'Nothing in here has to do with the other film, or with anything at all.' },
]);

describe('the words of an overview', () => {
  it('are counted as a reader counts them', () => {
    expect(countWords('  One, two —  three-four. ')).toBe(4);
  });

  it('are compared without case, punctuation and the shape of apostrophes', () => {
    expect(tokens('Don’t stop, ÉLAN: it’s 1962!')).toEqual(["don't", 'stop', 'élan', "it's", '1962']);
  });
});

describe('the house rules', () => {
  const words = (n: number, start = 0) => Array.from({ length: n }, (_, i) => `w${start + i}`).join(' ');

  it('pass two overviews that have nothing in common', () => {
    expect(
      brokenRules([
        { title: 'A', overview: words(20) },
        { title: 'B', overview: words(45, 100) },
      ]),
    ).toEqual([]);
  });

  it.each([19, 46])('refuse %i words', (n) => {
    expect(brokenRules([{ title: 'A', overview: words(n) }])).toEqual([`A: ${n} words`]);
  });

  it('refuse an opening that stands already, however it is punctuated', () => {
    const broken = brokenRules([
      { title: 'A', overview: `In a town ${words(20)}` },
      { title: 'B', overview: `In, a Town: ${words(20, 100)}` },
    ]);
    expect(broken).toEqual(['B opens like A: "in a town"']);
  });

  it('refuse a run of six words in two overviews, and let five pass', () => {
    const pair = (run: string) => [
      { title: 'A', overview: `${words(15)} ${run} ${words(10, 50)}` },
      { title: 'B', overview: `${words(15, 100)} ${run} ${words(10, 150)}` },
    ];
    expect(brokenRules(pair('and the rain will not stop'))).toHaveLength(1);
    expect(brokenRules(pair('and the rain will stop'))).toEqual([]);
  });
});

describe('likeness to a foreign text', () => {
  it('is found in the same words with other punctuation', () => {
    expect(index.find(OURS.toUpperCase().replaceAll(',', ' –'))).toEqual({
      title: 'The Bell',
      kind: 'equal',
    });
  });

  it('is found in a text reworked here and there', () => {
    const reworked = OURS.replace('stray', 'lost').replace('drowsy', 'sleepy').replace('brass', 'rusty');
    expect(index.find(reworked)).toEqual({ title: 'The Bell', kind: 'containment' });
  });

  it('is found in a long text that holds ours', () => {
    const long = `Once there was an island with many other troubles. ${OURS} And much more befell it afterwards.`;
    expect(index.find(long)).toEqual({ title: 'The Bell', kind: 'containment' });
  });

  const foreign = Array.from({ length: 40 }, (_, i) => `foreign${i}`).join(' ');
  it('is found in eight words taken over, and not in seven', () => {
    const eight = 'teaches a stray goat to ring the fog';
    expect(index.find(`${foreign} ${eight} ${foreign}`)).toEqual({ title: 'The Bell', kind: 'run' });
    expect(index.find(`${foreign} ${eight.slice(0, -4)} ${foreign}`)).toBeNull();
  });

  it('is not found in a text of the same subject, nor in none', () => {
    expect(index.find('A keeper of a lighthouse has a goat, and the village forgives him.')).toBeNull();
    expect(index.find('')).toBeNull();
  });
});
