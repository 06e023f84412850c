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

/** Neither the network nor this machine's own state. */
const ENV = { MUSIC2MOVIE_OFFLINE: 'true', MUSIC2MOVIE_STATE: state };

/** Runs the command line in this process and catches what it writes. */
export async function run(argv: readonly string[], io: Partial<CliIo> = {}): Promise<Ran> {
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
    env: { ...ENV, ...io.env },
  });
  return { code, out, err };
}
