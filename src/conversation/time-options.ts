/** A time of day and its zone, as commands and forms take them. */
import { z } from 'zod';
import { reads } from './filters/index.ts';
import type { OptionSpec } from './options.ts';
import { readTime, readZone } from './ritual-times.ts';

const text = z.string().max(60, { error: 'sorry.unreadable' });

/** Minutes since midnight. */
export const TIME_OPTION = {
  name: 'at',
  kind: 'string',
  description: 'commands.movieRituals.option.at',
  label: 'commands.movieRituals.label.at',
  required: false,
  maxLength: 20,
  schema: reads(text, readTime, 'ritual.badTime'),
} as const satisfies OptionSpec<number>;

/** An IANA name. */
export const ZONE_OPTION = {
  name: 'zone',
  kind: 'string',
  description: 'commands.movieRituals.option.zone',
  label: 'commands.movieRituals.label.zone',
  required: false,
  maxLength: 60,
  schema: reads(text, readZone, 'ritual.badZone'),
} as const satisfies OptionSpec<string>;
