import { describe, expect, it } from 'vitest';
import { FilmCleaner } from '../../src/indexer/clean-films.ts';
import { textSentiment } from '../../src/indexer/sentiment.ts';
import { isUnfit } from '../../src/indexer/unfit.ts';
import { filmRow, type Row } from '../support/catalogue.ts';

/** Rows through one cleaner: the films that stay, the counts, and what was rejected. */
function clean(rows: readonly Row[]) {
  const rejected: [number, string][] = [];
  const cleaner = new FilmCleaner((line, reason) => rejected.push([line, reason]));
  const films = rows.map((row, i) => {
    const { fault, ...cells } = row;
    const values = Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, String(value)]));
    return cleaner.clean({ line: i + 2, values, ...(fault !== undefined && { fault: String(fault) }) });
  });
  return { films, funnel: cleaner.funnel, rejected };
}

const only = (changes: Row) => clean([filmRow(1, changes)]);

describe('the rules by which films leave', () => {
  it.each([
    ['missingValues', { title: '' }],
    ['missingValues', { title: '   ' }],
    ['missingValues', { overview: '' }],
    ['missingValues', { poster_path: '' }],
    ['missingValues', { genres: '' }],
    ['missingValues', { popularity: '' }],
    ['missingValues', { popularity: 'many' }],
    ['notReleased', { status: 'Rumored' }],
    ['notReleased', { status: '' }],
    ['adult', { adult: 'True' }],
    ['adult', { adult: 'true' }],
    ['malformed', { id: 'x1' }],
    ['malformed', { id: '' }],
    ['malformed', { id: '1.5' }],
    ['malformed', { id: '-3' }],
    ['malformed', { id: '99999999999' }],
    ['malformed', { fault: '3 cells where the header names 20' }],
    ['malformed', { vote_average: 11 }],
    ['malformed', { vote_count: -1 }],
    ['malformed', { vote_count: 5e9 }],
  ] as const)('%s: %j', (rule, changes) => {
    const { films, funnel } = only(changes);
    expect(films).toEqual([null]);
    expect(funnel).toMatchObject({ rows: 1, kept: 0, [rule]: 1 });
  });

  it('counts every row once, under the first rule that removes it', () => {
    const { funnel } = clean([
      filmRow(1),
      filmRow(1),
      filmRow(2, { overview: '', status: 'Planned', adult: 'True' }),
      filmRow(3, { status: 'Planned', adult: 'True' }),
      filmRow(4, { adult: 'True' }),
      filmRow(0, { overview: '' }),
      filmRow(5),
    ]);
    expect(funnel).toMatchObject({
      rows: 7,
      malformed: 1,
      duplicates: 1,
      missingValues: 1,
      notReleased: 1,
      adult: 1,
      kept: 2,
    });
  });

  it('keeps the first sound row of a film and drops its other ones', () => {
    const { films, funnel } = clean([
      filmRow(7, { overview: '' }),
      filmRow(7, { title: 'First' }),
      filmRow(7, { title: 'Second' }),
    ]);
    expect(films.map((film) => film?.title)).toEqual([undefined, 'First', undefined]);
    expect(funnel).toMatchObject({ missingValues: 1, duplicates: 1, kept: 1 });
  });

  it('names line and reason of what it rejects', () => {
    const { rejected } = clean([filmRow(1), filmRow(2, { id: 'abc' }), filmRow(3, { fault: '2 cells' })]);
    expect(rejected).toEqual([
      [3, 'the id "abc" is not a positive whole number'],
      [4, '2 cells'],
    ]);
  });
});

describe('what is mended', () => {
  it.each(['1066-10-14', '3021-01-01', '0001-01-01', '2001-13-01', '2021-02-30', '12/05/1999', '1999'])(
    'blanks the impossible release date %s',
    (release_date) => {
      const { films, funnel } = only({ release_date });
      expect(films[0]).toMatchObject({ releaseDate: null, year: null });
      expect(funnel).toMatchObject({ kept: 1, mended: { year: 1 } });
    },
  );

  it('keeps possible dates, and takes an empty one for unknown without mending', () => {
    expect(only({ release_date: '1895-12-28' }).films[0]).toMatchObject({ year: 1895 });
    expect(only({ release_date: '2024-02-29' }).films[0]).toMatchObject({ releaseDate: '2024-02-29' });
    const { films, funnel } = only({ release_date: '' });
    expect(films[0]!.year).toBeNull();
    expect(funnel.mended.year).toBe(0);
  });

  it.each([0, -5, 601, 12_000])('blanks a runtime of %d minutes', (runtime) => {
    const { films, funnel } = only({ runtime });
    expect(films[0]!.runtime).toBeNull();
    expect(funnel.mended.runtime).toBe(1);
  });

  it('keeps runtimes at both ends', () => {
    expect(only({ runtime: 1 }).films[0]!.runtime).toBe(1);
    expect(only({ runtime: 600 }).films[0]!.runtime).toBe(600);
  });

  it('takes broken UTF-8 and control characters out of texts', () => {
    const { films, funnel } = only({
      title: 'Am\ufffdlie\u0007',
      overview: 'line one\nline\u0000 two',
      keywords: 'love, \ufffd, love',
    });
    expect(films[0]).toMatchObject({ title: 'Am lie', overview: 'line one line two', keywords: ['love'] });
    expect(funnel.mended.text).toBe(1);
  });

  it('takes unknown votes for none', () => {
    const { films, funnel } = only({ vote_count: '', vote_average: '' });
    expect(films[0]).toMatchObject({ votes: 0, rating: 0 });
    expect(funnel.mended.votes).toBe(1);
  });

  it('fills what a film can do without', () => {
    const blank = { original_title: '', original_language: '', spoken_languages: '', imdb_id: 'nm0000001' };
    expect(only(blank).films[0]).toMatchObject({
      originalTitle: filmRow(1).title,
      language: 'xx',
      imdbId: null,
    });
    expect(only({ original_language: 'FR', imdb_id: 'tt0211915' }).films[0]).toMatchObject({
      language: 'fr',
      imdbId: 'tt0211915',
    });
  });
});

