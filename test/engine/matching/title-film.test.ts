/** Songs that name a film in their title. */
import { describe, expect, it } from 'vitest';
import { titleFilm } from '../../../src/engine/matching/title-film.ts';
import { FILMS, fakeEngine } from '../../support/fake-engine.ts';

const engine = fakeEngine();

describe('the film of a title', () => {
  it.each([
    ['Comptine d’un autre été - From "Amélie"', 'Amélie'],
    ['Main Theme (from the Motion Picture “Star Wars”)', 'Star Wars'],
    ["Midnight, the Stars and You (From the film 'The Shining') - Remaster", 'The Shining'],
    ['My Heart Will Go On - Love Theme from "titanic"', 'Titanic'],
  ])('%s', (title, film) => {
    // Looked up as an engine does it: without regard to case.
    const findFilms = (name: string) => FILMS.filter((f) => f.title.toLowerCase() === name.toLowerCase());
    expect(titleFilm({ title }, { findFilms })?.title).toBe(film);
  });

  it.each([
    'From the Start',
    'Alien',
    'Letters (From the Vault)',
    'Away From "Here"',
    'Theme From "Star"',
    'From ""',
  ])('none in %s', (title) => {
    expect(titleFilm({ title }, engine)).toBeNull();
  });

  it('none that is unfit for a chat', () => {
    const findFilms = () => [{ ...FILMS[0]!, title: 'Alien', unfit: true }];
    expect(titleFilm({ title: 'Theme (From "Alien")' }, { findFilms })).toBeNull();
  });
});
