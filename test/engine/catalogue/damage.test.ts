import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { FILES, MANIFEST } from '../../../src/engine/catalogue/format.ts';
import { run } from '../../cli/support.ts';
import {
  buildFrom,
  copyOf,
  filmRow,
  placeOf,
  temporaryFolder,
  variedSongs,
} from '../../support/catalogue.ts';
import { children } from '../../support/children.ts';
import { HARMLESS, SPOILS } from '../support/damage.ts';

const held = children();

const CHILD = fileURLToPath(new URL('../support/damage-child.ts', import.meta.url));

interface Outcome {
  readonly name: string;
  readonly films?: number;
  readonly thrown?: string;
  readonly error?: string;
  readonly id?: string;
  readonly exitCode?: number;
  readonly said?: string;
  readonly hint?: string;
}

let sound: string;
let end: { code: number | null; signal: string | null };
const outcomes = new Map<string, Outcome>();
const begun: string[] = [];

beforeAll(async () => {
  const films = Array.from({ length: 40 }, (_, i) => filmRow(i + 1, { vote_count: 10 * i }));
  sound = await placeOf((await buildFrom(films, variedSongs(12))).dir);
  // Of the same sizes where sizes can be the same: only the content tells.
  const others = films.map((film) => ({
    ...film,
    vote_average: 3.5,
    genres: 'Crime',
    overview: 'Two thieves and a train.',
  }));
  const otherSongs = variedSongs(12).map((song, i) => ({ ...song, track_name: `Gong ${i}`, liveness: 0.7 }));
  const other = await placeOf((await buildFrom(others, otherSongs)).dir);
  const work = await temporaryFolder();
  let out = '';
  end = await new Promise((resolve, reject) => {
    const child = held(
      spawn(process.execPath, ['--import', 'tsx', CHILD, sound, other, work], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  for (const line of out.trim().split('\n')) {
    const outcome = JSON.parse(line);
    if (outcome.begun) begun.push(outcome.name);
    else outcomes.set(outcome.name, outcome);
  }
}, 120_000);

describe('opening a damaged catalogue', () => {
  it('never ends the process', () => {
    expect({ ...end, last: begun.at(-1) }).toEqual({
      code: 0,
      signal: null,
      last: [...SPOILS.keys()].at(-1),
    });
  });

  it.each([...SPOILS.keys()])('%s: one CatalogueError', (name) => {
    const outcome = outcomes.get(name)!;
    expect(outcome).toMatchObject({ error: 'CatalogueError', exitCode: 4 });
    expect(outcome.id).toMatch(/^(catalogue|model)\.(damaged|missing|newer|older)$/);
    // One plain sentence, and what to do.
    expect(outcome.said).toMatch(/^[A-Z][^\n]*\.$/);
    expect(outcome.hint).toMatch(/music2movie|update/i);
  });

  it('names the file that is damaged', () => {
    for (const name of Object.values(FILES)) {
      expect(outcomes.get(`${name} cut in half`)!.said).toContain(name);
      expect(outcomes.get(`${name} missing`)!.said).toContain(name);
    }
  });

  it('tells an older and a newer format from damage', () => {
    expect(outcomes.get('manifest of an older format')!.id).toBe('catalogue.older');
    expect(outcomes.get('manifest of a newer format')!.id).toBe('catalogue.newer');
    expect(outcomes.get('manifest missing')!.id).toBe('catalogue.missing');
  });
});

it.each([...HARMLESS.keys()])('opens a sound catalogue: %s', (name) => {
  expect(outcomes.get(name)).toEqual({ name, films: 40 });
});

describe('the command line', () => {
  it.each([
    'manifest missing',
    'manifest "{"',
    'manifest of a newer format',
    `${FILES.index} cut in half`,
    `${FILES.records} with a bit flipped at 0.5`,
  ])('ends with 4 and says one sentence and a hint: %s', async (name) => {
    const dir = await copyOf(sound);
    await SPOILS.get(name)!(dir, dir);
    const { code, out, err } = await run(['recommend', 'Song 1', '--catalogue', dir]);
    expect([code, out]).toEqual([4, '']);
    const [sentence, hint, ...rest] = err.trimEnd().split('\n');
    expect(sentence).toBe(outcomes.get(name)!.said);
    expect(hint).toBeTruthy();
    expect(rest).toEqual([]);
    expect(err).not.toMatch(/\bat .*\.ts:\d+|Error:/);
  });

  it('ends with 4 where there is no folder, and makes none up', async () => {
    const dir = path.join(await temporaryFolder(), 'nowhere');
    const { code, err } = await run(['recommend', 'Song 1', '--catalogue', dir]);
    expect(code).toBe(4);
    expect(err).toMatch(/^There is no catalogue here yet\.\n.*music2movie index/);
    expect((await run(['recommend', 'Song 1', '--catalogue', path.join(sound, MANIFEST)])).code).toBe(4);
  });
});
