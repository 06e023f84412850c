/** `/movie-for`: name a song, get the five films that feel like it. */
import { z } from 'zod';
import { answerResolution, type QueryOptions, resolveText } from '../src/conversation/ask.ts';
import { songName } from '../src/conversation/cards.ts';
import type { AnswerContext } from '../src/conversation/context.ts';
import { FILTER_OPTIONS, filtersFrom, reads } from '../src/conversation/filters/index.ts';
import { parseYesNo } from '../src/conversation/filters/values.ts';
import { problemsNotice } from '../src/conversation/notices.ts';
import type { OptionSpec, Suggestion } from '../src/conversation/options.ts';
import { questionIn } from '../src/conversation/pasted-links.ts';
import { countAsked } from '../src/conversation/statistics.ts';
import { noteAsked } from '../src/conversation/taste.ts';
import { clean } from '../src/shared/text.ts';
import { defineCommand } from './command.ts';

/** Longest question that forms take, in characters: a song, its artist and a long link, several times over. */
const MAX_SONG_TEXT = 1000;
/** Longest question read: a list of songs, as much as a chat lets into one message. */
const MAX_LIST_TEXT = 4000;

/** Shortest text that is looked up while somebody types. */
const MIN_TYPED = 2;

async function suggestSongs(typed: string, context: AnswerContext): Promise<Suggestion[]> {
  const text = clean(typed, 200);
  if (text.length < MIN_TYPED || /https?:|spotify:/i.test(text)) return [];
  // The artist on a line of its own tells songs of one title apart.
  return context
    .engine()
    .findSongs(text, 8)
    .map(({ song }) => ({
      label: songName(song),
      value: `spotify:track:${song.id}`,
      detail: clean(song.artists.join(', '), 120),
    }));
}

const song = {
  name: 'song',
  kind: 'string',
  description: 'commands.movieFor.option.song',
  label: 'commands.movieFor.label.song',
  required: true,
  maxLength: MAX_SONG_TEXT,
  autocomplete: suggestSongs,
  schema: reads(
    z.string(),
    (text) => {
      const question = questionIn(text);
      return question === '' || question.length > MAX_LIST_TEXT ? null : question;
    },
    'sorry.emptySong',
  ),
} as const satisfies OptionSpec<string>;

const onlyForYou = {
  name: 'private',
  kind: 'boolean',
  description: 'commands.movieFor.option.private',
  label: 'commands.movieFor.label.private',
  required: false,
  schema: reads(z.union([z.boolean(), z.string().max(10)]), parseYesNo, 'sorry.yesNo'),
} as const satisfies OptionSpec<boolean>;

export const movieFor = defineCommand({
  name: 'movie-for',
  description: 'commands.movieFor.description',
  alwaysPrivate: false,
  slow: true,
  options: { song, ...FILTER_OPTIONS, private: onlyForYou },
  async run(values, context) {
    const read = filtersFrom(values, context);
    if (!read.ok) return problemsNotice(context, read.problems);
    const isPrivate = values.private === true || context.audience.private;
    const here: AnswerContext = { ...context, audience: { ...context.audience, private: isPrivate } };
    const options: QueryOptions = {
      filters: read.filters,
      mainstream: read.mainstream ?? 'balanced',
      page: 0,
    };
    const resolution = await resolveText(values.song, here);
    if (resolution.kind === 'song') {
      await noteAsked(resolution.song, here);
      // What somebody asks for themselves alone is nobody's business.
      if (values.private !== true) await countAsked(resolution.song, here);
    }
    return answerResolution(resolution, options, here, values.song);
  },
});