describe('a blank original language', () => {
  it.each([
    ['Turkish', 'tr'],
    ['English', 'en'],
    ['Norwegian', 'no'],
    ['Mandarin', 'zh'],
    ['Cantonese', 'cn'],
    ['English, Turkish', 'xx'],
    ['Klingon', 'xx'],
    ['', 'xx'],
  ])('of a film in which %s is spoken is %s', (spoken, code) => {
    expect(only({ original_language: '', spoken_languages: spoken }).films[0]!.language).toBe(code);
    expect(only({ original_language: 'ta', spoken_languages: spoken }).films[0]!.language).toBe('ta');
  });
});

describe('the flag for unfit films', () => {
  const film = (changes: Partial<Parameters<typeof isUnfit>[0]>) =>
    isUnfit({
      title: 'A Title',
      originalTitle: '',
      overview: '',
      tagline: '',
      keywords: [],
      genres: ['Drama'],
      votes: 50,
      ...changes,
    });

  it.each([
    ['a keyword', { keywords: ['softcore'] }],
    ['a keyword in capitals', { keywords: ['Pink Film'] }],
    ['a title', { title: 'Emmanuelle in Bangkok' }],
    ['an original title', { title: 'The Nights', originalTitle: 'Erotic Nights' }],
    ['the overview', { overview: 'Two couples live out their sexual fantasies.' }],
    ['the tagline', { tagline: 'An erotic adventure' }],
    ['a genre', { genres: ['Erotic'] }],
    ['a keyword of an animation', { keywords: ['hentai'], genres: ['Animation'] }],
  ])('is set by %s', (_, changes) => {
    expect(film(changes)).toBe(true);
  });

  it.each([
    ['an ordinary drama', { overview: 'A teacher falls in love with a sailor.' }],
    ['a known film with such a title', { title: 'Nymphomaniac: Vol. I', votes: 4000 }],
    ['a documentary about the subject', { title: 'Porno: A History', genres: ['Documentary'] }],
    ['a word inside another', { title: 'Essex Adventures' }],
  ])('is not set by %s', (_, changes) => {
    expect(film(changes)).toBe(false);
  });

  it('is carried by the film and counted', () => {
    const { films, funnel } = clean([filmRow(1, { keywords: 'erotica' }), filmRow(2)]);
    expect(films.map((film) => film!.unfit)).toEqual([true, false]);
    expect(funnel).toMatchObject({ kept: 2, unfit: 1 });
  });
});

describe('the sentiment of an overview', () => {
  it('lies between −1 and 1 whatever the text', () => {
    for (const text of ['', 'love '.repeat(5000), 'murder '.repeat(5000), '¿?', 'constructor toString']) {
      const { sentiment, negativity } = textSentiment(text);
      expect(Math.abs(sentiment)).toBeLessThanOrEqual(1);
      expect(negativity).toBeGreaterThanOrEqual(0);
      expect(negativity).toBeLessThanOrEqual(1);
    }
  });

  it('tells bright from bleak, and hears a "not" before the word', () => {
    const bright = textSentiment('A happy, wonderful love story.');
    const bleak = textSentiment('A killer murders; war, death and despair.');
    expect(bright.sentiment).toBeGreaterThan(0.5);
    expect(bright.negativity).toBe(0);
    expect(bleak.sentiment).toBeLessThan(-0.5);
    expect(bleak.negativity).toBeGreaterThan(0.5);
    expect(textSentiment('not happy').sentiment).toBeLessThan(0);
    expect(textSentiment('a table and a chair')).toEqual({ sentiment: 0, negativity: 0 });
  });
});
