/** `music2movie song`: which song a text or a link means, and how that is known. */
import type { Command } from 'commander';
import { resolveText } from '../conversation/ask.ts';
import type { CliIo } from './io.ts';
import { openSession } from './options.ts';
import { NO_SONG, resolutionJson, resolutionText } from './resolution.ts';

interface SongOptions {
  readonly catalogue?: string;
  readonly artist?: string;
  readonly json?: boolean;
}

export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  program
    .command('song')
    .description('say which song a text or a link to music means')
    .argument('<text>', 'title, artist, both, or a link to music')
    .option('--artist <name>', 'only songs by this artist')
    .option('--catalogue <dir>', 'folder of the catalogue (default: MUSIC2MOVIE_CATALOGUE or data/catalogue)')
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', '\nExit status 3 when no song is known; a question with candidates ends with 0.')
    .action(async (text: string, { catalogue, artist, json }: SongOptions) => {
      const session = await openSession(io, catalogue);
      try {
        const resolution = await resolveText(text, session.context, artist === undefined ? {} : { artist });
        io.out(
          json ? `${JSON.stringify(resolutionJson(resolution), null, 2)}\n` : resolutionText(resolution),
        );
        exit(resolution.kind === 'sorry' ? NO_SONG : 0);
      } finally {
        await session.close();
      }
    });
}
