/** `/movie-now`: films for what somebody plays, by the name they gave at ListenBrainz, kept until they want it forgotten. */
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { converse } from '../../src/cli/chat.ts';
import { loadConfig } from '../../src/config.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type { Answer, NoticeAnswer, RecommendationsAnswer } from '../../src/conversation/answer.ts';
import type { AnswerContext } from '../../src/conversation/context.ts';
import { readName } from '../../src/conversation/listening.ts';
import { encodeToken } from '../../src/conversation/tokens.ts';
import { createListening } from '../../src/lookup/listenbrainz/listening.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { contextOf, startPage } from '../bots/web/page.ts';
import { fakeEngine, SONGS } from '../support/fake-engine.ts';
import { listens } from '../support/listenbrainz.ts';
import { json, type StandIn, silence, startStandIn, status } from '../support/stand-in.ts';

const engine = fakeEngine();
let server: StandIn;
beforeAll(async () => {
  server = await startStandIn();
});
afterAll(() => server.close());
beforeEach(() => {
  server.routes.clear();
  server.asked.length = 0;
});

const NOW = '/1/user/rob/playing-now';
const LAST = '/1/user/rob/listens';
const ask = (offline = false, user: string | null = 'discord:1'): AnswerContext => {
  const config = loadConfig({ LISTENBRAINZ_URL: server.url, MUSIC2MOVIE_OFFLINE: String(offline) });
  const limits = { retries: 0, attemptMs: 150, listenMs: 200 };
  const listening = createListening(config, undefined, limits);
  return contextOf(engine, { state: openMemoryState(), user, listening });
};
const linesOf = (answer: Answer) => (answer as NoticeAnswer).lines.join('\n');
const notesOf = (answer: Answer) => (answer as RecommendationsAnswer).notes;
const plays = (path = NOW) => server.routes.set(path, json(listens('Hold On', 'Adele')));
const labels = (answer: Answer) => (answer as NoticeAnswer).controls.map(({ label }) => label);

