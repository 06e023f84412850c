/**
 * What an earlier build found out about films. A table that is published anew every day has few new rows; for the
 * others the profile, the projection and the sentiment are taken over, byte for byte what they would be.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FilmColumns, readColumns, rowOf } from '../engine/catalogue/columns.ts';
import { FILES, ROW_HASHES } from '../engine/catalogue/format.ts';
import { openRecords, type Records } from '../engine/catalogue/records.ts';
import { readManifest, verifyFiles } from '../engine/catalogue/verify.ts';
import { packedLength } from '../engine/feel/profile.ts';
import type { Model } from '../engine/model/model.ts';
import { CatalogueError } from '../shared/errors.ts';
import type { TextSentiment } from './sentiment.ts';

/** The costly part of a film, as an earlier build stored it. */
export interface KnownFilm extends TextSentiment {
  /** As indexed, popularity included. */
  readonly vector: Float32Array;
  /** Packed profile. */
  readonly feel: Uint8Array;
}

export interface KnownFilms {
  /** The film, when it came from a row with this hash. */
  find(id: number, rowHash: bigint): KnownFilm | null;
}

/** The films of a published catalogue. Its files are read row by row: nothing but ids and hashes is held. */
export class EarlierFilms implements KnownFilms {
  readonly #columns: FilmColumns;
  readonly #hashes: BigUint64Array;
  readonly #records: Records;
  readonly #vectors: number;
  readonly #feels: number;
  readonly #dims: number;
  readonly #feelBytes: number;

  private constructor(dir: string, columns: FilmColumns, hashes: BigUint64Array, model: Model) {
    this.#columns = columns;
    this.#hashes = hashes;
    this.#dims = model.dimensions;
    this.#feelBytes = packedLength(model.spec.feel.terms.length, model.spec.feel.worlds.length);
    this.#records = openRecords(path.dirname(path.join(dir, FILES.records)), true);
    this.#vectors = openSync(path.join(dir, FILES.vectors), 'r');
    this.#feels = openSync(path.join(dir, FILES.feel), 'r');
  }

  /** Null where no sound catalogue of this program and model stands: then there is nothing to take over. */
  static async open(
    dir: string,
    model: Model,
    program: string,
    feelData: string,
  ): Promise<EarlierFilms | null> {
    try {
      const manifest = await readManifest(dir);
      if (manifest.program !== program || manifest.model !== model.id || manifest.feelData !== feelData)
        return null;
      await verifyFiles(dir, manifest, [...Object.values(FILES), ROW_HASHES]);
      const { movies } = manifest.counts;
      const columns = readColumns(await readFile(path.join(dir, FILES.columns)), movies);
      const hashes = new BigUint64Array(movies);
      Buffer.from(hashes.buffer).set(await readFile(path.join(dir, ROW_HASHES)));
      return new EarlierFilms(dir, columns, hashes, model);
    } catch (error) {
      if (error instanceof CatalogueError) return null;
      throw error;
    }
  }

  find(id: number, rowHash: bigint): KnownFilm | null {
    const row = rowOf(this.#columns, id);
    if (row < 0 || this.#hashes[row] !== rowHash) return null;
    const record = this.#records.films.get(id);
    if (!record) return null;
    const vector = new Float32Array(this.#dims);
    const feel = new Uint8Array(this.#feelBytes);
    readSync(this.#vectors, vector, 0, vector.byteLength, row * vector.byteLength);
    readSync(this.#feels, feel, 0, feel.length, row * feel.length);
    return {
      vector,
      feel,
      sentiment: record.sentiment,
      negativity: record.negativity,
    };
  }

  async close(): Promise<void> {
    closeSync(this.#vectors);
    closeSync(this.#feels);
    await this.#records.root.close();
  }
}
