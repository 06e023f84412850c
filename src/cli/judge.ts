/** `music2movie judge`: a blind-rating page for friends, and what their ratings say. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { FEEL_DIR } from '../indexer/feel/data.ts';
import { drawSongs, makeBallots, readLists, songsNamed } from '../judge/ballots.ts';
import { checkName, exportRatings, RatingsFile, readRatings } from '../judge/ratings.ts';
import { createJudgeServer } from '../judge/server.ts';
import { type Summary, summarise } from '../judge/summary.ts';
import { CLEAR } from '../lookup/resolve/text.ts';
import { ConfigurationError, UserError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';
import { openEngine, wholeBetween } from './options.ts';
import { untilSignal } from './until-signal.ts';

export interface JudgeCommand {
  readonly songs?: string;
  readonly sample?: number;
  readonly lists?: string;
  readonly rater?: string;
  readonly out: string;
  readonly port: number;
  readonly seed: number;
  readonly catalogue?: string;
  readonly summarise?: string;
  readonly export?: string;
  readonly to?: string;
  readonly json?: boolean;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('judge')
    .description('serve a page on which friends rate films for songs blindly, or sum their ratings up')
    .option('--songs <file>', 'songs to ask about, one a line: track id, or title and artist')
    .option('--sample <N>', 'ask about N songs of the catalogue, drawn by --seed', wholeBetween(1, 1000))
    .option('--lists <file>', 'further lists to mix in: a table with columns system, song and film')
    .option('--catalogue <dir>', 'the catalogue whose answers are rated')
    .option('--rater <name>', 'whose ratings these are (default: the page asks)')
    .option('--out <file>', 'the table of ratings to write or go on with', 'ratings.csv')
    .option('--port <N>', 'where to serve; 0 takes any free port', wholeBetween(0, 65_535), 3100)
    .option('--seed <N>', 'decides songs, controls and every order', wholeBetween(0, 2 ** 31 - 1), 1)
    .option('--summarise <file>', 'print what ratings say: fits of five by system, agreement')
    .option('--export <file>', 'merge ratings into the judged pairs that `fit` learns from')
    .option('--to <file>', "with --export: the table (default: judged.tsv of the repository's feel data)")
    .option('--json', 'with --summarise: print one JSON object')
    .addHelpText(
      'after',
      '\nEach song comes with our five films and, as a control, with those of another song; nobody sees which is which.\nRatings are written at once: stop with Ctrl+C and go on later with the same --out, songs and --seed.',
    )
    .action(async (options: JudgeCommand) => {
      checkUsage(options);
      if (options.summarise !== undefined) {
        const summary = summarise(await readRatings(options.summarise));
        io.out(options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
      } else if (options.export !== undefined) {
        const to = options.to ?? path.join(FEEL_DIR, 'judged.tsv');
        const { added, changed } = await exportRatings(await readRatings(options.export), to);
        io.out(`${added} pairs added, ${changed} changed in ${to}.\n`);
      } else {
        const { stop } = await serveJudge(io, options);
        await untilSignal();
        await stop();
      }
    });
}

/** @throws UserError where the options do not go together */
function checkUsage({ songs, sample, summarise: file, export: from, to, json }: JudgeCommand): void {
  const jobs = [songs, sample, file, from].filter((job) => job !== undefined).length;
  const wrong =
    jobs === 0
      ? 'Say what to do: --songs, --sample, --summarise or --export.'
      : jobs > 1
        ? 'Do one thing: --songs, --sample, --summarise or --export.'
        : to !== undefined && from === undefined
          ? '--to belongs to --export.'
          : json && file === undefined
            ? '--json belongs to --summarise.'
            : null;
  if (wrong)
    throw new UserError(wrong, { id: 'judge.usage', hint: '`npx music2movie judge --help` shows how.' });
}

/**
 * Opens the catalogue, makes the lists and serves the page on loopback.
 *
 * @throws UserError for songs, lists or ratings that can't be used
 * @throws ConfigurationError when the port is taken
 */
export async function serveJudge(
  io: CliIo,
  options: JudgeCommand,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const rater = options.rater === undefined ? null : checkName(options.rater, 'rater');
  const engine = await openEngine(io, options.catalogue);
  try {
    const find = (name: string) => {
      const [best] = engine.findSongs(name, 1);
      return engine.song(name) ?? (best && best.quality >= CLEAR ? best.song : null);
    };
    const songs =
      options.songs === undefined
        ? drawSongs(engine, options.sample!, options.seed)
        : songsNamed(await readText(options.songs), find);
    const further = options.lists === undefined ? new Map() : await readLists(options.lists, engine);
    const ballots = makeBallots(engine, songs, further, options.seed);
    const ratings = await RatingsFile.open(options.out);
    const app = await createJudgeServer({ ballots, ratings, rater, seed: options.seed });
    const url = await app.listen({ port: options.port, host: '127.0.0.1' }).catch(async (error) => {
      await app.close();
      throw portTaken(options.port, error);
    });
    io.out(`${ballots.length} songs to rate at ${url}; ratings go to ${options.out}. Ctrl+C stops.\n`);
    return { url, stop: () => app.close() };
  } finally {
    // Every list is made: the page needs no catalogue.
    await engine.close();
  }
}

function portTaken(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  return new ConfigurationError(`Port ${port} can't be used.`, {
    id: 'judge.port',
    hint: 'Name another one with --port, or 0 to let the system choose.',
    underlying: error,
  });
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error) => {
    throw new UserError(`The songs in ${file} can't be read.`, {
      id: 'judge.songs-unreadable',
      hint: 'Name a text file with one song a line.',
      underlying: error,
    });
  });
}

function summaryText({ raters, songs, unknownSongs, systems, agreement }: Summary): string {
  const number = (value: number | null, digits = 2) => (value === null ? '–' : value.toFixed(digits));
  const width = Math.max(6, ...systems.map(({ system }) => system.length));
  const rows = systems.map(({ system, fitsOfFive, interval, songs: rated, ratings, dontKnow }) => {
    const range = interval ? `(95 % ${interval.map((end) => end.toFixed(2)).join('–')})` : '';
    return `  ${system.padEnd(width)}  ${number(fitsOfFive)} of 5 ${range}  ${rated} songs, ${ratings} ratings, ${Math.round(100 * dontKnow)} % don't know`;
  });
  const agreed =
    agreement.pairs === 0
      ? 'No pair was rated by two.'
      : `${agreement.pairs} pairs were rated by two or more: ${Math.round(100 * agreement.same!)} % the same, alpha ${number(agreement.alpha)}.`;
  return `${[
    `${raters} raters, ${songs} songs; ${unknownSongs} times a song was not known.`,
    ...rows,
    agreed,
  ].join('\n')}\n`;
}
