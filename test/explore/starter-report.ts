/** The starter's report, drawn once a run by the command line, for every test that looks at it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { register } from '../../src/cli/explore.ts';
import type { CliIo } from '../../src/cli/io.ts';
import { sharedFolder } from '../support/catalogue.ts';

export interface StarterReport {
  readonly page: string;
  /** Where its figures stand. */
  readonly folder: string;
  /** What the command said. */
  readonly said: string;
}

/** @returns paths in a folder that is read-only */
export async function starterReport(): Promise<StarterReport> {
  const dir = await sharedFolder('starter-report', async (out) => {
    let said = '';
    const io: CliIo = {
      out: (text) => {
        said += text;
      },
      err: () => {},
      stdin: process.stdin,
      isTerminal: false,
      columns: 100,
      env: {},
    };
    const program = new Command('music2movie').exitOverride();
    register(program, io);
    await mkdir(path.join(out, 'report'));
    const page = path.join(out, 'report', 'starter.html');
    await program.parseAsync(['explore', '--out', page], { from: 'user' });
    await writeFile(path.join(out, 'said.txt'), said);
  });
  const folder = path.join(dir, 'report', 'starter-figures');
  const said = await readFile(path.join(dir, 'said.txt'), 'utf8');
  return { page: path.join(dir, 'report', 'starter.html'), folder, said };
}
