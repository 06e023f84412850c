/** `/movie-privacy`: shows, exports and forgets what is kept about the asker, and hides them. */
import { z } from 'zod';
import type { OptionSpec } from '../src/conversation/options.ts';
import { privacy } from '../src/conversation/privacy.ts';
import { defineCommand } from './command.ts';

const STEPS = ['show', 'export', 'forget', 'hide', 'unhide'] as const;

export const moviePrivacy = defineCommand({
  name: 'movie-privacy',
  description: 'commands.moviePrivacy.description',
  alwaysPrivate: true,
  slow: false,
  options: {
    action: {
      name: 'action',
      kind: 'string',
      description: 'commands.moviePrivacy.option.action',
      label: 'commands.moviePrivacy.label.action',
      required: false,
      choices: STEPS.map((step) => ({ label: `commands.moviePrivacy.choice.${step}` as const, value: step })),
      schema: z.enum(STEPS, { error: 'sorry.unreadable' }),
    } satisfies OptionSpec<(typeof STEPS)[number]>,
  },
  run: ({ action }, context) => privacy(action ?? 'show', context),
});
