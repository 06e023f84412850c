/** Where to watch, as each surface draws it: for the asker's eyes alone, with the credit, and with a way to another country. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { render } from '../../src/bots/discord/render/index.ts';
import { renderQuestion } from '../../src/bots/discord/render/notice.ts';
import { detailModal } from '../../src/bots/slack/render/detail.ts';
import { filmsModal } from '../../src/bots/slack/render/films-modal.ts';
import { loadConfig } from '../../src/config.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type {
  FilmDetailAnswer,
  QuestionAnswer,
  RecommendationsAnswer,
} from '../../src/conversation/answer.ts';
import type { AnswerContext } from '../../src/conversation/context.ts';
import { createWatching, type Watching } from '../../src/lookup/tmdb/watching.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { json, type StandIn, startStandIn } from '../support/stand-in.ts';
import { TMDB_KEY, tmdbProviders, tmdbVideos } from '../support/tmdb.ts';
import { contextOf, startPage } from './web/page.ts';

const CREDIT = 'Where to watch: JustWatch, by way of TMDB.';
const engine = fakeEngine();
let tmdb: StandIn;
let watching: Watching;
let context: AnswerContext;
let list: RecommendationsAnswer;
let detail: FilmDetailAnswer;
let question: QuestionAnswer;
beforeAll(async () => {
  tmdb = await startStandIn();
  const state = openMemoryState();
  watching = createWatching(loadConfig({ TMDB_API_KEY: TMDB_KEY, TMDB_API_URL: tmdb.url }), state)!;
  context = contextOf(engine, { state, watching });
  list = (await askText('hold on adele', context)) as RecommendationsAnswer;
  const [film] = list.films;
  tmdb.routes.set(`/3/movie/${film!.id}/watch/providers`, json(tmdbProviders));
  tmdb.routes.set(`/3/movie/${film!.id}/videos`, json(tmdbVideos));
  const before = (await handleAction(film!.details.token, context)) as FilmDetailAnswer;
  detail = (await handleAction(before.watch!.form.token, context, { country: 'DE' })) as FilmDetailAnswer;
  question = (await handleAction(detail.watch!.country.token, context)) as QuestionAnswer;
});
afterAll(() => tmdb.close());

describe('Discord', () => {
  const mine = { locale: 'en', ephemeral: true } as const;

  it('draws it where only the asker sees it, with a button for another country and the trailer', async () => {
    const message = await render(detail, mine);
    const text = JSON.stringify(message.embeds);
    expect(text).toContain('**Where to watch in Germany**');
    expect(text).toContain('To stream: Netflix and MUBI');
    expect(text).toContain(CREDIT);
    const labels = JSON.stringify(message.components);
    expect(labels).toContain('Another country');
    expect(labels).toContain('https://www.youtube.com/watch?v=BdJKm16Co6M');
    expect(labels).toContain('watch?locale=DE');
  });

  it.each(['embeds', 'cards'] as const)(
    'never tells a country in a message that all see (%s)',
    async (look) => {
      const shared = { locale: 'en', ephemeral: false, look } as const;
      for (const message of [await render(list, shared, detail), await render(detail, shared)]) {
        const text = JSON.stringify([message.content, message.embeds, message.components]);
        expect(text).toContain('www.youtube.com');
        expect(text).not.toMatch(/Germany|JustWatch|Another country|Netflix/);
      }
    },
  );

  it('asks by a menu whose choices lead back to the film alone', () => {
    const { components } = renderQuestion(question, mine);
    const menu = JSON.stringify(components);
    expect(menu).toContain('United Kingdom');
    expect(menu).toContain('More countries');
    const values = [...menu.matchAll(/"value":"([^"]+)"/g)].map(([, value]) => value!);
    expect(values).toHaveLength(24);
    expect(values.every((value) => value.length <= 100)).toBe(true);
  });
});

describe('Slack', () => {
  it('draws it in the film’s modal, and the question with every choice', () => {
    const modal = JSON.stringify(detailModal(detail, 'en').blocks);
    expect(modal).toContain('*Where to watch in Germany*');
    expect(modal).toContain('To rent or buy: Apple TV and maxdome Store');
    expect(modal).toContain('Another country');
    expect(modal).toContain(CREDIT);
    const asked = JSON.stringify(filmsModal(question, 'en').blocks);
    for (const { label } of question.choices) expect(asked).toContain(JSON.stringify(label).slice(1, -1));
  });
});

describe('the page', () => {
  it('keeps the country by a press of its own visitor, and by no link', async () => {
    const page = await startPage(engine, { context: { watching } });
    try {
      const headers = { 'hx-request': 'true' };
      const fragment = await (await fetch(`${page.url}/act/${detail.token}`, { headers })).text();
      expect(fragment).toContain('Choose your country');
      const chosen = question.choices.find(({ label }) => label === 'France')!;
      const address = `${page.url}/act/${chosen.token}`;
      expect((await fetch(address, { headers })).status).toBe(405);
      expect(await page.context.state.list('country:')).toEqual([]);
      const response = await fetch(address, { method: 'POST', headers });
      const cookie = response.headers.get('set-cookie')!.split(';')[0]!;
      const text = await response.text();
      expect(text).toContain('Where to watch in France');
      expect(text).toContain('To stream: Canal+');
      expect(text).toContain(CREDIT);
      expect(await page.context.state.list('country:')).toHaveLength(1);
      const again = await fetch(`${page.url}/a/${detail.token}`, { headers: { cookie } });
      expect(await again.text()).toContain('Where to watch in France');
      const typed = await fetch(`${page.url}/act/${question.form!.token}`, {
        method: 'POST',
        headers: { ...headers, cookie },
        body: new URLSearchParams({ country: 'Deutschland' }),
      });
      expect(await typed.text()).toContain('Where to watch in Germany');
    } finally {
      await page.app.close();
    }
  });
});
