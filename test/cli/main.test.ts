import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { starterCatalogue } from '../support/catalogue.ts';
import { children } from '../support/children.ts';
import { run } from './support.ts';

const held = children();

const ENTRY = fileURLToPath(new URL('../../bin/music2movie.js', import.meta.url));

async function commands(): Promise<string[]> {
  const { out } = await run(['--help']);
  const list = out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) /gm);
  return [...list].map(([, name]) => name!).filter((name) => name !== 'help');
}

describe('help', () => {
  it('names every command with a summary, on standard output', async () => {
    const { code, out, err } = await run(['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: music2movie /);
    expect(await commands()).toEqual(expect.arrayContaining(['recommend', 'match', 'index']));
    for (const name of await commands()) expect(out).toMatch(new RegExp(`^ {2}${name} .*\\w{3,}`, 'm'));
  });

  it('of every command reads well: usage, what it does, each option with words, no line too long', async () => {
    for (const name of await commands()) {
      const { code, out, err } = await run([name, '--help']);
      expect([name, code, err]).toEqual([name, 0, '']);
      expect(out).toMatch(new RegExp(`^Usage: music2movie ${name}\\b`));
      const [, what] = out.split('\n\n');
      expect([name, what]).toEqual([name, expect.stringMatching(/^\S.{8,}/)]);
      for (const [, option, words] of out.matchAll(/^ {2}(-\S.*?)(?: {2,}(.*))?$/gm))
        expect([name, option, (words ?? '').length > 6]).toEqual([name, option, true]);
      for (const line of out.split('\n')) expect([line, line.length <= 130]).toEqual([line, true]);
      expect(out).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  it('is found under `help`, too', async () => {
    expect((await run(['help', 'recommend'])).out).toBe((await run(['recommend', '--help'])).out);
  });
});

it('prints its version', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

it.each([[[]], [['nonsense']], [['--nonsense']], [['']]])(
  'ends with 2 for %j, and says what there is',
  async (argv) => {
    const { code, out, err } = await run(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/unknown (command|option)|Usage: music2movie/);
  },
);

describe('the program itself', () => {
  function start(
    argv: readonly string[],
    input = '',
  ): Promise<{ code: number | null; out: string; err: string }> {
    return new Promise((resolve, reject) => {
      const child = held(spawn(process.execPath, [ENTRY, ...argv], { stdio: 'pipe' }));
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => {
        out += chunk;
      });
      child.stderr.on('data', (chunk) => {
        err += chunk;
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, out, err }));
      child.stdin.end(input);
    });
  }

  it('reads standard input, answers on standard output and ends with 0', async () => {
    const catalogue = await starterCatalogue();
    const { code, out, err } = await start(
      ['recommend', '--from', '-', '--limit', '1', '--catalogue', catalogue],
      'Bohemian Rhapsody\nqqq zzz xxyyzz\n',
    );
    expect([code, err]).toEqual([0, '']);
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first.movies.length).toBe(1);
    expect(second.error).toMatch(/qqq zzz/);
  });

  it('stops without a word when its reader has read enough', async () => {
    const catalogue = await starterCatalogue();
    const argv = ['recommend', '--from', '-', '--catalogue', catalogue];
    const child = held(spawn(process.execPath, [ENTRY, ...argv], { stdio: 'pipe' }));
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.stdin.on('error', () => {});
    child.stdin.end('Bohemian Rhapsody\n'.repeat(2000));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, err]).toEqual([0, '']);
  });

  it('passes its exit status on', async () => {
    expect(await start(['recommend', 'x', '--catalogue', '/nowhere'])).toMatchObject({
      code: 4,
      out: '',
      err: expect.stringMatching(/^There is no catalogue here yet\.\n/),
    });
  });
});
