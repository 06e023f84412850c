import { describe, expect, it } from 'vitest';
import { songGrams, weighGrams } from '../../../src/engine/model/song-names.ts';

const names = (title: string, artists: string[] = ['Nobody'], album = '') => ({ title, album, artists });

describe('the grams of a song’s names', () => {
  it('are triples over the whole title, words, and the artists’ triples apart', () => {
    const grams = songGrams(names('Ah ah', ['Li']));
    expect(grams.get(' ah')).toBe(2);
    expect(grams.get('h a')).toBe(1);
    expect(grams.get('word:ah')).toBe(2);
    expect(grams.get('by: li')).toBe(0.5);
    expect(grams.has('word:li')).toBe(false);
  });

  it('do not mind case, accents and signs', () => {
    const plain = songGrams(names('cafe del mar'));
    const fancy = songGrams(names('  CAFÉ, del  Mar!! '));
    for (const gram of plain.keys()) expect(fancy.get(gram), gram).toBe(plain.get(gram));
    // But the letter itself tells something of the language.
    expect(fancy.get('letter:é')).toBe(1);
    expect(plain.has('letter:é')).toBe(false);
  });

  it('tell the script', () => {
    const scripts = (title: string) =>
      [...songGrams(names(title)).keys()].filter((gram) => gram.startsWith('script:'));
    expect(scripts('千本桜 さくら')).toEqual(['script:Han', 'script:Hiragana']);
    expect(scripts('봄날')).toEqual(['script:Hangul']);
    expect(scripts('Группа крови')).toEqual(['script:Cyrillic']);
    expect(scripts('Yellow')).toEqual([]);
  });

  it('of nothing, or of signs alone, are next to none and no error', () => {
    for (const title of ['', '???', '\u0000', '\ud800', '🎵'])
      expect([...songGrams(names(title, [])).keys()].filter((gram) => gram.startsWith('word:'))).toEqual([]);
  });
});

describe('weighed grams', () => {
  const vocabulary = new Map([
    ['word:love', 0],
    ['word:the', 1],
  ]);

  it('have unit length, rare ones weigh more, unknown ones nothing', () => {
    const weights = weighGrams(songGrams(names('The Love of Xyz')), vocabulary, [3, 1]);
    expect([...weights.keys()].sort()).toEqual([0, 1]);
    expect(weights.get(0)! / weights.get(1)!).toBeCloseTo(3, 12);
    expect(Math.hypot(...weights.values())).toBeCloseTo(1, 12);
    expect(weighGrams(songGrams(names('Xyz')), vocabulary, [3, 1]).size).toBe(0);
  });
});
