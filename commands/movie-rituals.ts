/** `/movie-rituals`: a daily song and a weekly recap for a channel, if its managers want them. */
import { z } from 'zod';
import { reads } from '../src/conversation/filters/index.ts';
import type { OptionSpec } from '../src/conversation/options.ts';
import { rituals } from '../src/conversation/ritual-settings.ts';
import { readDay, suggestDays, suggestZones } from '../src/conversation/ritual-times.ts';
import { TIME_OPTION, ZONE_OPTION } from '../src/conversation/time-options.ts';
import { defineCommand } from './command.ts';

const STEPS = ['show', 'daily', 'weekly', 'off'] as const;

export const movieRituals = defineCommand({
  name: 'movie-rituals',
  description: 'commands.movieRituals.description',
  alwaysPrivate: true,
  slow: false,
  options: {
    action: {
      name: 'action',
      kind: 'string',
      description: 'commands.movieRituals.option.action',
      label: 'commands.movieRituals.label.action',
      required: false,
      choices: STEPS.map((step) => ({ label: `commands.movieRituals.choice.${step}` as const, value: step })),
      schema: z.enum(STEPS, { error: 'sorry.unreadable' }),
    } satisfies OptionSpec<(typeof STEPS)[number]>,
    at: { ...TIME_OPTION, example: '18:30' } satisfies OptionSpec<number>,
    day: {
      name: 'day',
      kind: 'string',
      description: 'commands.movieRituals.option.day',
      label: 'commands.movieRituals.label.day',
      required: false,
      maxLength: 20,
      example: 'Friday',
      autocomplete: async (typed, { locale }) => suggestDays(typed, locale),
      schema: reads(z.string().max(60), readDay, 'ritual.badDay'),
    } satisfies OptionSpec<number>,
    zone: {
      ...ZONE_OPTION,
      example: 'Europe/Berlin',
      autocomplete: async (typed) => suggestZones(typed),
    } satisfies OptionSpec<string>,
  },
  run: ({ action = 'show', at, day, zone }, context) =>
    rituals(action === 'show' ? null : action === 'off' ? 'off' : { kind: action, at, day, zone }, context),
});
