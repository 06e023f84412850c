/** Songs that are known to stand in films. */
import { describe, expect, it } from 'vitest';
import { answerHtml } from '../../src/bots/web/render/index.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type { RecommendationsAnswer } from '../../src/conversation/answer.ts';
import { plainText } from '../../src/conversation/plain-text.ts';
import { recommend, useTexts } from '../../src/conversation/recommendation.ts';
import type { SongUse } from '../../src/engine/types.ts';
import { wordsFor } from '../../src/i18n/index.ts';
import { contextOf } from '../bots/web/page.ts';
import { FILMS, fakeEngine, SONGS } from '../support/fake-engine.ts';

const film = (title: string) => FILMS.find((one) => one.title === title)!;
const use = (title: string, kind: SongUse['kind'] = 'needle drop'): SongUse => ({ film: film(title), kind });

async function ask(uses: readonly SongUse[], page = 0, songs = SONGS.slice(0, 1)) {
  const context = contextOf(fakeEngine(FILMS, SONGS, uses));
  const query = { seed: { kind: 'songs', songs }, filters: {}, mainstream: 'balanced', page } as const;
  return { context, answer: (await recommend(query, context)) as RecommendationsAnswer };
}

describe('films in which the song stands', () => {
  it('are said before the five, at most two, and change nothing about the five', async () => {
    const { answer } = await ask([use('Clueless'), use('Titanic'), use('Alien')]);
    expect(answer.uses.map(({ details }) => details.label)).toEqual(['Clueless (1995)', 'Titanic (1997)']);
    expect(new Set(answer.uses.map(({ label }) => label))).toEqual(
      new Set(['You know it from Clueless (1995) and Titanic (1997).']),
    );
    expect(answer.films.map(({ id }) => id)).toEqual((await ask([])).answer.films.map(({ id }) => id));
    expect(plainText(answer).match(/^▸ You know it from/gm)).toHaveLength(1);
  });

  it('are not kept out of the five', async () => {
    const [first] = (await ask([])).answer.films;
    const { answer } = await ask([use(first!.title)]);
    expect(answer.films[0]!.id).toBe(first!.id);
  });

  it('have their details behind a button, here and on the page', async () => {
    const { context, answer } = await ask([use('Clueless')]);
    const [only] = answer.uses;
    expect(await handleAction(only!.details.token, context)).toMatchObject({
      kind: 'filmDetail',
      title: 'Clueless',
    });
    const markup = answerHtml(answer, wordsFor('en')).text;
    expect(markup).toContain('You know it from Clueless (1995).');
    expect(markup).toContain(`/act/${only!.details.token}`);
  });

  it('are said on the first page of one song only', async () => {
    expect((await ask([use('Clueless')], 1)).answer.uses).toEqual([]);
    expect((await ask([use('Clueless')], 0, SONGS.slice(0, 2))).answer.uses).toEqual([]);
  });

  it.each([
    ['theme', 'You know it from Titanic (1997): it is the theme.'],
    ['needle drop', 'You know it from Titanic (1997).'],
    ['performed', 'You know it from Titanic (1997), where it is performed.'],
    ['biography', 'Titanic (1997) tells the story behind it.'],
    ['title', 'Its title names the film Titanic (1997).'],
  ] as const)('are said by how they use it: %s', (kind, text) => {
    expect(useTexts([use('Titanic', kind)], wordsFor('en'))).toEqual([text]);
  });

  it('keep what is heard apart from what is told of it', () => {
    expect(useTexts([use('Titanic'), use('Alien', 'title')], wordsFor('en'))).toEqual([
      'You know it from Titanic (1997).',
      'Its title names the film Alien (1979).',
    ]);
  });
});

describe('a song that no data set has', () => {
  const own = {
    ...SONGS[0]!,
    id: 'm2m00000KLRfbeYwaXKNSA',
    features: null,
    durationMs: null,
    popularity: null,
  };

  it('has no link and no numbers, and says so', async () => {
    const { context, answer } = await ask([], 0, [own]);
    expect(answer.song).toMatchObject({ id: null, url: null, facts: [] });
    expect(answer.song.source).toBe(
      'No data set has measured its sound. Its feel was written down for this very song.',
    );
    // It is kept whole, and found again by the buttons of the answer.
    expect(await handleAction(answer.controls[0]!.token, context)).toMatchObject({ kind: 'recommendations' });
  });
});
