/** The examples do what they say. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Engine } from '../src/engine/index.ts';
import { tinyCatalogue } from './support/tiny.ts';

const run = promisify(execFile);

test('five films, asked for from another program', async () => {
  const catalogue = await tinyCatalogue();
  const engine = await Engine.open(catalogue);
  const { value: song } = [...engine.catalogue.records.songs.getRange({ limit: 1 })][0]!;
  await engine.close();
  const ask = (text: string) =>
    run(process.execPath, ['--import', 'tsx', 'examples/five-films.ts', catalogue, text]);
  const { stdout } = await ask(`${song.title} ${song.artists[0]}`);
  expect(stdout.trim().split('\n')).toHaveLength(5);
  for (const line of stdout.trim().split('\n')) expect(line).toMatch(/^[01]\.\d\d .+ \(\d{4}\)$/);
  expect((await ask('zzzz qqqq')).stdout).toBe('No song here is called "zzzz qqqq".\n');
});
