/**
 * What an earlier build found out about films. A table that is published anew every day has few new rows; for the
 * others the profile, the projection and the sentiment are taken over, byte for byte what they would be.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FilmColumns, readColumns, rowOf } from '../engine/catalogue/columns.ts';
import { FILES, ROW_HASHES } from '../engine/catalogue/format.ts';
import { placesOf } from '../engine/catalogue/place.ts';
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

  /**
   * The films of the build in use in a catalogue's folder.
   * @returns or why nothing can be taken over from it, as the end of a sentence; null where there is none
   */
  static async open(
    out: string,
    model: Model,
    program: string,
    feelData: string,
  ): Promise<EarlierFilms | string | null> {
    const [place] = await placesOf(path.resolve(out));
    if (place === undefined) return null;
    try {
      const manifest = await readManifest(place);
      if (manifest.model !== model.id) return 'was built with another model';
      if (manifest.feelData !== feelData) return 'was built with other descriptions (data/feel)';
      if (manifest.program !== program) return 'was built by another version of the program';
      await verifyFiles(place, manifest, [...Object.values(FILES), ROW_HASHES]);
      const { movies } = manifest.counts;
      const columns = readColumns(await readFile(path.join(place, FILES.columns)), movies);
      const hashes = new BigUint64Array(movies);
      Buffer.from(hashes.buffer).set(await readFile(path.join(place, ROW_HASHES)));
      return new EarlierFilms(place, columns, hashes, model);
    } catch (error) {
      if (!(error instanceof CatalogueError)) throw error;
      return error.id === 'catalogue.older' ? 'has the form of an older version' : 'is damaged';
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
