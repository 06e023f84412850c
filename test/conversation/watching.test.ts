/** Where to watch and the trailer: by the country that was chosen, brief, quiet, credited, and only where a key is set. */
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askText } from '../../commands/index.ts';
import { converse } from '../../src/cli/chat.ts';
import { loadConfig } from '../../src/config.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type {
  FilmDetailAnswer,
  QuestionAnswer,
  RecommendationsAnswer,
} from '../../src/conversation/answer.ts';
import type { AnswerContext } from '../../src/conversation/context.ts';
import { countriesFor, readCountry } from '../../src/conversation/country.ts';
import { plainText } from '../../src/conversation/plain-text.ts';
import { decodeToken, encodeToken } from '../../src/conversation/tokens.ts';
import { LANGUAGES, wordsFor } from '../../src/i18n/index.ts';
import { createWatching } from '../../src/lookup/tmdb/watching.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { contextOf } from '../bots/web/page.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import {
  type Handler,
  inTurn,
  json,
  type StandIn,
  silence,
  startStandIn,
  status,
  truncated,
} from '../support/stand-in.ts';
import { TMDB_KEY, TMDB_TOKEN, tmdbProviders, tmdbVideos } from '../support/tmdb.ts';

const engine = fakeEngine();
let tmdb: StandIn;
let counted: string[];
beforeEach(async () => {
  tmdb = await startStandIn();
  counted = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await tmdb.close();
});

function contextWith(key = TMDB_KEY, more: Partial<AnswerContext> = {}): AnswerContext {
  const config = loadConfig({ TMDB_API_KEY: key, TMDB_API_URL: tmdb.url });
  const state = openMemoryState();
  const watching = createWatching(config, state, (_, outcome) => counted.push(outcome));
  return contextOf(engine, { state, watching, ...more });
}
async function firstFilm(context: AnswerContext) {
  const answer = (await askText('hold on adele', context)) as RecommendationsAnswer;
  return answer.films[0]!;
}
async function detailOf(context: AnswerContext): Promise<FilmDetailAnswer> {
  return (await handleAction((await firstFilm(context)).details.token, context)) as FilmDetailAnswer;
}
async function serve(providers: Handler = json(tmdbProviders), videos: Handler = json(tmdbVideos)) {
  const { id } = await firstFilm(contextWith());
  tmdb.routes.set(`/3/movie/${id}/watch/providers`, providers);
  tmdb.routes.set(`/3/movie/${id}/videos`, videos);
  return id;
}
async function choose(country: string, context: AnswerContext): Promise<FilmDetailAnswer> {
  const { watch } = await detailOf(context);
  return (await handleAction(watch!.form.token, context, { country })) as FilmDetailAnswer;
}
const urlOf = ({ links }: FilmDetailAnswer, kind: string) => links.find((link) => link.kind === kind)?.url;

describe('where to watch', () => {
  it('is asked for the country once, and says who has the film there, with the credit that TMDB asks for', async () => {
    const id = await serve();
    const context = contextWith();
    const before = await detailOf(context);
    expect(before.watch).toMatchObject({ heading: 'Where to watch', credit: '' });
    expect(tmdb.asked.filter((line) => line.includes('/watch/providers'))).toEqual([]);
    const after = await choose('Germany', context);
    expect(after).toMatchObject({ kind: 'filmDetail', id });
    expect(after.watch).toMatchObject({
      heading: 'Where to watch in Germany',
      lines: [
        'To stream: Netflix and MUBI',
        'Free with ads: Pluto TV',
        'To rent or buy: Apple TV and maxdome Store',
      ],
      credit: 'Where to watch: JustWatch, by way of TMDB.',
    });
    expect(after.attribution).toContain('TMDB');
    expect(urlOf(after, 'watch')).toBe(`https://www.themoviedb.org/movie/${id}/watch?locale=DE`);
    // Kept: the next film does not ask again.
    expect((await detailOf(context)).watch!.heading).toBe('Where to watch in Germany');
    const asked = tmdb.asked.length;
    await detailOf(context);
    expect(tmdb.asked).toHaveLength(asked);
  });

  it('asks as TMDB’s documentation says, with a v3 key or a v4 token, and tells nothing of who asks', async () => {
    const id = await serve();
    await choose('FR', contextWith(TMDB_KEY));
    expect(tmdb.asked.sort()).toEqual([
      `GET /3/movie/${id}/videos?include_video_language=en%2Cnull&api_key=${TMDB_KEY}`,
      `GET /3/movie/${id}/watch/providers?api_key=${TMDB_KEY}`,
    ]);
    tmdb.asked.length = 0;
    const headers: unknown[] = [];
    const seen: Handler = (request, response) => {
      headers.push(request.headers.authorization);
      json(tmdbProviders)(request, response);
    };
    tmdb.routes.set(`/3/movie/${id}/watch/providers`, seen);
    await choose('FR', contextWith(TMDB_TOKEN));
    expect(headers).toEqual([`Bearer ${TMDB_TOKEN}`]);
    expect(tmdb.asked.join()).not.toContain(TMDB_TOKEN);
  });

  it('may be changed, per person', async () => {
    await serve();
    const context = contextWith();
    await choose('Deutschland', context);
    const question = (await handleAction(
      (
        await detailOf(context)
      ).watch!.country.token,
      context,
    )) as QuestionAnswer;
    const us = question.choices.find(({ label }) => label === 'United States')!;
    expect((await handleAction(us.token, context)) as FilmDetailAnswer).toMatchObject({
      watch: { heading: 'Where to watch in United States', lines: ['To stream: Hulu'] },
    });
    expect((await detailOf({ ...context, user: 'test:2' })).watch!.heading).toBe('Where to watch');
  });

  it('says so where nobody has it', async () => {
    await serve();
    const { watch } = await choose('Japan', contextWith());
    expect(watch!.lines).toEqual(['Nobody is known to offer it there just now.']);
  });

  it('can’t be kept for nobody', async () => {
    await serve();
    const context = contextWith(TMDB_KEY, { user: null });
    expect(await choose('Japan', context)).toMatchObject({ kind: 'notice', tone: 'sorry' });
  });

  it('asks again where the country is none, and keeps nothing', async () => {
    await serve();
    const context = contextWith();
    for (const country of ['Atlantis', '', 'XX', 'zz9']) {
      const again = await handleAction((await detailOf(context)).watch!.form.token, context, { country });
      expect(again).toMatchObject({
        kind: 'question',
        text: expect.stringMatching(/^I don’t know that country/),
      });
    }
    expect((await detailOf(context)).watch!.heading).toBe('Where to watch');
  });
});

