import { Command, CommanderError } from 'commander';
import { Music2MovieError } from '../engine/errors.ts';
import { VERSION } from '../version.ts';
import { type CliIo, processIo } from './io.ts';

/** Adds one subcommand to the program. A handler sets `process.exitCode`-like results through its return value. */
export type Register = (program: Command, io: CliIo, exit: (code: number) => void) => void;

/** Every subcommand, loaded only when named: a look at `--help` needs no native library. */
const SUBCOMMANDS: readonly (() => Promise<{ register: Register }>)[] = [
  () => import('./recommend.ts'),
  () => import('./match.ts'),
  () => import('./index.ts'),
  () => import('./fit.ts'),
  () => import('./evaluate.ts'),
];

/**
 * Runs the command line.
 *
 * @param argv the arguments behind the program's name
 * @returns the exit status: 0 done, 1 a bug, 2 wrong usage or settings, 3 song unknown, 4 catalogue missing
 *   or damaged, 5 an upstream service failed
 */
export async function main(argv: readonly string[], io: CliIo = processIo()): Promise<number> {
  let code = 0;
  const program = new Command('music2movie')
    .description('Name a song you love, get the five films that feel like it.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  for (const load of SUBCOMMANDS) {
    const { register } = await load();
    register(program, io, (status) => {
      code = status;
    });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    return report(error, io);
  }
  return code;
}

/** Turns any failure into one sentence and an exit status. */
function report(error: unknown, io: CliIo): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Music2MovieError) {
    io.err(`${error.message}\n${error.hint ? `${error.hint}\n` : ''}`);
    return error.exitCode;
  }
  io.err(
    `Something went wrong that should not have: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  if (io.env.MUSIC2MOVIE_DEBUG && error instanceof Error) io.err(`${error.stack}\n`);
  return 1;
}
