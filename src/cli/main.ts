import { Command, CommanderError } from 'commander';
import { Music2MovieError } from '../shared/errors.ts';
import { VERSION } from '../version.ts';
import { type CliIo, processIo } from './io.ts';

/** Adds one subcommand to the program. @param exit sets the exit status; without it the status is 0 */
export type Register = (program: Command, io: CliIo, exit: (code: number) => void) => void;

interface Subcommand {
  readonly name: string;
  readonly summary: string;
  /** Goes on when nobody reads what it says. */
  readonly serves?: true;
  readonly load: () => Promise<{ register: Register }>;
}

/** Every subcommand; only the one named is loaded, so that a look at `--help` needs no native library. */
const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: 'start',
    summary: 'the local page, and every bot that has its token',
    serves: true,
    load: () => import('./start.ts'),
  },
  { name: 'chat', summary: 'the same conversation in the terminal', load: () => import('./chat.ts') },
  { name: 'recommend', summary: 'five films for a song', load: () => import('./recommend.ts') },
  { name: 'match', summary: 'score and reasons of one song and one film', load: () => import('./match.ts') },
  {
    name: 'mcp',
    summary: 'a Model Context Protocol server, for assistants',
    load: () => import('./mcp.ts'),
  },
  { name: 'song', summary: 'what a text or link is understood as', load: () => import('./song.ts') },
  { name: 'feel', summary: 'what a song or a film feels like', load: () => import('./feel.ts') },
  {
    name: 'doctor',
    summary: 'what is configured, what is missing, how to fix it',
    load: () => import('./doctor.ts'),
  },
  {
    name: 'state',
    summary: 'back up, restore, check, prune what is kept',
    load: () => import('./state.ts'),
  },
  { name: 'stats', summary: 'votes and what is kept, in numbers', load: () => import('./stats.ts') },
  { name: 'data', summary: 'download the data sets', load: () => import('./data.ts') },
  { name: 'index', summary: 'build a catalogue from the data sets', load: () => import('./index.ts') },
  {
    name: 'catalogue',
    summary: 'list the builds of the catalogue, or go back to one',
    load: () => import('./catalogue.ts'),
  },
  {
    name: 'jobs',
    summary: 'queue builds of the catalogue, and do them',
    serves: true,
    load: () => import('./jobs.ts'),
  },
  { name: 'fit', summary: 'learn the song–film space from soundtrack pairs', load: () => import('./fit.ts') },
  {
    name: 'evaluate',
    summary: 'measure the answers beside simpler methods',
    load: () => import('./evaluate.ts'),
  },
  {
    name: 'judge',
    summary: 'let friends rate lists blindly',
    serves: true,
    load: () => import('./judge.ts'),
  },
  { name: 'explore', summary: 'draw what the data say, as one page', load: () => import('./explore.ts') },
];

/**
 * Runs the command line.
 *
 * @param argv the arguments behind the program's name
 * @returns the exit status: 0 done, 1 a bug, 2 wrong usage or settings, 3 song unknown, 4 catalogue missing
 *   or damaged, 5 an upstream service failed
 */
export async function main(argv: readonly string[], given?: CliIo): Promise<number> {
  const named = argv.find((argument) => !argument.startsWith('-'));
  const io = given ?? processIo(SUBCOMMANDS.some(({ name, serves }) => name === named && serves));
  let code = 0;
  const program = new Command('music2movie')
    .description('Name a song you love, get the five films that feel like it.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  for (const { name, summary, load } of SUBCOMMANDS) {
    // `help index` names its command second: then everything is loaded.
    if (name !== named && named !== 'help') {
      program.command(name).description(summary);
      continue;
    }
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
  // The shell that the program was started from says so in one sentence (bin/music2movie.js).
  if (['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException | null)?.code ?? '')) throw error;
  io.err(
    `Something went wrong that should not have: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  if (io.env.MUSIC2MOVIE_DEBUG && error instanceof Error) io.err(`${error.stack}\n`);
  return 1;
}
