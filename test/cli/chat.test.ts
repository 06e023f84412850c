/** The conversation in a terminal, from a pipe. */
import { Readable } from 'node:stream';
import { beforeAll, expect, it } from 'vitest';
import { starterCatalogue } from '../support/catalogue.ts';
import { run } from './support.ts';

let catalogue: string;
beforeAll(async () => {
  catalogue = await starterCatalogue();
});

/** What the terminal prints for these lines. */
async function chat(...lines: string[]): Promise<string> {
  const stdin = Readable.from([`${lines.join('\n')}\n`]);
  const { code, out, err } = await run(['chat'], { stdin, env: { MUSIC2MOVIE_CATALOGUE: catalogue } });
  expect([code, err]).toEqual([0, '']);
  return out;
}

it('answers a song, opens details by number, and goes back', async () => {
  const out = await chat('creep radiohead', '1', 'back', 'next');
  expect(out.match(/Five films that feel like “Creep”/g)).toHaveLength(2);
  expect(out).toMatch(/Released: /);
  expect(out).toContain('More films that feel like “Creep” (6–10)');
});

it('offers what an apology names, by number', async () => {
  const out = await chat('creep by metallica', '1');
  expect(out).toMatch(/I don’t know “creep” by metallica\. Others have sung it\.\n.*\n1 Creep – Radiohead\n/);
  expect(out).toContain('Five films that feel like “Creep”');
});

it('takes an artist, joined songs and filters', async () => {
  const out = await chat('radiohead', 'blue monday + creep radiohead', 'filters genre:horror', 'gems');
  expect(out).toContain('Five films that feel like “Radiohead”');
  expect(out).toMatch(/Blue Monday.* \+ Creep/);
  expect(out).toContain('Genre: Horror');
});

it('keeps a vote, and shows and forgets it by number', async () => {
  const out = await chat('creep radiohead', '1', 'up', '/movie-privacy', '2', '1', '/movie-privacy');
  expect(out).toMatch(/1 Export[^\n]*\n2 Forget/i);
  expect(out).toContain('Nothing is kept');
});

it('says so where there is nothing to press, and ends with quit', async () => {
  const out = await chat('1', 'next', 'help', 'quit', 'creep radiohead');
  expect(out.match(/Type a song first/g)).toHaveLength(2);
  expect(out).toContain('help, quit');
  expect(out).not.toContain('Five films');
});
