/** `/movie-mood`: pick feelings, or write them, and get films and songs that feel so. */
import { z } from 'zod';
import { reads } from '../src/conversation/filters/index.ts';
import { readMood } from '../src/conversation/moods.ts';
import type { OptionSpec } from '../src/conversation/options.ts';
import { moodQuestion } from '../src/conversation/songs.ts';
import { clean } from '../src/shared/text.ts';
import { defineCommand } from './command.ts';

const feel = {
  name: 'feel',
  kind: 'string',
  description: 'commands.movieMood.option.feel',
  label: 'commands.movieMood.label.feel',
  required: false,
  maxLength: 200,
  example: 'lonely neon night',
  schema: reads(z.string(), (text) => clean(text, 200) || null, 'sorry.unreadable'),
} as const satisfies OptionSpec<string>;

export const movieMood = defineCommand({
  name: 'movie-mood',
  description: 'commands.movieMood.description',
  alwaysPrivate: false,
  slow: false,
  options: { feel },
  async run({ feel: text = '' }, context) {
    const { terms, worlds } = context.engine().feelings;
    const { feel: names, unknown } = readMood(text);
    const known = names.filter((name) => terms.includes(name) || worlds.includes(name));
    return moodQuestion(known, context, unknown);
  },
});
