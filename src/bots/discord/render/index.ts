/** Any neutral answer as a Discord message. */
import type { Answer, FilmDetailAnswer } from '../../../conversation/answer.ts';
import { asCards, cardsOf } from './cards.ts';
import { renderDetail } from './detail.ts';
import type { DiscordMessage, View } from './message.ts';
import { renderNotice, renderQuestion } from './notice.ts';
import { renderRecommendations } from './recommendations.ts';

export type { DiscordMessage, View } from './message.ts';

async function withEmbeds(
  answer: Answer,
  view: View,
  open: FilmDetailAnswer | null,
): Promise<DiscordMessage> {
  switch (answer.kind) {
    case 'recommendations':
      return renderRecommendations(answer, view, open);
    case 'filmDetail':
      return renderDetail(answer, view);
    case 'notice':
      return renderNotice(answer, view);
    case 'question':
      return renderQuestion(answer, view);
  }
}

/** @param open details to show within the five films */
export async function render(
  answer: Answer,
  view: View,
  open: FilmDetailAnswer | null = null,
): Promise<DiscordMessage> {
  if (view.look !== 'cards') return withEmbeds(answer, view, open);
  if (answer.kind === 'recommendations') return cardsOf(answer, view, open);
  return asCards(await withEmbeds(answer, view, open));
}
