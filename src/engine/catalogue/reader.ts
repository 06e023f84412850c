/** An open catalogue: everything that an engine reads, checked first. */
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import usearch from 'usearch';
import { CatalogueError } from '../errors.ts';
import { Model } from '../model/model.ts';
import type { SoundTable } from '../model/nearest.ts';
import { SongIndex } from '../search/index.ts';
import { type FilmColumns, readColumns } from './columns.ts';
import { FILES, type Manifest } from './format.ts';
import { EXPANSION_SEARCH, indexConfig } from './index-config.ts';
import { openRecords, type Records } from './records.ts';
import { readSounds } from './sounds.ts';
import { damaged, readManifest, verifyFiles } from './verify.ts';

export class Catalogue {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly model: Model;
  readonly columns: FilmColumns;
  /** rows × dimensions */
  readonly vectors: Float32Array;
  readonly index: InstanceType<typeof usearch.Index>;
  readonly restIndex: InstanceType<typeof usearch.Index>;
  readonly records: Records;
  readonly search: SongIndex;
  readonly sounds: SoundTable;
  readonly #text: number;

  private constructor(parts: Omit<Catalogue, 'text' | 'close'> & { text: number }) {
    this.dir = parts.dir;
    this.manifest = parts.manifest;
    this.model = parts.model;
    this.columns = parts.columns;
    this.vectors = parts.vectors;
    this.index = parts.index;
    this.restIndex = parts.restIndex;
    this.records = parts.records;
    this.search = parts.search;
    this.sounds = parts.sounds;
    this.#text = parts.text;
  }

  /**
   * Verifies and opens a catalogue folder, read-only.
   * @throws CatalogueError when it is missing, damaged, mixed or of another format
   */
  static async open(dir: string): Promise<Catalogue> {
    const place = await findPlace(path.resolve(dir));
    const manifest = await readManifest(place);
    await verifyFiles(place, manifest, Object.values(FILES));
    const file = (name: string) => path.join(place, name);
    const model = await Model.load(path.dirname(file(FILES.model)));
    const { counts, dimensions } = manifest;
    if (model.id !== manifest.model || model.contentDims + 1 !== dimensions) {
      throw damaged('its model is not the one it was built with');
    }
    const vectorBytes = await readFile(file(FILES.vectors));
    if (vectorBytes.length !== 4 * counts.movies * dimensions) throw damaged('films.vectors does not fit its manifest');
    const view = (name: string, size: number) => {
      const index = new usearch.Index(indexConfig(dimensions, EXPANSION_SEARCH));
      // An empty index can't be viewed; an index without films is never asked.
      if (size > 0) index.view(file(name));
      if (size > 0 && (index.size() !== size || index.dimensions() !== dimensions)) {
        throw damaged(`${name} does not fit its manifest`);
      }
      return index;
    };
    return new Catalogue({
      dir: place,
      manifest,
      model,
      columns: readColumns(await readFile(file(FILES.columns)), counts.movies),
      vectors: new Float32Array(vectorBytes.buffer, vectorBytes.byteOffset, counts.movies * dimensions),
      index: view(FILES.index, counts.indexed),
      restIndex: view(FILES.restIndex, counts.movies - counts.indexed),
      search: SongIndex.load(await readFile(file(FILES.search))),
      sounds: readSounds(await readFile(file(FILES.sounds)), counts.songs, manifest.audioDimensions),
      text: openSync(file(FILES.text), 'r'),
      records: openRecords(path.dirname(file(FILES.records)), true),
    });
  }

  /** A film's text vector: unit length, or zeros. */
  text(row: number): Float64Array {
    const dims = this.manifest.textDimensions;
    const bytes = Buffer.alloc(4 + dims);
    readSync(this.#text, bytes, 0, bytes.length, row * bytes.length);
    const scale = bytes.readFloatLE(0);
    return Float64Array.from({ length: dims }, (_, d) => scale * bytes.readInt8(4 + d));
  }

  async close(): Promise<void> {
    closeSync(this.#text);
    await this.records.root.close();
  }
}

/** The folder itself, or the old one for the instant in which a build replaces it. */
async function findPlace(dir: string): Promise<string> {
  const isFolder = (place: string) =>
    stat(place).then(
      (info) => info.isDirectory(),
      () => false,
    );
  if (await isFolder(dir)) return dir;
  if (await isFolder(`${dir}.previous`)) return `${dir}.previous`;
  throw new CatalogueError('There is no catalogue here yet.', {
    id: 'catalogue.missing',
    hint: `${dir} does not exist. \`npm start\` builds the starter catalogue; \`npx music2movie index\` builds one from data sets.`,
  });
}
