/** A preview under a pasted link: five titles in a few lines, and a button that shows them whole. */
import type { KnownBlock } from '@slack/types';
import type { RecommendationsAnswer } from '../../../conversation/answer.ts';
import { useLines } from '../../../conversation/plain-text.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { escaped, escapedWithin } from '../escape.ts';
import { aside, Buttons, mrkdwn, rows, section } from './kit.ts';

export function unfurlBlocks(answer: RecommendationsAnswer, locale: string): KnownBlock[] {
  const films = answer.films.map((film) => {
    const year = film.year ? ` (${escaped(film.year)})` : '';
    return `${film.position}.  ${escapedWithin(film.title, 300)}${year}  ·  ${escaped(film.scoreText)}`;
  });
  const uses = useLines(answer.uses).map((line) => `🎬 ${escapedWithin(line, 300)}`);
  return [
    section(mrkdwn([`*${escapedWithin(answer.heading, 300)}*`, ...uses, ...films].join('\n'))),
    ...rows([new Buttons().make('open', wordsFor(locale).t('slack.openList'), answer.token)]),
    aside(answer.attribution),
  ];
}
