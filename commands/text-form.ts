/** A command's text form: `hold on genre:horror year:1990-1999`. */
import type { RawValues } from '../src/conversation/filters/index.ts';
import type { OptionSpec } from '../src/conversation/options.ts';
import { type MessageKey, namesOf } from '../src/i18n/index.ts';
import type { AnyCommand } from './command.ts';

export type TextForm =
  | { readonly ok: true; readonly values: RawValues }
  /** `empty`: nothing but options, or nothing at all; `twice`: an option given two times; `no-value`. */
  | { readonly ok: false; readonly problem: 'empty' | 'twice' | 'no-value'; readonly option: string };

/** A command's options as far as they can be typed. */
const typed = (command: AnyCommand) => Object.values(command.options).filter(({ kind }) => kind !== 'file');

/** Longest text looked at; a message of a chat may be longer, a question or a list of songs is not. */
const MAX_TEXT = 4000;

/** Typographic quotes as phones write them. */
const QUOTES = /[“”„«»]/g;

/**
 * Splits a text into the command's first option and `name:value` pairs. A value with spaces stands in quotes.
 * Only the command's own names, in any language, and their aliases are options, so that “Re: Stacks” stays a title and a
 * pasted address stays whole.
 */
export function parseTextForm(command: AnyCommand, text: string): TextForm {
  const options = typed(command);
  const main = options[0];
  const named = new Map<string, OptionSpec>();
  for (const option of options.slice(1)) {
    const shown = namesOf(`chat.option.${option.name}` as MessageKey);
    for (const name of [...shown, option.name, ...(option.aliases ?? [])]) named.set(name, option);
  }
  const values: Record<string, string> = {};
  let problem: TextForm | null = null;
  const take = (whole: string, before: string, name: string, quoted?: string, bare?: string) => {
    const option = named.get(name.normalize('NFC').toLowerCase());
    if (!option) return whole;
    const value = (quoted ?? bare ?? '').trim();
    // A title may well hold `note:`, a name of an option in another language.
    if (value === '' && !isOwnName(option, name)) return whole;
    if (value === '') problem ??= { ok: false, problem: 'no-value', option: option.name };
    if (Object.hasOwn(values, option.name)) problem ??= { ok: false, problem: 'twice', option: option.name };
    values[option.name] = value;
    return before;
  };
  const rest = text
    .slice(0, MAX_TEXT)
    .replace(QUOTES, '"')
    .replace(/(^|\s)([\p{L}\p{M}]{1,20}(?:-[\p{L}\p{M}]{1,20})?):(?:"([^"]*)"|([^\s"]*))(?=\s|$)/gu, take);
  if (problem) return problem;
  if (main?.required) {
    // Lines stay: a list of songs has one each.
    const song = rest
      .replace(/[^\S\n\t]+/g, ' ')
      .replace(/\s*\n\s*/g, '\n')
      .trim();
    if (song === '') return { ok: false, problem: 'empty', option: main.name };
    values[main.name] = song;
  } else if (main && rest.trim() !== '') {
    values[main.name] = rest.trim();
  }
  return { ok: true, values };
}

const isOwnName = (option: OptionSpec, name: string) =>
  [option.name, ...(option.aliases ?? [])].includes(name.toLowerCase());

/** The text form of a command in one line, such as `/movie-for <song> [genre:…]`. */
export function usage(command: AnyCommand, called = `/${command.name}`): string {
  const parts = typed(command).map((option, at) => {
    if (at === 0) return option.required ? `<${option.name}>` : `[${option.name}]`;
    const example = option.example ?? option.choices?.map(({ value }) => value).join('|') ?? 'yes';
    return `[${option.name}:${example.includes(' ') ? `"${example}"` : example}]`;
  });
  return [called, ...parts].join(' ');
}
