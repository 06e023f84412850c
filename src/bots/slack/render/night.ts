/** A film night: who brought what, five films to vote for, the one chosen. */
import type { KnownBlock } from '@slack/types';
import type { NightBoard, NightFilm, NoticeAnswer } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { max } from '../limits.ts';
import { aside, Buttons, header, paragraph, pictureBlock, plain, rows, section } from './kit.ts';
import { ownerBlockId, type View } from './view.ts';

/** The line of a film, with the button that votes for it beside. */
function filmBlock(film: NightFilm, line: string, buttons: Buttons): KnownBlock {
  const { vote } = film;
  if (!vote) return paragraph(line);
  return section(plain(line, max('sectionText')), buttons.control(vote));
}

export function nightBlocks(answer: NoticeAnswer, night: NightBoard, view: View): KnownBlock[] {
  const { t } = wordsFor(view.locale);
  const buttons = new Buttons();
  const first = night.lead.length;
  const filmLines = answer.lines.slice(first, first + night.films.length);
  const rest = answer.lines.slice(first + night.films.length);
  const poster = night.films.find((film) => film.chosen)?.card.poster;
  const details = night.films.map(({ card }) => ({ label: card.title, token: card.details.token }));
  const pressable = [
    ...answer.controls
      .filter(({ action }) => action !== 'night-vote')
      .map((control) => buttons.control(control)),
    ...(details.length > 0 ? [buttons.select(t('night.details'), details)] : []),
    ...(view.seenBy === 'alone' ? [buttons.dismiss(view.locale)] : []),
  ];
  return [
    header(answer.title),
    ...night.lead.map(paragraph),
    ...night.films.map((film, at) => filmBlock(film, filmLines[at] ?? film.card.title, buttons)),
    ...(poster?.url ? [pictureBlock(poster.url, poster.alt)] : []),
    ...(night.films.length > 0 ? rest.map(aside) : rest.slice(0, 20).map(paragraph)),
    ...rows(pressable, ownerBlockId(view)),
  ];
}
