/** A message about one film. */
import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { FilmDetailAnswer } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { IdMaker } from '../custom-id.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { detailEmbeds } from './film.ts';
import { withinLimits } from './fit.ts';
import {
  button,
  type DiscordMessage,
  deleteButton,
  isAlone,
  linkButton,
  rowsOf,
  type View,
} from './message.ts';
import { posterPicture, profilePictureOf } from './posters.ts';

/** The details as a message may show them: what tells the asker's country only where nobody else reads. */
export function forView(answer: FilmDetailAnswer, view: View): FilmDetailAnswer {
  const { watch: _, ...shared } = answer;
  return isAlone(view) ? answer : shared;
}

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
  return [...votes, ...post, ...links].filter((one) => one !== null).slice(0, max('buttonsInRow'));
}

/** Saved, seen, not for me, and the country: the presser's own, so they stand only where nobody else reads. */
export const markButtons = (answer: FilmDetailAnswer, ids: IdMaker) => [
  ...answer.controls.filter(({ action }) => action === 'mark').map((control) => button(control, ids)),
  ...(answer.watch ? [button(answer.watch.country, ids, { emoji: '🌍' })] : []),
];

/** Opens these details in the presser's own answer, for all to see. */
function openButton(answer: FilmDetailAnswer, view: View, ids: IdMaker): APIButtonComponent | null {
  const id = view.into ? ids.into(answer.token, view.into) : null;
  if (id === null) return null;
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: id,
    label: label(wordsFor(view.locale).t('chat.openDetails'), max('buttonLabel')),
    emoji: { name: '📌' },
  };
}

export async function renderDetail(details: FilmDetailAnswer, view: View): Promise<DiscordMessage> {
  const answer = forView(details, view);
  const ids = new IdMaker(view.seal);
  const { t } = wordsFor(view.locale);
  const [poster, profile] = await Promise.all([
    posterPicture(answer, true),
    profilePictureOf(answer, view.locale),
  ]);
  const neighbours = answer.neighbours
    .slice(0, 4)
    .map((control) => button(control, ids, { mark: 'inside', emoji: '🎞️' }));
  const embeds = detailEmbeds(answer, poster.url, profile.url, view.locale);
  embeds.at(-1)!.footer = { text: label(t('answer.attributionShort'), max('embedFooter')) };
  return withinLimits({
    content: neighbours.length > 0 ? `-# ${escapedWithin(t('film.neighbours'), 100)} ⬇️` : '',
    embeds,
    components: [
      ...rowsOf(filmControls(answer, view, ids)),
      ...rowsOf([...markButtons(answer, ids), openButton(answer, view, ids), deleteButton(view, ids)]),
      ...rowsOf(neighbours),
    ],
    files: [poster, profile].flatMap(({ file }) => (file ? [file] : [])),
  });
}
