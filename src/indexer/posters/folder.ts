/** The folder that posters are downloaded into: sharded, written atomically, held within a budget. */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A poster path of TMDB: one name directly under the root, nothing that could leave a folder or a host. */
const POSTER_PATH = /^\/[A-Za-z0-9_-]{1,64}\.(?:jpe?g|png|webp)$/;

/** Whether a film's poster path may be asked for and stored under. */
export function isPosterPath(poster: string): boolean {
  return POSTER_PATH.test(poster);
}

/** TMDB's terms allow images to be cached for six months (themoviedb.org/api-terms-of-use); we stop a little short. */
export const MAX_AGE_DAYS = 175;

const PARTIAL = '.partial';

/**
 * Keeps posters as `<dir>/<first two characters>/<name>`: half a million files in one folder make every tool slow.
 * Opening it removes what a killed run left half-written and what is older than the terms allow.
 */
export class PosterFolder {
  readonly dir: string;
  readonly budgetBytes: number;
  readonly #sizes = new Map<string, number>();
  #used = 0;

  constructor(dir: string, budgetBytes: number) {
    this.dir = dir;
    this.budgetBytes = budgetBytes;
    mkdirSync(path.join(dir, PARTIAL), { recursive: true });
    for (const name of readdirSync(path.join(dir, PARTIAL))) {
      if (!isAlive(Number(name.split('.').at(-1)))) rmSync(path.join(dir, PARTIAL, name), { force: true });
    }
    this.#scan();
  }

  /** Bytes on disk and reserved for what is under way; never above the budget through `reserve`. */
  get used(): number {
    return this.#used;
  }

  has(poster: string): boolean {
    return this.#sizes.has(poster);
  }

  get posters(): Iterable<string> {
    return this.#sizes.keys();
  }

  /** The file of a poster (whether it is there or not). @throws RangeError for what `isPosterPath` refuses */
  file(poster: string): string {
    if (!isPosterPath(poster)) throw new RangeError(`not a poster path: ${poster}`);
    return path.join(this.dir, poster.slice(1, 3), poster.slice(1));
  }

  /** Sets bytes aside, or says that the budget does not hold them. */
  reserve(bytes: number): boolean {
    if (this.#used + bytes > this.budgetBytes) return false;
    this.#used += bytes;
    return true;
  }

  /** Gives back what `reserve` set aside and was not needed. */
  release(bytes: number): void {
    this.#used -= bytes;
  }

  /** Stores bytes that have been reserved: under another name first, so that no half file ever bears the real one. */
  async write(poster: string, bytes: Uint8Array): Promise<void> {
    const file = this.file(poster);
    const partial = path.join(this.dir, PARTIAL, `${poster.slice(1)}.${process.pid}`);
    mkdirSync(path.dirname(file), { recursive: true });
    await writeFile(partial, bytes);
    renameSync(partial, file);
    this.#sizes.set(poster, bytes.length);
  }

  remove(poster: string): void {
    const size = this.#sizes.get(poster);
    if (size === undefined) return;
    rmSync(this.file(poster), { force: true });
    this.#sizes.delete(poster);
    this.#used -= size;
  }

  #scan(): void {
    const oldest = Date.now() - MAX_AGE_DAYS * 86_400_000;
    for (const shard of readdirSync(this.dir, { withFileTypes: true })) {
      if (!shard.isDirectory() || shard.name === PARTIAL) continue;
      for (const name of readdirSync(path.join(this.dir, shard.name))) {
        const poster = `/${name}`;
        if (!isPosterPath(poster) || shard.name !== name.slice(0, 2)) continue;
        const { size, mtimeMs } = statSync(this.file(poster));
        this.#sizes.set(poster, size);
        this.#used += size;
        // A file of no bytes is what a power cut makes of one that was never synced.
        if (size === 0 || mtimeMs < oldest) this.remove(poster);
      }
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid || !Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
