/**
 * Stages of a build that outlive it: what a finished stage wrote and found is recorded in the building folder, so
 * that a build that was killed goes on behind its last finished stage and gives the same catalogue.
 */
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Manifest } from '../engine/catalogue/format.ts';
import { hashFile } from '../engine/catalogue/verify.ts';
import { describeFiles } from './publish.ts';

const RECORD = 'stages.json';
/** What stages keep for the stages behind them; no part of the catalogue. */
const SCAFFOLD = 'stages';

const fileEntry = z.object({ bytes: z.number(), sha256: z.string() });
const recordSchema = z.object({
  /** Hash of everything that a stage's result depends on. */
  key: z.string(),
  done: z.array(z.object({ name: z.string(), result: z.unknown(), files: z.record(z.string(), fileEntry) })),
});

type Done = z.infer<typeof recordSchema>['done'][number];

async function readRecord(dir: string): Promise<z.infer<typeof recordSchema> | null> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(path.join(dir, RECORD), 'utf8')));
  } catch {
    // Missing, or not written to its end: nothing in the folder can be trusted.
    return null;
  }
}

/** Whether a folder holds finished stages of a build with this key. */
export async function isResumable(dir: string, key: string): Promise<boolean> {
  const record = await readRecord(dir);
  return record?.key === key && record.done.length > 0;
}

/** Whether a folder holds finished stages of a build with another key: of other tables, another model or program. */
export async function isOfOtherInputs(dir: string, key: string): Promise<boolean> {
  const record = await readRecord(dir);
  return record !== null && record.key !== key && record.done.length > 0;
}

/** Path of a scaffold file, relative to the building folder. */
export function scaffold(name: string): string {
  return path.join(SCAFFOLD, name);
}

/** The stages of one build, in the order in which they are run. */
export class Stages {
  /** Names of the stages that an earlier build finished. */
  readonly resumed: readonly string[];
  readonly #dir: string;
  readonly #key: string;
  #done: Done[];
  #next = 0;

  private constructor(dir: string, key: string, done: Done[]) {
    this.#dir = dir;
    this.#key = key;
    this.#done = done;
    this.resumed = done.map(({ name }) => name);
  }

  /** Reads what earlier builds finished; a file that is not as it was left ends the trust in what follows it. */
  static async open(dir: string, key: string): Promise<Stages> {
    await mkdir(path.join(dir, SCAFFOLD), { recursive: true });
    const record = await readRecord(dir);
    const sound: Done[] = [];
    for (const stage of record?.key === key ? record.done : []) {
      if (!(await allUnchanged(dir, Object.entries(stage.files)))) break;
      sound.push(stage);
    }
    return new Stages(dir, key, sound);
  }

  /**
   * Runs a stage, or takes its result from an earlier build.
   *
   * @param files what the stage writes, relative to the building folder, or tells by its result; no two stages
   *   write the same file
   * @param work gives a result that survives JSON
   */
  async run<T>(
    name: string,
    files: readonly string[] | ((result: T) => readonly string[]),
    work: () => Promise<T> | T,
  ): Promise<T> {
    const place = this.#next++;
    const known = this.#done[place];
    if (known?.name === name) return known.result as T;
    this.#done = this.#done.slice(0, place);
    const result = await work();
    const written = typeof files === 'function' ? files(result) : files;
    this.#done.push({ name, result, files: await describeFiles(this.#dir, written) });
    await this.#write();
    return result;
  }

  /** Every file of the catalogue that the stages so far wrote. */
  get files(): Manifest['files'] {
    const all = Object.assign({}, ...this.#done.slice(0, this.#next).map(({ files }) => files));
    const own = Object.entries(all as Manifest['files']).filter(([name]) => !name.startsWith(SCAFFOLD));
    return Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Removes the record and the scaffold, before the folder becomes a catalogue. */
  async clear(): Promise<void> {
    await rm(path.join(this.#dir, RECORD), { force: true });
    await rm(path.join(this.#dir, SCAFFOLD), { recursive: true, force: true });
  }

  async #write(): Promise<void> {
    const file = path.join(this.#dir, RECORD);
    const handle = await open(`${file}.new`, 'w');
    try {
      await handle.writeFile(JSON.stringify({ key: this.#key, done: this.#done }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.new`, file);
  }
}

async function allUnchanged(
  dir: string,
  files: readonly (readonly [string, Done['files'][string]])[],
): Promise<boolean> {
  for (const [name, { bytes, sha256 }] of files) {
    const file = path.join(dir, name);
    const size = await stat(file).then(
      (info) => info.size,
      () => -1,
    );
    if (size !== bytes || (await hashFile(file)) !== sha256) return false;
  }
  return true;
}
