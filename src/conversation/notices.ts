/** Short answers: help, thanks and apologies. */

import { type MessageKey, wordsFor } from '../i18n/index.ts';
import { Music2MovieError } from '../shared/errors.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Control, NoticeAnswer } from './answer.ts';
import type { AnswerContext } from './context.ts';
import type { OptionProblem } from './filters/index.ts';

/** A notice from sentences that are already worded. */
export function notice(
  context: Pick<AnswerContext, 'audience'>,
  tone: NoticeAnswer['tone'],
  title: string,
  lines: readonly string[],
  controls: readonly Control[] = [],
): NoticeAnswer {
  return { kind: 'notice', private: context.audience.private, tone, title, lines, controls };
}

/** An apology of one sentence from the message catalogue. */
export function sorry(
  context: Pick<AnswerContext, 'audience' | 'locale'>,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): NoticeAnswer {
  const { t } = wordsFor(context.locale);
  return notice(context, 'sorry', t('sorry.title'), [t(key, params)]);
}

/** What was wrong with the values of a command or form, a sentence each. */
export function problemsNotice(context: AnswerContext, problems: readonly OptionProblem[]): NoticeAnswer {
  const { t } = wordsFor(context.locale);
  const nameOf = (option: string) => {
    const key = `chat.option.${option}` as MessageKey;
    const shown = t(key);
    return shown === key ? option : shown;
  };
  const lines = problems.map(({ option, value, problem }) =>
    t('sorry.value', { value: clean(value, 60), name: nameOf(option), problem: t(problem) }),
  );
  return notice(context, 'sorry', t('sorry.title'), lines);
}

/**
 * Runs something that answers; a failure becomes a sentence. Faults that are not the asker's are reported.
 *
 * Sentences of {@link Music2MovieError} may be shown to anyone by their contract; anything else may not.
 */
export async function answerSafely(
  context: AnswerContext,
  give: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const began = performance.now();
  const observed = (outcome: string, answer: Answer) => {
    context.observe?.(outcome, (performance.now() - began) / 1000);
    return answer;
  };
  try {
    const answer = await give();
    return observed(answer.kind === 'notice' ? answer.tone : answer.kind, answer);
  } catch (error) {
    const known = error instanceof Music2MovieError;
    if (!known || error.causeKind !== 'user') context.report?.(error);
    if (known && (error.causeKind === 'user' || error.causeKind === 'upstream')) {
      const { t } = wordsFor(context.locale);
      const outcome = error.causeKind === 'user' ? 'sorry' : 'upstream';
      return observed(outcome, notice(context, 'sorry', t('sorry.title'), [error.message]));
    }
    return observed('failed', sorry(context, 'sorry.broken'));
  }
}
