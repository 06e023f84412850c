import { beforeAll, describe, expect, it } from 'vitest';
import { starterCatalogue } from '../support/catalogue.ts';
import { run } from './support.ts';

let at: string[];
beforeAll(async () => {
  at = ['--catalogue', await starterCatalogue()];
});

const match = (...argv: string[]) => run(['match', ...argv, ...at]);

describe('match', () => {
  it('prints score and reasons of a pair', async () => {
    const { code, out, err } = await match('Bohemian Rhapsody', 'Star Wars');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Bohemian Rhapsody.* · Queen\nStar Wars \(1977\)\nScore 0\.\d\d\n/);
  });

  it('prints one object with --json, the same however song and film are named', async () => {
    const { out } = await match('Bohemian Rhapsody', 'Star Wars', '--json');
    const pair = JSON.parse(out);
    expect(pair).toEqual({
      song: {
        id: expect.any(String),
        title: expect.stringMatching(/^Bohemian Rhapsody/),
        artists: ['Queen'],
      },
      movie: { id: 11, title: 'Star Wars', year: 1977 },
      score: expect.any(Number),
      logit: expect.any(Number),
      reasons: expect.any(Array),
    });
    for (const film of ['11', 'star wars (1977)', 'STAR WARS'])
      expect(JSON.parse((await match(pair.song.id, film, '--json')).out)).toEqual(pair);
  });

  it('gives the score that recommend gives', async () => {
    const { out } = await run(['recommend', 'Bohemian Rhapsody', ...at, '--json']);
    for (const movie of JSON.parse(out).movies) {
      const pair = JSON.parse((await match('Bohemian Rhapsody', String(movie.id), '--json')).out);
      expect(pair.score).toBeCloseTo(movie.score, 3);
      expect(pair.logit).toBeCloseTo(movie.logit, 3);
    }
  });

  it.each([
    ['song', ['qqq zzz xxyyzz', 'Star Wars'], /^I know no song like “qqq zzz xxyyzz”\./],
    ['song', ['white noise', 'Star Wars'], /sound rather than music/],
    [
      'artist',
      ['Creep Metallica', 'Star Wars'],
      /^I don’t know “Creep” by Metallica\. Others have sung it\.\nNearest:\n {2}Creep – Radiohead\n/,
    ],
    ['film', ['Bohemian Rhapsody', 'No Such Film At All'], /^No film named ".*" is in the catalogue\.\n/],
    ['film', ['Bohemian Rhapsody', '999999999'], /^No film named ".*" is in the catalogue\.\n/],
  ] as const)('ends with 3 for an unknown %s (%j)', async (_, argv, said) => {
    const { code, out, err } = await match(...argv);
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(said);
  });

  it('takes links and artists, as the chats do', async () => {
    const { song } = JSON.parse((await match('Bohemian Rhapsody', '11', '--json')).out);
    const link = await match(`https://open.spotify.com/track/${song.id}`, '11', '--json');
    expect(JSON.parse(link.out).song).toEqual(song);
    const artist = JSON.parse((await match('queen', '11', '--json')).out);
    expect(artist).toMatchObject({ song: null, blend: { of: 'artist', name: 'Queen' }, movie: { id: 11 } });
  });

  it('ends with 2 where one of the two is missing', async () => {
    const { code, err } = await match('Bohemian Rhapsody');
    expect(code).toBe(2);
    expect(err).toMatch(/missing required argument 'film'/);
  });
});