describe('/movie-now', () => {
  it('asks for the name once, and answers from then on for the asker alone', async () => {
    const me = ask();
    plays();
    const first = await askText('/movie-now', me);
    expect(linesOf(first)).toContain('your name at ListenBrainz');
    expect(server.asked).toEqual([]);
    const form = await handleAction((first as NoticeAnswer).controls[0]!.token, me);
    const token = form.kind === 'question' ? form.form!.token : '';
    for (const answer of [
      await handleAction(token, me, { name: 'https://listenbrainz.org/user/rob/' }),
      await askText('/movie-now', me),
    ]) {
      expect(answer).toMatchObject({ kind: 'recommendations', private: true, song: { title: 'Hold On' } });
      expect(notesOf(answer)[0]).toBe('You are playing: Hold On – Adele');
    }
    expect(server.asked).toEqual([`GET ${NOW}`, `GET ${NOW}`]);
  });

  it('takes the very recording where it is played at Spotify', async () => {
    const { id, title } = SONGS[1]!;
    server.routes.set(NOW, json(listens('Something else', 'Nobody', id)));
    expect(await askText('/movie-now rob', ask())).toMatchObject({ song: { title } });
  });

  it('falls back to what was played last, and says so', async () => {
    server.routes.set(NOW, json(listens()));
    plays(LAST);
    const answer = await askText('/movie-now rob', ask());
    expect(notesOf(answer)[0]).toBe('Nothing plays just now. You last played: Hold On – Adele');
    expect(server.asked.at(-1)).toBe(`GET ${LAST}?count=1`);
  });

  it('says who is unknown, who played nothing, and keeps no name that is nobody’s', async () => {
    const me = ask();
    expect(linesOf(await askText('/movie-now rob', me))).toBe('ListenBrainz knows nobody called “rob”.');
    expect(await me.state.list('listening')).toEqual([]);
    server.routes.set(NOW, json(listens()));
    server.routes.set(LAST, status(204));
    expect(linesOf(await askText('/movie-now rob', me))).toContain('heard nothing from “rob” yet');
    expect(await me.state.list('listening')).toHaveLength(1);
  });

  it.each([
    ['silent', silence],
    ['broken', status(500)],
    ['of another form', json({ payload: 1 })],
  ])('ends in a sentence where ListenBrainz is %s', async (_, route) => {
    server.routes.set(NOW, route);
    const answer = await askText('/movie-now rob', ask());
    expect(linesOf(answer)).toBe('ListenBrainz did not answer. Try again in a moment.');
  });

  it('asks nobody where the host is offline, nor for what is no name', async () => {
    expect(linesOf(await askText('/movie-now rob', ask(true)))).toContain('offline');
    expect(linesOf(await askText('/movie-now ../..', ask()))).toContain('That is no name at ListenBrainz');
    expect(server.asked).toEqual([]);
  });

  it('says the song that the catalogue does not know', async () => {
    server.routes.set(NOW, json(listens('Zzyzx Qwrt', 'Nobody')));
    const said = linesOf(await askText('/movie-now rob', ask()));
    expect(said).toMatch(/^You are playing: Zzyzx Qwrt – Nobody\n.*no song like/);
  });

  it('forgets the name by option, by button and with everything else', async () => {
    const me = ask();
    const forget: readonly (() => Promise<Answer>)[] = [
      () => askText('/movie-now forget:yes', me),
      () => handleAction(encodeToken({ action: 'listening', step: 'forget' }), me),
      () => handleAction(encodeToken({ action: 'privacy', step: 'forget-sure' }), me),
    ];
    for (const one of forget) {
      plays();
      await askText('/movie-now rob', me);
      const shown = await askText('/movie-privacy', me);
      expect(linesOf(shown)).toContain('Your name at ListenBrainz, rob');
      server.routes.set(NOW, status(500));
      expect(labels(await askText('/movie-now', me))).toEqual(['Another name', 'Forget my name']);
      await one();
      expect(await me.state.list('listening')).toEqual([]);
      expect(linesOf(await askText('/movie-privacy', me))).toContain('Nothing is kept about you.');
    }
  });

  it('keeps nothing for whom nobody knows, and still answers', async () => {
    plays();
    const stranger = ask(false, null);
    expect(await askText('/movie-now rob', stranger)).toMatchObject({ kind: 'recommendations' });
    expect(await stranger.state.list('listening')).toEqual([]);
  });

  it('stands on the page, where a press keeps the name and a link does not', async () => {
    plays();
    const { listening, state } = ask();
    const { app, url } = await startPage(engine, { context: { listening: listening!, state } });
    const page = await (await fetch(`${url}/?song=${encodeURIComponent('/movie-now rob')}`)).text();
    expect(page).toContain('You are playing: Hold On – Adele');
    expect(await state.list('listening')).toEqual([]);
    const set = encodeToken({ action: 'listening', step: 'set' });
    const asked = await (await fetch(`${url}/?song=%2Fmovie-now`)).text();
    const form = await (await fetch(url + /\/act\/1j\.\d/.exec(asked)![0])).text();
    expect(form).toMatch(new RegExp(`/act/${set}"[^]*name="name"`));
    const pressed = await fetch(`${url}/act/${set}`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'rob' }),
    });
    expect(await pressed.text()).toContain('You are playing');
    expect(await state.list('listening')).toHaveLength(1);
    await app.close();
  });

  it('is asked in the terminal by number and a line', async () => {
    plays();
    const out: string[] = [];
    const io = {
      out: (text: string) => void out.push(text),
      err: () => {},
      isTerminal: false,
      columns: 100,
      env: {},
    };
    await converse({ ...io, stdin: Readable.from(['/movie-now\n1\nrob\n']) }, ask());
    expect(out.join('')).toContain('You are playing: Hold On – Adele');
  });
});

it.each([
  ['rob', 'rob'],
  [' @Mr. Monkey ', 'Mr. Monkey'],
  ['https://listenbrainz.org/user/J%C3%B6rg?x=1', 'Jörg'],
  ['https://listenbrainz.org/user/%E0%A4%A', null],
  ['..', null],
  ['a/b', null],
  ['', null],
  ['x'.repeat(65), null],
])('reads the name in %j as %j', (text, name) => {
  expect(readName(text)).toBe(name);
});
