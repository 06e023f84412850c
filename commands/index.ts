/** Every command, the main one first. */
import type { Answer } from '../src/conversation/answer.ts';
import type { AnswerContext } from '../src/conversation/context.ts';
import type { AnyCommand } from './command.ts';
import { runCommand } from './command.ts';
import { movieFor } from './movie-for.ts';
import { helpNotice, movieHelp } from './movie-help.ts';
import { moviePrivacy } from './movie-privacy.ts';
import { movieSettings } from './movie-settings.ts';
import { parseTextForm } from './text-form.ts';

export const COMMANDS: readonly AnyCommand[] = [movieFor, movieHelp, moviePrivacy, movieSettings];

/** The command of a name, with or without its slash. */
export function commandNamed(name: string): AnyCommand | undefined {
  const plain = name.replace(/^\//, '').toLowerCase();
  return COMMANDS.find((command) => command.name === plain);
}

/**
 * Runs a command from its text form; a text that doesn't parse gets the help.
 *
 * @param called how the person calls the command here, for the help
 */
export async function runText(
  command: AnyCommand,
  text: string,
  context: AnswerContext,
  called?: string,
): Promise<Answer> {
  const form = parseTextForm(command, text);
  if (!form.ok) return helpNotice(context, form.problem !== 'empty', called);
  return runCommand(command, form.values, context);
}

/** Answers a line of chat: `/movie-for …`, a sibling command, or just a song. */
export async function runLine(line: string, context: AnswerContext): Promise<Answer> {
  const match = /^\s*\/([a-z-]+)(?:\s+([\s\S]*))?$/i.exec(line);
  const command = match ? commandNamed(match[1]!) : movieFor;
  if (!command) return helpNotice(context, true);
  return runText(command, match ? (match[2] ?? '') : line, context);
}

export { runCommand };
