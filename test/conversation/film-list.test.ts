/** What a person marks: it holds, stays out of their answers alone, can be undone, listed, brought, taken along and forgotten. */
import { afterEach, describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type {
  Answer,
  FilmDetailAnswer,
  NoticeAnswer,
  QuestionAnswer,
  RecommendationsAnswer,
} from '../../src/conversation/answer.ts';
import type { AnswerContext } from '../../src/conversation/context.ts';
import { marksOf, setMarks } from '../../src/conversation/film-marks.ts';
import { plainText } from '../../src/conversation/plain-text.ts';
import { decodeToken, encodeToken } from '../../src/conversation/tokens.ts';
import { openState } from '../../src/state/open.ts';
import type { StateStore } from '../../src/state/store.ts';
import { contextOf } from '../bots/web/page.ts';
import { folders } from '../state/support.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const folder = folders();
const engine = fakeEngine();
let opened: StateStore | null = null;
async function room(dir = folder()): Promise<(user: string | null) => AnswerContext> {
  opened = await openState(dir, () => {});
  const state = opened;
  return (user) => contextOf(engine, { state, user: user && `discord:${user}` });
}
afterEach(async () => {
  await opened?.close();
  opened = null;
});

const five = async (context: AnswerContext) =>
  (await askText('hold on adele', context)) as RecommendationsAnswer;
const idsOf = (answer: RecommendationsAnswer) => answer.films.map(({ id }) => id);
async function detailsOf(context: AnswerContext, at = 0) {
  return (await handleAction((await five(context)).films[at]!.details.token, context)) as FilmDetailAnswer;
}
const marks = (detail: FilmDetailAnswer) => detail.controls.filter(({ action }) => action === 'mark');
const labelled = (answer: Answer, label: string) =>
  (answer as NoticeAnswer).controls.find((control) => control.label === label)!.token;
const CSV = (rows: string[]) => ['Date,Name,Year,Letterboxd URI', ...rows].join('\n');
const rowOf = (id: number) => {
  const film = engine.film(id)!;
  return `2024-05-01,"${film.title.replaceAll('"', '""')}",${film.year},https://boxd.it/x`;
};

describe('a film marked', () => {
  it.each([
    [1, 'seen'],
    [2, 'not-for-me'],
  ])('as number %i (%s) stays out of that person’s answers alone, until it is undone', async (at, mark) => {
    const as = await room();
    const before = idsOf(await five(as('1')));
    const said = await handleAction(marks(await detailsOf(as('1')))[at]!.token, as('1'));
    expect(said).toMatchObject({ kind: 'notice', tone: 'info', private: true });
    expect((await marksOf(as('1'))).map((one) => one.mark)).toEqual([mark]);
    const after = idsOf(await five(as('1')));
    expect(after).not.toContain(before[0]);
    expect(after.slice(0, 4)).toEqual(before.slice(1));
    expect(idsOf(await five(as('2')))).toEqual(before);
    expect(idsOf(await five(as(null)))).toEqual(before);
    await handleAction(labelled(said, 'Undo'), as('1'));
    expect(idsOf(await five(as('1')))).toEqual(before);
    expect(await marksOf(as('1'))).toEqual([]);
  });

  it('as saved stays in the answers, is pressed, and comes off by the same button', async () => {
    const as = await room();
    const before = idsOf(await five(as('1')));
    await handleAction(marks(await detailsOf(as('1')))[0]!.token, as('1'));
    expect(idsOf(await five(as('1')))).toEqual(before);
    const shown = marks(await detailsOf(as('1')));
    expect(shown.map(({ pressed }) => pressed)).toEqual([true, false, false]);
    await handleAction(shown[0]!.token, as('1'));
    expect(await marksOf(as('1'))).toEqual([]);
  });

  it('goes back to the mark it had before when that is undone', async () => {
    const as = await room();
    const [save, seen] = marks(await detailsOf(as('1')));
    await handleAction(save!.token, as('1'));
    const said = await handleAction(seen!.token, as('1'));
    await handleAction(labelled(said, 'Undo'), as('1'));
    expect((await marksOf(as('1'))).map(({ mark }) => mark)).toEqual(['saved']);
  });

  it('outlives a restart, under no name that tells whose it is', async () => {
    const dir = folder();
    const as = await room(dir);
    await handleAction(marks(await detailsOf(as('987654321')))[0]!.token, as('987654321'));
    await opened!.close();
    const again = await room(dir);
    expect(await marksOf(again('987654321'))).toHaveLength(1);
    const kept = await opened!.list('');
    expect(kept.some(({ key }) => key.startsWith('films:'))).toBe(true);
    expect(JSON.stringify(kept)).not.toContain('987654321');
  });

  it('is kept for everyone of fifty films pressed at once', async () => {
    const as = await room();
    const press = (film: number) =>
      setMarks('discord:1', [{ film, mark: 'saved', day: '2026-01-01' }], as('1').state);
    await Promise.all(Array.from({ length: 50 }, (_, at) => press(at + 1)));
    expect(await marksOf(as('1'))).toHaveLength(50);
  });

  it('is not kept of somebody who is nobody', async () => {
    const as = await room();
    const said = await handleAction(marks(await detailsOf(as(null)))[0]!.token, as(null));
    expect(said).toMatchObject({ tone: 'sorry' });
    expect(await opened!.list('films:')).toEqual([]);
  });

  it('is shown, exported and forgotten by /movie-privacy', async () => {
    const as = await room();
    await handleAction(marks(await detailsOf(as('1')))[1]!.token, as('1'));
    expect(plainText(await askText('/movie-privacy', as('1')))).toContain('One film that you marked');
    const file = (await askText('/movie-privacy export', as('1'))) as NoticeAnswer;
    expect(JSON.parse(file.attachment!.text).films).toMatchObject([{ mark: 'seen' }]);
    const sure = (await askText('/movie-privacy forget', as('1'))) as QuestionAnswer;
    const done = await handleAction(sure.choices[0]!.token, as('1'));
    expect(plainText(done)).toContain('One marked film forgotten');
    expect(await opened!.list('films:')).toEqual([]);
  });
});

describe('/movie-list', () => {
  it('shows what was saved, page by page, and takes off what is pressed', async () => {
    const as = await room();
    const ids = [...idsOf(await five(as('2')))];
    const more = (await handleAction(
      (await five(as('2'))).controls.find(({ action }) => action === 'next')!.token,
      as('2'),
    )) as RecommendationsAnswer;
    const all = [...ids, ...idsOf(more)].slice(0, 7);
    await setMarks(
      'discord:1',
      all.map((film) => ({ film, mark: 'saved', day: '2026-01-01' })),
      as('1').state,
    );
    const list = (await askText('/movie-list', as('1'))) as NoticeAnswer;
    expect(list.private).toBe(true);
    expect(list.lines).toHaveLength(5);
    const next = (await handleAction(
      list.controls.find(({ action }) => action === 'next')!.token,
      as('1'),
    )) as NoticeAnswer;
    expect(next.lines).toHaveLength(2);
    const off = (await handleAction(next.controls[0]!.token, as('1'))) as NoticeAnswer;
    expect(off.token).toBe(next.token);
    expect(await marksOf(as('1'))).toHaveLength(6);
    await handleAction(labelled(off, 'Undo'), as('1'));
    expect(await marksOf(as('1'))).toHaveLength(7);
    expect((await askText('/movie-list', as('2'))) as NoticeAnswer).toMatchObject({ controls: [] });
  });

  it('gives a file that comes back whole', async () => {
    const as = await room();
    const ids = idsOf(await five(as('1'))).slice(0, 3);
    await setMarks(
      'discord:1',
      ids.map((film) => ({ film, mark: 'saved', day: '2026-01-02' })),
      as('1').state,
    );
    const { attachment } = (await askText('/movie-list export', as('1'))) as NoticeAnswer;
    expect(attachment!.text).toMatch(/^Date,Title,Year,tmdbID,imdbID\n2026-01-02,/);
    const token = encodeToken({ action: 'list', step: 'import-saved', page: 0 });
    await handleAction(token, as('2'), { csv: attachment!.text });
    expect(await marksOf(as('2'))).toEqual(await marksOf(as('1')));
  });

  it('takes a Letterboxd export as seen or as saved, and says what it does not know', async () => {
    const as = await room();
    const [one, two] = idsOf(await five(as('1')));
    const csv = CSV([
      rowOf(one!),
      rowOf(two!),
      '2024-05-02,"Nothing, Ever, Called So",1931,https://boxd.it/y',
    ]);
    expect(plainText(await askText(`/movie-list ${csv}`, as('1')))).toContain('as:seen');
    const said = plainText(await askText(`/movie-list as:seen ${csv}`, as('1')));
    expect(said).toContain('2 films imported as seen');
    expect(said).toContain('Nothing, Ever, Called So');
    expect((await marksOf(as('1'))).map(({ day }) => day)).toEqual(['2024-05-01', '2024-05-01']);
    const left = idsOf(await five(as('1')));
    expect(left).not.toContain(one);
    expect(left).not.toContain(two);
    // What is marked stays as it is.
    const again = plainText(await askText(`/movie-list as:saved ${csv}`, as('1')));
    expect(again).toContain('2 had a mark already');
    expect((await marksOf(as('1'))).every(({ mark }) => mark === 'seen')).toBe(true);
  });

  it('does not take a film of another year for one of the same title', async () => {
    const as = await room();
    const [one] = idsOf(await five(as('1')));
    const film = engine.film(one!)!;
    const csv = CSV([`2024-05-01,"${film.title}",${film.year! - 30},https://boxd.it/x`]);
    await askText(`/movie-list as:seen ${csv}`, as('1'));
    expect(await marksOf(as('1'))).toEqual([]);
  });

  it.each(['', 'hello', '{"Name": 1}', 'Date,Rating\n2024-01-01,5', '\0\0\0', 'Name,Year\n'])(
    'answers a file of another kind (%j) with a sentence',
    async (csv) => {
      const as = await room();
      const token = encodeToken({ action: 'list', step: 'import-seen', page: 0 });
      expect(await handleAction(token, as('1'), { csv })).toMatchObject({ kind: 'notice', tone: 'sorry' });
    },
  );

  it('has tokens that read back, and none for what does not exist', () => {
    const payload = { action: 'list', step: 'export', page: 37 } as const;
    expect(decodeToken(encodeToken(payload))).toEqual({ kind: 'payload', payload });
    for (const token of ['1l.9.0', '1l.0', '1l.0.-1', '1l.0.zzzz', '1l.0.0.0', '1l..']) {
      expect(decodeToken(token)).toEqual({ kind: 'forged' });
    }
  });
});
