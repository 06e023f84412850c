/** State folders for tests, and processes that do to them what bad days do. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** Folders below one that is removed at the end of the test file. */
export function folders(): () => string {
  const root = mkdtempSync(join(tmpdir(), 'music2movie-state-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  let made = 0;
  return () => {
    made += 1;
    return join(root, String(made), 'state');
  };
}

/** A process of this folder that runs TypeScript and talks back. */
export function startProcess(name: string, argv: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  return fork(file, argv, { execArgv: ['--import', 'tsx'] });
}

export const nextMessage = async (child: ChildProcess): Promise<unknown> => (await once(child, 'message'))[0];
