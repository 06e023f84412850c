/** `/movie-rituals`: a daily song and a weekly recap for a channel, if its managers want them. */
import { z } from 'zod';
import { reads } from '../src/conversation/filters/index.ts';
import type { OptionSpec } from '../src/conversation/options.ts';
import { rituals } from '../src/conversation/ritual-settings.ts';
import { readDay, readTime, readZone, suggestDays, suggestZones } from '../src/conversation/ritual-times.ts';
import { defineCommand } from './command.ts';

const STEPS = ['show', 'daily', 'weekly', 'off'] as const;
const text = z.string().max(60);

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
    at: {
      name: 'at',
      kind: 'string',
      description: 'commands.movieRituals.option.at',
      label: 'commands.movieRituals.label.at',
      required: false,
      maxLength: 20,
      example: '18:30',
      schema: reads(text, readTime, 'ritual.badTime'),
    } satisfies OptionSpec<number>,
    day: {
      name: 'day',
      kind: 'string',
      description: 'commands.movieRituals.option.day',
      label: 'commands.movieRituals.label.day',
      required: false,
      maxLength: 20,
      example: 'Friday',
      autocomplete: async (typed, { locale }) => suggestDays(typed, locale),
      schema: reads(text, readDay, 'ritual.badDay'),
    } satisfies OptionSpec<number>,
    zone: {
      name: 'zone',
      kind: 'string',
      description: 'commands.movieRituals.option.zone',
      label: 'commands.movieRituals.label.zone',
      required: false,
      maxLength: 60,
      example: 'Europe/Berlin',
      autocomplete: async (typed) => suggestZones(typed),
      schema: reads(text, readZone, 'ritual.badZone'),
    } satisfies OptionSpec<string>,
  },
  run: ({ action = 'show', at, day, zone }, context) =>
    rituals(action === 'show' ? null : action === 'off' ? 'off' : { kind: action, at, day, zone }, context),
});
