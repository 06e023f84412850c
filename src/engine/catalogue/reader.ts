/** An open catalogue: everything that an engine reads, checked first. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import usearch from 'usearch';
import { CatalogueError } from '../errors.ts';
import { Model } from '../model/model.ts';
import type { SoundTable } from '../model/nearest.ts';
import { SongIndex } from '../search/index.ts';
import { type FilmColumns, readColumns } from './columns.ts';
import { FILES, MANIFEST, type Manifest, VISUAL } from './format.ts';
import { EXPANSION_SEARCH, indexConfig } from './index-config.ts';
import { openRecords, type Records } from './records.ts';
import { readSounds } from './sounds.ts';
import { damaged, identity, readManifest, verifyFiles } from './verify.ts';
import { VisualTable } from './visual.ts';

/** How often opening begins anew because a build put another catalogue in the place meanwhile. */
const ATTEMPTS = 20;

type VectorIndex = InstanceType<typeof usearch.Index>;

interface Parts {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly model: Model;
  readonly columns: FilmColumns;
  readonly vectors: Float32Array;
  readonly index: VectorIndex;
  readonly restIndex: VectorIndex;
  readonly records: Records;
  readonly search: SongIndex;
  readonly sounds: SoundTable;
  /** Null in a catalogue that was built without posters. */
  readonly visual: VisualTable | null;
  readonly texts: Buffer;
}

export class Catalogue implements Omit<Parts, 'texts'> {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly model: Model;
  readonly columns: FilmColumns;
  /** rows × dimensions */
  readonly vectors: Float32Array;
  readonly index: VectorIndex;
  readonly restIndex: VectorIndex;
  readonly records: Records;
  readonly search: SongIndex;
  readonly sounds: SoundTable;
  readonly visual: VisualTable | null;
  readonly #texts: Buffer;
  #closed: Promise<void> | undefined;

  private constructor(parts: Parts) {
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
    this.visual = parts.visual;
    this.#texts = parts.texts;
  }

  /**
   * Verifies and opens a catalogue folder, read-only.
   * @throws CatalogueError when it is missing, damaged, mixed or of another format
   */
  static async open(dir: string): Promise<Catalogue> {
    const resolved = path.resolve(dir);
    for (let attempt = 1; ; attempt++) {
      const place = await findPlace(resolved);
      const found = await manifestIdentity(place);
      const opened = await openParts(place).catch((error: unknown) => ({ error }));
      // A build may have put another catalogue here while the files of this one were opened one by one.
      const replaced = found !== (await manifestIdentity(place));
      if (!replaced && 'manifest' in opened) return new Catalogue(opened);
      if ('manifest' in opened) await opened.records.root.close();
      if (replaced && attempt < ATTEMPTS) continue;
      throw 'error' in opened ? opened.error : damaged('it is replaced again and again');
    }
  }

  /** A film's text vector: unit length, or zeros. */
  text(row: number): Float64Array {
    const dims = this.manifest.textDimensions;
    const at = row * (4 + dims);
    const scale = this.#texts.readFloatLE(at);
    const out = new Float64Array(dims);
    for (let d = 0; d < dims; d++) out[d] = scale * this.#texts.readInt8(at + 4 + d);
    return out;
  }

  close(): Promise<void> {
    this.#closed ??= this.records.root.close();
    return this.#closed;
  }
}

async function openParts(place: string): Promise<Parts> {
  const manifest = await readManifest(place);
  await verifyFiles(place, manifest, Object.values(FILES));
  // LMDB makes its lock anew from whatever a file holds, but ends the process over anything else.
  const lock = await stat(path.join(place, path.dirname(FILES.records), 'lock.mdb')).catch(() => null);
  if (lock && !lock.isFile()) throw damaged('lock.mdb is not a file');
  const file = (name: string) => path.join(place, name);
  const model = await Model.load(path.dirname(file(FILES.model)));
  const { counts, dimensions, textDimensions, audioDimensions } = manifest;
  if (
    model.id !== manifest.model ||
    model.contentDims + 1 !== dimensions ||
    model.space.dims !== textDimensions ||
    model.spec.song.audio.length !== audioDimensions
  ) {
    throw damaged('its model is not the one it was built with');
  }
  const sized = async (name: string, bytes: number) => {
    const data = await readFile(file(name));
    if (data.length !== bytes) throw damaged(`${name} does not fit its manifest`);
    return data;
  };
  const vectors = await sized(FILES.vectors, 4 * counts.movies * dimensions);
  const parts = {
    dir: place,
    manifest,
    model,
    columns: readColumns(await readFile(file(FILES.columns)), counts.movies),
    vectors: new Float32Array(vectors.buffer, vectors.byteOffset, counts.movies * dimensions),
    index: viewIndex(file(FILES.index), counts.indexed, dimensions),
    restIndex: viewIndex(file(FILES.restIndex), counts.movies - counts.indexed, dimensions),
    search: SongIndex.load(await readFile(file(FILES.search))),
    sounds: readSounds(await readFile(file(FILES.sounds)), counts.songs, audioDimensions),
    texts: await sized(FILES.text, counts.movies * (4 + textDimensions)),
    visual: await readVisual(place, manifest),
  };
  return { ...parts, records: openRecords(path.dirname(file(FILES.records)), true) };
}

async function readVisual(place: string, manifest: Manifest): Promise<VisualTable | null> {
  const { counts, visualDimensions } = manifest;
  if (!manifest.files[VISUAL] || visualDimensions === undefined) return null;
  return new VisualTable(await readFile(path.join(place, VISUAL)), counts.movies, visualDimensions);
}

function viewIndex(file: string, size: number, dimensions: number): VectorIndex {
  const index = new usearch.Index(indexConfig(dimensions, EXPANSION_SEARCH));
  // An empty index can't be viewed; an index without films is never asked.
  if (size > 0) index.view(file);
  if (size > 0 && (index.size() !== size || index.dimensions() !== dimensions)) {
    throw damaged(`${path.basename(file)} does not fit its manifest`);
  }
  return index;
}

/** Tells one manifest file from the next one in its place; null where there is none. */
function manifestIdentity(place: string): Promise<string | null> {
  return identity(path.join(place, MANIFEST)).catch(() => null);
}

/** The folder itself, or the old one for the instant in which a build replaces it. */
async function findPlace(dir: string): Promise<string> {
  const isFolder = (place: string) =>
    stat(place).then(
      (info) => info.isDirectory(),
      () => false,
    );
  // Asked for again, because the new folder may arrive just after the first look.
  for (const place of [dir, `${dir}.previous`, dir]) if (await isFolder(place)) return place;
  throw new CatalogueError('There is no catalogue here yet.', {
    id: 'catalogue.missing',
    hint: `${dir} does not exist. \`npm start\` builds the starter catalogue; \`npx music2movie index\` builds one from data sets.`,
  });
}
