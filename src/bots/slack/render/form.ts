/** A form as a modal, and what was filled in. */
import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import type { Form } from '../../../conversation/answer.ts';
import type { AnswerContext } from '../../../conversation/context.ts';
import type { OptionProblem, RawValues } from '../../../conversation/filters/index.ts';
import { MAX_SUGGESTIONS, type Suggestion } from '../../../conversation/options.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { cut, label, line } from '../../common/text.ts';
import { VIEWS } from '../constants.ts';
import { max } from '../limits.ts';
import { modal, plain, readMetadata } from './kit.ts';

/** The one `action_id` of every field: the `block_id` names the option. */
const FIELD = 'value';

type Field = Form['fields'][number];

function choice({ label, value }: Suggestion): PlainTextOption {
  return { text: plain(label, max('optionText')), value };
}

/** The field as a list, where all that can be chosen is known and fits; null where people have to type. */
async function listElement(field: Field, context: AnswerContext): Promise<InputBlock['element'] | null> {
  const { option, value } = field;
  const { t } = wordsFor(context.locale);
  const known = option.choices
    ? option.choices.map((one) => ({ label: t(one.label), value: one.value }))
    : ((await option.autocomplete?.('', context)) ?? []);
  // A list as long as the longest may go on.
  const whole = known.length > 0 && known.length < MAX_SUGGESTIONS;
  if (!whole || known.some((one) => one.value === '' || one.value.length > max('optionValue'))) return null;
  const wanted = value === '' ? [] : value.split(',').map((part) => part.trim());
  const chosen = wanted.map((part) => known.find((one) => one.value === part));
  if (chosen.includes(undefined)) return null;
  const options = known.map(choice);
  const initial = (chosen as Suggestion[]).map(choice);
  const placeholder = plain(wordsFor(context.locale).t('slack.anyChoice'), max('placeholder'));
  if (option.choices) {
    const one = initial[0];
    return {
      type: 'static_select',
      action_id: FIELD,
      options,
      placeholder,
      ...(one && { initial_option: one }),
    };
  }
  return {
    type: 'multi_static_select',
    action_id: FIELD,
    options,
    placeholder,
    ...(initial.length > 0 && { initial_options: initial }),
  };
}

function typedElement({ option, value }: Field): InputBlock['element'] {
  if (option.kind === 'number' || option.kind === 'integer') {
    return {
      type: 'number_input',
      action_id: FIELD,
      is_decimal_allowed: option.kind === 'number',
      ...(option.min !== undefined && { min_value: String(option.min) }),
      ...(option.max !== undefined && { max_value: String(option.max) }),
      ...(value !== '' && { initial_value: value }),
    };
  }
  const longest = Math.min(option.maxLength ?? max('inputInitial'), max('inputInitial'));
  const typed = cut(line(value), longest);
  return {
    type: 'plain_text_input',
    action_id: FIELD,
    max_length: longest,
    ...(option.example && { placeholder: plain(option.example, max('placeholder')) }),
    ...(typed !== '' && { initial_value: typed }),
  };
}

async function inputBlock(field: Field, context: AnswerContext): Promise<InputBlock> {
  const { option } = field;
  const { t } = wordsFor(context.locale);
  const list = await listElement(field, context);
  const example = list || !option.example ? null : t('slack.example', { example: option.example });
  return {
    type: 'input',
    block_id: option.name,
    optional: !option.required,
    label: plain(t(option.label), max('inputLabel')),
    element: list ?? typedElement(field),
    ...(example && { hint: plain(example, max('inputHint')) }),
  };
}

const metadata = z.object({ token: z.string().max(200), from: z.string().max(100) });
/** What a form remembers: the token that its values go to, and under which key the answer's place is kept. */
export type FormMetadata = z.infer<typeof metadata>;

/** @param from names the place of the answer that the form narrows */
export async function formModal(form: Form, from: string, context: AnswerContext): Promise<ModalView> {
  const { t } = wordsFor(context.locale);
  const kept: FormMetadata = { token: form.token, from };
  const said = { title: t('control.filters'), submit: form.submit, close: t('slack.cancel') };
  const blocks = await Promise.all(form.fields.map((field) => inputBlock(field, context)));
  return modal(VIEWS.filters, said, blocks, JSON.stringify(kept));
}

export const readForm = (text: string | undefined) => readMetadata(metadata, text);

const entered = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});

/** What was filled in, by option name; several choices joined as they would be typed. */
export function readValues(state: unknown): RawValues {
  const values: Record<string, string> = {};
  const blocks = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(state).data ?? {};
  for (const [name, fields] of Object.entries(blocks)) {
    const field = entered.safeParse(fields[FIELD]).data;
    if (!field) continue;
    const chosen = field.selected_options?.map((option) => option.value).join(', ');
    values[name] = chosen ?? field.selected_option?.value ?? field.value ?? '';
  }
  return values;
}

/** What is wrong with the values, under the fields where it was typed. */
export function fieldErrors(problems: readonly OptionProblem[], locale: string): Record<string, string> {
  const { t } = wordsFor(locale);
  return Object.fromEntries(problems.map(({ option, problem }) => [option, label(t(problem), 300)]));
}
