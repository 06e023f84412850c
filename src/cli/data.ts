import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import cliProgress from 'cli-progress';
import type { Command } from 'commander';
import { type Config, loadConfig, loadEnvFile } from '../config.ts';
import { download } from '../indexer/download.ts';
import { readTable } from '../indexer/tables.ts';
import { ConfigurationError, Music2MovieError, UpstreamError, UserError } from '../shared/errors.ts';
import { isZip, unzip } from './data/unzip.ts';
import type { CliIo } from './io.ts';
import { DOWNLOADS, POSTER_MODEL_FILE } from './options.ts';

/** Path of the song table on the Hugging Face Hub. */
const SONGS_PATH = '/datasets/maharshipandya/spotify-tracks-dataset/resolve/main/dataset.csv';
/** Path of the film table on Kaggle: a zip archive, without an account. */
const FILMS_PATH = '/api/v1/datasets/download/asaniczka/tmdb-movies-dataset-2023-930k-movies';

const SONG_COLUMNS = ['track_id', 'artists', 'track_name', 'energy', 'valence', 'tempo', 'track_genre'];
const FILM_COLUMNS = ['id', 'title', 'overview', 'genres', 'poster_path', 'vote_count', 'original_language'];
/** Fewer rows than this are not the data set (114,000 songs; more than a million films, and growing). */
const LEAST_ROWS = { songs: 100_000, films: 500_000 };

interface DataOptions {
  readonly out: string;
  /** True: download it; a string: the file that stands there already. */
  readonly songs?: true | string;
  readonly movies?: true | string;
  readonly model?: true | string;
  readonly force?: boolean;
}

/** Tells a person how far something is. */
type Progress = (label: string) => { at(done: number, total: number | null): void; end(): void };

/** Adds `music2movie data`: fetches the data sets that a full catalogue is built from. */
export function register(program: Command, io: CliIo): void {
  program
    .command('data')
    .description('download the data sets for a full catalogue, or check files that you have')
    .option('--out <dir>', 'folder for the files', DOWNLOADS)
    .option('--songs [file]', 'the songs only; with a file: check it instead of downloading')
    .option('--movies [file]', 'the films only; with a file (CSV or zip): check it instead of downloading')
    .option('--model [file]', 'the poster model only (from MODEL_URL); with a file: check it')
    .option('--force', 'download again what is there already')
    .action(async (options: DataOptions) => {
      if (io.env === process.env) loadEnvFile();
      await fetchData(options, loadConfig(io.env), io);
    });
}

async function fetchData(options: DataOptions, config: Config, io: CliIo): Promise<void> {
  const chosen = options.songs || options.movies || options.model;
  const wants = (choice: true | string | undefined) => choice !== undefined || !chosen;
  const progress = progressOn(io);
  const songs = wants(options.songs) ? await songsFile(options, config, io, progress) : null;
  const films = wants(options.movies) ? await filmsFile(options, config, io, progress) : null;
  if (options.model || (!chosen && config.urls.model)) {
    io.out(`Poster model: ${await modelFile(options, config, progress)}\n`);
  }
  for (const [name, table] of [
    ['Songs', songs],
    ['Films', films],
  ] as const) {
    if (!table) continue;
    const sum = table.verified ? ', check sum verified' : '';
    io.out(`${name}: ${table.file} (${table.rows.toLocaleString('en')} rows${sum})\n`);
  }
  if (songs && films) {
    io.out(`\nNext: npx music2movie index --songs ${quoted(songs.file)} --movies ${quoted(films.file)}\n`);
  }
}

/** A table that is ready to be indexed. */
interface Ready {
  readonly file: string;
  readonly rows: number;
  /** Whether the source named a check sum, and it was right. */
  readonly verified: boolean;
}

async function songsFile(
  options: DataOptions,
  config: Config,
  io: CliIo,
  progress: Progress,
): Promise<Ready> {
  const own = typeof options.songs === 'string' ? resolve(options.songs) : null;
  if (own) return { file: own, rows: await checkTable(own, SONG_COLUMNS, 1), verified: false };
  const file = resolve(options.out, 'spotify-tracks.csv');
  const fetch = () =>
    fetchFile('Hugging Face', `${config.urls.huggingFace}${SONGS_PATH}`, file, 'table', progress);
  return standingOrFetched(file, SONG_COLUMNS, LEAST_ROWS.songs, options, io, fetch);
}

