import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sayOneEach, sayReason, sayReasons } from '../../src/conversation/reasons.ts';
import type { Reason } from '../../src/engine/types.ts';
import { flatten, LANGUAGES, wordsFor } from '../../src/i18n/index.ts';

/** The vocabulary of the feel data: name and kind of each term. */
const TERMS = readFileSync(new URL('../../data/feel/terms.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split('\t') as [name: string, kind: string]);
const namesOf = (kind: string) => TERMS.filter((term) => term[1] === kind).map(([name]) => name);

const feel = (terms: readonly string[], weight = 1): Reason => ({ key: 'feel', params: { terms }, weight });
const world = (name: string, weight = 0.5): Reason => ({ key: 'world', params: { world: name }, weight });
const year = (songYear: number, filmYear: number): Reason => ({
  key: 'year',
  params: { songYear, filmYear },
  weight: 0.05,
});
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

describe('the words of feelings and worlds', () => {
  it.each(Object.keys(LANGUAGES))('are all there in %s, each once', (language) => {
    const { feeling, theme, world: worlds, sameWorld } = LANGUAGES[language]!;
    const named = [...Object.keys(feeling), ...Object.keys(theme)];
    expect(named.sort()).toEqual(namesOf('feeling').sort());
    expect(Object.keys(worlds).sort()).toEqual(namesOf('world').sort());
    expect(Object.keys(sameWorld).sort()).toEqual(namesOf('world').sort());
    // Where two feelings share a name, a picture would show it twice.
    const names = [...Object.values(feeling), ...Object.values(theme)];
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

describe('reasons', () => {
  const ONES = namesOf('feeling').map((name) => feel([name]));
  const THREES = namesOf('feeling').map((_, at, all) =>
    feel([0, 7, 19].map((n) => all[(at + n) % all.length]!)),
  );
  const ALL = [
    ...ONES,
    ...THREES,
    ...namesOf('world').map((name) => world(name)),
    year(1977, 1977),
    year(1977, 1975),
  ];

  it.each(Object.keys(LANGUAGES))('are whole sentences of at most twelve words in %s', (language) => {
    for (const reason of ALL) {
      const text = sayReason(reason, wordsFor(language));
      const name = `${JSON.stringify(reason.params)} ${text}`;
      expect(text, name).toMatch(/^[\p{Lu}\p{Lo}\d].*[.。]$/u);
      expect(text, name).not.toMatch(/\{\{|undefined|reason\.|-night|\s\s/);
      expect(text.split(' ').length, name).toBeLessThanOrEqual(12);
    }
  });

  it('say feelings, themes, worlds and years as a person would', () => {
    const say = (reason: Reason, language = 'en') => sayReason(reason, wordsFor(language));
    expect(say(feel(['defiant', 'raw', 'tender']), 'en-GB')).toBe('Both are defiant, raw and tender.');
    expect(say(feel(['war', 'friendship']))).toBe('Both tell of war and friendship.');
    expect(say(feel(['lonely', 'urban-night']))).toBe('Both are lonely, and tell of the city at night.');
    expect(say(world('new-york'))).toBe('The same New York streets.');
    expect(say(year(1977, 1977))).toBe('Both born in 1977.');
    expect(say(year(1977, 1975))).toBe('Children of the same years: 1975 and 1977.');
    expect(say(feel(['tender', 'wry']), 'es')).toBe('Comparten ternura e ironía.');
    expect(say(feel(['tender', 'war']), 'fr')).toBe(
      'Tous deux respirent la tendresse et évoquent la guerre.',
    );
    expect(say(feel(['tender', 'war']), 'de')).toBe('Beide sind zärtlich; es geht um Krieg.');
    expect(say(feel(['tender', 'lonely']), 'ko')).toBe('두 작품 모두 다정한, 외로운 분위기입니다.');
    expect(say(feel(['tender', 'lonely']), 'ja')).toBe('どちらにも優しさ、孤独があります。');
  });

  it('say nothing for an unknown key, an unknown term or one without what it needs', () => {
    for (const key of ['genre-genre', 'toString', 'feel', 'world', 'year'])
      expect(sayReason({ key, params: {}, weight: 1 }, words)).toBe('');
    expect(sayReason(feel(['no-such-feeling', 'toString']), words)).toBe('');
    expect(sayReason(world('atlantis'), words)).toBe('');
    expect(sayReason({ key: 'year', params: { songYear: '1977', filmYear: 1977 }, weight: 1 }, words)).toBe(
      '',
    );
  });

  it('never joke about grief', () => {
    expect(sayReason(feel(['comic', 'grieving', 'playful']), words)).toBe('Both tell of grief.');
    expect(sayReason(feel(['comic', 'playful']), words)).toBe('Both are funny and playful.');
  });

  it('put the strongest first, once, and leave out what speaks against the pair', () => {
    const reasons = [
      year(1990, 1990),
      feel(['raw', 'epic'], 0.2),
      feel(['tender', 'raw'], 0.4),
      feel(['awe'], -1),
    ];
    expect(sayReasons(reasons, words)).toEqual([
      'Both are tender and raw.',
      'Both are epic.',
      'Both born in 1990.',
    ]);
  });

  it('say something else of the next film, and never the same twice', () => {
    const film = [feel(['tender', 'raw', 'lonely'], 0.5), world('sea', 0.3), year(1990, 1990)];
    const texts = sayOneEach([film, film, film, film, film, []], words);
    expect(texts[0]).toBe('Both are tender, raw, and lonely.');
    expect(texts[1]).toBe('Out on the same open sea.');
    expect(new Set(texts).size).toBe(6);
    expect(texts.slice(0, 5).every((text) => text !== '')).toBe(true);
    expect(texts[5]).toBe('');
  });

  it('fall silent rather than say a thing again', () => {
    expect(sayOneEach([[world('sea')], [world('sea')]], words)).toEqual(['Out on the same open sea.', '']);
  });
});
