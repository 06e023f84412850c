/** The whole program as a process of its own, as people start it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { starterCatalogue, temporaryFolder } from './catalogue.ts';
import { children } from './children.ts';

const ENTRY = fileURLToPath(new URL('../../bin/music2movie.js', import.meta.url));

export interface Program {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  readonly folder: string;
  /** Where it answers, once that has been said. */
  url(): Promise<string>;
  ended(): Promise<number | null>;
}

/** Starts `music2movie start` in a folder of its own, with the starter catalogue; killed after each test. */
export function programs(): (env?: Record<string, string>, catalogue?: string) => Promise<Program> {
  const held = children();
  return async (env = {}, catalogue) => {
    const folder = await temporaryFolder();
    const child = held(
      spawn(process.execPath, [ENTRY, 'start'], {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          PORT: '0',
          MUSIC2MOVIE_OFFLINE: 'true',
          MUSIC2MOVIE_CATALOGUE: catalogue ?? (await starterCatalogue()),
          MUSIC2MOVIE_STATE: path.join(folder, 'state'),
          ...env,
        },
      }),
    );
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const ended = once(child, 'close').then(([code]) => code as number | null);
    const url = async () => {
      for (;;) {
        const found = /(?:Open|How it is:) (http:\/\/[^\s/]+)/.exec(out)?.[1];
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${err}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    return { child, out: () => out, err: () => err, folder, url, ended: () => ended };
  };
}
