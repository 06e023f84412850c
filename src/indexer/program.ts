/** Tells one state of the program from another, so that work done by different code is never mixed. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Everything that a catalogue's bytes depend on besides data and model. */
const PARTS = ['engine', 'indexer'];

/** sha256 over the sources that build a catalogue: they run as they are, so they are the program. */
export async function programHash(): Promise<string> {
  const root = path.resolve(import.meta.dirname, '..');
  const hash = createHash('sha256');
  for (const part of PARTS) {
    const names = await readdir(path.join(root, part), { recursive: true });
    for (const name of names.filter((file) => file.endsWith('.ts')).sort())
      hash.update(`${name}\u0000`).update(await readFile(path.join(root, part, name)));
  }
  return hash.digest('hex');
}
