/** An answer without embeds, for channels where the bot may not embed: all words, no pictures. */
import type { Answer } from '../../../conversation/answer.ts';
import { escapedWithin } from '../escape.ts';
import { forView, renderDetail } from './detail.ts';
import { numberEmoji, scoreLine } from './film.ts';
import { cutMarkdown, withinLimits } from './fit.ts';
import type { DiscordMessage, View } from './message.ts';
import { renderNight } from './night.ts';
import { renderNotice, renderQuestion, withCommands } from './notice.ts';
import { heading, recommendationRows } from './recommendations.ts';

/** @param why one sentence that says what is missing; already escaped */
export async function renderPlain(answer: Answer, view: View, why: string): Promise<DiscordMessage> {
  const closing = (lines: readonly string[]) =>
    [...lines, `-# ${why}`].filter((line) => line !== '').join('\n');
  switch (answer.kind) {
    case 'recommendations': {
      const films = answer.films.map(
        (film) =>
          `${numberEmoji(film.position)} ${escapedWithin(film.title, 120)} ${escapedWithin(film.year, 8)} · ${scoreLine(film, view.locale)}`,
      );
      return withinLimits({
        content: closing([cutMarkdown(heading(answer, view), 700), ...films]),
        embeds: [],
        components: recommendationRows(answer, view),
        files: [],
      });
    }
    case 'filmDetail': {
      const { components } = await renderDetail(answer, view);
      const lines = [
        `**${escapedWithin(answer.title, 200)}** ${escapedWithin(answer.year, 8)}`,
        `${scoreLine(answer, view.locale)} · ${escapedWithin(answer.genres.join(', '), 120)}`,
        escapedWithin(answer.overview, 900),
        ...(forView(answer, view).watch?.lines ?? []).map((line) => escapedWithin(line, 120)),
        ...answer.reasons.slice(0, 3).map((reason) => `- ${escapedWithin(reason, 120)}`),
      ];
      return withinLimits({ content: closing(lines), embeds: [], components, files: [] });
    }
    case 'notice': {
      const { components, files } = answer.night
        ? renderNight(answer, answer.night, view)
        : renderNotice(answer, view);
      const lines = answer.lines.slice(0, 10).map((text) => withCommands(escapedWithin(text, 150), view));
      return withinLimits({
        content: [`**${escapedWithin(answer.title, 150)}**`, ...lines].join('\n'),
        embeds: [],
        components,
        files,
      });
    }
    case 'question':
      return renderQuestion(answer, view);
  }
}
