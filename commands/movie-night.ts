/** `/movie-night`: everyone adds a song, five films come for all of them, and a vote chooses one. */
import { openFilmNight } from '../src/conversation/film-night.ts';
import { NIGHT_SONG } from '../src/conversation/film-night-board.ts';
import { defineCommand } from './command.ts';

export const movieNight = defineCommand({
  name: 'movie-night',
  description: 'commands.movieNight.description',
  alwaysPrivate: false,
  forAll: true,
  slow: false,
  options: { song: NIGHT_SONG },
  run: ({ song }, context) => openFilmNight(context, song),
});
