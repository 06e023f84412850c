import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from '../../src/cli/explore.ts';
import type { CliIo } from '../../src/cli/io.ts';
import { starterReport } from './starter-report.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'm2m-explore-cli-'));
});
afterAll(() => rm(dir, { recursive: true }));

function program() {
  const lines: string[] = [];
  const io: CliIo = {
    out: (text) => lines.push(text),
    err: (text) => lines.push(text),
    stdin: Readable.from([]),
    isTerminal: false,
    columns: 100,
    env: {},
  };
  const command = new Command('music2movie').exitOverride();
  register(command, io);
  return {
    command,
    lines,
    run: (...argv: string[]) => command.parseAsync(['explore', ...argv], { from: 'user' }),
  };
}

describe('explore on the command line', () => {
  it('explores the starter when nothing is named, and says what it wrote', async () => {
    const { said, folder } = await starterReport();
    expect(said).toMatch(
      /starter\.html: \d+ figures on [\d,]+ songs and [\d,]+ films, [\d.]+ MB, in \d+ s\./,
    );
    await access(path.join(folder, 'paper-findings.csv'));
  }, 180_000);

  it('refuses a page that is none, and a file that is not there, in a sentence', async () => {
    await expect(program().run('--out', 'page.pdf')).rejects.toMatchObject({
      id: 'explore.out',
      exitCode: 2,
    });
    await expect(
      program().run('--songs', path.join(dir, 'nowhere.csv'), '--out', path.join(dir, 'x.html')),
    ).rejects.toMatchObject({ id: 'index.input-missing', exitCode: 2 });
    await expect(access(path.join(dir, 'x.html'))).rejects.toThrow();
  });

  it('has every option in docs/EXPLORE.md, and no other', async () => {
    const guide = await readFile(new URL('../../docs/EXPLORE.md', import.meta.url), 'utf8');
    const explored = program().command.commands[0]!;
    const options = explored.options.map(({ long }) => long!).sort();
    const named = [...new Set(guide.match(/--[a-z]+/g))].sort();
    expect(named).toEqual(options);
  });
});
