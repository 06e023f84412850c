/** Five films in a modal: a recent answer opened from the Home tab, or a preview opened from under a link. */
import type { ModalView } from '@slack/types';
import type { Answer } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { VIEWS } from '../constants.ts';
import { drawMessage } from './index.ts';
import { modal } from './kit.ts';

export function filmsModal(answer: Answer, locale: string): ModalView {
  const { t } = wordsFor(locale);
  const { blocks } = drawMessage(answer, { locale, seenBy: 'modal', owner: null, layout: 'list' });
  const title = t(answer.kind === 'recommendations' ? 'slack.filmsTitle' : 'page.title');
  return modal(VIEWS.films, { title, close: t('page.close') }, blocks);
}
