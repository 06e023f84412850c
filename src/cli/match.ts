/** `music2movie match`: score and reasons of one pair. */
import type { Command } from 'commander';
import { resolveText } from '../conversation/ask.ts';
import { sayReasons } from '../conversation/reasons.ts';
import type { FoundFilm } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import { UserError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';
import { openSession } from './options.ts';
import { NO_SONG, printable, resolutionText, seedJson, seedOf, seedText } from './resolution.ts';

interface Options {
  readonly catalogue?: string;
  readonly json?: boolean;
}

export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  program
    .command('match <song> <film>')
    .description('score and reasons of one song and one film')
    .option('--catalogue <dir>', 'the catalogue to ask')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nA film may be named by its title, "Title (1999)", or its TMDb id; a song by its name, a link to music or a track id.\nExit status 3 when the song or the film is not known, or several songs may be meant.',
    )
    .action(async (songText: string, filmText: string, options: Options) => {
      const session = await openSession(io, options.catalogue);
      try {
        const engine = session.context.engine();
        const resolution = await resolveText(songText, session.context);
        const seed = seedOf(resolution);
        if (!seed) {
          io.err(resolutionText(resolution));
          exit(NO_SONG);
          return;
        }
        const film =
          (/^\d+$/.test(filmText) ? engine.film(Number(filmText)) : null) ?? engine.findFilms(filmText, 1)[0];
        if (!film) throw filmNotKnown(filmText, engine.searchFilms(filmText, 3));
        const { score, logit, reasons } = engine.match(seed, film.id);
        if (options.json) {
          const pair = {
            ...seedJson(resolution),
            movie: { id: film.id, title: film.title, year: film.year },
          };
          io.out(`${JSON.stringify({ ...pair, score, logit, reasons })}\n`);
          return;
        }
        io.out(`${seedText(resolution)}${printable(film.title)} (${film.year ?? '?'})\n`);
        io.out(`Score ${score.toFixed(2)}\n`);
        for (const sentence of sayReasons(reasons, wordsFor('en'))) io.out(`- ${sentence}\n`);
      } finally {
        await session.close();
      }
    });
}

function filmNotKnown(name: string, near: readonly FoundFilm[]): UserError {
  const names = near.map(({ film }) => `"${printable(film.title)} (${film.year ?? '?'})"`);
  return new UserError(`No film named "${name}" is in the catalogue.`, {
    id: 'match.film-unknown',
    hint: names.length > 0 ? `Did you mean ${names.join(', or ')}?` : 'Check the spelling, or give its id.',
    exitCode: NO_SONG,
  });
}
