/** Kills a process that writes votes, again and again, and looks for every vote that was confirmed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openState } from '../../src/state/open.ts';

const WRITER = fileURLToPath(new URL('../../test/state/vote-writer.ts', import.meta.url));

/** @returns the exit status: 1 when a confirmed vote is missing */
export async function killRounds(rounds: number): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'music2movie-kills-'));
  const dir = path.join(folder, 'state');
  const confirmed: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const child = spawn(process.execPath, ['--import', 'tsx', WRITER, dir, String(round)]);
    let out = '';
    const first = once(child.stdout, 'data');
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    await first;
    await sleep(Math.random() * 60);
    child.kill('SIGKILL');
    await once(child, 'close');
    confirmed.push(...out.split('\n').slice(0, -1));
  }
  let news = 0;
  const state = await openState(dir, () => {
    news += 1;
  });
  let missing = 0;
  for (const name of confirmed) if ((await state.get(name)) === undefined) missing += 1;
  await state.close();
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(
    `${rounds} rounds of kill -9: ${confirmed.length} votes confirmed, ${missing} of them missing, ${news} repairs.\n`,
  );
  return missing > 0 ? 1 : 0;
}
