/** The window in which a song or a film is found while its name is being typed. */
import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import type { AnyCommand } from '../../../../commands/command.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import type { Suggestion } from '../../../conversation/options.ts';
import { questionIn } from '../../../conversation/pasted-links.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { VIEWS } from '../constants.ts';
import { max } from '../limits.ts';
import { modal, paragraph, plain, readMetadata } from './kit.ts';

/** Names of the window's fields, and the one of their elements. */
export const ASK = { what: 'what', where: 'where', field: 'value' } as const;

const metadata = z.object({ command: z.string().max(40), from: z.string().max(100).nullable() });
/** The command that is asked, and under which key the place of the answer is kept; null where none is known yet. */
export type AskMetadata = z.infer<typeof metadata>;

export const readAsk = (text: string | undefined) => readMetadata(metadata, text);

/** The option that is suggested while it is typed; null for commands without one. */
export function typedOption(command: AnyCommand) {
  const [first] = Object.values(command.options);
  return first?.autocomplete ? first : null;
}

function whereBlock(locale: string): InputBlock {
  const { t } = wordsFor(locale);
  return {
    type: 'input',
    block_id: ASK.where,
    optional: true,
    label: plain(t('slack.ask.where'), max('inputLabel')),
    hint: plain(t('slack.ask.whereHint'), max('inputHint')),
    element: {
      type: 'conversations_select',
      action_id: ASK.field,
      default_to_current_conversation: true,
      // Slack gives an address for an answer there, also where the app is no member.
      response_url_enabled: true,
    },
  };
}

/** @throws Error for a command that suggests nothing */
export function askModal(command: AnyCommand, from: string | null, locale: string): ModalView {
  const { t } = wordsFor(locale);
  const option = typedOption(command);
  if (!option) throw new Error(`/${command.name} has nothing to suggest`);
  const kept: AskMetadata = { command: command.name, from };
  const submit = t(command.name === movieFor.name ? 'slack.openList' : 'songs.apply');
  const what: InputBlock = {
    type: 'input',
    block_id: ASK.what,
    label: plain(t(option.label), max('inputLabel')),
    element: {
      type: 'external_select',
      action_id: ASK.field,
      min_query_length: 2,
      placeholder: plain(t('slack.ask.placeholder'), max('placeholder')),
    },
  };
  const said = { title: t('page.title'), submit, close: t('slack.cancel') };
  const blocks = from === null ? [what, whereBlock(locale)] : [what];
  return modal(VIEWS.ask, said, blocks, JSON.stringify(kept));
}

/** What fits so far, and last the words as they were typed: they may name what is not in the catalogue. */
export function suggestionOptions(
  typed: string,
  found: readonly Suggestion[],
  locale: string,
): PlainTextOption[] {
  const { t } = wordsFor(locale);
  const asked = questionIn(label(typed, 500, ''));
  const asTyped = { label: t('slack.ask.asTyped', { text: label(asked, 40) }), value: asked };
  const all = [...found, ...(asked === '' ? [] : [asTyped])];
  return all
    .filter(({ value }, at) => all.findIndex((one) => one.value === value) === at)
    .filter(({ value }) => value !== '' && value.length <= max('optionValue'))
    .map(({ label: text, value }) => ({ text: plain(text, max('optionText')), value }));
}

/** What stands in the window until the answer is there. */
export function waitingModal(command: AnyCommand, locale: string): ModalView {
  const { t } = wordsFor(locale);
  const said = command.name === movieFor.name ? t('page.waiting') : `${t('songs.apply')} …`;
  return modal(VIEWS.films, { title: t('page.title'), close: t('page.close') }, [paragraph(said)]);
}
