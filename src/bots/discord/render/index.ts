/** Any neutral answer as a Discord message. */
import type { Answer } from '../../../conversation/answer.ts';
import { renderDetail } from './detail.ts';
import type { DiscordMessage, View } from './message.ts';
import { renderNotice, renderQuestion } from './notice.ts';
import { renderRecommendations } from './recommendations.ts';

export type { DiscordMessage, View } from './message.ts';

export async function render(answer: Answer, view: View): Promise<DiscordMessage> {
  switch (answer.kind) {
    case 'recommendations':
      return renderRecommendations(answer, view);
    case 'filmDetail':
      return renderDetail(answer, view);
    case 'notice':
      return renderNotice(answer, view);
    case 'question':
      return renderQuestion(answer, view);
  }
}
