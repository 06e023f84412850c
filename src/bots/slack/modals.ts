/** Modals: opened within the three seconds that a press gives, completed with pictures afterwards. */
import type { ModalView } from '@slack/types';
import type { Answer, FilmDetailAnswer } from '../../conversation/answer.ts';
import { withRetries } from '../../shared/retry.ts';
import type { Bot } from './bot.ts';
import type { Asker } from './context.ts';
import { noteFailure, reasonOf } from './failures.ts';
import { picturesFor } from './pictures.ts';
import { type DetailPictures, detailModal } from './render/detail.ts';
import { filmsModal } from './render/films-modal.ts';
import { withoutPictures } from './render/kit.ts';
import { call } from './retry.ts';

/** A view as it stands at Slack; the hash changes with every change of it. */
export interface Shown {
  readonly id: string;
  readonly hash: string | undefined;
}

/** Pauses before a fresh upload is tried in a view again: Slack takes a moment to make pictures of files. */
const FRESH_FILE_PAUSES_MS = [700, 1500, 3000];

/** Slack refuses a view for its blocks, a picture that it can't fetch among the causes. */
const REFUSED: ReadonlySet<string> = new Set(['invalid_arguments', 'invalid_blocks']);

/** How a modal comes up: by itself, on top of another, or in place of one. */
export type Opening =
  | { readonly kind: 'open' | 'push'; readonly trigger: string }
  | { readonly kind: 'update'; readonly shown: Shown };

async function present({ client }: Asker, opening: Opening, view: ModalView): Promise<Shown | null> {
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

/** Puts the pictures into a modal that stands; what changed meanwhile is left alone. */
async function complete(
  asker: Asker,
  shown: Shown,
  answer: FilmDetailAnswer,
  pictures: DetailPictures,
  noted: readonly string[],
): Promise<void> {
  const view = detailModal(answer, asker.locale, pictures, noted);
  try {
    await withRetries(() => present(asker, { kind: 'update', shown }, view), {
      attempts: FRESH_FILE_PAUSES_MS.length + 1,
      pause: (error, failed) => (REFUSED.has(reasonOf(error)) ? FRESH_FILE_PAUSES_MS[failed - 1]! : null),
    });
  } catch (error) {
    const reason = reasonOf(error);
    if (reason !== 'hash_conflict' && reason !== 'not_found') throw error;
  }
}

/** Shows a film, first at once with bars of text, then with the pictures where they can be uploaded. */
export async function showDetail(
  bot: Bot,
  asker: Asker,
  opening: Opening,
  answer: FilmDetailAnswer,
  noted: readonly string[] = [],
): Promise<void> {
  const shown = await show(asker, opening, detailModal(answer, asker.locale, null, noted));
  bot.counters.count('view.shown');
  if (!shown) return;
  const pictures = await picturesFor(bot, asker, answer);
  if (!pictures) return;
  try {
    await complete(asker, shown, answer, pictures, noted);
  } catch (error) {
    noteFailure(bot, 'view.pictures', error);
  }
}

/** Shows five films, or whatever else was answered, in a modal. */
export async function showFilms(bot: Bot, asker: Asker, opening: Opening, answer: Answer): Promise<void> {
  await show(asker, opening, filmsModal(answer, asker.locale));
  bot.counters.count('view.shown');
}
