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
import { type KeptFiles, keepFiles, shareFiles } from './kept-files.ts';
import { buildId, fingerprint, hasManifest, placesOf } from './place.ts';
import { readWhole } from './read-whole.ts';
import { openRecords, type Records } from './records.ts';
import { readSounds } from './sounds.ts';
import { areUnchanged, damaged, readManifest, verifyFiles } from './verify.ts';
import { VisualTable } from './visual.ts';

/** How often opening begins anew because the files were changed meanwhile. */
const ATTEMPTS = 20;

export interface OpenOptions {
  /**
   * Maps copies of the files that native code maps, so that nothing that happens to the originals can end the process:
   * for programs that run on while catalogues are built and copied. `shared`: one copy for all processes of this
   * machine, so that its pages are in memory once.
   */
  readonly keep?: boolean | 'shared';
}

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
  /** Null where the files of the catalogue's folder are in use themselves. */
  readonly kept: KeptFiles | null;
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
  readonly kept: KeptFiles | null;
  /** Why this is not the build that was to be used; null when it is. */
  readonly insteadOf: CatalogueError | null;
  #closed: Promise<void> | undefined;

  private constructor(parts: Parts, insteadOf: CatalogueError | null) {
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
    this.kept = parts.kept;
    this.insteadOf = insteadOf;
  }

  /**
   * Verifies and opens a catalogue folder, read-only: the build that `current` names or, where that one is not whole,
   * the newest that is.
   * @throws CatalogueError when it is missing, damaged, mixed or of another format
   */
  static async open(dir: string, options: OpenOptions = {}): Promise<Catalogue> {
    const resolved = path.resolve(dir);
    for (let attempt = 1; ; attempt++) {
      const before = await fingerprint(resolved);
      let failed: CatalogueError | null = null;
      for (const place of await placesOf(resolved)) {
        const opened = await openPlace(place, resolved, options);
        if (!(opened instanceof CatalogueError)) return new Catalogue(opened, failed);
        failed ??= opened;
      }
      // A build may have been published, or files copied, while they were looked at one by one.
      if (attempt < ATTEMPTS && before !== (await fingerprint(resolved))) continue;
      throw failed ?? missing(resolved);
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
    this.#closed ??= this.records.root.close().then(() => this.kept?.forget());
    return this.#closed;
  }
}

/** Opens one build, or says why it can't be. */
async function openPlace(place: string, dir: string, options: OpenOptions): Promise<Parts | CatalogueError> {
  try {
    if (place !== dir && !(await hasManifest(place)))
      throw damaged(`the build ${path.basename(place)} is not there, or not whole`);
    return await openParts(place, dir, options);
  } catch (error) {
    if (error instanceof CatalogueError) return error;
    // Files that are replaced or taken away while they are read fail in any way.
    if (error instanceof Error && 'code' in error)
      return damaged('its files change or cannot be read', error);
    throw error;
  }
}

/** What native code maps: an overwritten page of these would be read, a page cut off would end the process. */
const MAPPED = [FILES.index, FILES.restIndex, FILES.records];

async function openParts(place: string, dir: string, { keep }: OpenOptions): Promise<Parts> {
  const manifest = await readManifest(place);
  const checked = await verifyFiles(place, manifest, Object.values(FILES));
  // LMDB makes its lock anew from whatever a file holds, but ends the process over anything else.
  const lock = await stat(path.join(place, path.dirname(FILES.records), 'lock.mdb')).catch(() => null);
  if (lock && !lock.isFile()) throw damaged('lock.mdb is not a file');
  const kept = await keptOf(dir, place, manifest, keep);
  try {
    // What was copied is what was checked.
    if (kept && !(await areUnchanged(checked))) throw damaged('its files change while they are read');
    const parts = await readParts(place, kept?.dir ?? place, manifest);
    if (await areUnchanged(checked)) return { ...parts, kept };
    await parts.records.root.close();
    throw damaged('its files change while they are read');
  } finally {
    await kept?.forget();
  }
}

/** Copies to map, as far as they are wanted and can be made. */
async function keptOf(
  dir: string,
  place: string,
  manifest: Manifest,
  keep: OpenOptions['keep'],
): Promise<KeptFiles | null> {
  if (!keep) return null;
  if (keep === 'shared') {
    const shared = await shareFiles(dir, place, MAPPED, buildId(manifest)).catch(() => null);
    if (shared) return shared;
  }
  return keepFiles(dir, place, MAPPED).catch(() => null);
}

async function readParts(place: string, mapped: string, manifest: Manifest): Promise<Omit<Parts, 'kept'>> {
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
    index: viewIndex(path.join(mapped, FILES.index), counts.indexed, dimensions),
    restIndex: viewIndex(path.join(mapped, FILES.restIndex), counts.movies - counts.indexed, dimensions),
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
  const records = path.join(mapped, FILES.records);
  if (!existsSync(records)) throw damaged(`${FILES.records} is missing`);
  return { ...parts, records: openRecords(path.dirname(records), true) };
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

function missing(dir: string): CatalogueError {
  return new CatalogueError('There is no catalogue here yet.', {
    id: 'catalogue.missing',
    hint: `No ${MANIFEST} in ${dir}. \`npm start\` builds the starter catalogue; \`npx music2movie index\` builds one from data sets.`,
  });
}
