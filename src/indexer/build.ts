/** Data sets → catalogue: the stages in order, resumed where a killed build ended, published whole. */
import { createHash } from 'node:crypto';
import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  CATALOGUE_FORMAT,
  FILES,
  type Manifest,
  ROW_HASHES,
  sealOf,
  VISUAL,
} from '../engine/catalogue/format.ts';
import { hashRecords, openRecords, type Records } from '../engine/catalogue/records.ts';
import { identity } from '../engine/catalogue/verify.ts';
import { packedLength } from '../engine/feel/profile.ts';
import { MODEL_FILES, Model } from '../engine/model/model.ts';
import { UserError } from '../shared/errors.ts';
import { type Progress, silentProgress } from '../shared/progress.ts';
import { VERSION } from '../version.ts';
import { FilmCleaner, type FilmFunnel } from './clean-films.ts';
import { SongCleaner, type SongFunnel } from './clean-songs.ts';
import { checkVocabulary, type FeelData, readFeelData } from './feel/data.ts';
import { type FilmStage, indexFilms, VOTE_FLOOR } from './film-stage.ts';
import { FILM_TABLE, SONG_TABLE } from './forms/columns.ts';
import { Profiler, type TableProfile } from './forms/profile.ts';
import { EarlierFilms } from './incremental.ts';
import { type Finding, implausible, judge } from './plausibility.ts';
import { programHash } from './program.ts';
import { beginBuild, endBuild, publish, REJECTS_FILE, tryFolder, unwritable } from './publish.ts';
import { isOfOtherInputs, isResumable, Stages, scaffold } from './resume.ts';
import { indexSongs, type SongStage } from './song-stage.ts';
import { isStorageError } from './storage-errors.ts';
import { sizeOf } from './tables/source.ts';
import { hashTable } from './tables.ts';
import { saveVectorIndex } from './vector-index.ts';
import {
  indexPosters,
  type PosterSource,
  type TableSource,
  type VisualStage,
  visualKey,
} from './visual-stage.ts';

export interface BuildOptions {
  readonly songs: string;
  readonly movies: string;
  readonly out: string;
  /** Folder of the fitted model. */
  readonly model: string;
  /** Folder of the feel data; the repository's by default. */
  readonly feel?: string;
  /** Tables whose songs and films are added where the others lack them: the starter's; without it, none. */
  readonly starter?: { readonly songs: string; readonly movies: string };
  readonly progress?: Progress;
  /** Publishes tables that are not plausible, too. */
  readonly force?: boolean;
  /** Votes that a film needs to be found unless asked otherwise; default 20. */
  readonly voteFloor?: number;
  /** Notes that this is the starter catalogue, which the program renews unasked. */
  readonly isStarter?: boolean;
  /** What the films' posters look like; without it the catalogue has no visual features. */
  readonly posters?: PosterSource | TableSource;
}

export interface BuildReport {
  readonly songs: SongFunnel;
  readonly films: FilmFunnel;
  /** What stood in the columns of both tables, and in which forms. */
  readonly profiles: { readonly songs: TableProfile; readonly films: TableProfile };
  /** Films taken over from the catalogue that stood there, as their row was the same. */
  readonly unchanged: number;
  /** Why nothing could be taken over from it ("was built with another model"); null where nothing speaks against it. */
  readonly anew: string | null;
  readonly manifest: Manifest;
  /** Id of the build: the name of its folder in the catalogue's. */
  readonly build: string;
  /** Rows that could not be read, with line and reason; null when there were none. */
  readonly rejects: string | null;
  /** Films with visual features, and why there are none; null where none were asked for. */
  readonly visual: VisualStage | null;
  /** Stages that an earlier build, which was stopped, had finished. */
  readonly resumed: readonly string[];
  readonly seconds: number;
}

/**
 * Builds a catalogue and publishes it at `out`. Killed at any moment and called again with the same inputs, it goes
 * on behind the last finished stage.
 * @throws UserError for inputs that can't be read or a place that can't be written; the old catalogue stays
 */
export async function buildCatalogue(options: BuildOptions): Promise<BuildReport> {
  const { progress = silentProgress, voteFloor = VOTE_FLOOR } = options;
  const started = Date.now();
  const model = await Model.load(options.model);
  for (const file of [options.songs, options.movies]) await sizeOf(file);
  const feel = await readFeelData(options.feel);
  checkVocabulary(model.spec.feel, feel.vocabulary);
  await tryFolder(options.out);
  const identities = () => Promise.all([options.songs, options.movies].map(identity));
  const before = await identities();
  const inputs = { songs: await hashTable(options.songs), movies: await hashTable(options.movies) };
  const starter = options.starter && [
    await hashTable(options.starter.songs),
    await hashTable(options.starter.movies),
  ];
  const program = await programHash();
  const posters = options.posters ? await visualKey(options.posters) : null;
  const key = createHash('sha256')
    .update(
      JSON.stringify([
        CATALOGUE_FORMAT,
        program,
        model.id,
        feel.version,
        inputs,
        starter,
        voteFloor,
        posters,
      ]),
    )
    .digest('hex');
  const building = await beginBuild(options.out, async (dir) => {
    if (await isOfOtherInputs(dir, key))
      progress.note(
        'Tables, model or program have changed since the build that was stopped: beginning anew.',
      );
    return isResumable(dir, key);
  });
  try {
    const stages = await Stages.open(building, key);
    if (stages.resumed.length > 0)
      progress.note(
        `Going on where the last build was stopped; finished by then: ${stages.resumed.join(', ')}.`,
      );
    const build = new Build({ ...options, progress, voteFloor }, model, feel, building, stages, async () => {
      if (String(await identities()) !== String(before)) throw changedMeanwhile();
    });
    return {
      ...(await build.run({ program, inputs })),
      resumed: stages.resumed,
      seconds: (Date.now() - started) / 1000,
    };
  } catch (error) {
    throw isStorageError(error) ? unwritable(options.out, error) : error;
  } finally {
    await endBuild(building);
    progress.stop();
  }
}

