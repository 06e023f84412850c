import { describe, expect, it } from 'vitest';
import { askText, COMMANDS, commandNamed, runCommand } from '../../commands/index.ts';
import { movieFor } from '../../commands/movie-for.ts';
import { parseTextForm, usage } from '../../commands/text-form.ts';
import { genreNamed } from '../../src/conversation/filters/genres.ts';
import { parseLanguages, parseRuntime, parseYears } from '../../src/conversation/filters/values.ts';
import { MAX_SUGGESTIONS } from '../../src/conversation/options.ts';
import { plainText } from '../../src/conversation/plain-text.ts';
import { wordsFor } from '../../src/i18n/index.ts';
import { contextOf } from '../bots/web/page.ts';

describe('declarations', () => {
  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    '%s fits every platform',
    (_, command) => {
      const { t } = wordsFor('en');
      const options = Object.entries(command.options);
      expect(command.name).toMatch(/^[a-z-]{1,32}$/);
      expect(t(command.description).length).toBeLessThanOrEqual(100);
      expect(options.length).toBeLessThanOrEqual(25);
      const required = options.map(([, option]) => option.required);
      expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)));
      for (const [name, option] of options) {
        expect(option.name).toBe(name);
        expect(name).toMatch(/^[a-z-]{1,32}$/);
        expect(t(option.description).length).toBeLessThanOrEqual(100);
        expect(option.choices === undefined || option.autocomplete === undefined).toBe(true);
        expect(option.choices?.length ?? 0).toBeLessThanOrEqual(25);
      }
    },
  );

  it('suggest songs, genres and languages within the limits', async () => {
    const context = contextOf();
    for (const command of COMMANDS) {
      for (const option of Object.values(command.options)) {
        for (const typed of ['', 'h', 'hold on', 'comedy, dr', 'fr', '<b>', '\u202e', 'x'.repeat(5000)]) {
          const found = (await option.autocomplete?.(typed, context)) ?? [];
          expect(found.length).toBeLessThanOrEqual(MAX_SUGGESTIONS);
          for (const { value } of found) {
            expect(value.length).toBeLessThanOrEqual(100);
            expect(option.schema.safeParse(value).success, value).toBe(true);
          }
        }
      }
    }
    const songs = await movieFor.options.song.autocomplete('hold on', context);
    expect(songs.map(({ label }) => label)).toContain('Hold On – Adele');
    const genres = await movieFor.options.genre.autocomplete('comedy, dr', context);
    expect(genres).toEqual([{ label: 'comedy, Drama', value: 'comedy, Drama' }]);
  });
});

describe('the text form', () => {
  const read = (text: string) => parseTextForm(movieFor, text);
  it.each([
    ['hold on genre:horror year:1990-1999', { song: 'hold on', genre: 'horror', years: '1990-1999' }],
    ['genre:"science fiction, drama" blue monday', { song: 'blue monday', genre: 'science fiction, drama' }],
    ['a genre:“science fiction” b', { song: 'a b', genre: 'science fiction' }],
    ['Re: Stacks', { song: 'Re: Stacks' }],
    ['spotify:track:5vjLSffimiIP26QG5WcN2K', { song: 'spotify:track:5vjLSffimiIP26QG5WcN2K' }],
    [
      'https://open.spotify.com/track/5vjLSffimiIP26QG5WcN2K?si=x runtime:<100',
      {
        song: 'https://open.spotify.com/track/5vjLSffimiIP26QG5WcN2K?si=x',
        runtime: '<100',
      },
    ],
    ['x NOT-GENRE:war no-genre-at-all', { song: 'x no-genre-at-all', 'not-genre': 'war' }],
  ])('reads %s', (text, values) => {
    expect(read(text)).toEqual({ ok: true, values });
  });

  it.each([
    ['', 'empty'],
    ['   genre:horror ', 'empty'],
    ['x genre:horror genre:drama', 'twice'],
    ['x genre:', 'no-value'],
  ])('does not read %j', (text, problem) => {
    expect(read(text)).toMatchObject({ ok: false, problem });
  });

  it('answers with the help when it does not parse', async () => {
    const text = plainText(await askText('x genre:', contextOf(), { called: '/films' }));
    expect(text).toContain('/films hold on genre:horror');
    expect(text).toContain(usage(movieFor, '/films'));
  });

  it('is what the usage line says', () => {
    const words = usage(movieFor)
      .replace('/movie-for <song>', 'x')
      .replace(/[[\]]/g, '')
      .replace(/\|\S+/g, '');
    const form = parseTextForm(movieFor, words);
    expect(form.ok && Object.keys(form.values)).toEqual(
      expect.arrayContaining(Object.keys(movieFor.options).filter((name) => name !== 'song')),
    );
  });
});

describe('values', () => {
  it.each([
    ['1994', [1994, 1994]],
    ['1990s', [1990, 1999]],
    ['90s', [1990, 1999]],
    ['1990 – 1999', [1990, 1999]],
    ['<1970', [1870, 1969]],
    ['since 2000', [2000, 2100]],
    ['1999-1990', null],
    ['1994s', null],
    ['never', null],
  ])('years %s', (text, years) => expect(parseYears(text)).toEqual(years));

  it.each([
    ['90-120', [90, 120]],
    ['<100', [0, 100]],
    ['under 100 min', [0, 100]],
    ['>150', [150, 1000]],
    ['150+', [150, 1000]],
    ['120-90', null],
    ['-5', null],
  ])('runtime %s', (text, runtime) => expect(parseRuntime(text)).toEqual(runtime));

  it('knows genres and languages by their usual names', () => {
    expect(['sci-fi', 'Comedies', 'tv movie', 'nonsense'].map(genreNamed)).toEqual([
      'Science Fiction',
      'Comedy',
      'TV Movie',
      null,
    ]);
    expect(parseLanguages('French, ja', ['en', 'fr', 'ja'], 'en')).toEqual(['fr', 'ja']);
    expect(parseLanguages('Klingon', ['en', 'fr', 'ja'], 'en')).toBeNull();
  });

  it('names every value that it cannot read', async () => {
    const raw = {
      song: 'hold on',
      genre: 'polka',
      years: 'soon',
      runtime: 'ages',
      rating: 11,
      private: 'perhaps',
    };
    const text = plainText(await runCommand(movieFor, raw, contextOf()));
    for (const name of ['genre', 'years', 'runtime', 'rating', 'private']) expect(text).toContain(name);
    expect(plainText(await runCommand(movieFor, { song: '' }, contextOf()))).toContain('Name a song');
    expect(
      plainText(await runCommand(movieFor, { song: 'hold on', language: 'Klingon' }, contextOf())),
    ).toContain('Klingon');
  });

  it('takes platform values: numbers and booleans', async () => {
    const answer = await runCommand(movieFor, { song: 'hold on', rating: 8.5, private: true }, contextOf());
    expect(answer).toMatchObject({
      kind: 'recommendations',
      private: true,
      filters: [{ value: '8.5 or more' }],
    });
  });
});

describe('a line of chat', () => {
  it('may be a command or just a song', async () => {
    expect(commandNamed('/Movie-For')).toBe(movieFor);
    for (const line of ['/movie-for hold on', 'hold on']) {
      expect(await askText(line, contextOf())).toMatchObject({ kind: 'recommendations' });
    }
    expect(await askText('/movie-help', contextOf())).toMatchObject({ kind: 'notice', tone: 'info' });
    expect(await askText('/no-such-thing', contextOf())).toMatchObject({ kind: 'notice', tone: 'sorry' });
  });
});
