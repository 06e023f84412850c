/** Data sets → catalogue: the stages in order, published whole. */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import path from 'node:path';
import { CATALOGUE_FORMAT, FILES, type Manifest, sealOf } from '../engine/catalogue/format.ts';
import { hashRecords, openRecords } from '../engine/catalogue/records.ts';
import { hashFile } from '../engine/catalogue/verify.ts';
import { Music2MovieError } from '../engine/errors.ts';
import { MODEL_FILES, Model } from '../engine/model/model.ts';
import { VERSION } from '../version.ts';
import { FilmCleaner, type FilmFunnel } from './clean-films.ts';
import { SongCleaner, type SongFunnel } from './clean-songs.ts';
import { indexFilms, VOTE_FLOOR } from './film-stage.ts';
import { type Progress, silentProgress } from './progress.ts';
import { beginBuild, describeFiles, endBuild, publish, unwritable } from './publish.ts';
import { indexSongs } from './song-stage.ts';
import { saveVectorIndex } from './vector-index.ts';

export interface BuildOptions {
  readonly songs: string;
  readonly movies: string;
  readonly out: string;
  /** Folder of the fitted model. */
  readonly model: string;
  readonly progress?: Progress;
  /** Votes that a film needs to be found unless asked otherwise; default 20. */
  readonly voteFloor?: number;
}

export interface BuildReport {
  readonly songs: SongFunnel;
  readonly films: FilmFunnel;
  readonly manifest: Manifest;
  /** Rows that could not be read, with line and reason; null when there were none. */
  readonly rejects: string | null;
  readonly seconds: number;
}

/**
 * Builds a catalogue and publishes it at `out`.
 * @throws UserError for inputs that can't be read or a place that can't be written; the old catalogue stays
 */
export async function buildCatalogue(options: BuildOptions): Promise<BuildReport> {
  const { progress = silentProgress } = options;
  const started = Date.now();
  const model = await Model.load(options.model);
  const building = await beginBuild(options.out);
  try {
    return await build(options, model, building, progress, started);
  } catch (error) {
    throw isStorageError(error) ? unwritable(options.out, error) : error;
  } finally {
    await endBuild(building);
    progress.stop();
  }
}

/** Full disks, quotas, limits, lost rights: whatever keeps the system from writing. */
const STORAGE_ERRORS = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EIO'];

function isStorageError(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof Music2MovieError) return false;
  const { code } = error as NodeJS.ErrnoException;
  // The native libraries tell in words, or by the system's number.
  return (
    STORAGE_ERRORS.some((name) => name === code || constants.errno[name as 'EIO'] === Number(code)) ||
    /no space left|file too large|input\/output error|failed to write/i.test(error.message)
  );
}

async function build(
  options: BuildOptions,
  model: Model,
  building: string,
  progress: Progress,
  started: number,
): Promise<BuildReport> {
  const { voteFloor = VOTE_FLOOR } = options;
  const rejects: string[] = [];
  const reject = (role: string) => (line: number, reason: string) => {
    rejects.push(JSON.stringify({ file: role, line, reason }));
  };
  const songCleaner = new SongCleaner(reject('songs'));
  const filmCleaner = new FilmCleaner(reject('movies'));
  await copyModel(options.model, building);
  const recordsDir = path.join(building, path.dirname(FILES.records));
  await mkdir(recordsDir, { recursive: true });
  const records = openRecords(recordsDir, false);
  let entries: string;
  let counts: Awaited<ReturnType<typeof indexSongs>>;
  let films: Awaited<ReturnType<typeof indexFilms>>;
  try {
    counts = await indexSongs(options.songs, songCleaner, model, records, building, progress);
    films = await indexFilms(options.movies, filmCleaner, model, records, building, progress, voteFloor);
    entries = hashRecords(records);
  } finally {
    await records.root.close();
  }
  await rm(path.join(recordsDir, 'lock.mdb'), { force: true });
  indexVectors(films, model.contentDims + 1, building, progress);
  const rejectsFile = await writeRejects(options.out, rejects);
  const unsealed: Omit<Manifest, 'seal'> = {
    format: CATALOGUE_FORMAT,
    version: VERSION,
    builtAt: new Date().toISOString(),
    counts: { movies: films.count, indexed: films.indexed, songs: counts.songs, artists: counts.artists },
    dimensions: model.contentDims + 1,
    textDimensions: model.space.dims,
    audioDimensions: model.spec.song.audio.length,
    voteFloor,
    ranges: model.spec.ranges,
    model: model.id,
    inputs: { songs: await hashFile(options.songs), movies: await hashFile(options.movies) },
    entries,
    facets: films.facets,
    files: await describeFiles(building, Object.values(FILES)),
  };
  const manifest = { ...unsealed, seal: sealOf(unsealed) };
  await publish(building, options.out, manifest);
  return {
    songs: songCleaner.funnel,
    films: filmCleaner.funnel,
    manifest,
    rejects: rejectsFile,
    seconds: (Date.now() - started) / 1000,
  };
}

function indexVectors(
  films: Awaited<ReturnType<typeof indexFilms>>,
  dims: number,
  building: string,
  progress: Progress,
): void {
  for (const [name, file, from, to] of [
    ['Index', FILES.index, 0, films.indexed],
    ['Index (rest)', FILES.restIndex, films.indexed, films.count],
  ] as const) {
    const stage = progress.stage(name, to - from, 'films');
    saveVectorIndex(films.vectors, dims, from, to, path.join(building, file), stage);
    stage.finish(to - from);
  }
}

/** The catalogue carries the model it was built with, so that the two cannot drift apart. */
async function copyModel(from: string, building: string): Promise<void> {
  await mkdir(path.join(building, 'model'), { recursive: true });
  for (const name of Object.values(MODEL_FILES))
    await copyFile(path.join(from, name), path.join(building, 'model', name));
}

/** Rejected rows go beside the catalogue, one JSON object a line; an old list is removed when all is well. */
async function writeRejects(out: string, rejects: readonly string[]): Promise<string | null> {
  const file = `${path.resolve(out)}.rejects.ndjson`;
  if (rejects.length === 0) {
    await rm(file, { force: true });
    return null;
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${rejects.join('\n')}\n`);
  return file;
}
