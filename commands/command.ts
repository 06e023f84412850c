/** What a command is. Commands know no platform: adapters translate the declaration and draw the answer. */
import type { Answer } from '../src/conversation/answer.ts';
import type { AnswerContext } from '../src/conversation/context.ts';
import { type RawValues, readOptions } from '../src/conversation/filters/index.ts';
import { answerSafely, problemsNotice } from '../src/conversation/notices.ts';
import type { OptionSpec } from '../src/conversation/options.ts';
import type { MessageKey } from '../src/i18n/index.ts';

/** Options by name; a command's required options come first, as Discord wants them. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What `run` gets: the options that were given, read by their schemas. */
export type OptionValues<O extends OptionSpecs> = {
  readonly [K in keyof O]: O[K] extends OptionSpec<infer T>
    ? O[K]['required'] extends true
      ? T
      : T | undefined
    : never;
};

export interface Command<O extends OptionSpecs = OptionSpecs> {
  /** Lower case, 1–32 characters of `a-z` and `-`. */
  readonly name: string;
  /** Message that describes it in at most 100 characters. */
  readonly description: MessageKey;
  readonly options: O;
  /** True when nobody but the asker should ever see the answer. */
  readonly alwaysPrivate: boolean;
  /** True when others take part: everybody there must see the answer. */
  readonly forAll?: boolean;
  /** Whether the answer may take longer than a platform waits: then the adapter defers first. */
  readonly slow: boolean;
  run(values: OptionValues<O>, context: AnswerContext): Promise<Answer>;
}

/** Ties the types of the options to those of `run`. */
export function defineCommand<const O extends OptionSpecs>(command: Command<O>): Command<O> {
  return command;
}

/** A command of any options, as adapters hold them. */
export type AnyCommand = Omit<Command, 'run'> & {
  // biome-ignore lint/suspicious/noExplicitAny: the values fit by construction, see runCommand
  run(values: any, context: AnswerContext): Promise<Answer>;
};

/**
 * Reads the raw values and runs the command. Whatever goes wrong becomes an answer.
 *
 * @param raw values by option name as the platform gives them: text, numbers, booleans; blank means absent
 */
export function runCommand(command: AnyCommand, raw: RawValues, context: AnswerContext): Promise<Answer> {
  return answerSafely(context, async () => {
    const { values, problems } = readOptions(command.options, raw);
    if (problems.length > 0) return problemsNotice(context, problems);
    return command.run(values, context);
  });
}