async function filmsFile(
  options: DataOptions,
  config: Config,
  io: CliIo,
  progress: Progress,
): Promise<Ready> {
  const own = typeof options.movies === 'string' ? resolve(options.movies) : null;
  const target = resolve(options.out, 'tmdb-movies.csv');
  if (own && !(await exists(own))) throw missing(own);
  if (own && !(await isZip(own)))
    return { file: own, rows: await checkTable(own, FILM_COLUMNS, 1), verified: false };
  const unpack = async (archive: string) => {
    const bar = progress('Unpacking the films');
    await unzip(archive, '.csv', target, bar.at).finally(bar.end);
  };
  if (own) {
    await unpack(own);
    return { file: target, rows: await checkTable(target, FILM_COLUMNS, 1), verified: false };
  }
  const fetch = async () => {
    const archive = `${target}.zip`;
    const fetched = await fetchFile(
      'Kaggle',
      `${config.urls.kaggle}${FILMS_PATH}`,
      archive,
      'archive',
      progress,
    );
    // A damaged archive must not stand in the way of the next run.
    await unpack(archive).finally(() => rm(archive, { force: true }));
    return fetched;
  };
  return standingOrFetched(target, FILM_COLUMNS, LEAST_ROWS.films, options, io, fetch);
}

/** The file of an earlier run where it is whole; else it is downloaded, whatever stands there. */
async function standingOrFetched(
  file: string,
  columns: readonly string[],
  least: number,
  { force }: DataOptions,
  io: CliIo,
  fetch: () => Promise<{ readonly verified: boolean }>,
): Promise<Ready> {
  if (!force && (await exists(file))) {
    try {
      return { file, rows: await checkTable(file, columns, least), verified: false };
    } catch (error) {
      if (!(error instanceof Music2MovieError)) throw error;
      io.err(`What is there already will not do (${error.message}) It is downloaded again.\n`);
    }
  }
  const { verified } = await fetch();
  return { file, rows: await checkTable(file, columns, least), verified };
}

async function modelFile(options: DataOptions, config: Config, progress: Progress): Promise<string> {
  const own = typeof options.model === 'string' ? resolve(options.model) : null;
  const file = own ?? resolve(options.out, POSTER_MODEL_FILE);
  if (own && !(await exists(own))) throw missing(own);
  if (own || (!options.force && (await exists(file)))) return file;
  if (!config.urls.model) {
    throw new ConfigurationError('Nobody has said where the poster model is to be downloaded from.', {
      id: 'data.model-address',
      hint: 'Set MODEL_URL to the address of a MobileNetV2 1.0 (224 × 224) .onnx file, or name a file: --model FILE.',
    });
  }
  await fetchFile('The model’s host', config.urls.model, file, 'model', progress);
  return file;
}

async function fetchFile(
  source: string,
  url: string,
  file: string,
  expected: 'table' | 'archive' | 'model',
  progress: Progress,
): Promise<{ readonly verified: boolean }> {
  const bar = progress(`Downloading from ${source}`);
  return download({ source, url, file, expected, onProgress: bar.at }).finally(bar.end);
}

/** Reads the whole table once: a cut or foreign file must not surface only in the middle of a build. */
async function checkTable(file: string, columns: readonly string[], least: number): Promise<number> {
  let rows = 0;
  for await (const _ of readTable(file, columns)) rows += 1;
  if (rows >= least) return rows;
  throw new UpstreamError(`The table has only ${rows.toLocaleString('en')} rows: that is not all of it.`, {
    id: 'data.too-few-rows',
    hint: `Run the command again: ${file} is downloaded anew.`,
  });
}

function progressOn(io: CliIo): Progress {
  if (!io.isTerminal) {
    return (label) => {
      io.err(`${label} …\n`);
      return { at: () => {}, end: () => {} };
    };
  }
  return (label) => {
    const bar = new cliProgress.SingleBar(
      { format: `${label} {bar} {percentage}% of {megabytes} MB`, hideCursor: true },
      cliProgress.Presets.shades_classic,
    );
    bar.start(1, 0, { megabytes: '?' });
    const at = (done: number, total: number | null) => {
      bar.setTotal(total ?? done);
      bar.update(done, { megabytes: total === null ? '?' : Math.ceil(total / 1e6) });
    };
    return { at, end: () => bar.stop() };
  };
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() ?? false;
}

function missing(file: string): UserError {
  return new UserError(`There is no file ${file}.`, { id: 'data.no-file', hint: 'Check the path.' });
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./:@-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
