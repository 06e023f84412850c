import { describe, expect, it } from 'vitest';
import { REASON_PARTS, sayOneEach, sayReason, sayReasons } from '../../src/conversation/reasons.ts';
import { flatten, LANGUAGES, wordsFor } from '../../src/i18n/index.ts';

/** What each group of a song is said by. */
const SONG_SIDES: Readonly<Record<string, Record<string, readonly string[]>>> = {
  genre: { songGenres: ['synth-pop', 'edm'] },
  artist: { songGenres: ['synth-pop', 'edm'] },
  audio: { traits: ['loud', 'minor'] },
  soundtracks: {},
  names: { songWords: ['christmas'] },
};
const GROUPS = Object.keys(SONG_SIDES);
/** Every key that the engine gives, with params as it gives them. */
const REASONS: readonly { key: string; params: Record<string, string | readonly string[]> }[] = [
  ...GROUPS.flatMap((group) => {
    const song = SONG_SIDES[group]!;
    return [
      { key: `${group}-genre`, params: { ...song, filmGenres: ['Science Fiction', 'Drama'] } },
      { key: `${group}-plot`, params: { ...song, words: ['night', 'city'] } },
      { key: `${group}-era`, params: { ...song, decade: '1980s' } },
      { key: `${group}-runtime`, params: { ...song, direction: 'long' } },
      { key: `${group}-language`, params: { ...song, language: 'fr' } },
      { key: `${group}-country`, params: { ...song, country: 'India' } },
    ];
  }),
  { key: 'mood-valence', params: { tone: 'bittersweet' } },
  { key: 'mood-energy', params: { pace: 'calm' } },
  { key: 'mood-both', params: { tone: 'bleak', pace: 'calm' } },
];
const words = wordsFor('en');

describe('messages', () => {
  it('have the same keys and blanks in every language', () => {
    const english = flatten(LANGUAGES.en!);
    for (const [language, texts] of Object.entries(LANGUAGES)) {
      const flat = flatten(texts);
      expect(Object.keys(flat).sort(), language).toEqual(Object.keys(english).sort());
      for (const [key, text] of Object.entries(flat)) {
        const blanks = (of: string) => [...of.matchAll(/\{\{\w+\}\}/g)].map(String).sort();
        expect(blanks(text), `${language} ${key}`).toEqual(blanks(english[key]!));
      }
    }
  });

  it('leave markup and template signs in parameters alone', () => {
    const song = '{{count}} $t(sorry.title) <b>';
    expect(words.t('answer.heading', { song })).toContain(song);
  });

  it('describe every command and option in at most 100 characters', () => {
    for (const [key, text] of Object.entries(flatten(LANGUAGES.en!))) {
      if (/^commands\..*(description|option\.)/.test(key)) expect(text.length, key).toBeLessThanOrEqual(100);
    }
  });
});

describe('reasons', () => {
  it.each(REASONS)('words $key', (reason) => {
    const text = sayReason({ ...reason, weight: 1 }, words);
    expect(text).toMatch(/^\p{Lu}.*\.$/u);
    expect(text).not.toMatch(/\{\{|undefined|reason\./);
  });

  it('words every key that it knows, and knows every key', () => {
    expect(REASONS.map(({ key }) => key).sort()).toEqual(Object.keys(REASON_PARTS).sort());
    const worded = Object.keys(flatten({ reason: LANGUAGES.en!.reason }));
    // `reason.word` quotes a word inside the others.
    expect(worded.sort()).toEqual([...REASONS.map(({ key }) => `reason.${key}`), 'reason.word'].sort());
  });

  it('says plainly when it is a match of language or country', () => {
    const say = (key: string) => sayReason({ ...REASONS.find((one) => one.key === key)!, weight: 1 }, words);
    for (const group of GROUPS) {
      expect(say(`${group}-language`)).toMatch(/match of language.*French/);
      expect(say(`${group}-country`)).toMatch(/match of country.*India/);
    }
  });

  it('says nothing for an unknown key or for one without what it needs', () => {
    expect(sayReason({ key: 'sponsor-genre', params: {}, weight: 1 }, words)).toBe('');
    expect(sayReason({ key: 'toString', params: {}, weight: 1 }, words)).toBe('');
    expect(sayReason({ key: 'mood-both', params: { tone: 'bleak' }, weight: 1 }, words)).toBe('');
    expect(
      sayReason({ key: 'genre-genre', params: { songGenres: [], filmGenres: ['Drama'] }, weight: 1 }, words),
    ).toBe('');
  });

  it('puts the strongest first and leaves out what speaks against the pair', () => {
    const [a, b, against] = [
      { key: 'mood-energy', params: { pace: 'calm' }, weight: 0.1 },
      { key: 'mood-valence', params: { tone: 'bleak' }, weight: 0.3 },
      { key: 'genre-runtime', params: { direction: 'long' }, weight: -0.2 },
    ];
    expect(sayReasons([a!, against!, b!, b!], words)).toEqual(['Both are bleak.', 'Both are calm.']);
  });

  it('says something else of the next film where that is nearly as strong', () => {
    const [bleak, calm] = [
      { key: 'mood-valence', params: { tone: 'bleak' } },
      { key: 'mood-energy', params: { pace: 'calm' } },
    ] as const;
    const close = [
      { ...bleak, weight: 0.3 },
      { ...calm, weight: 0.2 },
    ];
    const far = [
      { ...bleak, weight: 0.3 },
      { ...calm, weight: 0.05 },
    ];
    expect(sayOneEach([close, close, far, []], words)).toEqual([
      'Both are bleak.',
      'Both are calm.',
      'Both are bleak.',
      '',
    ]);
  });

  it('speaks of another side of the film where the films before it were given the same', () => {
    const plot = (word: string) => ({
      key: 'artist-plot',
      params: { words: [word], songGenres: ['folk'] },
      weight: 0.3,
    });
    const bleak = { key: 'mood-valence', params: { tone: 'bleak' }, weight: 0.25 };
    const films = ['king', 'road', 'war'].map((word) => [plot(word), bleak]);
    const [first, second, third] = sayOneEach(films, words);
    expect(first).toContain('king');
    expect(second).toBe('Both are bleak.');
    expect(third).toContain('war');
  });
});
