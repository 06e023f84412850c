import { describe, expect, it } from 'vitest';
import { measure, REQUIRED, shortfalls, songLanguage, TMDB_GENRES } from '../../scripts/starter/coverage.ts';

const film = (genres: string[], year: number | null = 1955, language = 'en') => ({ genres, year, language });
const song = (title: string, genres: string[]) => ({ title, genres });
const work = (terms: number[]) => ({
  terms: Float32Array.from(terms),
  worlds: Float32Array.of(1),
  confidence: 3,
  year: null,
  title: '',
  artists: [],
  picks: [],
  relevance: [],
});
const described = {
  vocabulary: { terms: ['tender', 'angry'], worlds: ['france'] },
  songs: [{ id: 'a', ...work([1, 0]) }],
  films: [
    { id: 1, ...work([0.34, 0.2]) },
    { id: 2, ...work([0, 0]) },
  ],
};

describe('measuring the starter', () => {
  const coverage = measure(
    [film(['Drama', 'Music'], 1959), film(['Drama'], 1960, 'fr'), film(['Horror'], null)],
    [song('Ой', ['rock']), song('Hey', [])],
    described,
    1,
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
    expect(coverage).toMatchObject({ describedSongs: 1, describedFilms: 2, unheard: 1 });
  });

  it('counts who carries a feeling or a world', () => {
    expect(Object.fromEntries(coverage.terms)).toEqual({
      tender: { films: 1, songs: 1 },
      angry: { films: 0, songs: 0 },
    });
    expect(coverage.worlds.get('france')).toEqual({ films: 2, songs: 1 });
  });

  it('names every promise that so small a starter breaks', () => {
    const found = shortfalls(coverage);
    expect(found).toContain(`films: 3, needs ${REQUIRED.films}`);
    expect(found).toContain(`films of Western: 0, needs ${REQUIRED.filmsPerGenre}`);
    expect(found).toContain(`films of the 1930s: 0, needs ${REQUIRED.filmsPerDecade}`);
    expect(found).toContain(`original languages: 2, needs ${REQUIRED.languages}`);
    expect(found).toContain(`films that carry angry: 0, needs ${REQUIRED.filmsPerTerm}`);
    expect(found).toContain(`songs that carry france: 1, needs ${REQUIRED.songsPerWorld}`);
    expect(found).toContain('songs: 3, needs 10000 to 20000');
    expect(found).toContain('songs of rock: 1, needs 8');
    expect(found.filter((line) => line.startsWith('size'))).toEqual([]);
  });

  it('names a genre that is not TMDb’s, too many songs and too large files', () => {
    const songs = Array.from({ length: REQUIRED.songs[1] + 1 }, (_, i) => song(`Song ${i}`, ['rock']));
    const found = shortfalls(measure([film(['Foreign'])], songs, described, 0, REQUIRED.bytes));
    expect(found).toContain("Foreign is no genre of TMDb's");
    expect(found).toContain('songs: 20001, needs 10000 to 20000');
    expect(found).toContain(`size: ${REQUIRED.bytes} bytes, limit ${REQUIRED.bytes}`);
  });

  it('knows the nineteen genres of TMDb', () => {
    expect(TMDB_GENRES).toHaveLength(19);
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
