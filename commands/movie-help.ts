/** `/movie-help`: what one can ask, with examples. */

import type { AnswerContext } from '../src/conversation/context.ts';
import { notice } from '../src/conversation/notices.ts';
import { type Words, wordsFor } from '../src/i18n/index.ts';
import { defineCommand } from './command.ts';
import { movieFor } from './movie-for.ts';
import { usage } from './text-form.ts';

/** The help's sentences. @param called how the main command is called here, such as `/movie-for` */
export function helpLines(words: Words, called = `/${movieFor.name}`): string[] {
  const { t } = words;
  const options = Object.keys(movieFor.options).filter((name) => name !== 'song');
  return [
    t('commands.movieHelp.usage', { command: called }),
    t('commands.movieHelp.example', { command: called }),
    t('commands.movieHelp.options', { options: words.list(options) }),
    t('commands.movieHelp.blend', { command: called }),
    usage(movieFor, called),
    t('commands.movieHelp.buttons'),
    t('commands.movieHelp.privacy'),
  ];
}

/** The help after a text that could not be read. */
export function helpNotice(context: AnswerContext, unclear = false, called?: string) {
  const words = wordsFor(context.locale);
  const lines = helpLines(words, called);
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
