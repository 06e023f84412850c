import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { CliIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const state = mkdtempSync(path.join(tmpdir(), 'music2movie-cli-'));
process.on('exit', () => rmSync(state, { recursive: true, force: true }));

let runs = 0;

/**
 * Runs the command line in this process and catches what it writes. Neither the network nor this machine's own state;
 * each run has a new one, as one that exists is checked by a process of its own.
 */
export async function run(argv: readonly string[], io: Partial<CliIo> = {}): Promise<Ran> {
  runs += 1;
  const own = { MUSIC2MOVIE_OFFLINE: 'true', MUSIC2MOVIE_STATE: path.join(state, String(runs)) };
  let out = '';
  let err = '';
  const code = await main(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: Readable.from([]),
    isTerminal: false,
    columns: 120,
    ...io,
    env: { ...own, ...io.env },
  });
  return { code, out, err };
}
