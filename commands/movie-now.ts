/** `/movie-now`: films for what you play now, by your name at ListenBrainz. */
import { z } from 'zod';
import { reads } from '../src/conversation/filters/index.ts';
import { parseYesNo } from '../src/conversation/filters/values.ts';
import { LISTENING_NAME, listeningStep, moviesNow } from '../src/conversation/listening.ts';
import type { OptionSpec } from '../src/conversation/options.ts';
import { defineCommand } from './command.ts';

export const movieNow = defineCommand({
  name: 'movie-now',
  description: 'commands.movieNow.description',
  alwaysPrivate: true,
  slow: true,
  options: {
    name: LISTENING_NAME,
    forget: {
      name: 'forget',
      kind: 'boolean',
      description: 'commands.movieNow.option.forget',
      label: 'now.forget',
      required: false,
      schema: reads(z.union([z.boolean(), z.string().max(10)]), parseYesNo, 'sorry.yesNo'),
    } satisfies OptionSpec<boolean>,
  },
  run: ({ name, forget }, context) =>
    forget && !context.readOnly ? listeningStep('forget', context, '') : moviesNow(name ?? null, context),
});
