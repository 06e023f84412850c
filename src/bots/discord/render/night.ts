/** A film night: who brought what, five films to vote for, the one chosen. */
import { type APIEmbed, ButtonStyle } from 'discord.js';
import type { NightBoard, NightFilm, NoticeAnswer } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { IdMaker } from '../custom-id.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { NEUTRAL_COLOUR } from './colour.ts';
import { cutMarkdown, withinLimits } from './fit.ts';
import { button, chooser, type DiscordMessage, linkButton, rowsOf, type View } from './message.ts';
import { withCommands } from './notice.ts';

function textOf(answer: NoticeAnswer, view: View): string {
  const lines = answer.lines.map((text) => withCommands(escapedWithin(text, 700), view));
  return cutMarkdown(lines.filter((text) => text !== '').join('\n'), max('embedDescription'));
}

/** The poster of the film chosen, or of the one ahead. */
function pictureOf(films: readonly NightFilm[]): Pick<APIEmbed, 'thumbnail' | 'image'> {
  const chosen = films.find((film) => film.chosen);
  const ahead = films.reduce<NightFilm | undefined>(
    (best, film) => (film.votes > (best?.votes ?? 0) ? film : best),
    undefined,
  );
  const url = (chosen ?? ahead ?? films[0])?.card.poster.url;
  if (!url) return {};
  return chosen ? { image: { url } } : { thumbnail: { url } };
}

/** Buttons of the votes, of the round, and one list of details. */
export function renderNight(answer: NoticeAnswer, night: NightBoard, view: View): DiscordMessage {
  const ids = new IdMaker(view.seal);
  const { t } = wordsFor(view.locale);
  const votes = answer.controls.filter(({ action }) => action === 'night-vote');
  const others = answer.controls.filter(({ action }) => action !== 'night-vote');
  const details = chooser(
    night.films.map(({ card }) => ({ ...card.details, label: card.title })),
    t('night.details'),
    ids,
  );
  return withinLimits({
    content: '',
    embeds: [
      {
        title: escapedWithin(answer.title, 200),
        description: textOf(answer, view),
        color: NEUTRAL_COLOUR,
        ...pictureOf(night.films),
      },
    ],
    components: [
      ...rowsOf(votes.map((control) => button(control, ids, { style: ButtonStyle.Primary }))),
      ...rowsOf([
        ...others.map((control) => button(control, ids)),
        ...(night.event ? [linkButton(night.event.label, night.event.url)] : []),
      ]),
      ...(details ? [details] : []),
    ],
    files: [],
  });
}
