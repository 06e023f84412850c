/** Every command, the main one first. */
import type { Answer } from '../src/conversation/answer.ts';
import type { AnswerContext } from '../src/conversation/context.ts';
import { withExamples } from '../src/conversation/examples.ts';
import type { RawValues } from '../src/conversation/filters/index.ts';
import { type MessageKey, namesOf } from '../src/i18n/index.ts';
import type { AnyCommand } from './command.ts';
import { runCommand } from './command.ts';
import { movieFor } from './movie-for.ts';
import { helpNotice, movieHelp } from './movie-help.ts';
import { movieList } from './movie-list.ts';
import { movieMood } from './movie-mood.ts';
import { movieNight } from './movie-night.ts';
import { movieNow } from './movie-now.ts';
import { moviePrivacy } from './movie-privacy.ts';
import { movieRituals } from './movie-rituals.ts';
import { movieSettings } from './movie-settings.ts';
import { movieStats } from './movie-stats.ts';
import { myMoviesCommand } from './my-movies.ts';
import { songFor } from './song-for.ts';
import { parseTextForm } from './text-form.ts';

export const COMMANDS: readonly AnyCommand[] = [
  movieFor,
  songFor,
  movieMood,
  movieList,
  movieNight,
  myMoviesCommand,
  movieNow,
  movieStats,
  movieRituals,
  movieHelp,
  moviePrivacy,
  movieSettings,
];

/** Every command by its name in code and by those that chats show, in every language. */
const BY_NAME: ReadonlyMap<string, AnyCommand> = new Map(
  COMMANDS.flatMap((command) => [
    ...namesOf(`chat.command.${command.name}` as MessageKey).map((name) => [name, command] as const),
    [command.name, command] as const,
  ]),
);

/** The command of a name in any language, with or without its slash. */
export function commandNamed(name: string): AnyCommand | undefined {
  return BY_NAME.get(name.replace(/^\//, '').normalize('NFC').toLowerCase());
}

/** What is known of a text besides its words. */
export interface TextOptions {
  /** The command that was chosen outside the text, as slash commands are. */
  readonly command?: AnyCommand;
  /** How the main command is called here, for the help. */
  readonly called?: string;
  /** Values from the fields of a form; what the text itself says beats them. */
  readonly fields?: RawValues;
}

/**
 * Answers what a person wrote, the same way in every chat, on the page and in the terminal: `/movie-for …`, a sibling
 * command, or just a song, with options as `name:value`. A text that does not parse gets the help.
 */
export async function askText(
  text: string,
  context: AnswerContext,
  { command: chosen, called, fields }: TextOptions = {},
): Promise<Answer> {
  const named = chosen ? null : /^\s*\/([\p{L}\p{M}-]+)(?:\s+([\s\S]*))?$/u.exec(text);
  const command = named ? commandNamed(named[1]!) : (chosen ?? movieFor);
  if (!command) return helpNotice(context, true, called);
  const rest = named ? (named[2] ?? '') : text;
  // The song “Help!” is still found as `help!`.
  if (command === movieFor && /^\s*help\s*$/i.test(rest)) return helpNotice(context, false, called);
  const form = parseTextForm(command, rest);
  if (!form.ok) return withExamples(helpNotice(context, form.problem !== 'empty', called), context);
  return runCommand(command, { ...fields, ...form.values }, context);
}

export { runCommand };
