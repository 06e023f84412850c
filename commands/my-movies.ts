/** `/my-movies`: songs that you love, films for your taste, and how far answers lean to it. */
import { NIGHT_SONG } from '../src/conversation/film-night-board.ts';
import { myMovies } from '../src/conversation/my-movies.ts';
import { defineCommand } from './command.ts';

export const myMoviesCommand = defineCommand({
  name: 'my-movies',
  description: 'commands.myMovies.description',
  alwaysPrivate: true,
  slow: false,
  options: { song: { ...NIGHT_SONG, description: 'commands.myMovies.option.song' } },
  run: ({ song = '' }, context) => myMovies(song, context),
});
