/**
 * Opens spoiled copies of a catalogue one after another and prints how each opening ended, a JSON object a line.
 * A process of its own, because the native libraries would end the tests' one.
 * Arguments: the catalogue, another one, and a folder to work in.
 */
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Engine } from '../../../src/engine/engine.ts';
import { Music2MovieError } from '../../../src/shared/errors.ts';
import { HARMLESS, SPOILS } from './damage.ts';

const [sound, other, work] = process.argv.slice(2) as [string, string, string];

async function openOnce(dir: string): Promise<object> {
  try {
    const engine = await Engine.open(dir);
    const films = engine.info.movies;
    await engine.close();
    return { films };
  } catch (error) {
    if (!(error instanceof Music2MovieError)) return { thrown: String(error) };
    return {
      error: error.name,
      id: error.id,
      exitCode: error.exitCode,
      said: error.message,
      hint: error.hint,
    };
  }
}

for (const [name, spoil] of [...HARMLESS, ...SPOILS]) {
  const dir = path.join(work, 'catalogue');
  await rm(dir, { recursive: true, force: true });
  await cp(sound, dir, { recursive: true });
  // Opened while sound, so that a stamp vouches for its files.
  await openOnce(dir);
  process.stdout.write(`${JSON.stringify({ name, begun: true })}\n`);
  await spoil(dir, other);
  process.stdout.write(`${JSON.stringify({ name, ...(await openOnce(dir)) })}\n`);
}
