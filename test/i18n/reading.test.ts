/** Rules of each language that a reading of the texts found broken once: none may be broken again. */
import { describe, expect, test } from 'vitest';
import { movieFor } from '../../commands/movie-for.ts';
import { parseTextForm } from '../../commands/text-form.ts';
import { readOptions } from '../../src/conversation/filters/index.ts';
import { parseYears } from '../../src/conversation/filters/values.ts';
import { flatten, LANGUAGES, wordsFor } from '../../src/i18n/index.ts';

const texts = (language: string) => Object.entries(flatten(LANGUAGES[language]!));
const broken = (language: string, rule: RegExp) =>
  texts(language)
    .filter(([, text]) => rule.test(text))
    .map(([key, text]) => `${key}: ${text}`);

test.each([
  ['de', /\{\{services\}\} (?:hat|ist|kann)\b/],
  ['fr', /\{\{services\}\} (?:n’a|a|est)\b/],
  ['es', /\{\{services\}\} (?:no )?(?:ha|es)\b/],
  ['pt', /\{\{services\}\} (?:não )?(?:respondeu|é|foi)\b/],
])('%s: one verb fits one service as well as two', (language, rule) => {
  expect(broken(language, rule)).toEqual([]);
});

test('es: no “y” stands before what may begin with an i', () => {
  // Numbers do not.
  expect(broken('es', /\by «?\{\{(?!count|to|minutes|seconds)/)).toEqual([]);
  expect(wordsFor('es').list(['soledad', 'ironía'])).toBe('soledad e ironía');
});

test('pt and es: nothing is asked with “quão” or “cuán”', () => {
  expect(broken('pt', /quão/i)).toEqual([]);
  expect(broken('es', /cuán/i)).toEqual([]);
});

test('fr: everybody is “tu”, as everywhere else', () => {
  expect(broken('fr', /\b(?:vous|votre|vos)\b/i)).toEqual([]);
});

test('fr: films have an “ambiance”, and “fit” is one word throughout', () => {
  expect(broken('fr', /\bclimats?\b|a raté|sans retour|\bva bien\b/i)).toEqual([]);
});

test('ko: nobody is “당신”', () => {
  expect(broken('ko', /당신/)).toEqual([]);
});

test('no film “may come” or “darf kommen”', () => {
  expect(broken('en', /\bmay come\b|\bonly come\b/)).toEqual([]);
  expect(broken('de', /dürfen kommen|darf kommen/)).toEqual([]);
  expect(broken('fr', /peuvent venir/)).toEqual([]);
});

test.each([
  ['en', '44%'],
  ['pt', '44%'],
  ['ja', '44%'],
  ['ko', '44%'],
  ['de', '44\u00a0%'],
  ['fr', '44\u00a0%'],
  ['es', '44\u00a0%'],
])('%s: a share is written %j', (language, written) => {
  expect(
    wordsFor(language)
      .t('song.percent', { value: 44 })
      .replace(/[\u202f ]/g, '\u00a0'),
  ).toBe(written);
});

test('ja: lists are set apart by 、 and no adjective stands where a noun belongs', () => {
  expect(wordsFor('ja').list(['優しさ', '喜び', '孤独'])).toBe('優しさ、喜び、孤独');
  const feelings = Object.values(LANGUAGES.ja!.feeling);
  expect(feelings.filter((name) => /[しな]い$|[なく]$/.test(name))).toEqual([]);
});

describe.each(Object.keys(LANGUAGES))('%s', (language) => {
  const { t } = wordsFor(language);

  test('shows examples that are understood', () => {
    const example = t('commands.movieHelp.example', { command: '/movie-for' });
    const typed = /\/movie-for (.+)$/.exec(example)![1]!;
    const form = parseTextForm(movieFor, typed);
    expect(form.ok && readOptions(movieFor.options, form.values)).toMatchObject({
      values: { genre: ['Horror'], years: [1990, 1999] },
      problems: [],
    });
  });
});

test.each([
  ['en', '1990s'],
  ['de', '1990er'],
  ['fr', 'années 1990'],
  ['es', 'años 90'],
  ['pt', 'anos 90'],
  ['ja', '1990年代'],
  ['ko', '1990년대'],
])('%s: the decade that texts name, %s, is understood', (language, decade) => {
  const { t } = wordsFor(language);
  expect(t('sorry.years')).toContain(decade);
  expect(t('commands.movieFor.option.years')).toContain(decade);
  expect(parseYears(decade)).toEqual([1990, 1999]);
});
