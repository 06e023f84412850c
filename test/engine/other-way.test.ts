import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { fameOf, titleKey } from '../../src/engine/search/recording.ts';
import { starterCatalogue } from '../support/catalogue.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open(await starterCatalogue());
});
afterAll(() => engine.close());

const film = (text: string) => engine.searchFilms(text, 1)[0]!.film;

describe('films by name', () => {
  it.each([
    ['inception', 'Inception'],
    ['Titanik', 'Titanic'],
    ['blade runer', 'Blade Runner'],
    ['amelie', 'Amélie'],
    ['千と千尋の神隠し', 'Spirited Away'],
    ['godfather', 'The Godfather'],
    ['drive 2011', 'Drive'],
    ['Drive (2011)', 'Drive'],
    ['good bad ugly', 'The Good, the Bad and the Ugly'],
  ])('%s is %s', (text, title) => {
    expect(film(text).title).toBe(title);
  });

  it('finds nothing for what is no film, and each film once', () => {
    expect(engine.searchFilms('qqqq zzzz')).toEqual([]);
    const ids = engine.searchFilms('love', 20).map((hit) => hit.film.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('songs for a film', () => {
  it('are songs that a friend would name', () => {
    const named = (title: string) =>
      engine.songsFor(film(title).id, { limit: 10 }).matches.map(({ song }) => song.artists[0]);
    expect(named('Drive 2011')).toContain('Kavinsky');
    expect(named('Rocky')).toContain('Queen');
    expect(named('8 Mile')).toContain('Eminem');
  });

  it('come surest first, no artist twice on a page, no song twice', () => {
    const id = film('Amélie').id;
    const songs = [0, 5, 10].flatMap((offset) => {
      const { matches } = engine.songsFor(id, { offset });
      expect(new Set(matches.map(({ song }) => song.artists[0])).size).toBe(5);
      return matches;
    });
    expect(new Set(songs.map(({ song }) => song.id)).size).toBe(15);
    for (const page of [songs.slice(0, 5), songs.slice(5, 10)])
      expect(new Set(page.map(({ song }) => titleKey(song.title, song.artists))).size).toBe(5);
    const scores = songs.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
  });

  it('have the reasons of the pair', () => {
    const id = film('Drive 2011').id;
    for (const { song, reasons } of engine.songsFor(id).matches) {
      expect(reasons).toEqual(engine.match(song.id, id).reasons);
    }
  });

  it('follow the filters', () => {
    const id = film('Drive 2011').id;
    const { matches } = engine.songsFor(id, { years: [1980, 1989], limit: 20 });
    expect(matches.length).toBe(20);
    for (const { song } of matches) {
      const year = engine.songProfile(song).year;
      expect(year).toBeGreaterThanOrEqual(1980);
      expect(year).toBeLessThanOrEqual(1989);
    }
    const known = engine.songsFor(id, { mainstream: 1, limit: 20 }).matches;
    const hidden = engine.songsFor(id, { mainstream: 0, limit: 20 }).matches;
    const mean = (of: typeof known) => of.reduce((sum, { song }) => sum + fameOf(song), 0) / of.length;
    expect(mean(known)).toBeGreaterThan(mean(hidden) + 5);
    // A song whose popularity nobody tells is described because people know it: it is nothing hidden.
    const gems = engine.songsFor(film('Amélie').id, { mainstream: 0, limit: 20 }).matches;
    expect(gems.filter(({ song }) => song.popularity === null).length).toBeLessThan(5);
    const [first] = engine.songsFor(id).matches;
    const without = engine.songsFor(id, { accepts: (song) => song.id !== first!.song.id });
    expect(without.matches.map(({ song }) => song.id)).not.toContain(first!.song.id);
  });

  it('are refused for an unknown film and impossible options', () => {
    expect(() => engine.songsFor(-1)).toThrow(/not in the catalogue/);
    expect(() => engine.songsFor(film('Rocky').id, { limit: 0 })).toThrow(/1 to 50/);
  });
});

describe('a mood', () => {
  it('leads to films and songs that carry it', () => {
    const feel = ['lonely', 'urban-night'];
    for (const { film: found } of engine.moviesFor({ feel }).matches) {
      const { terms } = engine.filmProfile(found.id)!;
      expect((terms.lonely ?? 0) + (terms['urban-night'] ?? 0)).toBeGreaterThan(0.8);
    }
    for (const { song } of engine.songsFor({ feel }).matches) {
      const { terms } = engine.songProfile(song);
      expect((terms.lonely ?? 0) + (terms['urban-night'] ?? 0)).toBeGreaterThan(0.8);
    }
  });

  it('needs a feeling that is known', () => {
    expect(() => engine.moviesFor({ feel: ['purple'] })).toThrow(/feeling/);
  });
});

describe('getting ready', () => {
  it('lets others work meanwhile, and stops when the catalogue closes', async () => {
    const other = await Engine.open(await starterCatalogue());
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    await other.prepare();
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
    expect(other.searchFilms('inception', 1)[0]!.film.title).toBe('Inception');
    await other.close();
    const closed = await Engine.open(await starterCatalogue());
    const preparing = closed.prepare();
    await closed.close();
    await preparing;
  });
});
