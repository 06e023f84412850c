import { describe, expect, it } from 'vitest';
import {
  cornersOf,
  filmQuadrant,
  measure,
  REQUIRED,
  shortfalls,
  songLanguage,
  songQuadrant,
  TMDB_GENRES,
} from '../../scripts/starter/coverage.ts';

const film = (overview: string, genres: string[], sentiment = 0, year = 1955, language = 'en') => ({
  overview,
  genres,
  sentiment,
  year,
  language,
});
const song = (title: string, genres: string[], valence = 0.5, energy = 0.5) => ({
  title,
  genres,
  features: { valence, energy },
});

describe('measuring the starter', () => {
  const coverage = measure(
    [
      film('A lonely drummer laughs.', ['Drama', 'Music'], 0.2, 1959),
      film('Rain.', ['Drama'], -0.2, 1960, 'fr'),
      { ...film('Rain again.', ['Horror'], -0.2), year: null },
    ],
    [song('Ой', ['rock']), song('Hey', [])],
    1234,
  );

  it('counts genres by decade, languages and what has no date', () => {
    expect(coverage.films).toBe(3);
    expect([...coverage.genres]).toEqual([
      ['Drama', 2],
      ['Horror', 1],
      ['Music', 1],
    ]);
    expect([...coverage.genreByDecade.get('Drama')!]).toEqual([
      ['1950', 1],
      ['1960', 1],
    ]);
    expect(coverage.decades.get('unknown')).toBe(1);
    expect([...coverage.languages]).toEqual([
      ['en', 2],
      ['fr', 1],
    ]);
  });

  it('counts songs, also those without a genre', () => {
    expect(coverage.songs).toBe(2);
    expect(coverage.songsWithoutGenre).toBe(1);
    expect([...coverage.songGenres]).toEqual([['rock', 1]]);
    expect(coverage.songLanguages.get('Russian')).toBe(1);
  });

  it('names every promise that so small a starter breaks', () => {
    const found = shortfalls(coverage);
    expect(found).toContain(`films: 3, needs ${REQUIRED.films}`);
    expect(found).toContain('films of Western: 0, needs 15');
    expect(found).toContain('films of the 1930s: 0, needs 15');
    expect(found).toContain('original languages: 2, needs 15');
    expect(found).toContain('defiant films: 0, needs 40');
    expect(found).toContain('songs: 2, needs 1900 to 2100');
    expect(found).toContain('songs of rock: 1, needs 8');
    expect(found.filter((line) => line.startsWith('size'))).toEqual([]);
  });

  it('names a genre that is not TMDb’s, too many songs and too large files', () => {
    const songs = Array.from({ length: REQUIRED.songs[1] + 1 }, (_, i) => song(`Song ${i}`, ['rock']));
    const found = shortfalls(measure([film('Rain.', ['Foreign'])], songs, REQUIRED.bytes));
    expect(found).toContain("Foreign is no genre of TMDb's");
    expect(found).toContain('songs: 2101, needs 1900 to 2100');
    expect(found).toContain(`size: ${REQUIRED.bytes} bytes, limit ${REQUIRED.bytes}`);
  });

  it('knows the nineteen genres of TMDb', () => {
    expect(TMDB_GENRES).toHaveLength(19);
  });
});

describe('the corners of mood', () => {
  const names = (overview: string, genres: string[] = ['Drama']) =>
    cornersOf({ overview, genres }).map((corner) => corner.name);

  it('are found by the beginnings of words', () => {
    expect(names('Loneliness, then a joyful riot of rebels.')).toEqual(['euphoric', 'lonely', 'defiant']);
  });

  it('are not found in the middle of a word, nor in a word that merely looks alike', () => {
    expect(names('A grandmother walks with him through ablaze streets.')).toEqual([]);
  });

  it('are found by genre too', () => {
    expect(names('Rain.', ['Horror'])).toEqual(['dark', 'eerie']);
  });
});

describe('the mood plane', () => {
  it.each([
    [0.3, ['Action', 'Drama'], 'bright, intense'],
    [0, ['Romance'], 'bright, calm'],
    [-0.1, ['Thriller'], 'dark, intense'],
    [-0.1, ['Drama', 'No such genre'], 'dark, calm'],
  ])('puts a film of sentiment %f and genres %j at %s', (sentiment, genres, quadrant) => {
    expect(filmQuadrant({ sentiment, genres })).toBe(quadrant);
  });

  it.each([
    [0.5, 0.6, 'bright, intense'],
    [0.9, 0.59, 'bright, calm'],
    [0.49, 0.9, 'dark, intense'],
    [0, 0, 'dark, calm'],
  ])('puts a song of valence %f and energy %f at %s', (valence, energy, quadrant) => {
    expect(songQuadrant(song('x', [], valence, energy))).toBe(quadrant);
  });
});

describe('a song’s language', () => {
  it.each([
    ['炎 の', ['pop'], 'Japanese'],
    ['봄날', ['k-pop'], 'Korean'],
    ['Volver', ['tango'], 'Spanish'],
    ['Flor', ['latino', 'mpb'], 'not told'],
    ['Hello', ['pop'], 'not told'],
    ['Звезда', ['j-pop'], 'Russian'],
  ])('of %s under %j is %s', (title, genres, language) => {
    expect(songLanguage({ title, genres })).toBe(language);
  });
});
