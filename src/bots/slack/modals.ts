/** Modals: opened within the three seconds that a press gives. */
import type { ModalView } from '@slack/types';
import type { Answer, FilmDetailAnswer } from '../../conversation/answer.ts';
import type { Bot } from './bot.ts';
import { VIEWS } from './constants.ts';
import type { Asker } from './context.ts';
import { reasonOf } from './failures.ts';
import { detailModal } from './render/detail.ts';
import { filmsModal } from './render/films-modal.ts';
import { withoutPictures } from './render/kit.ts';
import { call } from './retry.ts';
import { settleFirst } from './settled.ts';

/** A view as it stands at Slack; the hash changes with every change of it. */
export interface Shown {
  readonly id: string;
  readonly hash: string | undefined;
}

/** Slack refuses a view for its blocks, a picture that it can't fetch among the causes. */
const REFUSED: ReadonlySet<string> = new Set(['invalid_arguments', 'invalid_blocks']);

/** How a modal comes up: by itself, on top of another, or in place of one. */
export type Opening =
  | { readonly kind: 'open' | 'push'; readonly trigger: string }
  | { readonly kind: 'update'; readonly shown: Shown };

async function present({ client }: Asker, opening: Opening, view: ModalView): Promise<Shown | null> {
  await settleFirst();
  const result = await (opening.kind === 'update'
    ? call(
        () =>
          client.views.update({
            view_id: opening.shown.id,
            view,
            ...(opening.shown.hash && { hash: opening.shown.hash }),
          }),
        true,
      )
    : call(() => client.views[opening.kind]({ trigger_id: opening.trigger, view })));
  const { id, hash } = result.view ?? {};
  return id ? { id, hash } : null;
}

/** Shows a view, without its pictures where Slack can't show them. @throws what Slack says otherwise */
export async function show(asker: Asker, opening: Opening, view: ModalView): Promise<Shown | null> {
  try {
    return await present(asker, opening, view);
  } catch (error) {
    if (!REFUSED.has(reasonOf(error))) throw error;
    return present(asker, opening, { ...view, blocks: withoutPictures(view.blocks as never) });
  }
}

/** Shows a film. @param noted sentences about a vote just taken */
export async function showDetail(
  bot: Bot,
  asker: Asker,
  opening: Opening,
  answer: FilmDetailAnswer,
  noted: readonly string[] = [],
): Promise<void> {
  await show(asker, opening, detailModal(answer, asker.locale, noted));
  bot.counters.count('view.shown');
}

/** Shows five films, or whatever else was answered, in a modal. @param film token of the film whose modal it stays */
export async function showFilms(
  bot: Bot,
  asker: Asker,
  opening: Opening,
  answer: Answer,
  film: string | null = null,
): Promise<void> {
  const modal = filmsModal(answer, asker.locale);
  const view = film === null ? modal : { ...modal, callback_id: VIEWS.details, private_metadata: film };
  await show(asker, opening, view);
  bot.counters.count('view.shown');
}
