/** `/movie-stats`: what the server asks and loves, where its managers switched that on. */
import { z } from 'zod';
import type { OptionSpec } from '../src/conversation/options.ts';
import { statistics } from '../src/conversation/statistics.ts';
import { defineCommand } from './command.ts';

const STEPS = ['show', 'on', 'off'] as const;

export const movieStats = defineCommand({
  name: 'movie-stats',
  description: 'commands.movieStats.description',
  alwaysPrivate: false,
  slow: false,
  options: {
    action: {
      name: 'action',
      kind: 'string',
      description: 'commands.movieStats.option.action',
      label: 'commands.movieStats.label.action',
      required: false,
      choices: STEPS.map((step) => ({ label: `commands.movieStats.choice.${step}` as const, value: step })),
      schema: z.enum(STEPS, { error: 'sorry.unreadable' }),
    } satisfies OptionSpec<(typeof STEPS)[number]>,
  },
  run: ({ action }, context) => statistics(action ?? 'show', context),
});
