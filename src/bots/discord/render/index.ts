/** Any neutral answer as a Discord message. */
import type { Answer, FilmDetailAnswer, NoticeAnswer } from '../../../conversation/answer.ts';
import { pictureName, pictureOf } from '../../common/picture.ts';
import { label } from '../../common/text.ts';
import { asCards, cardsOf } from './cards.ts';
import { renderDetail } from './detail.ts';
import type { DiscordMessage, View } from './message.ts';
import { renderNight } from './night.ts';
import { renderNotice, renderQuestion } from './notice.ts';
import { profilePictureOf } from './posters.ts';
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
      if (answer.night) return renderNight(answer, answer.night, view);
      if (answer.profiles) return withProfiles(answer, renderNotice(answer, view), view);
      return withSharedPicture(answer, renderNotice(answer, view), view);
    case 'question':
      return renderQuestion(answer, view);
  }
}

/** What songs and films feel like, as a picture to share. */
async function withProfiles(
  { profiles }: NoticeAnswer,
  message: DiscordMessage,
  { locale }: View,
): Promise<DiscordMessage> {
  const [embed, ...others] = message.embeds;
  if (!profiles || !embed) return message;
  const { url, file } = await profilePictureOf({ profiles }, locale);
  const files = file ? [...message.files, file] : message.files;
  return { ...message, embeds: [{ ...embed, image: { url } }, ...others], files };
}

/** What is passed on comes with its picture. */
async function withSharedPicture(
  { shares }: NoticeAnswer,
  message: DiscordMessage,
  { locale }: View,
): Promise<DiscordMessage> {
  const [embed, ...others] = message.embeds;
  if (!shares || shares.films.length === 0 || !embed) return message;
  const name = pictureName(shares);
  const file = { name, attachment: await pictureOf(shares, locale), description: label(shares.heading, 200) };
  return {
    ...message,
    embeds: [{ ...embed, image: { url: `attachment://${name}` } }, ...others],
    files: [...message.files, file],
  };
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
