/** The filters as options of a command and fields of a form, and how they read back. */
import { z } from 'zod';
import type { Filters } from '../../engine/types.ts';
import { type MessageKey, type Words, wordsFor } from '../../i18n/index.ts';
import { FILM_GENRES } from '../../shared/film-genres.ts';
import type { AnswerContext } from '../context.ts';
import type { OptionSpec, Suggestion } from '../options.ts';
import { MAINSTREAM_LEVELS, type Mainstream } from '../query.ts';
import {
  FIRST_YEAR,
  LAST_YEAR,
  MAX_RUNTIME,
  parseGenres,
  parseLanguages,
  parseMainstream,
  parseRating,
  parseRuntime,
  parseYears,
} from './values.ts';

/** A schema out of a reading that gives null for what it does not understand. */
export function reads<In, Out>(input: z.ZodType<In>, read: (value: In) => Out | null, problem: MessageKey) {
  return input.transform((value, context): Out => {
    const result = read(value);
    if (result !== null) return result;
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });
}

const text = z.string().max(200);

async function suggestGenres(typed: string, context: AnswerContext): Promise<Suggestion[]> {
  const words = wordsFor(context.locale);
  // Genres typed before the last comma stay.
  const cut = typed.lastIndexOf(',') + 1;
  const kept = typed.slice(0, cut).slice(0, 70);
  const begun = typed.slice(cut).trim().toLowerCase();
  return FILM_GENRES.filter((genre) => {
    const label = words.name('genre', genre).toLowerCase();
    return label.startsWith(begun) || genre.toLowerCase().startsWith(begun);
  }).map((genre) => ({
    label: `${kept} ${words.name('genre', genre)}`.trim(),
    value: `${kept} ${genre}`.trim(),
  }));
}

async function suggestLanguages(typed: string, context: AnswerContext): Promise<Suggestion[]> {
  const words = wordsFor(context.locale);
  const begun = typed.trim().toLowerCase();
  return context
    .engine()
    .facets.languages.map((code) => ({ label: words.languageName(code), value: code }))
    .filter(({ label, value }) => label.toLowerCase().startsWith(begun) || value === begun)
    .slice(0, 25);
}

/** The filters that a person may set; also the fields of an answer's filter form. */
export const FILTER_OPTIONS = {
  genre: {
    name: 'genre',
    kind: 'string',
    description: 'commands.movieFor.option.genre',
    label: 'commands.movieFor.label.genre',
    aliases: ['genres'],
    required: false,
    maxLength: 200,
    example: 'horror, comedy',
    autocomplete: suggestGenres,
    schema: reads(text, parseGenres, 'sorry.genre'),
  },
  'not-genre': {
    name: 'not-genre',
    kind: 'string',
    description: 'commands.movieFor.option.not-genre',
    label: 'commands.movieFor.label.not-genre',
    aliases: ['notgenre', 'no-genre', 'not'],
    required: false,
    maxLength: 200,
    example: 'romance',
    autocomplete: suggestGenres,
    schema: reads(text, parseGenres, 'sorry.genre'),
  },
  years: {
    name: 'years',
    kind: 'string',
    description: 'commands.movieFor.option.years',
    label: 'commands.movieFor.label.years',
    aliases: ['year'],
    required: false,
    maxLength: 20,
    example: '1990-1999',
    schema: reads(text, parseYears, 'sorry.years'),
  },
  runtime: {
    name: 'runtime',
    kind: 'string',
    description: 'commands.movieFor.option.runtime',
    label: 'commands.movieFor.label.runtime',
    aliases: ['length', 'minutes'],
    required: false,
    maxLength: 20,
    example: '90-120',
    schema: reads(text, parseRuntime, 'sorry.runtime'),
  },
  rating: {
    name: 'rating',
    kind: 'number',
    description: 'commands.movieFor.option.rating',
    label: 'commands.movieFor.label.rating',
    required: false,
    min: 0,
    max: 10,
    example: '7',
    schema: reads(z.union([z.number(), text]), parseRating, 'sorry.rating'),
  },
  language: {
    name: 'language',
    kind: 'string',
    description: 'commands.movieFor.option.language',
    label: 'commands.movieFor.label.language',
    aliases: ['lang', 'languages'],
    required: false,
    maxLength: 100,
    example: 'French',
    autocomplete: suggestLanguages,
    // Which languages there are depends on the catalogue: `readFilters` looks them up.
    schema: text,
  },
  mainstream: {
    name: 'mainstream',
    kind: 'string',
    description: 'commands.movieFor.option.mainstream',
    label: 'commands.movieFor.label.mainstream',
    aliases: ['gems'],
    required: false,
    choices: MAINSTREAM_LEVELS.map((value) => ({ label: `mainstream.${value}` as const, value })),
    schema: reads(text, parseMainstream, 'sorry.mainstream'),
  },
} as const satisfies Record<string, OptionSpec>;

/** Raw values by option name, as a platform hands them over. */
export type RawValues = Readonly<Record<string, unknown>>;

/** A value that could not be read. */
export interface OptionProblem {
  readonly option: string;
  readonly value: string;
  readonly problem: MessageKey;
}

