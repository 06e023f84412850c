/** Options that several subcommands share. */
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { pino } from 'pino';
import { openRuntime, type Runtime } from '../bots/common/runtime.ts';
import { type Config, loadConfig, loadEnvFile } from '../config.ts';
import { parseGenres, parseLanguages, parseRuntime, parseYears } from '../conversation/filters/values.ts';
import { Engine } from '../engine/engine.ts';
import type { Filters } from '../engine/types.ts';
import { ensureStarterCatalogue, STARTER } from '../indexer/starter.ts';
import { WRITABLE_DIR } from '../shared/places.ts';
import type { CliIo } from './io.ts';

/** Where `music2movie data` keeps what it downloads. */
export const DOWNLOADS = join(WRITABLE_DIR, 'downloads');
/** The image network's file there. */
export const POSTER_MODEL_FILE = 'mobilenetv2.onnx';
export const POSTER_MODEL = join(DOWNLOADS, POSTER_MODEL_FILE);

/** A number option in a range. */
export function numberBetween(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < low || value > high) {
      throw new InvalidArgumentError(`Give a number from ${low} to ${high}.`);
    }
    return value;
  };
}

/** A whole-number option in a range. */
export function wholeBetween(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = numberBetween(low, high)(text);
    if (!Number.isInteger(value))
      throw new InvalidArgumentError(`Give a whole number from ${low} to ${high}.`);
    return value;
  };
}

/** `A..B`, `A..`, `..B` or one number as a range. */
export function rangeBetween(low: number, high: number): (text: string) => [number, number] {
  return (text) => {
    const parts = /^\s*(\d*)\s*\.\.\s*(\d*)\s*$/.exec(text);
    const single = /^\s*(\d+)\s*$/.exec(text);
    if ((!parts && !single) || (parts && parts[1] === '' && parts[2] === '')) {
      throw new InvalidArgumentError('Write it as A..B, for example 1990..1999.');
    }
    const from = Number(single?.[1] ?? (parts![1] || low));
    const to = Number(single?.[1] ?? (parts![2] || high));
    if (from > to || from < low || to > high) {
      throw new InvalidArgumentError(`Give the smaller number first, both from ${low} to ${high}.`);
    }
    return [from, to];
  };
}

const collect = (value: string, list: string[] = []) => [...list, value];

/** What `addFilterOptions` yields. */
export interface FilterOptions {
  readonly genre?: string[];
  readonly notGenre?: string[];
  readonly year?: [number, number];
  readonly years?: [number, number];
  readonly runtime?: [number, number];
  readonly minRating?: number;
  readonly minVotes?: number;
  readonly language?: string[];
  readonly unfit?: boolean;
  readonly mainstream?: number;
}

/** A range as the chats take it, too. */
const years = (text: string) => parseYears(text) ?? rangeBetween(1800, 2100)(text);
const runtime = (text: string) => parseRuntime(text) ?? rangeBetween(0, 1000)(text);

/** Genres as the chats take them: in any of our languages, several with commas; others as they stand. */
const genresOf = (names: readonly string[]) => names.flatMap((name) => parseGenres(name) ?? [name]);

/** Codes of languages that were named; others as they stand. */
const languagesOf = (names: readonly string[], known: readonly string[]) =>
  names.flatMap((name) => parseLanguages(name, known, 'en') ?? [name]);

export function addFilterOptions(command: Command): Command {
  return command
    .option('--genre <name>', 'a film genre to have (repeat for several: any of them)', collect)
    .option('--not-genre <name>', 'a film genre to leave out (repeatable)', collect)
    .option('--year <A..B>', 'release years: 1990..1999, 1990-1999, 1990s, >2000', years)
    .addOption(new Option('--years <A..B>').argParser(years).hideHelp())
    .option('--runtime <A..B>', 'minutes: 90..120, 90-120, <100', runtime)
    .option('--min-rating <R>', 'mean vote, 0 to 10', numberBetween(0, 10))
    .option(
      '--min-votes <N>',
      'number of votes (default: the floor that the catalogue was built with)',
      wholeBetween(0, 10_000_000),
    )
    .option('--language <xx>', 'original language: French, or its code fr (repeatable)', collect)
    .option('--unfit', 'let films flagged as unfit for a chat through')
    .option('--mainstream <0..1>', '0 hidden gems, 0.5 the default, 1 well known', numberBetween(0, 1));
}

/** @param languages codes of the catalogue's languages */
export function toFilters(options: FilterOptions, languages: readonly string[]): Filters {
  const range = options.year ?? options.years;
  return {
    ...(options.genre && { genres: genresOf(options.genre) }),
    ...(options.notGenre && { notGenres: genresOf(options.notGenre) }),
    ...(range && { years: range }),
    ...(options.runtime && { runtime: options.runtime }),
    ...(options.minRating !== undefined && { minRating: options.minRating }),
    ...(options.minVotes !== undefined && { minVotes: options.minVotes }),
    ...(options.language && { languages: languagesOf(options.language, languages) }),
    ...(options.unfit && { unfit: true }),
  };
}

/**
 * The settings, with the catalogue that a command names. The default catalogue is built from the starter sources where
 * it is missing, so that a first command works in a fresh clone; a folder named by hand is never made up.
 */
async function settings(io: CliIo, option: string | undefined): Promise<Config> {
  if (io.env === process.env) loadEnvFile();
  const config = loadConfig(io.env);
  const catalogueDir = option ?? config.catalogueDir;
  if (!option && catalogueDir === STARTER.out && (await ensureStarterCatalogue(catalogueDir))) {
    io.err('Built the starter catalogue; data/README.md tells how to build the full one.\n');
  }
  return { ...config, catalogueDir };
}

/**
 * Opens the catalogue alone.
 * @throws CatalogueError when it is missing or damaged
 */
export async function openEngine(io: CliIo, option: string | undefined): Promise<Engine> {
  return Engine.open((await settings(io, option)).catalogueDir);
}

/**
 * Opens the catalogue with the look-ups that the chats have. What goes wrong with those is part of the answer, so
 * nothing is logged.
 * @throws CatalogueError when it is missing or damaged
 */
export async function openSession(io: CliIo, option: string | undefined): Promise<Runtime> {
  return openRuntime(await settings(io, option), pino({ level: 'silent' }));
}
