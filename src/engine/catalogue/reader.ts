/** An open catalogue: everything that an engine reads, checked first. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import usearch from 'usearch';
import { CatalogueError } from '../../shared/errors.ts';
import { type FeelProfile, packedLength, unpackProfile } from '../feel/profile.ts';
import { Model } from '../model/model.ts';
import type { SoundTable } from '../model/nearest.ts';
import { SongIndex } from '../search/index.ts';
import { type FilmColumns, readColumns, UNKNOWN } from './columns.ts';
import { FILES, MANIFEST, type Manifest, VISUAL } from './format.ts';
import { EXPANSION_SEARCH, indexConfig } from './index-config.ts';
import { readWhole } from './read-whole.ts';
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
  /** Packed feel profiles of the films. */
  readonly feels: Uint8Array;
}

export class Catalogue implements Parts {
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
  readonly feels: Uint8Array;
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
    this.feels = parts.feels;
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

  /** A film's profile; its year stands in the columns. */
  filmFeel(row: number): FeelProfile {
    const { feelBytes } = this.manifest;
    const { terms, worlds } = this.model.spec.feel;
    const year = this.columns.year[row]!;
    return unpackProfile(
      this.feels.subarray(row * feelBytes, (row + 1) * feelBytes),
      terms.length,
      worlds.length,
      year === UNKNOWN ? null : year,
    );
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
  const { counts, dimensions, feelBytes, audioDimensions, visualDimensions } = manifest;
  const checkSize = (name: string, bytes: number) => {
    if (manifest.files[name]?.bytes !== bytes) throw damaged(`${name} does not fit its manifest`);
  };
  checkSize(FILES.vectors, 4 * counts.movies * dimensions);
  checkSize(FILES.feel, counts.movies * feelBytes);
  const read = (name: string) => readWhole(file(name), manifest.files[name]!.bytes);
  const visuals = manifest.files[VISUAL] && visualDimensions;
  const indexes = async () => ({
    index: viewIndex(file(FILES.index), counts.indexed, dimensions),
    restIndex: viewIndex(file(FILES.restIndex), counts.movies - counts.indexed, dimensions),
  });
  // The largest first: other threads read while this one looks through the indexes, which takes as long.
  const [vectors, columns, feels, search, sounds, visual, model, viewed] = await Promise.all([
    read(FILES.vectors).then(({ buffer }) => new Float32Array(buffer)),
    read(FILES.columns).then((bytes) => readColumns(bytes, counts.movies)),
    read(FILES.feel),
    read(FILES.search).then(SongIndex.load),
    read(FILES.sounds).then((bytes) => readSounds(bytes, counts.songs, audioDimensions)),
    visuals ? read(VISUAL).then((bytes) => new VisualTable(bytes, counts.movies, visuals)) : null,
    Model.load(path.dirname(file(FILES.model))),
    indexes(),
  ]);
  if (
    model.id !== manifest.model ||
    model.dimensions !== dimensions ||
    packedLength(model.spec.feel.terms.length, model.spec.feel.worlds.length) !== feelBytes ||
    model.spec.song.audio.length !== audioDimensions
  ) {
    throw damaged('its model is not the one it was built with');
  }
  const parts = { dir: place, manifest, model, columns, vectors, feels, ...viewed, search, sounds, visual };
  // LMDB would make the folders of a path that is gone.
  if (!existsSync(file(FILES.records))) throw damaged(`${FILES.records} is missing`);
  return { ...parts, records: openRecords(path.dirname(file(FILES.records)), true) };
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
  // Asked for again, because the new folder may arrive just after the first look.
  for (const place of [dir, `${dir}.previous`, dir]) if (await manifestIdentity(place)) return place;
  throw new CatalogueError('There is no catalogue here yet.', {
    id: 'catalogue.missing',
    hint: `No ${MANIFEST} in ${dir}. \`npm start\` builds the starter catalogue; \`npx music2movie index\` builds one from data sets.`,
  });
}
