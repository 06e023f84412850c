/** Songs that name a film in their title. */
import { describe, expect, it } from 'vitest';
import type { RecommendationsAnswer } from '../../src/conversation/answer.ts';
import { ownFilm } from '../../src/conversation/own-film.ts';
import { recommend } from '../../src/conversation/recommendation.ts';
import { contextOf } from '../bots/web/page.ts';
import { FILMS, fakeEngine, SONGS } from '../support/fake-engine.ts';

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
    expect(ownFilm({ title }, { findFilms })?.title).toBe(film);
  });

  it.each([
    'From the Start',
    'Alien',
    'Letters (From the Vault)',
    'Away From "Here"',
    'Theme From "Star"',
    'From ""',
  ])('none in %s', (title) => {
    expect(ownFilm({ title }, engine)).toBeNull();
  });

  it('none that is unfit for a chat', () => {
    const findFilms = () => [{ ...FILMS[0]!, title: 'Alien', unfit: true }];
    expect(ownFilm({ title: 'Theme (From "Alien")' }, { findFilms })).toBeNull();
  });
});

it('is said beside the five, and changes nothing about them', async () => {
  const ask = async (title: string, page = 0) =>
    (await recommend(
      {
        seed: { kind: 'songs', songs: [{ ...SONGS[0]!, title }] },
        filters: {},
        mainstream: 'balanced',
        page,
      },
      contextOf(),
    )) as RecommendationsAnswer;
  const named = await ask('Jump - From "Clueless"');
  expect(named.notes).toEqual(['Its title names the film Clueless (1995).']);
  expect(named.films.map(({ id }) => id)).toEqual((await ask('Jump')).films.map(({ id }) => id));
  expect((await ask('Jump - From "Clueless"', 1)).notes).toEqual([]);
});