describe('without a key, or offline', () => {
  it.each([
    ['no key', {}],
    ['offline', { TMDB_API_KEY: TMDB_KEY, MUSIC2MOVIE_OFFLINE: 'true' }],
  ])('%s: a link to TMDB’s page, and not a word more', async (_, env) => {
    const watching = createWatching(loadConfig(env), openMemoryState());
    expect(watching).toBeNull();
    const context = contextOf(engine, { watching });
    const detail = await detailOf(context);
    expect(detail.watch).toBeUndefined();
    expect(urlOf(detail, 'trailer')).toBeUndefined();
    expect(urlOf(detail, 'watch')).toBe(`https://www.themoviedb.org/movie/${detail.id}/watch`);
    expect(plainText(detail)).not.toMatch(/JustWatch|country/);
  });

  it('a key that can be none is refused with a sentence that does not repeat it', () => {
    const wrong = 'my secret key';
    expect(() => loadConfig({ TMDB_API_KEY: wrong })).toThrow(/TMDB_API_KEY must be the API key/);
    try {
      loadConfig({ TMDB_API_KEY: wrong });
    } catch (error) {
      expect(String(error)).not.toContain(wrong);
    }
  });
});

describe('failures', () => {
  it.each<[string, Handler, string]>([
    ['a refused key', status(401), '4xx'],
    ['trouble', status(500), 'failing'],
    ['a pause asked for', status(429, { 'retry-after': '60' }), 'busy'],
    ['half an answer', truncated, 'unreachable'],
    ['another form', json({ status_message: 'hello' }), '2xx'],
    ['silence', silence, 'late'],
  ])(
    '%s: nothing is said, nothing is remembered, and it is counted as such',
    async (_, handler, outcome) => {
      const id = await serve(json(tmdbProviders), handler);
      const context = contextWith();
      await choose('Germany', context);
      tmdb.routes.set(`/3/movie/${id}/watch/providers`, handler);
      const other = { ...contextWith(), user: 'test:3' };
      await handleAction((await detailOf(other)).watch!.form.token, other, { country: 'DE' });
      const began = performance.now();
      const detail = await detailOf(other);
      expect(performance.now() - began).toBeLessThan(3_500);
      expect(detail.kind).toBe('filmDetail');
      expect(detail.watch).toBeUndefined();
      expect(urlOf(detail, 'trailer')).toBeUndefined();
      expect(urlOf(detail, 'watch')).toContain('?locale=DE');
      expect(counted).toContain(outcome);
    },
    60_000,
  );

  it('of one half leave the other', async () => {
    await serve(status(500));
    const detail = await choose('Germany', contextWith());
    expect(detail.watch).toBeUndefined();
    expect(urlOf(detail, 'trailer')).toBe('https://www.youtube.com/watch?v=BdJKm16Co6M');
  });

  it('are asked again once TMDB is back', async () => {
    await serve(inTurn(status(401), json(tmdbProviders)));
    const context = contextWith();
    expect((await choose('Germany', context)).watch).toBeUndefined();
    expect((await detailOf(context)).watch!.lines[0]).toBe('To stream: Netflix and MUBI');
  });
});

