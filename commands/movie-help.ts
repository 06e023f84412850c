/** `/movie-help`: what one can ask, with examples. */

import type { AnswerContext } from '../src/conversation/context.ts';
import { notice } from '../src/conversation/notices.ts';
import { type MessageKey, type Words, wordsFor } from '../src/i18n/index.ts';
import { defineCommand } from './command.ts';
import { movieFor } from './movie-for.ts';
import { usage } from './text-form.ts';

/** Values of the example: a song, and two options. */
const EXAMPLE = { song: 'hold on', years: '1990-1999' };

/** `genre: Horror`, options as a chat shows them beside each other. */
function fields(values: Readonly<Record<string, string>>, words: Words): string {
  const shown = Object.entries(values).map(
    ([option, value]) => `${words.t(`chat.option.${option}` as MessageKey)}: ${value}`,
  );
  return shown.join(', ');
}

/** What one does where options stand in fields of their own. */
function linesOfFields(words: Words, called: string, names: readonly string[]): string[] {
  const { t } = words;
  const horror = words.name('genre', 'Horror');
  return [
    t('commands.movieHelp.usage', { command: called }),
    t('commands.movieHelp.exampleFields', {
      command: called,
      fields: fields({ song: EXAMPLE.song, genre: horror, years: EXAMPLE.years }, words),
    }),
    t('commands.movieHelp.options', {
      options: words.list(names.map((name) => t(`chat.option.${name}` as MessageKey))),
    }),
    t('commands.movieHelp.blendFields', { fields: fields({ song: `${EXAMPLE.song} + blue monday` }, words) }),
  ];
}

/**
 * The help's sentences.
 *
 * @param called how the main command is called here, such as `/movie-for`
 * @param here how options are given here, and details opened
 */
export function helpLines(
  words: Words,
  called = `/${movieFor.name}`,
  { options = 'typed', details = 'numbers' }: Pick<AnswerContext, 'options' | 'details'> = {},
): string[] {
  const { t } = words;
  const names = Object.keys(movieFor.options).filter((name) => name !== 'song');
  const how =
    options === 'fields'
      ? linesOfFields(words, called, names)
      : [
          t('commands.movieHelp.usage', { command: called }),
          t('commands.movieHelp.example', { command: called }),
          t('commands.movieHelp.options', { options: words.list(names) }),
          t('commands.movieHelp.blend', { command: called }),
          usage(movieFor, called),
        ];
  // Where answers have room for a short attribution alone, the whole stands here.
  const whole = options === 'fields' ? [t('answer.attribution')] : [];
  const open = t(details === 'list' ? 'commands.movieHelp.list' : 'commands.movieHelp.buttons');
  return [...how, open, t('commands.movieHelp.privacy'), ...whole];
}

/** The help after a text that could not be read. */
export function helpNotice(context: AnswerContext, unclear = false, called?: string) {
  const words = wordsFor(context.locale);
  const lines = helpLines(words, called, context);
  const first = unclear ? [words.t('commands.movieHelp.unclear')] : [];
  return notice(context, unclear ? 'sorry' : 'info', words.t('commands.movieHelp.title'), [
    ...first,
    ...lines,
  ]);
}

export const movieHelp = defineCommand({
  name: 'movie-help',
  description: 'commands.movieHelp.description',
  alwaysPrivate: true,
  slow: false,
  options: {},
  run: async (_, context) => helpNotice(context),
});
