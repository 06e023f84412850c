/** Where a song plays, said before the films, with its details in the same message. */
import { ComponentType } from 'discord.js';
import { expect, test } from 'vitest';
import { askText } from '../../../commands/index.ts';
import { renderPlain } from '../../../src/bots/discord/render/plain.ts';
import { renderRecommendations } from '../../../src/bots/discord/render/recommendations.ts';
import { handleAction } from '../../../src/conversation/actions.ts';
import type { FilmDetailAnswer, RecommendationsAnswer } from '../../../src/conversation/answer.ts';
import { FILMS, fakeEngine, SONGS } from '../../support/fake-engine.ts';
import { contextOf } from '../web/page.ts';

const VIEW = { ephemeral: true, locale: 'en' };
const film = FILMS.find(({ title }) => title === 'Clueless')!;

test('a marked line and a button that opens the film above the five', async () => {
  const context = contextOf(fakeEngine(FILMS, SONGS, [{ film, kind: 'needle drop' }]));
  const answer = (await askText('enter sandman', context)) as RecommendationsAnswer;
  expect(answer.films.map(({ id }) => id)).not.toContain(film.id);
  const message = await renderRecommendations(answer, VIEW);
  expect(message.content).toContain('🎬 You know it from Clueless \\(1995\\).');
  expect(message.embeds).toHaveLength(5);
  const button = (rows: typeof message.components) =>
    rows
      .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
      .find((one) => 'label' in one && one.label === 'Clueless (1995)');
  expect(button(message.components)).toMatchObject({ custom_id: answer.uses[0]!.details.token, style: 2 });

  const detail = (await handleAction(answer.uses[0]!.details.token, context)) as FilmDetailAnswer;
  const open = await renderRecommendations(answer, VIEW, detail);
  expect(open.embeds.map(({ title }) => title)[0]).toBe('Clueless (1995)');
  // The details, the picture below them, and the five.
  expect(open.embeds).toHaveLength(7);
  expect(button(open.components)).toMatchObject({ style: 1 });
  expect((await renderPlain(answer, VIEW, 'why')).content).toContain('🎬 You know it from Clueless');
});