export type ReadFilters =
  | { readonly ok: true; readonly filters: Filters; readonly mainstream: Mainstream | null }
  | { readonly ok: false; readonly problems: readonly OptionProblem[] };

/** The options' values once their schemas have read them. */
export interface FilterValues {
  readonly genre?: string[] | undefined;
  readonly 'not-genre'?: string[] | undefined;
  readonly years?: [number, number] | undefined;
  readonly runtime?: [number, number] | undefined;
  readonly rating?: number | undefined;
  /** Codes or names as typed: which there are depends on the catalogue. */
  readonly language?: string | undefined;
  readonly mainstream?: Mainstream | undefined;
}

/** Filters from read values; a rating of 0 does not filter. */
export function filtersFrom(values: FilterValues, context: AnswerContext): ReadFilters {
  const { genre, years, runtime, rating, language } = values;
  const notGenre = values['not-genre'];
  const codes = context.engine().facets.languages;
  const languages = language === undefined ? undefined : parseLanguages(language, codes, context.locale);
  if (languages === null) {
    return { ok: false, problems: [{ option: 'language', value: language!, problem: 'sorry.language' }] };
  }
  const filters: Filters = {
    ...(genre && { genres: genre }),
    ...(notGenre && { notGenres: notGenre }),
    ...(years && { years }),
    ...(runtime && { runtime }),
    ...(rating ? { minRating: rating } : {}),
    ...(languages && { languages }),
  };
  return { ok: true, filters, mainstream: values.mainstream ?? null };
}

/** Whether a raw value counts as not given. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/**
 * Reads raw values by their options' schemas. Blank optional values are absent; names that are no option
 * are passed over.
 */
export function readOptions(
  options: Readonly<Record<string, OptionSpec>>,
  raw: RawValues,
): { values: Record<string, unknown>; problems: OptionProblem[] } {
  const values: Record<string, unknown> = {};
  const problems: OptionProblem[] = [];
  for (const option of Object.values(options)) {
    const value = Object.hasOwn(raw, option.name) ? raw[option.name] : undefined;
    if (isBlank(value) && !option.required) continue;
    const result = option.schema.safeParse(isBlank(value) ? '' : value);
    if (result.success) {
      values[option.name] = result.data;
      continue;
    }
    const message = result.error.issues[0]?.message ?? '';
    // A schema's own checks (too long, wrong type) come without a message of the catalogue.
    const isOurs = /^[a-z]+(?:\.[a-z]+)+$/i.test(message);
    const problem = isOurs ? (message as MessageKey) : 'sorry.unreadable';
    problems.push({ option: option.name, value: String(value ?? ''), problem });
  }
  return { values, problems };
}

/** Reads the raw values of a filter form. */
export function readFilters(raw: RawValues, context: AnswerContext): ReadFilters {
  const { values, problems } = readOptions(FILTER_OPTIONS, raw);
  return problems.length > 0 ? { ok: false, problems } : filtersFrom(values as FilterValues, context);
}

/** A filter in force as people read it (`shown`) and as its option would be typed (`typed`). */
export interface FilterText {
  readonly option: keyof typeof FILTER_OPTIONS;
  readonly field: keyof Filters;
  readonly name: string;
  readonly shown: string;
  readonly typed: string;
}

/** A range in words; an end at the limit is no end. */
function rangeText(
  range: readonly [number, number],
  limits: readonly [number, number],
  words: Words,
): string {
  const [from, to] = range;
  if (from === to) return String(from);
  if (from <= limits[0]) return words.t('filter.upTo', { value: to });
  if (to >= limits[1]) return words.t('filter.atLeast', { value: from });
  return words.t('filter.range', { from, to });
}

/** The filters in force, in the options' order. */
export function filterTexts(filters: Filters, words: Words): FilterText[] {
  const { t } = words;
  const texts: FilterText[] = [];
  const add = (
    option: FilterText['option'],
    field: keyof Filters,
    name: MessageKey,
    shown: string,
    typed: string,
  ) => texts.push({ option, field, name: t(name), shown, typed });
  const { genres, notGenres, years, runtime, minRating, languages } = filters;
  const genreNames = (list: readonly string[]) => list.map((g) => words.name('genre', g)).join(', ');
  if (genres) add('genre', 'genres', 'filter.genre', genreNames(genres), genres.join(', '));
  if (notGenres) {
    add('not-genre', 'notGenres', 'filter.notGenre', genreNames(notGenres), notGenres.join(', '));
  }
  if (years) {
    const shown = rangeText(years, [FIRST_YEAR, LAST_YEAR], words);
    add('years', 'years', 'filter.years', shown, years.join('-'));
  }
  if (runtime) {
    const value = rangeText(runtime, [0, MAX_RUNTIME], words);
    add('runtime', 'runtime', 'filter.runtime', t('filter.minutes', { value }), runtime.join('-'));
  }
  if (minRating !== undefined) {
    const value = words.number(minRating);
    add('rating', 'minRating', 'filter.rating', t('filter.atLeast', { value }), String(minRating));
  }
  if (languages) {
    const shown = languages.map((code) => words.languageName(code)).join(', ');
    add('language', 'languages', 'filter.language', shown, languages.join(', '));
  }
  return texts;
}
