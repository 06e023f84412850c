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
  const PLURAL = /_(zero|one|two|few|many|other)$/;
  const languages = Object.entries(LANGUAGES).map(([language, texts]) => [language, flatten(texts)] as const);
  const english = flatten(LANGUAGES.en!);
  const keysOf = (texts: object) => [...new Set(Object.keys(texts).map((key) => key.replace(PLURAL, '')))];

  it.each(languages)('of %s have every key and blank', (language, texts) => {
    expect(keysOf(texts).sort()).toEqual(keysOf(english).sort());
    const blanks = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();
    for (const [key, text] of Object.entries(texts)) {
      const model = english[key] ?? english[key.replace(PLURAL, '_other')]!;
      expect(blanks(text), `${language} ${key}`).toEqual(blanks(model));
    }
  });

  it.each(languages)(
    'of %s have a general plural form, and only forms that the language has',
    (language, texts) => {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const key of Object.keys(texts)) {
        const form = PLURAL.exec(key)?.[1];
        if (!form) continue;
        expect(forms, `${language} ${key}`).toContain(form);
        expect(texts[key.replace(PLURAL, '_other')], `${language} ${key}`).toBeDefined();
      }
    },
  );

  it('come in the plural form of their count', () => {
    const say = (language: string, count: number) =>
      wordsFor(language).t('answer.headingFew', { song: 'x', count });
    expect(say('en', 1)).toBe('One film that feels like “x”');
    expect(say('en', 0)).toBe('0 films that feel like “x”');
    expect(say('en', 2)).toBe('2 films that feel like “x”');
    // 0 is singular in French; Japanese has one form.
    expect(say('fr', 0)).toBe(say('fr', 1).replace('1', '0'));
    expect(say('ja', 1)).toBe(say('ja', 2).replace('2', '1'));
  });

  it('hold lists as the language joins them', () => {
    const say = (language: string, services: readonly string[]) =>
      wordsFor(language).t('lookup.sorry.unreachable', { services });
    expect(say('en', ['Spotify'])).toContain(': Spotify did');
    expect(say('en', ['ReccoBeats', 'Spotify'])).toContain(': ReccoBeats and Spotify did');
    expect(say('de', ['ReccoBeats', 'Spotify'])).toContain('ReccoBeats und Spotify');
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
