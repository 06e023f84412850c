/** The log of posters that failed: one JSON object per line, for inspection and for the next run. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Failure {
  /** The film's poster path. */
  readonly poster: string;
  readonly stage: 'download' | 'decode';
  readonly reason: string;
  /** What the server or the decoder said. */
  readonly detail: string;
  /** ISO time of the last attempt. */
  readonly at: string;
  /** Whether trying again can't help: the next run then leaves it out. */
  readonly permanent: boolean;
}

/**
 * At most one line per poster: `record` appends, `clear` forgets, and opening or closing the log writes it
 * afresh without what is outdated. A line that a killed run left half-written is dropped.
 */
export class FailureLog {
  readonly #file: string;
  readonly #failures = new Map<string, Failure>();
  #outdated = false;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').split('\n');
    for (const line of lines) {
      const failure = parseLine(line);
      if (failure) this.#failures.set(failure.poster, failure);
    }
    this.#outdated = lines.length - 1 !== this.#failures.size;
    this.close();
  }

  get size(): number {
    return this.#failures.size;
  }

  get(poster: string): Failure | undefined {
    return this.#failures.get(poster);
  }

  record(failure: Omit<Failure, 'at'>): void {
    const entry: Failure = { ...failure, at: new Date().toISOString() };
    if (this.#failures.has(entry.poster)) this.#outdated = true;
    this.#failures.set(entry.poster, entry);
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  /** Forgets a poster that has succeeded since. */
  clear(poster: string): void {
    if (this.#failures.delete(poster)) this.#outdated = true;
  }

  close(): void {
    if (!this.#outdated) return;
    const lines = [...this.#failures.values()].map((failure) => `${JSON.stringify(failure)}\n`);
    writeFileSync(`${this.#file}.new`, lines.join(''));
    renameSync(`${this.#file}.new`, this.#file);
    this.#outdated = false;
  }
}

function parseLine(line: string): Failure | null {
  try {
    const value = JSON.parse(line) as Failure;
    return typeof value?.poster === 'string' && typeof value.reason === 'string' ? value : null;
  } catch {
    return null;
  }
}