function changedMeanwhile(): UserError {
  return new UserError('A table was changed while it was read.', {
    id: 'index.input-changed',
    hint: 'Nothing was published. Start again when the file is whole.',
  });
}

const SONG_RECORDS = scaffold('songs.mdb');
const REJECTS = { songs: scaffold('songs.rejects'), movies: scaffold('movies.rejects') } as const;

class Build {
  readonly #options: BuildOptions & { readonly progress: Progress; readonly voteFloor: number };
  readonly #model: Model;
  readonly #feel: FeelData;
  readonly #dir: string;
  readonly #stages: Stages;
  /** Throws where the tables are no longer those that the build began with. */
  readonly #sameInputs: () => Promise<void>;

  constructor(
    options: BuildOptions & { readonly progress: Progress; readonly voteFloor: number },
    model: Model,
    feel: FeelData,
    dir: string,
    stages: Stages,
    sameInputs: () => Promise<void>,
  ) {
    this.#options = options;
    this.#model = model;
    this.#feel = feel;
    this.#dir = dir;
    this.#stages = stages;
    this.#sameInputs = sameInputs;
  }

  async run(origin: Pick<Manifest, 'program' | 'inputs'>): Promise<Omit<BuildReport, 'resumed' | 'seconds'>> {
    const stages = this.#stages;
    const modelFiles = Object.values(MODEL_FILES).map((name) => `${path.dirname(FILES.model)}/${name}`);
    await stages.run('model', modelFiles, () => this.#copyModel());
    const songs = await stages.run('songs', [FILES.search, FILES.sounds, SONG_RECORDS, REJECTS.songs], () =>
      this.#songs(),
    );
    const films = await stages.run(
      'films',
      [FILES.records, FILES.vectors, FILES.feel, FILES.columns, ROW_HASHES, REJECTS.movies],
      () => this.#films(origin.program!),
    );
    await this.#sameInputs();
    const { count, indexed } = films;
    await stages.run('index', [FILES.index], () => this.#index('Index', FILES.index, 0, indexed));
    await stages.run('rest of the index', [FILES.restIndex], () =>
      this.#index('Index (rest)', FILES.restIndex, indexed, count),
    );
    const visual = await this.#visual(count);
    const rejects = await this.#rejects();
    const model = this.#model;
    const unsealed: Omit<Manifest, 'seal'> = {
      format: CATALOGUE_FORMAT,
      version: VERSION,
      builtAt: new Date().toISOString(),
      counts: { movies: count, indexed, songs: songs.songs, artists: songs.artists },
      dimensions: model.dimensions,
      feelBytes: packedLength(model.spec.feel.terms.length, model.spec.feel.worlds.length),
      feelData: this.#feel.version,
      audioDimensions: model.spec.song.audio.length,
      ...(visual && visual.films > 0 && { visualDimensions: visual.dims }),
      voteFloor: this.#options.voteFloor,
      ...(this.#options.isStarter && { isStarter: true }),
      ranges: model.spec.ranges,
      model: model.id,
      ...origin,
      entries: films.entries,
      facets: films.facets,
      files: stages.files,
    };
    const manifest = { ...unsealed, seal: sealOf(unsealed) };
    const place = await publish(this.#dir, manifest, () => stages.clear());
    return {
      songs: songs.funnel,
      films: films.funnel,
      profiles: { songs: songs.profile, films: films.profile },
      unchanged: films.unchanged,
      anew: films.anew,
      manifest,
      build: path.basename(place),
      rejects,
      visual,
    };
  }

  #file(name: string): string {
    return path.join(this.#dir, name);
  }

  /** The catalogue carries the model it was built with, so that the two cannot drift apart. */
  async #copyModel(): Promise<null> {
    const to = path.dirname(this.#file(FILES.model));
    await mkdir(to, { recursive: true });
    for (const name of Object.values(MODEL_FILES))
      await copyFile(path.join(this.#options.model, name), path.join(to, name));
    return null;
  }

  async #songs(): Promise<SongStage & { funnel: SongFunnel; profile: TableProfile }> {
    const rejects: string[] = [];
    const cleaner = new SongCleaner(rejectInto(rejects, 'songs'));
    const { songs, starter } = this.#options;
    const profiler = new Profiler(SONG_TABLE);
    let profile = profiler.finish();
    const gate = () => {
      profile = profiler.finish();
      this.#pass(songs, judge(profile, cleaner.cleaned));
    };
    const stage = await this.#withRecords((records) =>
      indexSongs(
        { file: songs, starter: starter?.songs ?? null, cleaner, profiler, gate },
        this.#model,
        records,
        this.#dir,
        this.#options.progress,
        this.#feel,
      ),
    );
    await copyFile(this.#file(FILES.records), this.#file(SONG_RECORDS), constants.COPYFILE_FICLONE);
    await writeFile(this.#file(REJECTS.songs), rejects.join(''));
    return { ...stage, funnel: cleaner.funnel, profile };
  }

  async #films(
    program: string,
  ): Promise<
    FilmStage & { entries: string; funnel: FilmFunnel; profile: TableProfile; anew: string | null }
  > {
    const rejects: string[] = [];
    const { movies, starter, progress, voteFloor, out } = this.#options;
    const found = await EarlierFilms.open(out, this.#model, program, this.#feel.version);
    const earlier = typeof found === 'string' ? null : found;
    const anew = typeof found === 'string' ? found : null;
    if (anew) progress.note(`The catalogue in use ${anew}: every film is worked out anew.`);
    const cleaner = new FilmCleaner(rejectInto(rejects, 'movies'), earlier);
    const profiler = new Profiler(FILM_TABLE);
    let profile = profiler.finish();
    const gate = () => {
      profile = profiler.finish();
      this.#pass(movies, judge(profile, cleaner.cleaned));
    };
    const stage = await this.#withRecords(async (records) => {
      const films = await indexFilms(
        { file: movies, starter: starter?.movies ?? null, cleaner, profiler, gate },
        this.#model,
        records,
        this.#dir,
        progress,
        this.#feel,
        voteFloor,
      );
      return { ...films, entries: hashRecords(records) };
    }, SONG_RECORDS).finally(() => earlier?.close());
    if (earlier) {
      const changed = stage.count - stage.unchanged;
      progress.note(`${changed} of ${stage.count} films are new or changed since the last build.`);
    }
    await writeFile(this.#file(REJECTS.movies), rejects.join(''));
    return { ...stage, funnel: cleaner.funnel, profile, anew };
  }

  /** Ends the build for a table that is not plausible, unless it is taken all the same. */
  #pass(file: string, findings: readonly Finding[]): void {
    if (findings.length === 0) return;
    const error = implausible(file, findings);
    if (!this.#options.force) throw error;
    this.#options.progress.note(`Taken all the same (--force): ${error.message}`);
  }

  /**
   * Opens the record store for one stage, always from a whole file: a store that a killed stage was writing is never
   * opened, as LMDB ends the process on a damaged one.
   */
  async #withRecords<T>(work: (records: Records) => Promise<T>, from?: string): Promise<T> {
    const file = this.#file(FILES.records);
    const dir = path.dirname(file);
    await rm(dir, { recursive: true, force: true });
    await mkdir(dir, { recursive: true });
    if (from) await copyFile(this.#file(from), file, constants.COPYFILE_FICLONE);
    const records = openRecords(dir, false);
    let result: T;
    try {
      result = await work(records);
    } finally {
      await records.root.close();
    }
    await rm(path.join(dir, 'lock.mdb'), { force: true });
    return result;
  }

  #index(name: string, file: string, from: number, to: number): null {
    const stage = this.#options.progress.stage(name, to - from, 'films');
    const dims = this.#model.dimensions;
    saveVectorIndex(this.#file(FILES.vectors), dims, from, to, this.#file(file), stage);
    stage.finish(to - from);
    return null;
  }

  async #visual(count: number): Promise<VisualStage | null> {
    const { posters, model, progress } = this.#options;
    if (!posters) return null;
    const written = ({ films }: VisualStage) => (films > 0 ? [VISUAL] : []);
    const visual = await this.#stages.run('posters', written, () =>
      indexPosters(posters, model, this.#dir, count, progress),
    );
    if (visual.note) progress.note(visual.note);
    return visual;
  }

  /** Rejected rows go beside the builds, one JSON object a line; an old list is removed when all is well. */
  async #rejects(): Promise<string | null> {
    const file = path.join(path.dirname(this.#dir), REJECTS_FILE);
    const lists = [this.#file(REJECTS.songs), this.#file(REJECTS.movies)];
    const sizes = await Promise.all(lists.map(async (list) => (await stat(list)).size));
    await rm(file, { force: true });
    if (sizes.every((size) => size === 0)) return null;
    for (const list of lists) await pipeline(createReadStream(list), createWriteStream(file, { flags: 'a' }));
    return path.join(this.#options.out, REJECTS_FILE);
  }
}

function rejectInto(rejects: string[], file: string): (line: number, reason: string) => void {
  return (line, reason) => {
    rejects.push(`${JSON.stringify({ file, line, reason })}\n`);
  };
}
