/** What no song may be answered with, over every song of the starter catalogue that the rule is about. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { songQuery } from '../../../src/engine/matching/query.ts';
import type { Film, Filters, Song } from '../../../src/engine/types.ts';
import { outsideSong, starterCatalogue } from '../../support/catalogue.ts';

let engine: Engine;
let songs: Song[];
beforeAll(async () => {
  engine = await Engine.open(await starterCatalogue());
  songs = [...engine.catalogue.records.songs.getRange({})].map(({ value }) => value);
});
afterAll(() => engine.close());

const labelled = (...genres: string[]) => songs.filter((song) => song.genres.some((g) => genres.includes(g)));
const films = (song: Song, filters?: Filters, limit = 20) =>
  engine.moviesFor(song, { limit, ...(filters && { filters }) }).matches.map(({ film }) => film);
/** Films that nobody picked for the song itself: a friend may name what no rule would. */
const unpicked = (song: Song) => {
  const { chosen } = songQuery(engine.catalogue, [song]);
  return films(song).filter(({ id }) => !chosen.has(id));
};
const isHorror = ({ genres }: Film) => genres.includes('Horror');
const isRomanticComedy = ({ genres }: Film) => genres.includes('Romance') && genres.includes('Comedy');

describe('songs for children and for sleep', () => {
  it('get no horror, even when they sound like it', () => {
    const small = labelled('children', 'kids', 'disney', 'sleep');
    expect(small.length).toBeGreaterThan(20);
    for (const song of small)
      expect([song.title, unpicked(song).filter(isHorror).length]).toEqual([song.title, 0]);
    const grim = outsideSong({ genres: ['kids'] }, { energy: 0.95, valence: 0.05, mode: 0 });
    expect(films(grim).some(isHorror)).toBe(false);
    expect(films({ ...grim, genres: ['industrial'] }).some(isHorror)).toBe(true);
  });

  it('get horror when it is asked for', () => {
    const [song] = labelled('kids');
    expect(films(song!, { genres: ['horror'] }, 5).every(isHorror)).toBe(true);
    expect(films(song!, { genres: ['Drama'] }).some(isHorror)).toBe(false);
  });

  it('get it where the filters leave nothing else', () => {
    const [song] = labelled('kids');
    const filters: Filters = { notGenres: ['Drama', 'Comedy', 'Family', 'Action'], years: [1970, 1989] };
    const page = (offset: number) =>
      engine.moviesFor(song!, { filters, limit: 1, offset }).matches.map(({ film }) => isHorror(film))[0];
    const places: boolean[] = [];
    for (let at = page(0); at !== undefined; at = page(places.length)) places.push(at);
    const first = places.indexOf(true);
    expect(first).toBeGreaterThan(0);
    expect(places.slice(first)).not.toContain(false);
  });

  it('are told by a calm lullaby’s name, too', () => {
    const calm = outsideSong(
      { genres: ['goth'] },
      { energy: 0.1, valence: 0.03, mode: 0, acousticness: 0.9 },
    );
    const horrors = (song: Song) => films(song, {}, 50).filter(isHorror).length;
    expect(horrors({ ...calm, title: 'Nocturne' })).toBeGreaterThan(0);
    expect(horrors({ ...calm, title: 'Wiegenlied' })).toBe(0);
  });
});

describe('extreme metal', () => {
  it('gets no romantic comedy and no film for the family', () => {
    const metal = labelled('black-metal', 'death-metal', 'grindcore');
    expect(metal.length).toBeGreaterThan(20);
    for (const song of metal) {
      const wrong = unpicked(song).filter((film) => isRomanticComedy(film) || film.genres.includes('Family'));
      expect([song.title, wrong.map(({ title }) => title)]).toEqual([song.title, []]);
    }
    const glad = outsideSong({ genres: ['black-metal'] }, { energy: 0.7, valence: 0.9, mode: 1 });
    expect(films(glad).some(isRomanticComedy)).toBe(false);
    expect(films(glad, { genres: ['Romance'] }).some(isRomanticComedy)).toBe(true);
  });
});

it('Indian film songs find the cinema of India', () => {
  const cinema = ['hi', 'ta', 'te', 'ml', 'kn', 'bn', 'pa', 'mr', 'gu', 'ur'];
  const indian = labelled('pop-film', 'indian');
  expect(indian.length).toBeGreaterThan(20);
  const found = indian.map(
    (song) => films(song, {}, 5).filter(({ language }) => cinema.includes(language)).length,
  );
  // The data set calls half a dozen songs of Jack Harlow's Indian, one of Julius Dreisig's, an English one of
  // Tungevaag's, and a Russian one of Maikkis'.
  const others = ['Jack Harlow', 'Julius Dreisig', 'Tungevaag', 'Maikkis'];
  const mislabelled = (song: Song) => song.artists.some((name) => others.includes(name));
  const none = indian.filter((song, i) => found[i] === 0 && !mislabelled(song));
  expect(none.map(({ title }) => title)).toEqual([]);
  expect(found.filter((count) => count >= 4).length / found.length).toBeGreaterThan(0.8);
});
