/** The message catalogue: every text by key, in the language asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstance, type i18n } from 'i18next';
import { countryCode } from './countries.ts';
import type en from './locales/en.json';

/** Dotted paths to the texts of a catalogue; a plural's `_one`/`_other` fold into one key. */
type Paths<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${Singular<K>}` : Paths<T[K], `${Prefix}${K}.`>;
}[keyof T & string];
type Singular<K extends string> =
  K extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Base : K;

/** A key of the catalogue. */
export type MessageKey = Paths<typeof en>;

/** What is filled into a text, by name: arrays as lists in words. `count` chooses the plural form. */
type Params = Readonly<Record<string, string | number | readonly string[]>>;

/** A text as data: its key and what to fill in, unescaped. */
export interface Message {
  readonly key: MessageKey;
  readonly params: Params;
}

const LOCALES = new URL('./locales/', import.meta.url);

/** Texts of every language that the product speaks, by base language: each is one file. */
export const LANGUAGES: Readonly<Record<string, typeof en>> = Object.fromEntries(
  readdirSync(LOCALES)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [path.parse(file).name, JSON.parse(readFileSync(new URL(file, LOCALES), 'utf8'))]),
);

/** What stands in for a text or a language that there is none of. */
const FALLBACK = 'en';

/** Every text of a catalogue by its whole key. */
export function flatten(messages: object, prefix = ''): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(messages)) {
    if (typeof value === 'string') flat[prefix + name] = value;
    else Object.assign(flat, flatten(value as object, `${prefix}${name}.`));
  }
  return flat;
}

/** Groups of names: film genres; feelings that both *are* and those that both *tell of*; worlds, and what shares one. */
export type NameGroup = 'genre' | 'feeling' | 'theme' | 'world' | 'sameWorld';

/** Texts in one language, with its numbers, lists and names. */
export interface Words {
  /** The locale for `Intl`. */
  readonly locale: string;
  /** Language of the texts: a key of {@link LANGUAGES}. */
  readonly language: string;
  /** @returns the text with `params` filled in, unescaped; every adapter escapes on its way out */
  t(key: MessageKey, params?: Params): string;
  /** The name under a group of names, or `fallback` when the catalogue has none. */
  name(group: NameGroup, label: string): string;
  /** Whether a group has a name for the label. */
  hasName(group: NameGroup, label: string): boolean;
  /** `a, b and c` */
  list(items: readonly string[]): string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  /** An ISO date in words, such as `14 March 1999`. */
  date(iso: string): string;
  /** The name of an ISO 639-1 language; the code where it has none. */
  languageName(code: string): string;
  /** A country that TMDb names in English; the name itself where no other is known. */
  countryName(name: string): string;
  /** The name of an ISO 3166-1 country (two capitals); the code where it has none. */
  regionName(code: string): string;
}

let shared: i18n | undefined;

function i18next(): i18n {
  if (shared) return shared;
  shared = createInstance();
  void shared.init({
    initAsync: false,
    lng: FALLBACK,
    fallbackLng: FALLBACK,
    keySeparator: false,
    nsSeparator: false,
    resources: Object.fromEntries(
      Object.entries(LANGUAGES).map(([language, texts]) => [language, { translation: flatten(texts) }]),
    ),
  });
  return shared;
}

function resource(language: string, key: string): string | undefined {
  const text: unknown = i18next().getResource(language, 'translation', key);
  return typeof text === 'string' ? text : undefined;
}

/** A text in one language, before anything is filled in, in the plural form that i18next's rules give for `count`. */
function textOf(language: string, key: string, count: unknown): string | undefined {
  const text = resource(language, key);
  if (text !== undefined || typeof count !== 'number') return text;
  const form = i18next().services.pluralResolver.getSuffix(language, count) as string;
  // A language may leave out forms that differ from the general one in no text of ours.
  return resource(language, key + form) ?? resource(language, `${key}_other`);
}

/**
 * Fills in what stands in double braces. i18next's own `t` takes 24 µs where this takes half of one, and an answer
 * has fifty texts: together they would cost as much as finding the films.
 */
function fill(text: string, params: Params, lists: Intl.ListFormat): string {
  return text.replace(/\{\{(\w+)\}\}/g, (blank, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name]! : blank;
    return typeof value === 'object' ? lists.format(value) : String(value);
  });
}

/** A text in every language, each once: for names that people type in whichever they know. */
export function namesOf(key: MessageKey): string[] {
  const names = Object.keys(LANGUAGES).map((language) => resource(language, key));
  return [...new Set(names.filter((name) => name !== undefined))];
}

const known = new Map<string, Words>();

/** Words for a BCP 47 tag; a malformed tag or an unknown language gives English. */
export function wordsFor(tag: string): Words {
  const ready = known.get(tag);
  if (ready) return ready;
  const words = makeWords(tag);
  // Tags come from strangers: only well-known ones are kept, so that the map stays small.
  if (known.size < 200) known.set(tag, words);
  return words;
}

function makeWords(tag: string): Words {
  let locale = FALLBACK;
  try {
    locale = Intl.getCanonicalLocales(tag)[0] ?? FALLBACK;
  } catch {
    // A malformed tag: English.
  }
  let language = locale.split('-')[0]!;
  if (!Object.hasOwn(LANGUAGES, language)) {
    language = FALLBACK;
    locale = FALLBACK;
  }
  const plain = new Map<MessageKey, string>();
  const formats = new Map<string, Intl.NumberFormat>();
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const namesOf = (group: NameGroup) => LANGUAGES[language]![group] as Readonly<Record<string, string>>;
  return {
    locale,
    language,
    t: (key, params) => {
      const text =
        plain.get(key) ?? textOf(language, key, params?.count) ?? textOf(FALLBACK, key, params?.count) ?? key;
      if (params?.count === undefined) plain.set(key, text);
      return params ? fill(text, params, lists) : text;
    },
    name: (group, label) => (Object.hasOwn(namesOf(group), label) ? namesOf(group)[label]! : label),
    hasName: (group, label) => Object.hasOwn(namesOf(group), label),
    // Intl joins Korean by `및`, which belongs in forms and laws.
    list: (items) => (language === 'ko' ? items.join(', ') : lists.format(items)),
    number: (value, options) => {
      const name = JSON.stringify(options) ?? '';
      const format = formats.get(name) ?? new Intl.NumberFormat(locale, options);
      formats.set(name, format);
      return format.format(value);
    },
    date: (iso) => {
      const date = new Date(`${iso}T00:00:00Z`);
      if (Number.isNaN(date.getTime())) return iso;
      return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
    },
    countryName: (name) => {
      const code = language === FALLBACK ? null : countryCode(name);
      return (code && regions.of(code)) ?? name;
    },
    regionName: (code) => regions.of(code) ?? code,
    languageName: (code) => {
      // TMDb writes `cn` for Cantonese and `xx` for no language; ISO knows neither.
      try {
        return languages.of(code === 'cn' ? 'yue' : code) ?? code;
      } catch {
        return code;
      }
    },
  };
}
