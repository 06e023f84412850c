/** `music2movie index`: data sets → catalogue. */

import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig, loadEnvFile } from '../config.ts';
import { type BuildReport, buildCatalogue } from '../indexer/build.ts';
import { checkFilms, checkSongs } from '../indexer/check-tables.ts';
import { VOTE_FLOOR } from '../indexer/film-stage.ts';
import { implausible } from '../indexer/plausibility.ts';
import { STARTER } from '../indexer/starter.ts';
import type { PosterSource, TableSource } from '../indexer/visual-stage.ts';
import { lineProgress, silentProgress, terminalProgress } from '../shared/progress.ts';
import type { CliIo } from './io.ts';
import { DOWNLOADS, POSTER_MODEL, wholeBetween } from './options.ts';
import { formsText, profileText } from './table-profile.ts';

interface Options {
  readonly songs: string;
  readonly movies: string;
  readonly out: string;
  readonly model: string;
  readonly feel?: string;
  readonly voteFloor: number;
  readonly starter: boolean;
  readonly posters?: string;
  readonly posterModel: string;
  readonly posterSize: number;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** The sides that posters are shown to the network at: its own, and the 32 pixels of the paper that the project began with. */
const POSTER_SIZES = [224, 32];

export function register(program: Command, io: CliIo): void {
  program
    .command('index')
    .description('build a catalogue from a song and a film data set')
    .requiredOption(
      '--songs <file>',
      'table of songs, such as the Spotify Tracks data set: CSV, JSON or Parquet',
    )
    .requiredOption(
      '--movies <file>',
      'table of films, such as the TMDb Movies data set: CSV, JSON or Parquet',
    )
    .option('--out <dir>', 'the catalogue folder to write', STARTER.out)
    .option('--model <dir>', 'the fitted model to apply', STARTER.model)
    .option('--feel <dir>', "folder of the feel data (default: the repository's data/feel)")
    .option(
      '--vote-floor <n>',
      'votes a film needs to be found unless asked otherwise',
      wholeBetween(0, 1_000_000),
      VOTE_FLOOR,
    )
    .option('--no-starter', "leave out the starter's songs and films that the tables lack")
    .option('--posters <dir>', 'look at the posters in a folder, or "download" to fetch them from TMDB')
    .option('--poster-model <file>', 'the image network, MobileNetV2 as ONNX', POSTER_MODEL)
    .option(
      '--poster-size <pixels>',
      `side of the picture that the network is shown: ${POSTER_SIZES.join(' or ')}`,
      posterSize,
      POSTER_SIZES[0],
    )
    .option('--check', 'only say what stands in both tables, column by column; builds nothing')
    .option('--force', 'publish tables that are not plausible, too')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      "\nThe build stands beside earlier ones in --out, and is used from the end on; a failed build leaves the old one in use.\nA build that was stopped goes on behind its last finished stage when it is started again.\nRows that can't be read are listed in <out>/rejects.ndjson.\nA table that would give nonsense ends with 2, and names the rule, three cells and what to do; data/README.md lists what is read.",
    )
    .action(async (options: Options) => {
      if (options.check) return checkTables(options, io);
      const progress = options.json
        ? silentProgress
        : io.isTerminal
          ? terminalProgress()
          : lineProgress(io.err);
      const { posters: _asked, starter, ...rest } = options;
      const posters = posterSource(options, io);
      const report = await buildCatalogue({
        ...rest,
        ...(starter && { starter: { songs: STARTER.songs, movies: STARTER.movies } }),
        ...(posters && { posters }),
        progress,
      });
      io.out(options.json ? `${JSON.stringify(jsonReport(report))}\n` : `${summary(report, options.out)}\n`);
    });
}

/** Prints both profiles; what speaks against a table ends the command as it would end the build. */
async function checkTables({ songs, movies, json }: Options, io: CliIo): Promise<void> {
  const checked = [await checkSongs(songs), await checkFilms(movies)];
  if (json) io.out(`${JSON.stringify({ songs: checked[0], films: checked[1] })}\n`);
  else for (const table of checked) io.out(profileText(table));
  for (const { file, findings } of checked) if (findings.length > 0) throw implausible(file, findings);
}

function posterSize(text: string): number {
  if (POSTER_SIZES.includes(Number(text))) return Number(text);
  throw new InvalidArgumentError(`Give ${POSTER_SIZES.join(' or ')}.`);
}

/** The starter films' posters were looked at before; of others only what the command names is known. */
function posterSource(
  { posters, posterModel, posterSize: side, movies }: Options,
  io: CliIo,
): PosterSource | TableSource | null {
  if (!posters) return resolve(movies) === STARTER.movies ? { table: STARTER.visual } : null;
  const source = { network: posterModel, side, workDir: join(DOWNLOADS, 'poster-features') };
  if (posters !== 'download') return { ...source, dir: posters };
  if (io.env === process.env) loadEnvFile();
  const { tmdbImage } = loadConfig(io.env).urls;
  return { ...source, dir: join(DOWNLOADS, 'posters'), download: { baseUrl: tmdbImage } };
}

function jsonReport(report: BuildReport): unknown {
  const { manifest, ...rest } = report;
  return { ...rest, catalogue: { version: manifest.version, ...manifest.counts, model: manifest.model } };
}

const n = (value: number) => value.toLocaleString('en');

/** The cleaning table: every rule with its count. */
export function cleaningRows(report: Pick<BuildReport, 'songs' | 'films'>): [string, string, string][] {
  const { songs, films } = report;
  return [
    ['Rows read', n(films.rows), n(songs.rows)],
    ['Malformed (see the rejects file)', n(films.malformed), n(songs.malformed)],
    ['Null row', '', n(songs.nullRows)],
    ['Duplicates (songs: one track, all its genres)', n(films.duplicates), n(songs.repeatedIds)],
    ['Without title, overview, poster, popularity or genres', n(films.missingValues), ''],
    ['Status other than Released, or a date to come', n(films.notReleased), ''],
    ['Adult', n(films.adult), ''],
    ['Kept', n(films.kept), n(songs.kept)],
    ['  of these: impossible release date blanked', n(films.mended.year), ''],
    ['  runtime 0 or absurd, or tempo 0, blanked', n(films.mended.runtime), n(songs.mended.tempo)],
    ['  broken UTF-8 repaired', n(films.mended.text), ''],
    ['  flagged as unfit', n(films.unfit), ''],
    ['  mislabelled "k-pop" set right', '', n(songs.mended.relabelled)],
  ];
}

function summary(report: BuildReport, out: string): string {
  const table = new Table({
    head: ['', 'films', 'songs'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  table.push(...cleaningRows(report));
  const { songs, films } = report.profiles;
  const forms = [films, songs].map((profile) => formsText(profile)).join('');
  const rejects = report.rejects ? `\nRows that could not be read: ${report.rejects}` : '';
  const looks = report.visual ? `\nFilms whose poster was looked at: ${n(report.visual.films)}.` : '';
  return `${table.toString()}\n${forms}The catalogue in ${out} holds ${n(report.manifest.counts.movies)} films and ${n(report.manifest.counts.songs)} songs; it took ${report.seconds.toFixed(0)} s.${looks}${rejects}`;
}