describe('the trailer', () => {
  const video = (change: object) => ({ ...tmdbVideos.results[0]!, ...change });
  it.each<[string, object[], string | undefined]>([
    ['the official one first', tmdbVideos.results, 'https://www.youtube.com/watch?v=BdJKm16Co6M'],
    [
      'one in the asker’s language before an official one',
      [...tmdbVideos.results, video({ iso_639_1: 'de', key: 'deutsch1234' })],
      'https://www.youtube.com/watch?v=deutsch1234',
    ],
    ['none among clips', [video({ type: 'Featurette' })], undefined],
    ['none of a site unknown', [video({ site: 'Elsewhere' })], undefined],
    ['none of a key that is none', [video({ key: '"><script>' }), video({ type: 'Clip' })], undefined],
    ['one at Vimeo', [video({ site: 'Vimeo', key: '76979871' })], 'https://vimeo.com/76979871'],
  ])('is %s', async (_, results, url) => {
    await serve(json(tmdbProviders), json({ id: 1, results }));
    expect(urlOf(await detailOf(contextWith(TMDB_KEY, { locale: 'de-DE' })), 'trailer')).toBe(url);
  });
});

describe('what is kept', () => {
  it('is the country, shown, exported and forgotten with the rest', async () => {
    await serve();
    const context = contextWith();
    await choose('Germany', context);
    const of = (step: 'show' | 'export' | 'forget-sure') =>
      handleAction(encodeToken({ action: 'privacy', step }), context);
    expect(plainText(await of('show'))).toContain('The country you chose, Germany');
    expect(JSON.stringify(await of('export'))).toContain('\\"country\\": \\"DE\\"');
    const keys = (await context.state.list('')).map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith('country:'))).toHaveLength(1);
    expect(keys.join()).not.toContain('test:1');
    await of('forget-sure');
    expect(await context.state.list('country:')).toEqual([]);
    expect(plainText(await of('show'))).not.toContain('Germany');
  });

  it('of TMDB stays no longer than thirty days', async () => {
    const id = await serve();
    let now = Date.now();
    const state = openMemoryState(() => now);
    const config = loadConfig({ TMDB_API_KEY: TMDB_KEY, TMDB_API_URL: tmdb.url });
    const watching = createWatching(config, state)!;
    await watching.about(id, 'DE', 'en');
    await watching.about(id, 'DE', 'en');
    expect(tmdb.asked).toHaveLength(2);
    now += 30 * 24 * 3_600_000 + 1;
    await watching.about(id, 'DE', 'en');
    expect(tmdb.asked).toHaveLength(4);
  });
});

describe('countries', () => {
  it.each([
    ['Deutschland', 'DE'],
    ['the netherlands', 'NL'],
    ['U.K.', 'GB'],
    ['usa', 'US'],
    ['日本', 'JP'],
    ['대한민국', 'KR'],
    ['Brésil', 'BR'],
    ['espana', 'ES'],
    ['fr', 'FR'],
    ['neverland', null],
    ['ZZ', null],
  ])('%s is %s', (text, code) => expect(readCountry(text)).toBe(code));

  it.each(Object.keys(LANGUAGES))(
    'have a name in %s each, and stand on few pages that lead on to each other',
    async (language) => {
      const words = wordsFor(language);
      const all = countriesFor(words.language, words.regionName);
      expect(new Set(all).size).toBe(all.length);
      expect(all.filter((code) => words.regionName(code) === code)).toEqual([]);
      await serve();
      const context = contextWith(TMDB_KEY, { locale: language });
      let token = (await detailOf(context)).watch!.country.token;
      const seen = new Set<string>();
      for (let page = 0; page < 10 && seen.size < all.length; page++) {
        const { choices } = (await handleAction(token, context)) as QuestionAnswer;
        expect(choices.length).toBeLessThanOrEqual(24);
        for (const { label } of choices.slice(0, -2)) seen.add(label);
        token = choices.at(-2)!.token;
        expect(decodeToken(choices.at(-1)!.token)).toMatchObject({ payload: { action: 'details' } });
      }
      expect(seen.size).toBe(all.length);
    },
  );
});

it('stands in the terminal, where the country can be said at once', async () => {
  await serve();
  const context = contextWith();
  const said: string[] = [];
  const io = {
    stdin: Readable.from(['hold on adele\n1\ncountry france\ncountry\n']),
    out: (text: string) => said.push(text),
    isTerminal: false,
    columns: 80,
  };
  await converse(io as never, context);
  const text = said.join('');
  expect(text).toContain('Choose your country once');
  expect(text).toMatch(
    /Where to watch in France\nTo stream: Canal\+\nWhere to watch: JustWatch, by way of TMDB\./,
  );
  expect(text).toMatch(/Trailer: https:\/\/www\.youtube\.com/);
  expect(text).toMatch(/In which country do you watch films\?.*\n1 United States/);
});
