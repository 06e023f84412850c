/** A film night: everyone's song, films for all, a vote; the opener away, one person, thirty, ties, undo, films seen, a restart. */
import { afterEach, describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type { Answer, NoticeAnswer, QuestionAnswer } from '../../src/conversation/answer.ts';
import type { AnswerContext } from '../../src/conversation/context.ts';
import { setMarks } from '../../src/conversation/film-marks.ts';
import { NIGHT_TTL_MS, OPENER_MS } from '../../src/conversation/nights.ts';
import { encodeToken, type NightStep, payloadOf } from '../../src/conversation/tokens.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { openState } from '../../src/state/open.ts';
import type { StateStore } from '../../src/state/store.ts';
import { contextOf } from '../bots/web/page.ts';
import { folders } from '../state/support.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const folder = folders();
const engine = fakeEngine();
let opened: StateStore[] = [];
afterEach(async () => {
  await Promise.all(opened.map((state) => state.close()));
  opened = [];
});

async function store(dir = folder()): Promise<StateStore> {
  const state = await openState(dir, () => {});
  opened.push(state);
  return state;
}
const as = (state: StateStore, name: string, more: Partial<AnswerContext> = {}): AnswerContext =>
  contextOf(engine, { state, user: `discord:${name}`, name, ...more });

type Board = NoticeAnswer & { night: NonNullable<NoticeAnswer['night']> };
function board(answer: Answer): Board {
  if (answer.kind !== 'notice' || !answer.night) throw new Error(`no film night: ${JSON.stringify(answer)}`);
  return answer as Board;
}
const idOf = (answer: Board) => {
  const payload = payloadOf(answer.token);
  return payload?.action === 'night' ? payload.night : '';
};
const press = (
  step: NightStep,
  night: string,
  context: AnswerContext,
  more: { film?: number; song?: string; values?: Record<string, string> } = {},
) => {
  const { film = 0, song = '', values } = more;
  return handleAction(encodeToken({ action: 'night', step, night, film, song }), context, values);
};
const add = (night: string, song: string, context: AnswerContext) =>
  press('add', night, context, { values: { song } });
const titles = ({ night }: Board) => night.films.map(({ card }) => card.title);
const lineOf = (answer: Answer) => (answer as NoticeAnswer).lines.join('\n');

/** A film night that Ann opened, with songs by her, Ben and Cleo. */
async function three(state: StateStore) {
  const night = idOf(board(await askText('/movie-night hold on adele', as(state, 'Ann'))));
  await add(night, 'clair de lune', as(state, 'Ben'));
  const shown = board(await add(night, 'enter sandman', as(state, 'Cleo')));
  return { night, shown };
}

describe('joining', () => {
  it('opens with the opener’s song, and shows everybody by name', async () => {
    const state = await store();
    const { shown } = await three(state);
    expect(shown.night.people.map(({ name }) => name)).toEqual(['Ann', 'Ben', 'Cleo']);
    expect(shown.lines.join('\n')).toMatch(/Ann: .*Adele[\s\S]*Ben: Clair de lune/i);
    expect(shown.private).toBe(false);
  });

  it('replaces one’s own song, and takes it back', async () => {
    const state = await store();
    const { night } = await three(state);
    const again = board(await add(night, 'clair de lune', as(state, 'Cleo')));
    expect(again.night.people).toHaveLength(3);
    expect(again.night.people[2]!.song).toMatch(/clair de lune/i);
    const left = board(await press('drop', night, as(state, 'Cleo')));
    expect(left.night.people.map(({ name }) => name)).toEqual(['Ann', 'Ben']);
    expect(lineOf(await press('drop', night, as(state, 'Cleo')))).toMatch(/no song in this/);
  });

  it('asks which song is meant, and takes the one that is chosen; a name given meanwhile stays', async () => {
    const state = await store();
    const { night } = await three(state);
    const guest = { ...as(state, 'web'), name: null };
    const asked = (await press('add', night, guest, {
      values: { song: 'which', name: 'Dora' },
    })) as QuestionAnswer;
    expect(asked).toMatchObject({ kind: 'question', private: true });
    const now = board(await handleAction(asked.choices[0]!.token, guest));
    expect(now.night.people.map(({ name }) => name)).toEqual(['Ann', 'Ben', 'Cleo', 'Dora']);
  });

  it('says what it does not know, and leaves the round as it is', async () => {
    const state = await store();
    const { night } = await three(state);
    expect(await add(night, 'qqqq zzzz', as(state, 'Dora'))).toMatchObject({ kind: 'notice', tone: 'sorry' });
    expect(await add(night, '  ', as(state, 'Dora'))).toMatchObject({ kind: 'notice', tone: 'sorry' });
    expect(board(await press('show', night, as(state, 'Dora'))).night.people).toHaveLength(3);
  });

  it('numbers guests whose name nobody knows', async () => {
    const state = await store();
    const { night } = await three(state);
    const shown = board(await add(night, 'hold on', { ...as(state, 'x'), name: null }));
    expect(shown.night.people[3]!.name).toBe('Guest 4');
  });

  it('keeps every one of fifty that join at once', async () => {
    const state = await store();
    const { night } = await three(state);
    const people = Array.from({ length: 50 }, (_, at) => `p${at}`);
    await Promise.all(people.map((name) => add(night, 'hold on adele', as(state, name))));
    expect(board(await press('show', night, as(state, 'Ann'))).night.people).toHaveLength(53);
  });

  it('has room for a hundred', async () => {
    const state = openMemoryState();
    const { night } = await three(state);
    for (let at = 3; at < 100; at++) await add(night, 'hold on adele', as(state, `p${at}`));
    expect(lineOf(await add(night, 'hold on adele', as(state, 'late')))).toMatch(/no room/);
  });

  it('tells nobody apart where nobody is known', async () => {
    const answer = await askText('/movie-night', contextOf(engine, { user: null }));
    expect(answer).toMatchObject({ tone: 'sorry' });
  });

  it('begins nothing by an address that may be opened again', async () => {
    const state = openMemoryState();
    const intro = (await askText('/movie-night', as(state, 'Ann', { readOnly: true }))) as NoticeAnswer;
    expect(await state.list('night:')).toEqual([]);
    expect(board(await handleAction(intro.controls[0]!.token, as(state, 'Ann'))).night.people).toEqual([]);
  });
});

describe('the films', () => {
  it('come for all, with whom each is closest to', async () => {
    const state = await store();
    const { night } = await three(state);
    const shown = board(await press('close', night, as(state, 'Ann')));
    expect(new Set(titles(shown)).size).toBe(5);
    expect(shown.lines.join('\n')).toMatch(/closest to (?:Ann|Ben|Cleo)/);
    expect(shown.controls.filter(({ action }) => action === 'night-vote')).toHaveLength(5);
  });

  it('come only when the opener says so, and not for nobody', async () => {
    const state = await store();
    const { night } = await three(state);
    expect(lineOf(await press('close', night, as(state, 'Ben')))).toMatch(/whoever opened/);
    const empty = idOf(board(await askText('/movie-night', as(state, 'Zoe'))));
    expect(lineOf(await press('close', empty, as(state, 'Zoe')))).toMatch(/Nobody has added/);
  });

  it('come for one person', async () => {
    const state = await store();
    const night = idOf(board(await askText('/movie-night hold on adele', as(state, 'Ann'))));
    const shown = board(await press('close', night, as(state, 'Ann')));
    expect(titles(shown)).toHaveLength(5);
    expect(shown.lines.join('\n')).not.toMatch(/closest|stretch/);
  });

  it('come for thirty, and the answer stays short', async () => {
    const state = openMemoryState();
    const { night } = await three(state);
    const songs = ['hold on adele', 'clair de lune', 'enter sandman'];
    for (let at = 3; at < 30; at++) await add(night, songs[at % 3]!, as(state, `Person ${at}`));
    const open = board(await press('show', night, as(state, 'Ann')));
    expect(open.lines.length).toBeLessThanOrEqual(20);
    expect(open.lines.join('\n')).toContain('And 18 more');
    expect(open.lines.join('\n')).toContain('Person 29');
    expect(titles(board(await press('close', night, as(state, 'Ann'))))).toHaveLength(5);
  });

  it('are nobody’s seen ones, nor one that is not for somebody; saved ones may come', async () => {
    const state = await store();
    const first = await three(state);
    const before = board(await press('close', first.night, as(state, 'Ann'))).night.films.map(
      ({ card }) => card.id,
    );
    const day = '2026-01-01';
    await setMarks('discord:Ben', [{ film: before[0]!, mark: 'seen', day }], state);
    await setMarks('discord:Cleo', [{ film: before[1]!, mark: 'not-for-me', day }], state);
    await setMarks('discord:Ann', [{ film: before[2]!, mark: 'saved', day }], state);
    const { night } = await three(state);
    const after = board(await press('close', night, as(state, 'Ann'))).night.films.map(({ card }) => card.id);
    expect(after).not.toContain(before[0]);
    expect(after).not.toContain(before[1]);
    expect(after).toContain(before[2]);
  });

  it('are other five on the next list, and the same again on the one before; votes stay', async () => {
    const state = await store();
    const { night } = await three(state);
    const first = board(await press('close', night, as(state, 'Ann')));
    const film = first.night.films[4]!.card.id;
    await press('vote', night, as(state, 'Ben'), { film });
    const second = board(await press('next', night, as(state, 'Ann')));
    expect(titles(second).filter((title) => titles(first).includes(title))).toEqual([]);
    expect(second.night.films[0]!.card.position).toBe(6);
    const back = board(await press('previous', night, as(state, 'Ann')));
    expect(titles(back)).toEqual(titles(first));
    expect(back.night.films[4]!.votes).toBe(1);
    expect(titles(board(await press('next', night, as(state, 'Ann'))))).toEqual(titles(second));
    const done = board(await press('finish', night, as(state, 'Ann')));
    expect(titles(done)).toEqual([first.night.films[4]!.card.title]);
  });

  it('open with details that name the song', async () => {
    const state = await store();
    const { night } = await three(state);
    const shown = board(await press('close', night, as(state, 'Ann')));
    expect(await handleAction(shown.night.films[0]!.card.details.token, as(state, 'Ben'))).toMatchObject({
      kind: 'filmDetail',
      title: titles(shown)[0],
      song: 'Film night',
    });
  });
});

describe('the vote', () => {
  async function voting(state: StateStore) {
    const { night } = await three(state);
    const shown = board(await press('close', night, as(state, 'Ann')));
    return { night, films: shown.night.films.map(({ card }) => card) };
  }
  const vote = (night: string, film: number, who: AnswerContext) => press('vote', night, who, { film });

  it('counts once a person, can be changed and taken back', async () => {
    const state = await store();
    const { night, films } = await voting(state);
    await vote(night, films[1]!.id, as(state, 'Ben'));
    const changed = board(await vote(night, films[2]!.id, as(state, 'Ben')));
    expect(changed.night.films.map(({ votes }) => votes)).toEqual([0, 0, 1, 0, 0]);
    expect(changed.night.films[2]!.mine).toBe(true);
    const back = board(await vote(night, films[2]!.id, as(state, 'Ben')));
    expect(back.night.films.map(({ votes }) => votes)).toEqual([0, 0, 0, 0, 0]);
  });

  it('counts each of fifty at once', async () => {
    const state = await store();
    const { night, films } = await voting(state);
    const people = Array.from({ length: 50 }, (_, at) => at);
    await Promise.all(people.map((at) => vote(night, films[at % 2]!.id, as(state, `p${at}`))));
    const shown = board(await press('show', night, as(state, 'Ann')));
    expect(shown.night.films.map(({ votes }) => votes)).toEqual([25, 25, 0, 0, 0]);
  });

  it('counts a press once that comes again, from a process that died or a browser that got no answer', async () => {
    const state = await store();
    const { night, films } = await voting(state);
    const [film] = films;
    const ben = as(state, 'Ben', { delivery: 'discord:1' });
    for (let time = 0; time < 2; time += 1) {
      const shown = board(await vote(night, film!.id, ben));
      expect(shown.night.films.map(({ votes, mine }) => [votes, mine])[0]).toEqual([1, true]);
    }
    const back = board(await vote(night, film!.id, { ...ben, delivery: 'discord:2' }));
    expect(back.night.films[0]!.votes).toBe(0);
  });

  it('is won by most votes; of a tie, by the film that is better for all, and that is said', async () => {
    const state = await store();
    const { night, films } = await voting(state);
    await vote(night, films[3]!.id, as(state, 'Ann'));
    await vote(night, films[1]!.id, as(state, 'Ben'));
    const tied = board(await press('finish', night, as(state, 'Ann')));
    expect(titles(tied)).toEqual([films[1]!.title]);
    expect(tied.lines.join('\n')).toContain(`As many votes went to ${films[3]!.title}`);
    const again = board(await press('reopen', night, as(state, 'Ann')));
    expect(again.night.films).toHaveLength(5);
    await vote(night, films[3]!.id, as(state, 'Cleo'));
    const won = board(await press('finish', night, as(state, 'Ann')));
    expect(titles(won)).toEqual([films[3]!.title]);
    expect(won.lines.join('\n')).not.toContain('As many votes');
  });

  it('without a vote takes the film that is best for all', async () => {
    const state = await store();
    const { night, films } = await voting(state);
    const done = board(await press('finish', night, as(state, 'Ann')));
    expect(titles(done)).toEqual([films[0]!.title]);
    expect(done.lines.join('\n')).toContain('Nobody voted');
  });

  it('goes back to the songs, and on from there with another', async () => {
    const state = await store();
    const { night } = await voting(state);
    expect(lineOf(await add(night, 'hold on adele', as(state, 'Dora')))).toMatch(
      /not what the film night is at/,
    );
    expect(board(await press('reopen', night, as(state, 'Ann'))).night.form).not.toBeNull();
    await add(night, 'hold on adele', as(state, 'Dora'));
    const shown = board(await press('close', night, as(state, 'Ann')));
    expect(shown.night.people).toHaveLength(4);
    expect(shown.night.films.map(({ votes }) => votes)).toEqual([0, 0, 0, 0, 0]);
  });

  it('takes no film that is not on a list', async () => {
    const state = await store();
    const { night } = await voting(state);
    expect(lineOf(await vote(night, 999_999, as(state, 'Ben')))).toMatch(/not up for the vote/);
  });
});

describe('who leads', () => {
  it('is the next one, once the opener takes their song back', async () => {
    const state = await store();
    const { night } = await three(state);
    await press('drop', night, as(state, 'Ann'));
    expect(await press('close', night, as(state, 'Cleo'))).toMatchObject({ tone: 'sorry' });
    expect(titles(board(await press('close', night, as(state, 'Ben'))))).toHaveLength(5);
  });

  it('is everybody who joined, once the opener did nothing for half an hour', async () => {
    const state = openMemoryState();
    const { night } = await three(state);
    const [{ key }] = (await state.list('night:')) as unknown as [{ key: string }];
    await state.update<{ openerAt: number }>(key, (now) => ({
      ...now!,
      openerAt: Date.now() - OPENER_MS - 1000,
    }));
    expect(await press('close', night, as(state, 'Stranger'))).toMatchObject({ tone: 'sorry' });
    expect(titles(board(await press('close', night, as(state, 'Cleo'))))).toHaveLength(5);
  });
});

describe('a film night', () => {
  it('survives a restart', async () => {
    const dir = folder();
    const before = await store(dir);
    const { night } = await three(before);
    await before.close();
    opened = [];
    const after = await store(dir);
    expect(board(await press('show', night, as(after, 'Ben'))).night.people).toHaveLength(3);
    expect(titles(board(await press('close', night, as(after, 'Ann'))))).toHaveLength(5);
  });

  it('ends after a day, however much happens in it, and says so', async () => {
    let now = 1_000_000;
    const state = openMemoryState(() => now);
    const { night } = await three(state);
    now += NIGHT_TTL_MS - 1;
    await add(night, 'hold on adele', as(state, 'Dora'));
    now += 2;
    for (const step of ['show', 'add', 'close', 'vote', 'join'] as const) {
      const answer = await press(step, night, as(state, 'Ann'), {
        film: 603,
        values: { song: 'hold on adele' },
      });
      expect(lineOf(answer), step).toMatch(/lasts for a day/);
    }
    expect(await state.list('night:')).toEqual([]);
  });

  it('is one of several at once', async () => {
    const state = await store();
    const [one, two] = [await three(state), await three(state)];
    await press('close', one.night, as(state, 'Ann'));
    expect(board(await press('show', two.night, as(state, 'Ann'))).night.films).toEqual([]);
  });

  it('is shown in the language in which it was opened, apologies in one’s own', async () => {
    const state = await store();
    const night = idOf(
      board(await askText('/movie-night hold on adele', as(state, 'Ann', { locale: 'de' }))),
    );
    const shown = board(await add(night, 'clair de lune', as(state, 'Ben')));
    expect(shown.title).toBe('Filmabend');
    expect(lineOf(await press('close', night, as(state, 'Ben', { locale: 'fr' })))).toMatch(/soirée/);
  });

  it('is told by /movie-privacy, exported and left for good', async () => {
    const state = await store();
    const { night } = await three(state);
    const ben = as(state, 'Ben');
    expect(lineOf(await askText('/movie-privacy', ben))).toContain('One film night');
    const file = ((await askText('/movie-privacy export', ben)) as NoticeAnswer).attachment!.text;
    expect(JSON.parse(file).nights).toEqual([
      { name: 'Ben', song: expect.stringMatching(/clair de lune/i), opened: false, vote: null },
    ]);
    await handleAction(encodeToken({ action: 'privacy', step: 'forget-sure' }), ben);
    const shown = board(await press('show', night, as(state, 'Ann')));
    expect(shown.night.people.map(({ name }) => name)).toEqual(['Ann', 'Cleo']);
    expect(JSON.stringify(await state.list('night:'))).not.toContain('Ben');
  });

  it('knows no forged button', async () => {
    const state = openMemoryState();
    const { night } = await three(state);
    for (const token of [
      `1b.1.${night}`,
      `1b.z.${night}.0`,
      `1b.9.${night}.0`,
      `1b.4.${night}.0`,
      `1b.0.${night}.0`,
      `1b.1.short.0`,
      `1b.1.${night}.0.0`,
    ]) {
      expect(payloadOf(token), token).toBeNull();
    }
  });
});
