import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FilmGather, streamFilms } from '../../src/explore/gather/films.ts';
import { matureThemes } from '../../src/explore/gather/mature.ts';
import { sample } from '../../src/explore/gather/sample.ts';
import { gatherSongs } from '../../src/explore/gather/songs.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'm2m-explore-'));
});
afterAll(() => rm(dir, { recursive: true }));

const FILMS = `id,title,overview,poster_path,popularity,genres,status,vote_average,vote_count,adult,revenue,budget,runtime,production_countries,spoken_languages,keywords
1,One,A plot,/a.jpg,1,"Drama, War",Released,6,10,False,100,10,90,France,French,"murder, paris"
2,Two,A plot,/b.jpg,2,Comedy,Released,7,20,False,200,20,0,France,French,"dog, nudity, drug dealer"
3,Three,A plot,/c.jpg,3,Comedy,Released,8,30,False,0,0,100,Spain,Spanish,
4,Four,,/d.jpg,4,Drama,Released,5,40,False,400,40,110,Spain,Spanish,erotic movie
5,Five,A plot,/e.jpg,5,Drama,Rumored,5,50,False,0,50,110,Spain,Spanish,dog
6,Six,A plot,/f.jpg,6,Drama,Released,5,60,True,600,60,120,Spain,Spanish,sex
1,One,A plot,/a.jpg,1,"Drama, War",Released,6,10,False,100,10,90,France,French,"murder, paris"
`;

async function gatherOf(text: string) {
  const file = path.join(dir, 'films.csv');
  await writeFile(file, text);
  const gather = new FilmGather();
  const kept: number[] = [];
  for await (const film of streamFilms(file, gather)) kept.push(film.id);
  return { gather, kept };
}

describe('films in one pass', () => {
  it('hands on what the cleaning keeps and counts what it removes', async () => {
    const { gather, kept } = await gatherOf(FILMS);
    expect(kept).toEqual([1, 2, 3]);
    expect(gather.funnel).toMatchObject({
      rows: 7,
      duplicates: 1,
      missingValues: 1,
      notReleased: 1,
      adult: 1,
      kept: 3,
    });
  });

  it('counts empty cells and zeros that stand for "not known", over every row', async () => {
    const { gather } = await gatherOf(FILMS);
    const gap = (column: string) => gather.gaps.find((g) => g.column === column);
    expect(gap('overview')).toEqual({ column: 'overview', empty: 1, zero: 0 });
    expect(gap('keywords')).toEqual({ column: 'keywords', empty: 1, zero: 0 });
    expect(gap('revenue')).toEqual({ column: 'revenue', empty: 0, zero: 2 });
    expect(gap('runtime')).toEqual({ column: 'runtime', empty: 0, zero: 1 });
    // Popularity 0 would be a figure, not a gap.
    expect(gap('popularity')).toEqual({ column: 'popularity', empty: 0, zero: 0 });
  });

  it('correlates published rows, cleaned films, and films with both figures known', async () => {
    const { published, cleaned, known } = (await gatherOf(FILMS)).gather.correlations;
    // Kept: (100, 10), (200, 20), (0, 0) lie on a line; so do the two of them without zeros.
    expect(cleaned.between('revenue', 'budget')).toMatchObject({ r: expect.closeTo(1, 12), n: 3 });
    expect(known.between('revenue', 'budget')).toMatchObject({ r: expect.closeTo(1, 12), n: 2 });
    // Every row, by hand: revenues 100 200 0 400 0 600 100 (mean 200), budgets 10 20 0 40 50 60 10 (mean 190/7);
    // Σxy 58,000 − 1,400·190/7 = 20,000; Σxx 580,000 − 280,000 = 300,000; Σyy 8,300 − 36,100/7.
    const expected = 20_000 / Math.sqrt(300_000 * (8300 - 36_100 / 7));
    expect(published.between('revenue', 'budget')).toMatchObject({ r: expect.closeTo(expected, 12), n: 7 });
  });

  it('compares whole cells and first labels of the kept films', async () => {
    const { categories } = (await gatherOf(FILMS)).gather;
    const pair = categories.find(({ a, b }) => a === 'production_countries' && b === 'spoken_languages')!;
    expect(pair.cells.association()).toMatchObject({ v: expect.closeTo(1, 12), rows: 2, columns: 2, n: 3 });
    const genres = categories.find(({ a, b }) => a === 'genres' && b === 'production_countries')!;
    expect(genres.cells.association()).toMatchObject({ rows: 2, n: 3 });
  });

  it('counts keywords and mature films before and after cleaning', async () => {
    const { published, cleaned } = (await gatherOf(FILMS)).gather;
    expect(cleaned).toMatchObject({ films: 3, withKeywords: 2, mature: 2 });
    expect(cleaned.themes).toEqual({
      'sex and nudity': 1,
      'violence and death': 1,
      'drugs and alcohol': 1,
    });
    expect(published).toMatchObject({ films: 7, withKeywords: 6, mature: 5 });
    expect(published.keywords.get('dog')).toBe(2);
  });

  it('reads a file without the columns that only the exploration uses', async () => {
    const { gather, kept } = await gatherOf(
      'id,title,overview,poster_path,popularity,genres,status,vote_average,vote_count\n1,One,A plot,/a.jpg,1,Drama,Released,6,10\n',
    );
    expect(kept).toEqual([1]);
    expect(gather.correlations.cleaned.between('revenue', 'budget').r).toBeNaN();
  });
});

describe('songs', () => {
  it('counts explicit rows as published, and tracks once', async () => {
    const file = path.join(dir, 'songs.csv');
    const row = (id: string, explicit: string, genre: string) =>
      `${id.padEnd(22, '0')},Artist,Album,Title ${id},50,200000,${explicit},0.5,0.5,1,-5,1,0.1,0.1,0,0.1,0.5,120,4,${genre}`;
    await writeFile(
      file,
      [
        'track_id,artists,album_name,track_name,popularity,duration_ms,explicit,danceability,energy,key,loudness,mode,speechiness,acousticness,instrumentalness,liveness,valence,tempo,time_signature,track_genre',
        row('a', 'True', 'rock'),
        row('a', 'True', 'pop'),
        row('b', 'False', 'pop'),
        row('c', '', 'pop'),
      ].join('\n'),
    );
    const { songs, explicitRows } = await gatherSongs(file);
    expect(explicitRows).toEqual({ known: 3, explicit: 2 });
    expect(songs.map(({ explicit }) => explicit)).toEqual([true, false, null]);
  });
});

describe('mature keywords', () => {
  it.each([
    ['murder', ['violence and death']],
    ['serial killer', ['violence and death']],
    ['female nudity', ['sex and nudity']],
    ['drug dealer', ['drugs and alcohol']],
    ['alcoholism', ['drugs and alcohol']],
    ['Softcore', ['sex and nudity']],
    // Whom people love, and words that only sound alike, are not mature content.
    ['homosexuality', []],
    ['gay', []],
    ['same sex marriage', []],
    ['blood brothers', []],
    ['weeding', []],
    ['skill', []],
    ['sextet', []],
  ])('%s: %j', (keyword, themes) => {
    expect([...matureThemes([keyword])]).toEqual(themes);
  });
});

describe('samples', () => {
  it('are the same every time, without repetition, and all where there are fewer', () => {
    const items = Array.from({ length: 100 }, (_, i) => i);
    const drawn = sample(items, 10);
    expect(drawn).toEqual(sample(items, 10));
    expect(new Set(drawn).size).toBe(10);
    expect(sample(items, 500).sort((a, b) => a - b)).toEqual(items);
    expect(items[0]).toBe(0);
  });
});
