/** Names that people type and read in their own language: genres, levels, decades, countries. */
import { describe, expect, test } from 'vitest';
import { commandNamed } from '../../commands/index.ts';
import { movieFor } from '../../commands/movie-for.ts';
import { parseTextForm } from '../../commands/text-form.ts';
import { genreNamed } from '../../src/conversation/filters/genres.ts';
import { parseMainstream, parseYears, parseYesNo } from '../../src/conversation/filters/values.ts';
import { LANGUAGES, wordsFor } from '../../src/i18n/index.ts';
import { FILM_GENRES } from '../../src/shared/film-genres.ts';

describe.each(Object.keys(LANGUAGES))('in %s', (language) => {
  const words = wordsFor(language);

  test('every genre is read by its name, in any writing of it', () => {
    for (const genre of FILM_GENRES) {
      const name = words.name('genre', genre);
      for (const typed of [name, name.toUpperCase(), name.normalize('NFD'), name.replaceAll(/[- ]/g, '')]) {
        expect([typed, genreNamed(typed)]).toEqual([typed, genre]);
      }
    }
  });

  test('so are the levels of what is well known', () => {
    for (const level of ['hidden', 'balanced', 'known'] as const) {
      expect(parseMainstream(words.t(`mainstream.${level}`))).toBe(level);
    }
  });

  test('commands and options are known by the names that chats show', () => {
    expect(commandNamed(`/${words.t('chat.command.movie-for')}`)).toBe(movieFor);
    const years = words.t('chat.option.years');
    expect(parseTextForm(movieFor, `hold on ${years}:1990-1999`)).toEqual({
      ok: true,
      values: { song: 'hold on', years: '1990-1999' },
    });
  });

  test('countries have names of their own', () => {
    const name = words.countryName('United States of America');
    expect(name === 'United States of America').toBe(language === 'en');
    expect(words.countryName('Yugoslavia')).toBe('Yugoslavia');
  });
});

test('a title may hold the name of an option, in another language, without a value', () => {
  expect(parseTextForm(movieFor, 'note: to self')).toEqual({ ok: true, values: { song: 'note: to self' } });
});

test.each(['1990s', '90s', '1990er', '90er', 'années 90', 'años 90', 'anos 90', '1990年代', '1990년대'])(
  '%s is a decade',
  (text) => expect(parseYears(text)).toEqual([1990, 1999]),
);

test.each(['ja', 'oui', 'sí', 'sim', 'はい', '네'])('%s means yes', (text) => {
  expect(parseYesNo(text)).toBe(true);
});
