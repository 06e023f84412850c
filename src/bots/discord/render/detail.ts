/** A message about one film. */
import type { APIButtonComponent } from 'discord.js';
import type { FilmDetailAnswer } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { IdMaker } from '../custom-id.ts';
import { escapedWithin } from '../escape.ts';
import { detailEmbed } from './film.ts';
import { withinLimits } from './fit.ts';
import { button, type DiscordMessage, linkButton, rowsOf, type View } from './message.ts';
import { posterPicture, profilePictureOf } from './posters.ts';

/** Fits, does not fit, share, and the film's pages elsewhere: one row. */
export function filmControls(answer: FilmDetailAnswer, view: View, ids: IdMaker): APIButtonComponent[] {
  const { t } = wordsFor(view.locale);
  const votes = answer.controls
    .filter(({ action }) => action === 'vote-up' || action === 'vote-down')
    .map((control) => button(control, ids));
  const post = view.ephemeral
    ? [
        button({ action: 'share', label: t('chat.post'), token: answer.token }, ids, {
          mark: 'post',
          emoji: '📣',
        }),
      ]
    : [];
  const links = answer.links.map((link) => linkButton(link.label, link.url));
  return [...votes, ...post, ...links].filter((one) => one !== null).slice(0, 5);
}

export async function renderDetail(answer: FilmDetailAnswer, view: View): Promise<DiscordMessage> {
  const ids = new IdMaker();
  const { t } = wordsFor(view.locale);
  const [poster, profile] = await Promise.all([posterPicture(answer), profilePictureOf(answer, view.locale)]);
  const neighbours = answer.neighbours
    .slice(0, 4)
    .map((control) => button(control, ids, { mark: 'inside', emoji: '🎞️' }));
  return withinLimits({
    content: neighbours.length > 0 ? `-# ${escapedWithin(t('film.neighbours'), 100)} ⬇️` : '',
    embeds: [detailEmbed(answer, poster.url, profile.url, view.locale)],
    components: [...rowsOf(filmControls(answer, view, ids)), ...rowsOf(neighbours)],
    files: [poster, profile].flatMap(({ file }) => (file ? [file] : [])),
  });
}
