/** `music2movie match`: score and reasons of one pair. */
import type { Command } from 'commander';
import { UserError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';
import { openEngine } from './options.ts';
import { reasonText } from './reason-text.ts';
import { understand } from './recommend.ts';

interface Options {
  readonly catalogue?: string;
  readonly json?: boolean;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('match <song> <film>')
    .description('score and reasons of one song and one film')
    .option('--catalogue <dir>', 'the catalogue to ask')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nA film may be named by its title, "Title (1999)", or its TMDb id; a song by its name or Spotify track id.\nExit status 3 when the song or the film is not known.',
    )
    .action(async (songText: string, filmText: string, options: Options) => {
      const engine = await openEngine(io, options.catalogue);
      try {
        const song = engine.song(songText) ?? understand(engine, songText).song;
        if (!song) throw notKnown('song', songText);
        const film =
          (/^\d+$/.test(filmText) ? engine.film(Number(filmText)) : null) ?? engine.findFilms(filmText, 1)[0];
        if (!film) throw notKnown('film', filmText);
        const { score, similarity, reasons } = engine.match(song, film.id);
        if (options.json) {
          const pair = {
            song: { id: song.id, title: song.title, artists: song.artists },
            movie: { id: film.id, title: film.title, year: film.year },
          };
          io.out(`${JSON.stringify({ ...pair, score, similarity, reasons })}\n`);
          return;
        }
        io.out(`${song.title} · ${song.artists.join(', ')}\n${film.title} (${film.year ?? '?'})\n`);
        io.out(`Score ${score.toFixed(2)} (similarity ${similarity.toFixed(2)})\n`);
        for (const reason of reasons) io.out(`- ${reasonText(reason)}\n`);
      } finally {
        await engine.close();
      }
    });
}

function notKnown(what: string, name: string): UserError {
  return new UserError(`No ${what} named "${name}" is in the catalogue.`, {
    id: `match.${what}-unknown`,
    hint: 'Check the spelling, or give its id.',
    exitCode: 3,
  });
}
